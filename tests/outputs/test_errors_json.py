"""errors.json: the catalog, whole, and what follows from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from errorbook.catalog import ACTION_WORDS, Catalog, load
from errorbook.catalog.audience import seen_by
from errorbook.outputs import OUTPUTS, stamp
from errorbook.outputs.errors_json import errors_json
from errorbook.outputs.languages import LANGUAGES, snippets
from errorbook.outputs.words import ACTIONS

ROOT = Path(__file__).parents[2]
OWN = ROOT / "errors.yaml"
CATALOGS = [OWN, ROOT / "tests/site/full.yaml", ROOT / "tests/outputs/hard.yaml"]
ENVELOPE = {"body": {"code": "{code}", "none": None, "*": "{details}"}}


def catalog(apis: dict[str, Any]) -> Catalog:
    return Catalog.model_validate_json(json.dumps({"apis": apis}))


def written(catalog: Catalog) -> dict[str, Any]:
    (text,) = OUTPUTS["catalog"].render(catalog).values()
    found: dict[str, Any] = json.loads(text)
    return found


def error(said: dict[str, Any], **api: Any) -> dict[str, Any]:
    """Return what is written of an error that is an API's only one."""
    found = written(catalog({"shop": {**api, "errors": {"e": said}}}))
    only: dict[str, Any] = found["apis"]["shop"]["errors"]["e"]
    return only


def test_it_is_ascii_on_one_line_or_indented() -> None:
    given = catalog({"a": {"title": "ü\u2028\n"}})
    published = errors_json(given, link=lambda _, __: "")
    (text,) = OUTPUTS["catalog"].render(given).values()
    assert (published + text).isascii()
    assert published.count("\n") == 1
    assert '\n   "title": "\\u00fc' in text
    assert json.loads(published)["apis"] == json.loads(text)["apis"]


def test_it_says_its_format_first() -> None:
    found = written(load(OWN).catalog)
    assert list(found) == ["format", "$comment", "words", "apis"]
    assert found["format"] == 1


def test_it_is_stamped() -> None:
    (text,) = OUTPUTS["catalog"].render(load(OWN).catalog).values()
    assert stamp.state(text) == "whole"
    assert stamp.state(text.replace("artifact", "artefact", 1)) == "edited"


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.stem)
def test_it_is_the_same_every_time(file: Path) -> None:
    loaded = load(file).catalog
    assert OUTPUTS["catalog"].render(loaded) == OUTPUTS["catalog"].render(loaded)


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.stem)
def test_it_holds_all_that_the_catalog_says(file: Path) -> None:
    loaded = seen_by(load(file).catalog, "public")
    apis = written(loaded)["apis"]
    for api in apis.values():
        api.pop("derived")
        for one in api["errors"].values():
            one.pop("derived")
    assert catalog(apis) == loaded
    assert list(apis) == list(loaded.apis)
    for name, api in loaded.apis.items():
        assert list(apis[name]["errors"]) == list(api.errors)


def test_constants_that_are_null_are_kept() -> None:
    found = written(catalog({"a": {"envelopes": [ENVELOPE]}}))
    assert found["apis"]["a"]["envelopes"] == [ENVELOPE]


def test_what_is_said_of_an_api_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    both = catalog({name: {"errors": {"e": {"status": 409}}} for name in ("shop", "bank")})
    alone = {
        name: OUTPUTS["catalog"].render(Catalog(apis={name: api}))
        for name, api in both.apis.items()
    }
    whole = OUTPUTS["catalog"].render(both)
    monkeypatch.setattr("errorbook.outputs.errors_json._api", None)  # nothing could be worked out
    assert OUTPUTS["catalog"].render(both) == whole
    for name, api in both.apis.items():
        assert OUTPUTS["catalog"].render(Catalog(apis={name: api})) == alone[name]


def test_one_api_under_two_names_is_two() -> None:
    api = catalog({"shop": {"errors": {"e": {"status": 409}}}}).apis["shop"]
    same = written(Catalog(apis={"shop": api, "bank": api}))["apis"]
    classes = {one["derived"]["python"]["package"] for one in same.values()}
    assert len(classes) == 2


def test_what_is_empty_is_left_out() -> None:
    assert error({"status": 404}).keys() == {"status", "derived"}


def test_internal_errors_are_known_by_their_visibility() -> None:
    errors = {
        "hidden": {"visibility": "internal", "status": 418},
        "seen": {"meaning": "See <error:hidden>.", "visibility": "public"},
    }
    found = catalog({"a": {"errors": errors, "retired": {"old": {"replaced_by": "hidden"}}}})
    told = written(found)["apis"]["a"]["errors"]
    assert {code: one.get("visibility") for code, one in told.items()} == {
        "hidden": "internal",
        "seen": None,
    }
    (text,) = OUTPUTS["catalog"].render(seen_by(found, "public")).values()
    assert "hidden" not in text


def test_what_follows_of_an_api_is_told() -> None:
    api = {
        "statuses": {"409": {"meaning": "Taken."}, "500": {"meaning": "Unused."}},
        "errors": {"a": {"status": 409}, "b": {"status": [404, 409]}},
        "sdk": {"python": {"package": "book.shop", "base": "Oops"}},
    }
    assert written(catalog({"shop": api}))["apis"]["shop"]["derived"] == {
        "statuses": {"404": "Not Found", "409": "Taken."},
        "python": {"package": "book.shop.errors", "base": "Oops"},
    }


def test_what_follows_of_an_error_is_told() -> None:
    found = error(
        {"status": 404, "retry": {"after": ["header:Retry-After"]}},
        envelopes=[ENVELOPE],
        exit_codes={"1": {"name": "CLIENT_ERROR", "for": ["4xx"]}},
    )["derived"]
    assert [title for title, _, _ in found.pop("snippets")] == ["curl", "Python", "Exit code"]
    assert found == {
        "exception": {"python": "EError"},
        "exit_code": 1,
        "example": {
            "status": 404,
            "headers": {"Retry-After": "1"},
            "body": {"code": "e", "none": None},
        },
    }


def test_of_what_does_not_follow_nothing_is_told() -> None:
    sdk = {"python": {"exception": "not a name"}}
    found = error({"sdk": sdk})["derived"]
    assert found == {"exception": {"python": "not a name"}, "snippets": []}


def test_an_example_without_a_status_has_none() -> None:
    example = error({}, envelopes=[ENVELOPE])["derived"]["example"]
    assert example == {"body": {"code": "e", "none": None}}


@pytest.mark.parametrize(
    ("docs", "link"),
    [
        ({"url": "https://x.example/docs"}, "https://x.example/docs/shop/errors/a~2f~b/"),
        (
            {"url": "https://x.example/", "error": "/{version}/{code}"},
            "https://x.example/v~20~1/a~2f~b",
        ),
    ],
)
def test_errors_lead_to_the_published_documentation(docs: dict[str, str], link: str) -> None:
    api = {"version": "v 1", "docs": docs, "errors": {"a/b": {}}}
    found = written(catalog({"shop": api}))["apis"]["shop"]["errors"]["a/b"]
    assert found["derived"]["link"] == link


def test_links_of_a_site_are_taken_as_they_are() -> None:
    text = errors_json(
        catalog({"a": {"errors": {"e": {}}}}), link=lambda api, code: f"{api}#{code}"
    )
    assert json.loads(text)["apis"]["a"]["errors"]["e"]["derived"]["link"] == "a#e"


def test_the_words_are_those_that_errors_use() -> None:
    found = written(catalog({"a": {"errors": {"e": {"actions": [{"do": "abort"}]}}}}))["words"]
    assert found["actions"] == {"abort": ["Abort", ACTION_WORDS["abort"]]}
    assert found["retry"].keys() == {"never", "as_is", "after_change", "unknown"}
    assert not any(sentence.endswith(".") for _, sentence in found["retry"].values())


def test_every_action_has_a_title() -> None:
    assert ACTIONS.keys() == ACTION_WORDS.keys()


def test_every_language_is_an_output() -> None:
    assert set(LANGUAGES) <= set(OUTPUTS)


def test_snippets_stand_in_order() -> None:
    api = load(OWN).catalog.apis["artifacta"]
    found = [(title, language) for title, language, _ in snippets("artifacta", api, "rate_limited")]
    languages = [("Python", "python"), ("TypeScript", "typescript")]
    assert found == [("curl", "sh"), *languages, ("Exit code", "sh")]
