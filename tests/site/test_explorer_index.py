"""What the live explorer's index holds, read back from the scripts that a site ships."""

from __future__ import annotations

import ast
import gzip
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bench import synthetic

from errorbook.catalog import Catalog, load
from errorbook.catalog.audience import public
from errorbook.catalog.facts import exit_code
from errorbook.site.explorer import PER_SHARD, explorer_index
from tests.site.project import Built, Project

ROOT = Path(__file__).parents[2]
CATALOG = load(ROOT / "errors.yaml").catalog
ERRORS = [(api, code) for api, entry in CATALOG.apis.items() for code in entry.errors]
HOSTILE = "<img src=x onerror='alert(1)'></script><script>alert(2)</script>\u2028'\\"
INDEX = "explorer-index.js"
EXPLORER = "# Explorer\n\n/// errors | explorer\n///\n"


def link(api: str, code: str) -> str:
    return f"{api}/#{code}"


def catalog(apis: dict[str, Any]) -> Catalog:
    return Catalog.model_validate_json(json.dumps({"apis": apis}))


def read(script: str) -> dict[str, Any]:
    """Read a script back. Of JavaScript's strings it uses nothing that Python writes otherwise."""
    assert script.startswith("window.errorbook = JSON.parse(")
    assert script.endswith(");\n")
    found: dict[str, Any] = json.loads(ast.literal_eval(script[30:-3]))
    return found


def files_of(catalog: Catalog) -> dict[str, dict[str, Any]]:
    return {name: read(script) for name, script in explorer_index(catalog, link=link).items()}


def index_of(catalog: Catalog) -> dict[str, Any]:
    return files_of(catalog)[INDEX]


@cache
def our_rows() -> dict[tuple[str, str], list[Any]]:
    """Return the row of each error of this repository."""
    apis = index_of(CATALOG)["apis"].items()
    return {(name, entry[0]): entry for name, api in apis for entry in api["errors"]}


def row(error: dict[str, Any], **api: Any) -> list[Any]:
    """Return the row of an error that is an API's only one."""
    index = index_of(catalog({"shop": {**api, "errors": {"e": error}}}))
    found: list[Any] = index["apis"]["shop"]["errors"][0]
    return found


def more(error: dict[str, Any], **api: Any) -> dict[str, Any]:
    """Return what is more to say of an error that is an API's only one, but for its snippets."""
    found: dict[str, Any] = row(error, **api)[9]
    found.pop("snippets")
    return found


def numbered(count: int, **api: Any) -> dict[str, Any]:
    return {**api, "errors": {f"e{number}": {"fix": f"Fix {number}."} for number in range(count)}}


def rows_of(index: dict[str, Any]) -> Iterator[list[Any]]:
    """Yield the rows in the order that the shards keep."""
    for api in index["apis"].values():
        yield from api.get("errors", [])
        yield from api.get("retired", [])


class TestScript:
    def test_it_is_a_line_of_ascii(self) -> None:
        hostile = catalog({"a": {"errors": {"é": {"meaning": "ü\u2028\n"}}}})
        script = explorer_index(hostile, link=link)[INDEX]
        assert script.isascii()
        assert script.count("\n") == 1

    def test_no_text_of_the_catalog_ends_the_script(self) -> None:
        hostile = catalog({"a": numbered(301, title=HOSTILE, retired={"old": {"reason": HOSTILE}})})
        scripts = explorer_index(hostile, link=link)
        assert not any("<" in script for script in scripts.values())
        assert read(scripts[INDEX])["apis"]["a"]["title"] == HOSTILE
        reason = read(scripts["explorer-more-1.js"])["more"][-1]["reason"]
        assert reason == HOSTILE.replace("\\", "\\\\")

    def test_it_is_the_same_every_time(self) -> None:
        assert explorer_index(CATALOG, link=link) == explorer_index(CATALOG, link=link)


class TestIndex:
    def test_it_says_its_format_and_words(self) -> None:
        told = {name: CATALOG.apis[name] for name in ("artifacta", "artworks")}
        index = index_of(Catalog(apis=told))
        assert (index["format"], index["shards"], index["per_shard"]) == (3, 0, PER_SHARD)
        assert index["words"]["actions"]["abort"][0] == "Abort"
        assert index["words"]["retry"]["as_is"] == ["Yes, unchanged", "Yes, unchanged"]
        assert index["words"]["backoff"]["fixed"] == "with even pauses"

    def test_only_words_that_are_used_are_explained(self) -> None:
        index = index_of(catalog({"a": {"errors": {"e": {"actions": [{"do": "wait"}]}}}}))
        assert index["words"]["actions"].keys() == {"wait"}

    def test_an_api_says_what_is_imported_and_raised(self) -> None:
        api = index_of(CATALOG)["apis"]["artifacta"]
        assert api["sdks"] == [
            ["Python", "artifacta.errors", "ArtifactaError"],
            ["TypeScript", "artifacta/errors", "ArtifactaError"],
        ]

    def test_an_api_without_exceptions_says_of_none(self) -> None:
        silent = {"sdk": {"python": {"base": "none"}}, "errors": {"e": {}}}
        index = index_of(catalog({"a": silent}))
        assert "sdks" not in index["apis"]["a"]
        assert index["apis"]["a"]["errors"][0][2] is None

    def test_envelopes_are_told_as_they_are_written(self) -> None:
        envelope = {"body": {"x?": "{code}"}, "headers": {"X": "{{{message}}}"}}
        index = index_of(catalog({"a": {"envelopes": [envelope], "errors": {}}}))
        assert index["apis"]["a"]["envelopes"] == [envelope]

    def test_statuses_groups_and_exit_codes_are_told(self) -> None:
        api = {
            "statuses": {"404": {"meaning": "*Nothing* here."}},
            "groups": {"g": {"title": "Group"}, "unused": {}},
            "exit_codes": {"4": {"name": "GONE", "meaning": "It is `gone`."}},
            "errors": {"e": {"status": [404, 410], "group": "g"}},
        }
        found = index_of(catalog({"a": api}))["apis"]["a"]
        assert found["statuses"] == {"404": "Nothing here.", "410": "Gone"}
        assert found["groups"] == {"g": "Group"}
        assert found["exit_codes"] == {"4": ["GONE", "It is `gone`."]}

    def test_internal_errors_are_left_out(self) -> None:
        errors = {
            "hidden": {"visibility": "internal", "group": "g", "status": 418},
            "seen": {"replaced_by": "hidden", "meaning": "See <error:hidden>."},
        }
        api = {
            "groups": {"g": {"title": "Secret group"}},
            "errors": errors,
            "retired": {"old": {"replaced_by": "hidden"}},
            "troubleshooting": [{"symptom": "It fails.", "errors": ["hidden", "seen"]}],
        }
        index = index_of(public(catalog({"a": api})))
        for secret in ("hidden", "Secret group", "418"):
            assert secret not in json.dumps(index)


class TestRow:
    def test_it_holds_what_a_list_shows(self) -> None:
        error = {
            "status": [404, 410],
            "meaning": "Gone.",
            "exit_code": 4,
            "group": "g",
            "actions": [{"do": "abort", "when": "now"}, {"do": "wait"}, {"do": "abort"}],
            "retry": {"when": "as_is"},
        }
        assert row(error, groups={"g": {}})[:9] == [
            *["e", [404, 410], "EError", 4, "g", "Gone.", "shop/#e"],
            *[["abort", "wait"], "as_is"],
        ]

    def test_the_class_is_the_one_that_is_raised(self) -> None:
        assert row({"sdk": {"python": {"exception": "none"}}})[2] == "ShopError"
        assert row({"sdk": {"python": {"exception": "Oops"}}})[2] == "Oops"

    def test_classes_that_differ_are_told_in_the_order_of_the_languages(self) -> None:
        both: dict[str, Any] = {"sdk": {"typescript": {}}}
        assert row({}, **both)[2] == "EError"
        assert row({"sdk": {"typescript": {"exception": "Oops"}}}, **both)[2] == ["EError", "Oops"]

    def test_an_error_of_which_nothing_is_known_is_listed_all_the_same(self) -> None:
        (found,) = explorer_index(
            catalog({"a": {"errors": {"e": {}}}}), link=lambda *_: ""
        ).values()
        assert '["e",[],"EError",null,null,"","",[],"unknown",{' in found.replace("\\", "")

    @pytest.mark.parametrize(("api", "code"), ERRORS)
    def test_it_has_the_exit_code_that_follows_from_the_catalog(self, api: str, code: str) -> None:
        assert our_rows()[api, code][3] == exit_code(CATALOG.apis[api], code)

    def test_prose_keeps_code_and_the_labels_of_links(self) -> None:
        meaning = "Send **one** `key`, see [the *guide*](https://example.org)."
        assert row({"meaning": meaning})[5] == "Send one `key`, see the guide."

    def test_backticks_and_backslashes_of_a_text_are_marked(self) -> None:
        assert row({"meaning": r"A \` and `C:\x` or C:\y"})[5] == r"A \` and `C:\x` or C:\\y"

    def test_a_retired_code_is_replaced_by_the_error_that_was_renamed(self) -> None:
        api = {"errors": {"new": {"renamed_from": ["old"]}}, "retired": {"old": {"status": 409}}}
        assert index_of(catalog({"a": api}))["apis"]["a"]["retired"] == [
            ["old", [409], None, None, None, "", "a/#old", [], "unknown", {"replaced_by": "new"}]
        ]

    def test_a_retired_code_says_why_it_is_gone(self) -> None:
        retired = {"removed": "v2", "replaced_by": "e", "reason": "*Nobody* sent it."}
        api = {"errors": {"e": {}}, "retired": {"old": retired}}
        (found,) = index_of(catalog({"a": api}))["apis"]["a"]["retired"]
        assert found[9] == {**retired, "reason": "Nobody sent it."}


class TestMore:
    def test_of_what_is_not_known_nothing_is_said(self) -> None:
        assert more({}) == {}

    def test_it_holds_the_texts_of_an_error(self) -> None:
        said = {
            "causes": ["*One*.", "`two`"],
            "fix": "Mend it.",
            "message": "No {name}.",
            "placeholders": {"name": {"meaning": "*Its* name.", "example": "x"}},
            "actions": [{"do": "abort", "how": "*Stop.*", "when": "if `so`"}],
            "retry": {"when": "as_is", "after": ["header:X"], "max_attempts": 2},
            "since": "v1",
            "deprecated": "v2",
            "sunset": "v3",
            "stability": "evolving",
        }
        assert more(said) == {
            **said,
            "causes": ["One.", "`two`"],
            "placeholders": {"name": "Its name."},
            "actions": [["abort", "Stop.", "if `so`"]],
        }

    def test_details_say_whether_they_are_sensitive(self) -> None:
        details = {
            "after": {"type": "integer", "unit": "seconds", "required": True, "meaning": "*When*."},
            "token": {"type": "string", "sensitive": True},
        }
        assert more({"details": details})["details"] == [
            ["after", "integer", "seconds", True, "When.", False],
            ["token", "string", None, False, "", True],
        ]

    def test_operations_are_called_by_their_titles(self) -> None:
        operations = {"get": {"title": "Get it"}, "put": {"method": "PUT", "path": "/it"}}
        found = more({"operations": ["get", "put", "other"]}, operations=operations)
        assert found["operations"] == ["Get it", "PUT /it", "other"]

    def test_symptoms_are_those_that_name_the_code(self) -> None:
        rows = [
            {"symptom": "It *fails*.", "cause": "`x`", "solution": "Wait.", "errors": ["e", "e"]},
            {"symptom": "Nothing comes."},
        ]
        assert more({}, troubleshooting=rows)["symptoms"] == [["It fails.", "`x`", "Wait."]]

    def test_an_example_is_shown_as_it_is_sent(self) -> None:
        envelope = {"body": {"code": "{code}"}, "headers": {"X-Code": "{code}"}}
        found = more({}, envelopes=[envelope])
        assert found["example"] == {"body": {"code": "e"}, "headers": {"X-Code": "e"}}

    def test_snippets_are_there_to_copy(self) -> None:
        found = row({"status": 404, "exit_code": 4})[9]["snippets"]
        assert [(title, language) for title, language, _ in found] == [
            *[("curl", "sh"), ("Python", "python"), ("Exit code", "sh")]
        ]
        assert "from shop.errors import EError" in found[1][2]


class TestShards:
    def test_three_hundred_rows_hold_all_that_is_to_say(self) -> None:
        apis = {"a": numbered(199, retired={"old": {}}), "b": numbered(100)}
        (index,) = files_of(catalog(apis)).values()
        assert index["shards"] == 0
        assert {len(one) for one in rows_of(index)} == {10}

    def test_of_more_rows_it_stands_apart(self) -> None:
        apis = {"a": numbered(200, retired={"old": {}}), "b": numbered(100)}
        files = files_of(catalog(apis))
        assert list(files) == [INDEX, "explorer-more-0.js", "explorer-more-1.js"]
        assert files[INDEX]["shards"] == 2
        assert {len(one) for one in rows_of(files[INDEX])} == {9}

    def test_shards_keep_the_order_of_the_rows(self) -> None:
        apis = {
            "a": numbered(700, retired={"old": {"reason": "Fix old."}}),
            "b": numbered(600),
        }
        index, *shards = files_of(catalog(apis)).values()
        sizes = [len(shard["more"]) for shard in shards]
        assert sizes == [PER_SHARD] * (sum(sizes) // PER_SHARD) + [sum(sizes) % PER_SHARD]
        assert {shard["format"] for shard in shards} == {3}
        told = [one.get("fix") or one["reason"] for shard in shards for one in shard["more"]]
        assert told == [f"Fix {one[0].removeprefix('e')}." for one in rows_of(index)]

    def test_ten_thousand_errors_stay_within_the_budget(self) -> None:
        files = explorer_index(catalog(synthetic.catalog(10_000)["apis"]), link=link)
        sizes = {name: len(gzip.compress(script.encode())) for name, script in files.items()}
        assert sizes.pop(INDEX) < 250_000
        assert len(sizes) == 10_000 // PER_SHARD
        assert max(sizes.values()) < 64_000


class TestSite:
    @pytest.fixture(name="project")
    def _project(self, tmp_path: Path) -> Project:
        return Project(tmp_path)

    def test_index_and_catalog_are_published_with_an_explorer(self, project: Project) -> None:
        built = project.build(f"# Errors\n\n/// errors | codes\n    api: shop\n///\n\n{EXPLORER}")
        index = read(built.text(f"assets/errorbook/{INDEX}"))
        published = json.loads(built.text("errors.json"))["apis"]["shop"]["errors"]
        assert [one[0] for one in index["apis"]["shop"]["errors"]] == list(published)
        for one in index["apis"]["shop"]["errors"]:
            assert one[6] == f"./#{one[0]}"
            assert published[one[0]]["derived"]["link"] == one[6]
        assert built.warnings == []

    def test_a_large_catalog_is_published_in_shards(self, project: Project) -> None:
        project.write("errors.yaml", synthetic.as_yaml(2 * PER_SHARD + 1))
        built = project.build(EXPLORER)
        assert len(read(built.text("assets/errorbook/explorer-more-0.js"))["more"]) == PER_SHARD
        assert len(read(built.text("assets/errorbook/explorer-more-2.js"))["more"]) == 1

    def test_without_an_explorer_its_index_is_not_published(self, project: Project) -> None:
        built = project.build("# Nothing\n")
        assert _published(built) == ["errors.json"]

    def test_a_catalog_of_your_own_is_never_replaced(self, project: Project) -> None:
        project.write("docs/errors.json", "[]")
        assert project.build(EXPLORER).text("errors.json") == "[]"


def _published(built: Built) -> list[str]:
    names = ("errors.json", f"assets/errorbook/{INDEX}")
    return [name for name in names if (built.folder / name).exists()]
