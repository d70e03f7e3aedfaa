"""Large catalogs have several files: what they include is merged, and each field is set once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from errorbook.catalog import CatalogError, load
from errorbook.catalog.sources import MAX_FILES, Source, place
from errorbook.catalog.yaml_events import MAX_BYTES
from errorbook.problems import Finding
from tests.catalog.catalogs import Folder, api, errors, text

ROOT = "include: [more.yaml]\n"


def test_pieces_of_one_api_are_merged(folder: Folder) -> None:
    catalog = folder.load(
        ROOT + api("title: Demo\nerrors:\n  a: {status: 404}\nsdk: {python: {package: demo}}\n"),
        more=api("version: v1\nerrors:\n  b: {status: 409}\nsdk: {ruby: {package: demo}}\n")
        + "  other: {title: Other}\n",
    ).catalog
    demo = catalog.apis["demo"]
    assert (demo.title, demo.version, list(demo.errors)) == ("Demo", "v1", ["a", "b"])
    assert list(demo.sdk) == ["python", "ruby"]
    assert list(catalog.apis) == ["demo", "other"]


@pytest.mark.parametrize(
    "part",
    ["errors", "groups", "operations", "statuses", "exit_codes", "retired", "sdk"],
)
def test_every_part_that_has_keys_may_be_spread_over_files(folder: Folder, part: str) -> None:
    first, second = ("1", "2") if part == "exit_codes" else ("a", "b")
    first, second = ("400", "404") if part == "statuses" else (first, second)
    values = {"exit_codes": ("{name: A}", "{name: B}")}.get(part, ("{}", "{}"))
    demo = folder.api(
        ROOT + api(f"{part}: {{{first}: {values[0]}}}\n"),
        more=api(f"{part}: {{{second}: {values[1]}}}\n"),
    )
    assert [str(key) for key in getattr(demo, part)] == [first, second]


def test_files_are_read_depth_first_in_the_order_they_are_named(folder: Folder) -> None:
    loaded = folder.load(
        "include: [one.yaml, four.yaml]\n" + errors("a: {}\n"),
        one="include: [two.yaml, three.yaml]\n" + api("errors: {b: {}}\n"),
        two=api("errors: {c: {}}\n"),
        three=api("errors: {d: {}}\n"),
        four=api("errors: {e: {}}\n"),
    )
    assert list(loaded.catalog.apis["demo"].errors) == ["a", "b", "c", "d", "e"]
    names = ["errors.yaml", "one.yaml", "two.yaml", "three.yaml", "four.yaml"]
    assert [file.name for file in loaded.files] == names


def test_names_are_relative_to_the_file_that_includes(folder: Folder) -> None:
    folder.write(
        {
            "parts/one.yaml": "include: [two.yaml, ../three.yaml]\n",
            "parts/two.yaml": api("title: 3\n"),
            "three.yaml": api("version: v1\n"),
        }
    )
    assert folder.says("include: [parts/one.yaml]\n") == [
        "parts/two.yaml:3:12: error[wrong-type]: expected a text, found the number 3 (quote it)"
    ]


def test_a_code_in_two_files_names_both_places(folder: Folder) -> None:
    content = ROOT + errors("a: {status: 404}\nb: {}\n")
    assert folder.says(content, more=text("apis:\n  demo:\n    errors:\n      b: {}\n")) == [
        "more.yaml:4:7: error[duplicate-code]: the code 'b' is set here and at errors.yaml:7:7"
        " (keep one of them)"
    ]


TWICE = {
    "a field of an API": (
        api("title: Demo\n"),
        api("title: Demo\n"),
        "more.yaml:3:5: error[set-twice]: 'title' is set here and at errors.yaml:4:5",
    ),
    "a list of an API": (
        api("troubleshooting: []\n"),
        api("troubleshooting: [{symptom: x}]\n"),
        "more.yaml:3:5: error[set-twice]: 'troubleshooting' is set here and at errors.yaml:4:5",
    ),
    "an exit code": (
        api("exit_codes: {1: {name: A}}\n"),
        api("exit_codes: {1: {name: A}}\n"),
        "more.yaml:3:18: error[set-twice]: '1' is set here and at errors.yaml:4:18",
    ),
    "a contract, even in parts": (
        api("contract: {codes: permanent}\n"),
        api("contract: {messages: may_change}\n"),
        "more.yaml:3:5: error[set-twice]: 'contract' is set here and at errors.yaml:4:5",
    ),
}


@pytest.mark.parametrize(("first", "second", "expected"), TWICE.values(), ids=TWICE.keys())
def test_a_field_in_two_files_names_both_places(
    folder: Folder, first: str, second: str, expected: str
) -> None:
    assert folder.says(ROOT + first, more=second) == [f"{expected} (keep one of them)"]


def test_the_first_place_is_named_whichever_file_it_is_in(folder: Folder) -> None:
    says = folder.says(
        "include: [one.yaml, two.yaml, three.yaml]\napis: {}\n",
        one=api("errors: {a: {}}\n"),
        two=api("errors: {b: {}}\n"),
        three=api("errors: {b: {}}\n"),
    )
    assert says == [
        "three.yaml:3:14: error[duplicate-code]: the code 'b' is set here and at two.yaml:3:14"
        " (keep one of them)"
    ]


def test_a_part_that_one_file_leaves_empty_may_be_filled_by_another(folder: Folder) -> None:
    assert list(folder.api(ROOT + api("errors:\n"), more=api("errors: {a: {}}\n")).errors) == ["a"]
    assert list(folder.api(ROOT + api("errors: {a: {}}\n"), more=api("errors:\n")).errors) == ["a"]


def test_rules_look_at_all_files_together(folder: Folder) -> None:
    content = ROOT + api("groups: {limits: {}}\nerrors: {a: {replaced_by: b}}\n")
    assert folder.says(content, more=api("errors: {b: {group: limits}}\n")) == []
    assert folder.says(content, more=api("errors: {b: {group: limts}}\n")) == [
        "more.yaml:3:25: error[unknown-group]: there is no group 'limts' (did you mean 'limits'?)"
    ]


def test_a_problem_is_placed_in_the_file_that_holds_the_value(folder: Folder) -> None:
    content = ROOT + api("errors: {a: {staus: 404}}\n")
    assert folder.says(content, more=api("errors: {b: {status: 4}, c: {goup: x}}\n")) == [
        "errors.yaml:4:18: error[unknown-key]: unknown key 'staus' (did you mean 'status'?)",
        "more.yaml:3:26: error[invalid-status]: expected an HTTP status from 100 to 599,"
        " found the number 4",
        "more.yaml:3:34: error[unknown-key]: unknown key 'goup' (did you mean 'group'?)",
    ]


NAMES = {
    "no list": (
        "include: more.yaml\n",
        "1:10: error[wrong-type]: expected a list of file names"
        " (one name a line after '- ', relative to this file)",
    ),
    "nothing": (
        "include:\n",
        "1:9: error[wrong-type]: expected a list of file names"
        " (one name a line after '- ', relative to this file)",
    ),
    "a number": (
        "include: [4]\n",
        "1:11: error[wrong-type]: expected the name of a file"
        " (one name a line after '- ', relative to this file)",
    ),
    "an empty name": (
        "include: ['']\n",
        "1:11: error[wrong-type]: expected the name of a file"
        " (one name a line after '- ', relative to this file)",
    ),
    "a file that is not there": (
        "include:\n  - x.yaml\n",
        "2:5: error[unreadable]: 'x.yaml' does not exist",
    ),
    "a folder": (
        "include: [folder]\n",
        "1:11: error[unreadable]: 'folder' is a folder, not a file",
    ),
    "itself": (
        "include: [errors.yaml]\n",
        "1:11: error[include-loop]: 'errors.yaml' includes itself in the end",
    ),
    "a file twice": (
        "include: [more.yaml, ./more.yaml]\n",
        "1:22: error[include-twice]: './more.yaml' is included twice",
    ),
    "a file above": (
        "include: [../outside.yaml]\n",
        "1:11: error[include-outside]: '../outside.yaml' leads outside the folder of errors.yaml",
    ),
    "a file far above": (
        "include: [../../../../../../../../../../etc/passwd]\n",
        "1:11: error[include-outside]: '../../../../../../../../../../etc/passwd' leads outside"
        " the folder of errors.yaml",
    ),
    "a path from the root": (
        "include: [/etc/passwd]\n",
        "1:11: error[include-outside]: '/etc/passwd' is not relative to the file that includes it",
    ),
    "a path from a drive": (
        "include: ['C:\\more.yaml']\n",
        "1:11: error[include-outside]: 'C:\\\\more.yaml' is not relative to the file that"
        " includes it",
    ),
    "a link to a file outside": (
        "include: [link.yaml]\n",
        "1:11: error[include-outside]: 'link.yaml' leads outside the folder of errors.yaml",
    ),
    "a file behind a link to a folder outside": (
        "include: [linked/outside.yaml]\n",
        "1:11: error[include-outside]: 'linked/outside.yaml' leads outside the folder of"
        " errors.yaml",
    ),
    "links in a circle": (
        "include: [circle.yaml]\n",
        "1:11: error[unreadable]: 'circle.yaml' cannot be read: Symlink loop from",
    ),
    "a name that no file can have": (
        'include: ["a\\0b"]\n',
        "1:11: error[unreadable]: 'a\\x00b' cannot be read: embedded null byte",
    ),
    "a name that is too long": (
        f"include: [{'x' * 5000}]\n",
        f"1:11: error[unreadable]: '{'x' * 59}…' cannot be read: File name too long",
    ),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
@pytest.mark.parametrize(("content", "expected"), NAMES.values(), ids=NAMES.keys())
def test_what_cannot_be_included_is_said_at_its_name(
    tmp_path: Path, content: str, expected: str
) -> None:
    folder = Folder(tmp_path / "catalog")
    folder.write({"more.yaml": "apis: {}\n", "folder/x.yaml": ""})
    (tmp_path / "outside.yaml").write_text("apis: {}\n", "utf-8")
    (folder.path / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (folder.path / "linked").symlink_to(tmp_path)
    (folder.path / "circle.yaml").symlink_to(folder.path / "circle.yaml")
    says = folder.says(content + "apis: {}\n")
    assert len(says) == 1
    assert says[0].startswith(f"errors.yaml:{expected}")


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_links_within_the_folder_are_followed(folder: Folder) -> None:
    folder.write(
        {"parts/real.yaml": "include: [beside.yaml]\n", "parts/beside.yaml": api("title: x\n")}
    )
    (folder.path / "link.yaml").symlink_to(folder.path / "parts" / "real.yaml")
    assert folder.api("include: [link.yaml]\n").title == "x"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_a_catalog_may_itself_be_a_link(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "real")
    folder.write({"errors.yaml": ROOT, "more.yaml": api("title: x\n")})
    (tmp_path / "errors.yaml").symlink_to(folder.path / "errors.yaml")
    assert load(tmp_path / "errors.yaml").catalog.apis["demo"].title == "x"


def test_a_circle_over_several_files_is_found(folder: Folder) -> None:
    says = folder.says(
        "include: [one.yaml]\napis: {}\n",
        one="include: [two.yaml]\n",
        two="# round\ninclude:\n  - one.yaml\n",
    )
    assert says == ["two.yaml:3:5: error[include-loop]: 'one.yaml' includes itself in the end"]


def test_a_long_chain_of_files_is_read(folder: Folder) -> None:
    count = MAX_FILES - 1
    folder.write({f"{n}.yaml": f"include: [{n + 1}.yaml]\n" for n in range(1, count)})
    folder.write({f"{count}.yaml": api("title: the end\n")})
    assert folder.api("include: [1.yaml]\n").title == "the end"


def test_more_files_than_a_catalog_may_have_are_one_problem(folder: Folder) -> None:
    folder.write({f"{n}.yaml": "{}\n" for n in range(MAX_FILES + 10)})
    names = "".join(f"- {n}.yaml\n" for n in range(MAX_FILES + 10))
    assert folder.says(f"apis: {{}}\ninclude:\n{names}") == [
        f"errors.yaml:{MAX_FILES + 2}:3: error[too-large]: '999.yaml' is one file too many:"
        " a catalog may have 1,000"
    ]


def test_all_files_together_may_be_as_large_as_one(folder: Folder) -> None:
    half = "#" * (MAX_BYTES // 2) + "\napis: {}\n"
    names = "include: [one.yaml, two.yaml]\n"
    assert folder.says(names, one=half, two=half) == [
        "errors.yaml:1:21: error[unreadable]: 'two.yaml' cannot be read: the catalog is larger"
        " than 33,554,432 bytes"
    ]


def test_what_is_wrong_with_the_files_that_can_be_read_is_said_as_well(folder: Folder) -> None:
    says = folder.says(
        "include: [gone.yaml, more.yaml, broken.yaml]\n"
        + api("errors: {a: {group: g}, b: {x: 1}}\n"),
        more="apis: {demo: {titel: x}, demo: {}}\n",
        broken="apis: {\n",
    )
    assert [line.partition(": error")[0] for line in says] == [
        "broken.yaml:1:7",
        "errors.yaml:1:11",
        "errors.yaml:4:33",
        "more.yaml:1:15",
        "more.yaml:1:26",
    ]


def test_an_api_may_stand_in_a_file_that_cannot_be_read(folder: Folder) -> None:
    assert folder.says("include: [gone.yaml]\n") == [
        "errors.yaml:1:11: error[unreadable]: 'gone.yaml' does not exist"
    ]


def test_the_files_are_known_to_whoever_watches_them(folder: Folder) -> None:
    folder.write({"errors.yaml": "include: [more.yaml, gone.yaml]\n", "more.yaml": "a: [\n"})
    with pytest.raises(CatalogError) as refused:
        load(folder.path / "errors.yaml")
    names = ["errors.yaml", "more.yaml", "gone.yaml"]
    assert [file.relative_to(folder.path).as_posix() for file in refused.value.files] == names


def test_the_catalog_itself_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "errors.yaml"
    with pytest.raises(CatalogError) as refused:
        load(path)
    assert str(refused.value) == (
        f"{path}: error[unreadable]: cannot be read: No such file or directory "
        "(check the name; `errorbook init` writes a first one)"
    )
    assert refused.value.files == (path,)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "."])
def test_a_catalog_that_cannot_be_opened_is_a_problem(tmp_path: Path, name: str) -> None:
    with pytest.raises(CatalogError) as refused:
        load(tmp_path / name, name="errors.yaml")
    assert str(refused.value).startswith("errors.yaml: error[unreadable]: cannot be read: ")


def test_problems_call_a_file_by_its_path_unless_told_otherwise(folder: Folder) -> None:
    folder.write({"errors.yaml": ROOT, "more.yaml": "apis: 3\n"})
    with pytest.raises(CatalogError) as refused:
        load(folder.path / "errors.yaml")
    assert refused.value.problems[0].place.path == (folder.path / "more.yaml").as_posix()


def test_a_code_may_be_called_include(folder: Folder) -> None:
    assert list(folder.api(errors("include: {status: 404}\n")).errors) == ["include"]


def test_findings_of_others_are_placed_in_the_files(folder: Folder) -> None:
    loaded = folder.load(ROOT + errors("a: {}\n"), more=api("errors:\n  b: {status: [400, 409]}\n"))
    path = ("apis", "demo", "errors", "b")
    findings = [
        Finding("at-key", path, "", at_key=True),
        Finding("at-value", path, ""),
        Finding("in-list", (*path, "status", 1), ""),
        Finding("not-there", (*path, "status", 7), ""),
        Finding("below-a-value", (*path, "status", 0, "x"), "", at_key=True),
        Finding("nowhere", ("apis", "other"), ""),
        Finding("whole", (), ""),
        Finding("twice", (), ""),
        Finding("twice", (), ""),
    ]
    assert {problem.rule: str(problem.place) for problem in loaded.place(findings)} == {
        "at-key": "more.yaml:4:7",
        "at-value": "more.yaml:4:10",
        "in-list": "more.yaml:4:25",
        "not-there": "more.yaml:4:19",
        "below-a-value": "more.yaml:4:20",
        "nowhere": "errors.yaml:3:3",
        "whole": "errors.yaml:1:1",
        "twice": "errors.yaml:1:1",
    }
    assert len(loaded.place(findings)) == len(findings) - 1


def test_a_place_in_what_an_alias_repeats_is_that_of_the_anchor(folder: Folder) -> None:
    loaded = folder.load(errors("a: {retry: &r {when: never}}\nb: {retry: *r}\n"))
    path = ("apis", "demo", "errors", "b", "retry")
    places = [
        str(one.place)
        for one in loaded.place([Finding("x", path, ""), Finding("y", (*path, "when"), "")])
    ]
    assert places == ["errors.yaml:5:28", "errors.yaml:6:18"]


@pytest.mark.parametrize("content", [b"", b"a: [", b"\xff", b"a: " + b"[" * 100_000])
def test_a_file_that_cannot_be_read_has_one_place(content: bytes) -> None:
    source = Source(Path("x.yaml"), "x.yaml", content)
    assert source.positions.find(("a",)) == (0, None)
    assert str(place([source], [Finding("rule", ("a",), "message")])[0].place) == "x.yaml:1:1"


def test_keys_that_are_no_texts_have_no_place_and_take_none(folder: Folder) -> None:
    source = Source(Path("x.yaml"), "x.yaml", b"a: &a [1]\n? {b: c}\n: d\n*a : e\nf: g\nf: h\n")
    assert str(place([source], [Finding("rule", ("f",), "")])[0].place) == "x.yaml:5:4"
