"""What an import writes is valid, whatever the sources say; what is left out is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import JsonValue

from errorbook import outputs
from errorbook.catalog import load
from errorbook.importing.catalog_files import catalog_files
from errorbook.importing.gathered import Gathered
from errorbook.importing.outcome import Heard, Outcome, imported
from errorbook.problems import Place

PLACE = Place("source", 7)
Facts = dict[tuple[str, ...], JsonValue]


def _imported(facts: Facts, path: Path, catalog: str | None = None) -> Outcome:
    if catalog is not None:
        path.write_text(catalog, "utf-8")
    gathered = Gathered()
    for keys, value in facts.items():
        gathered.add(keys, value, PLACE)
    files = catalog_files(path, "errors.yaml")
    return imported([Heard("source", "table", gathered)], files, "shop", "catalog")


def _valid(outcome: Outcome, path: Path) -> dict[str, object]:
    """Return the errors that were imported, once it is certain that all of it can be used."""
    for file, (_, content) in outcome.texts.items():
        file.write_bytes(content)
    if not path.exists():
        return {}
    loaded = load(path).catalog
    assert list(outputs.problems(loaded)) == []
    assert b"shop" not in path.read_bytes() or "shop" in loaded.apis
    shop = loaded.apis.get("shop")
    return dict(shop.errors) if shop else {}


def _left_out(outcome: Outcome) -> list[str]:
    return [one.message for one in outcome.report.untold if one.rule == "import-unusable"]


@pytest.mark.parametrize(
    ("facts", "left_out"),
    [
        ({("errors", "a", "status"): 99}, "errors.a.status"),
        ({("errors", "a", "status"): "many"}, "errors.a.status"),
        ({("errors", "a", "colour"): "red"}, "errors.a.colour"),
        ({("errors", "a", "details"): {"n": {"type": "text"}}}, "errors.a.details.n.type"),
        ({("errors", "a", "retry"): {"after": ["nothing"]}}, "errors.a.retry.after[0]"),
        ({("errors", "a", "actions"): [{"do": "panic"}]}, "errors.a.actions[0]"),
        ({("errors", "a", "causes"): ["x", "[y](javascript:z)"]}, "errors.a.causes[1]"),
        ({("errors", "a", "replaced_by"): "b"}, "errors.a.replaced_by"),
        ({("errors", "a", "group"): "none"}, "errors.a.group"),
        ({("errors", "a", "sdk"): {"pyton": {"exception": "A"}}}, "errors.a.sdk.pyton"),
        ({("errors", "a", "sdk", "python", "exception"): "no class"}, "errors.a.sdk.python"),
        ({("exit_codes", "300"): {"name": "A"}}, "exit_codes.300"),
        ({("exit_codes", "3"): {"meaning": "x"}}, "exit_codes.3"),
        ({("exit_codes", "3"): {"name": "A", "for": ["zzz"]}}, "exit_codes.3.for[0]"),
        ({("statuses", "many", "meaning"): "x"}, "statuses.many"),
        ({("envelopes",): [{"body": {"a": "{code"}}]}, "envelopes[0]"),
        ({("server",): "javascript:x"}, "server"),
        ({("docs", "url"): "ftp://x"}, "docs.url"),
        ({("troubleshooting",): [{"symptom": "x", "errors": ["b"]}]}, "troubleshooting[0]"),
        ({("wibble",): 1}, "wibble"),
        ({("errors", "a", "meaning"): "x" * 200_000}, "errors.a.meaning"),
        ({("errors", "a", "meaning"): "\ud800"}, "errors.a.meaning"),
        ({("errors", "a", "since"): 10**30}, "errors.a.since"),
        ({("errors", "a", "details", "n"): {"example": 1e300}}, "errors.a.details"),
        ({("errors", "", "status"): 400}, "errors.."),
    ],
)  # fmt: skip
def test_what_is_not_valid_is_left_out_and_the_rest_is_not(
    facts: Facts, left_out: str, tmp_path: Path
) -> None:
    path = tmp_path / "errors.yaml"
    sound: Facts = {("errors", "a"): {}, ("errors", "fine", "status"): 418}
    outcome = _imported({**sound, **facts}, path)

    assert {"a", "fine"} <= _valid(outcome, path).keys()
    messages = _left_out(outcome)
    assert [message for message in messages if message.startswith(left_out)], messages
    assert all(" was left out: " in message for message in messages)
    assert {one.place for one in outcome.report.untold} == {PLACE}


def test_a_code_that_cannot_be_one_is_left_out_whole(tmp_path: Path) -> None:
    path = tmp_path / "errors.yaml"
    outcome = _imported({("errors", " a", "status"): 400, ("errors", "b"): {}}, path)
    assert list(_valid(outcome, path)) == ["b"]
    assert _left_out(outcome)[0].startswith("errors. a.status was left out: ")


@pytest.mark.parametrize(
    ("codes", "classes", "constants"),
    [
        (["timeout"], ["none"], [None]),
        (["a-b", "a_b"], [None, "none"], [None, "A_B_2"]),
        (["a-b", "a_b", "a.b"], [None, "none", "none"], [None, "A_B_2", "A_B_3"]),
        (["\u0430"], ["none"], [None]),
    ],
)
def test_an_error_without_a_class_of_its_own_stays(
    codes: list[str], classes: list[str | None], constants: list[str | None], tmp_path: Path
) -> None:
    path = tmp_path / "errors.yaml"
    _valid(_imported({("errors", code): {} for code in codes}, path), path)
    errors = load(path).catalog.apis["shop"].errors
    chosen = [error.sdk.get("python") for error in errors.values()]
    assert list(errors) == codes
    assert [one and one.exception for one in chosen] == classes
    assert [one and one.constant for one in chosen] == constants


def test_what_shows_only_once_something_else_is_left_out_is_left_out_too(tmp_path: Path) -> None:
    path = tmp_path / "errors.yaml"
    outcome = _imported(
        {
            ("errors", "a-b"): {},
            ("errors", "a_b"): {},
            ("exit_codes", "3"): {"name": "no name", "for": ["a-b"]},
            ("errors", "fine", "status"): 418,
        },
        path,
    )
    assert _valid(outcome, path).keys() == {"a-b", "a_b", "fine"}
    assert len(outcome.report.untold) == 4, "a name, what needs it, a class and a constant"


@pytest.mark.parametrize(
    ("catalog", "facts", "left_out"),
    [
        (
            "errors: {a: {actions: [{do: retry}]}}",
            {("errors", "a", "retry", "when"): "never"},
            "errors.a.retry.when",
        ),
        (
            "errors: {a: {placeholders: {n: {}}, message: '{n}'}}",
            {("errors", "a", "details", "n"): {"type": "integer"}},
            "errors.a.details.n",
        ),
        (
            "envelopes: [{body: {code: '{code:integer}'}}], errors: {'1': {}}",
            {("errors", "b", "status"): 400, ("errors", "2", "status"): 400},
            "errors.b",
        ),
        (
            "envelopes: [{body: {code: '{code}'}}], errors: {a: {}}",
            {("errors", "a", "details", "n"): {"type": "integer"}},
            "errors.a.details.n",
        ),
        (
            "errors: {a: {}, b: {}}",
            {("retired", "a", "reason"): "x", ("retired", "c", "reason"): "y"},
            "retired.a",
        ),
        (
            "errors: {a: {}}, retired: {b: {}}",
            {("errors", "b", "status"): 400, ("errors", "a", "status"): 400},
            "errors.b",
        ),
    ],
)
def test_what_contradicts_the_catalog_goes_and_nothing_of_the_catalog(
    catalog: str, facts: Facts, left_out: str, tmp_path: Path
) -> None:
    path = tmp_path / "errors.yaml"
    outcome = _imported(facts, path, f"apis: {{shop: {{{catalog}}}}}\n")
    _valid(outcome, path)
    (message,) = _left_out(outcome)
    assert message.startswith(left_out)


def test_an_api_that_cannot_be_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "errors.yaml"
    path.write_text("apis: {shop: {docs: {error: 'errors/{code}/'}}}\n")
    gathered = Gathered()
    gathered.add(("errors", "a", "status"), 400, PLACE)
    gathered.add(("docs", "error"), "errors/{code}/", PLACE)
    files = catalog_files(path, "errors.yaml")
    outcome = imported([Heard("source", "table", gathered)], files, "store", "catalog")
    assert _valid(outcome, path) == {}
    assert load(path).catalog.apis["store"].errors["a"].status == (400,)


_WORDS = st.sampled_from(
    ["a", "b", "timeout", "status", "message", "n", "{n}", "never", "[x](y:z)", "<error:q>", "",
     "no", "<<", "- x: #", "\x00", "\ud800", "\u2028", "0401", "{code}", "404", "Error", " a "]
)  # fmt: skip
_LEAVES = _WORDS | st.integers(-1, 600) | st.booleans() | st.none() | st.floats()
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=6,
)
_FIELDS = st.sampled_from(
    ["status", "meaning", "message", "causes", "details", "retry", "actions", "sdk", "group",
     "placeholders", "exit_code", "replaced_by", "renamed_from", "wibble"]
)  # fmt: skip
_TOPS = st.sampled_from(
    ["envelopes", "statuses", "groups", "exit_codes", "operations", "troubleshooting", "retired",
     "contract", "docs", "sdk", "title", "version"]
)  # fmt: skip
_PATHS = st.tuples(st.just("errors"), _WORDS, _FIELDS) | st.tuples(_TOPS) | st.tuples(_TOPS, _WORDS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=st.dictionaries(_PATHS, _VALUES, max_size=12), known=st.booleans())
def test_no_source_makes_a_catalog_that_is_not_valid(
    tmp_path_factory: pytest.TempPathFactory, facts: Facts, *, known: bool
) -> None:
    path = tmp_path_factory.mktemp("any") / "errors.yaml"
    catalog = "apis: {shop: {errors: {a: {status: 400, message: '{n}', placeholders: {n: {}}}}}}\n"
    _valid(_imported(facts, path, catalog if known else None), path)
    assert _imported(facts, path).texts == {}, "importing again changes something"
    if known:
        assert "a" in load(path).catalog.apis["shop"].errors
