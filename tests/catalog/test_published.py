"""A published errors.json is a catalog: read back it says what errors.yaml said, to its readers."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from bench import synthetic
from hypothesis import given, settings
from hypothesis import strategies as st

from errorbook import published
from errorbook.catalog import Catalog, CatalogError, load
from errorbook.catalog.published import JsonPositions
from errorbook.catalog.yaml_events import MAX_BYTES, MAX_DEPTH
from errorbook.outputs import errors_json
from errorbook.published import is_published

ROOT = Path(__file__).parents[2]
FILES = (
    "errors.yaml",
    "tests/outputs/hard.yaml",
    "tests/site/full.yaml",
    "tests/sdk/catalogs.yaml",
)
SMALL: dict[str, Any] = {
    "format": 1,
    "apis": {"shop": {"errors": {"gone": {"status": 410, "meaning": "It is gone."}}}},
}


def catalogs() -> list[tuple[str, Catalog]]:
    made = Catalog.model_validate_json(json.dumps(synthetic.catalog(300)))
    return [(name, load(ROOT / name).catalog) for name in FILES] + [("synthetic", made)]


def refused(tmp_path: Path, text: str | bytes) -> list[tuple[str, int, int, str]]:
    """Return the problems of a file: rule, line, column and message."""
    file = tmp_path / "errors.json"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(CatalogError) as caught:
        load(file, name="errors.json")
    problems = caught.value.problems
    assert {one.place.path for one in problems} == {"errors.json"}
    return [(one.rule, one.place.line, one.place.column, one.message) for one in problems]


def accepted(tmp_path: Path, data: dict[str, Any]) -> Catalog:
    file = tmp_path / "errors.json"
    file.write_text(json.dumps(data), "utf-8")
    return load(file).catalog


@pytest.mark.parametrize(("name", "catalog"), catalogs(), ids=lambda one: str(one)[:30])
def test_what_is_published_reads_back_as_the_catalog(
    tmp_path: Path, name: str, catalog: Catalog
) -> None:
    (text,) = errors_json.render(catalog).values()
    file = tmp_path / "errors.json"
    file.write_text(text, "utf-8")
    read = load(file).catalog
    assert read == catalog, name
    assert [list(api.errors) for api in read.apis.values()] == [
        list(api.errors) for api in catalog.apis.values()
    ]
    assert errors_json.render(read) == errors_json.render(catalog)


def test_both_ends_speak_of_the_same_format_and_limits() -> None:
    assert published.FORMAT == errors_json.FORMAT
    assert published.MAX_BYTES == MAX_BYTES


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (b'{"format": 1, "apis": {}}', True),
        (b' {\n "apis": {}, "format": 1}', True),
        (b'\xef\xbb\xbf{"format": 1, "apis"', True),
        (b"apis: {shop: {}}", False),
        (b'{"apis": {"format": {}}}', False),
        (b'{"apis": {}, "format": 1', False),
        (b'["format", "apis"]', False),
        (b"", False),
    ],
)
def test_it_is_recognised_by_what_it_holds(content: bytes, *, is_one: bool) -> None:
    assert is_published(content) is is_one


def test_its_name_does_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "errors.yaml"
    file.write_text(json.dumps(SMALL), "utf-8")
    assert list(load(file).catalog.apis["shop"].errors) == ["gone"]


def test_json_that_says_no_format_is_an_errors_yaml(tmp_path: Path) -> None:
    assert accepted(tmp_path, {"apis": SMALL["apis"]}) == accepted(tmp_path, SMALL)


def test_what_is_derived_is_not_looked_at(tmp_path: Path) -> None:
    data = json.loads(json.dumps(SMALL))
    data |= {"words": 3, "$comment": []}
    data["apis"]["shop"]["derived"] = "wrong"
    data["apis"]["shop"]["errors"]["gone"]["derived"] = {"exit_code": "wrong"}
    assert accepted(tmp_path, data) == accepted(tmp_path, SMALL)


def test_keys_that_the_format_gained_are_ignored(tmp_path: Path) -> None:
    data = json.loads(json.dumps(SMALL))
    data["novel"] = 1
    data["apis"]["shop"] |= {"novel": {"a": 1}, "exit_codes": {"3": {"name": "A", "novel": 1}}}
    data["apis"]["shop"]["errors"]["gone"] |= {"novel": 1, "actions": [{"do": "abort", "new": 2}]}
    shop = accepted(tmp_path, data).apis["shop"]
    assert shop.errors["gone"].actions[0].do == "abort"
    assert shop.exit_codes[3].name == "A"


def test_a_newer_format_is_refused_in_one_line(tmp_path: Path) -> None:
    (problem,) = refused(tmp_path, json.dumps({**SMALL, "format": 2}))
    assert problem == (
        "newer-format",
        1,
        1,
        "format 2 is newer than format 1, the newest this errorbook reads",
    )


@pytest.mark.parametrize("number", [0, -1, True, 1.5, "1", None, [1]])
def test_no_format_is_refused(tmp_path: Path, number: object) -> None:
    (problem,) = refused(tmp_path, json.dumps({"format": number, "apis": {}}))
    assert problem[0] == "unknown-format"


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ('{"format": 1,\n "apis": {"shop": }}', "not-json", 2, 19),
        ('{"format": 1, "apis": {}', "not-json", 1, 25),
        ('{"format": 1, "apis": [1]}', "missing-key", 1, 1),
        ('{"format": 1}', "missing-key", 1, 1),
        ('{"format": 1, "apis": {"a": {}, "a": {}}}', "duplicate-key", 1, 1),
        ('{"format": 1, "apis": {"a": NaN}}', "not-json", 1, 1),
        (b'{"format": 1, "apis": "\xff"}', "not-utf-8", 1, 1),
        ('{"format": 1, "apis": ' + "[" * 100_000, "too-deep", 1, 1),
        ('{"format": 1, "apis": {"a": ' + "[" * 50 + "]" * 50 + "}}", "too-deep", 1, 1),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, text: str | bytes, rule: str, line: int, column: int
) -> None:
    assert [found[:3] for found in refused(tmp_path, text)] == [(rule, line, column)]


def test_what_is_too_large_is_refused(tmp_path: Path) -> None:
    text = json.dumps(SMALL)
    assert refused(tmp_path, text + " " * (MAX_BYTES - len(text) + 1))[0][0] == "too-large"


def test_a_value_may_be_as_deep_as_in_yaml(tmp_path: Path) -> None:
    data = json.loads(json.dumps(SMALL))
    deep: Any = "x"
    for _ in range(MAX_DEPTH - 8):
        deep = [deep]
    data["apis"]["shop"]["errors"]["gone"]["details"] = {"d": {"type": "array", "example": deep}}
    assert accepted(tmp_path, data).apis["shop"].errors["gone"].details["d"].example == deep


def test_problems_have_the_place_of_what_is_wrong(tmp_path: Path) -> None:
    data = json.loads(json.dumps(SMALL))
    data["apis"]["shop"]["errors"]["gone \U0001f600"] = {"status": 42}
    text = json.dumps(data)
    ((rule, line, column, _),) = refused(tmp_path, text)
    assert (rule, line, text[column - 1 : column + 1]) == ("invalid-status", 1, "42")


def test_the_rules_hold_for_it_too(tmp_path: Path) -> None:
    data = json.loads(json.dumps(SMALL))
    data["apis"]["shop"]["errors"]["gone"]["replaced_by"] = "nothing"
    ((rule, _, column, message),) = refused(tmp_path, json.dumps(data, indent=1))
    assert column > 1
    assert "nothing" in message
    assert rule


_VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)


@settings(deadline=None, max_examples=200)
@given(value=_VALUES, indent=st.sampled_from([None, 1]), ascii_only=st.booleans())
def test_every_value_has_its_place(value: Any, *, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return
    positions, lines = JsonPositions(text.encode()), text.split("\n")

    def check(inner: Any, path: tuple[str | int, ...]) -> None:
        steps, position = positions.find(path)
        assert steps == len(path)
        assert position is not None
        line, column = position.value
        rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]])
        assert json.JSONDecoder().raw_decode(rest)[0] == inner
        if isinstance(inner, dict):
            for key, one in inner.items():
                check(one, (*path, key))
        elif isinstance(inner, list):
            for number, one in enumerate(inner):
                check(one, (*path, number))

    check(value, ())


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode()))
def test_nothing_else_is_raised_whatever_it_holds(tail: bytes) -> None:
    with suppress(CatalogError):
        load(Path("errors.json"), content=b'{"format": 1, "apis": ' + tail)
