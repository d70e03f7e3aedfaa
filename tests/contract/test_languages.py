"""Users of an SDK are told of what breaks them, in whichever language it is, and of nothing else.

The table is that of the mutations: whatever it changes of Python is changed of each language here,
so of one that is yet to come as well, if it has classes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from errorbook.catalog.models import Api, Catalog
from errorbook.contract import sdk_kinds
from errorbook.contract.changes import Change
from errorbook.contract.compare import compare
from errorbook.contract.kinds import KINDS
from errorbook.contract.report import Found, Report
from errorbook.contract.report_json import json_report
from errorbook.contract.report_markdown import changelog, markdown_report
from errorbook.contract.report_text import plain_report
from errorbook.outputs.language import Language
from errorbook.outputs.languages import LANGUAGES
from errorbook.problems import Place
from errorbook.reports.diff_schema import diff_report_schema
from tests.contract.catalogs import Edit, catalog, data, edit, edited
from tests.contract.mutations import ROWS, Row

TODAY = date(2026, 6, 1)
FIRST = next(iter(LANGUAGES))


def is_said_of_sdk(edits: Iterable[Edit]) -> bool:
    """Tell whether ``edits`` change what the catalog says of the first language."""
    return any(FIRST in path.split("/") for path, _ in edits)


OTHERS = [language for name, language in LANGUAGES.items() if name != FIRST]
TABLE = [row for row in ROWS if FIRST in row.who]
OF_CLASSES = {kind.id for kind in sdk_kinds.KINDS if kind.is_of_sdk}
OF_SDK = [row for row in TABLE if row.rule in OF_CLASSES and is_said_of_sdk(row.then)]
"""Rows that change what the catalog says of the classes of a language, and nothing else."""

each_language = pytest.mark.parametrize("language", OTHERS, ids=lambda one: one.NAME)


@each_language
@pytest.mark.parametrize("row", TABLE, ids=str)
def test_a_change_is_told_with_the_languages_that_it_breaks(row: Row, language: Language) -> None:
    row = of_language(row, language)
    before, after = both(language, row.first), both(language, (*row.first, *row.then))

    changes = compare(before, after, today=TODAY, audience=row.audience)

    assert [one.rule for one in changes] == [row.rule]
    (change,) = changes
    assert change.severity == row.severities["default"]
    assert change.who == row.who
    assert "/".join(map(str, change.path[2:])) == row.at
    if "sdk-module" not in row.rule:
        assert (change.subject, change.before, change.after) == row.told
    if row.rule in OF_CLASSES:
        assert f" in {named(row, language)}" in change.message
    assert "'except'" not in change.message


@each_language
@pytest.mark.parametrize("row", OF_SDK, ids=str)
def test_a_change_of_two_languages_is_one_of_each(row: Row, language: Language) -> None:
    other = of_language(row, language)
    first = (*row.first, *other.first)

    changes = compare(
        both(language, first), both(language, (*first, *row.then, *other.then)), today=TODAY
    )

    assert [one.rule for one in changes] == [row.rule] * 2
    assert sorted(one.who for one in changes) == sorted([(FIRST,), (language.NAME,)])
    assert len({one.fingerprint for one in changes}) == len(changes)
    assert {"/".join(map(str, one.path[2:])) for one in changes} == {row.at, other.at}


@pytest.mark.parametrize("row", OF_SDK, ids=str)
def test_a_waiver_goes_on_to_count_when_an_api_tells_of_another_language(row: Row) -> None:
    (alone,) = compare(*row.sides, today=TODAY)
    others: list[Edit] = [(f"sdk/{language.NAME}", {}) for language in OTHERS]
    sides = edited([*row.first, *others]), edited([*row.first, *others, *row.then])
    (beside,) = compare(*sides, today=TODAY)

    assert beside.fingerprint == alone.fingerprint
    title = LANGUAGES[FIRST].TITLE
    assert f" in {title}" in beside.message
    assert beside.message.replace(f" in {title}", "", 1) == alone.message


@each_language
def test_a_language_begins_and_ends(language: Language) -> None:
    plain, told = edited(()), edited([(f"sdk/{language.NAME}", {})])
    module = language.module_name("demo", told.apis["demo"])

    (began,) = compare(plain, told, today=TODAY)
    (ended,) = compare(told, plain, today=TODAY)

    assert shape(began) == ("sdk-module-added", "safe", (language.NAME,), "", module)
    assert shape(ended) == ("sdk-module-removed", "breaking", (language.NAME,), module, "")


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=lambda one: one.NAME)
def test_a_module_that_there_is_no_more_is_told_once(language: Language) -> None:
    told = edited([(f"sdk/{language.NAME}", {})])
    without = edited([(f"sdk/{language.NAME}", {"base": "none"})])
    module = language.module_name("demo", told.apis["demo"])

    (ended,) = compare(told, without, today=TODAY)
    (began,) = compare(without, told, today=TODAY)

    assert shape(ended) == ("sdk-module-removed", "breaking", (language.NAME,), module, "")
    assert shape(began)[:4] == ("sdk-module-added", "safe", (language.NAME,), "")


@each_language
def test_an_api_that_goes_takes_every_language_along(language: Language) -> None:
    content = data()
    content["apis"]["other"] = {"sdk": {language.NAME: {}}, "errors": {"a": {}}}

    (change,) = compare(catalog(content), catalog(data()), today=TODAY)

    assert change.who == ("wire", FIRST, language.NAME, "cli", "docs")


@each_language
def test_another_class_in_one_language_makes_no_other_error(language: Language) -> None:
    chosen = "errors/payment_failed/sdk"
    words: Edit = ("errors/payment_failed/meaning", "The bank said no.")
    one: Edit = (f"{chosen}/{language.NAME}/exception", "RefusedError")
    before = both(language, ())

    apart = compare(before, both(language, [words, one]), today=TODAY)
    together = compare(
        before,
        both(language, [words, one, (f"{chosen}/{FIRST}/exception", "RefusedError")]),
        today=TODAY,
    )

    assert [(found.rule, found.who) for found in apart] == [
        ("class-renamed", (language.NAME,)),
        ("meaning-reworded", ("docs",)),
        # nothing of the first language
    ]
    assert [found.rule for found in together if found.rule != "version-not-bumped"] == [
        "code-repurposed"
    ]
    assert together[0].before == "CardError: The card was refused."


@each_language
def test_a_class_tells_a_renamed_code_in_any_language(language: Language) -> None:
    new: Any = {
        "status": 402,
        "meaning": "Else.",
        "sdk": {language.NAME: {"exception": "CardError"}},
    }
    gone: list[Edit] = [("errors/payment_failed", None), ("errors/card_refused", new)]

    changes = compare(both(language, ()), both(language, gone), today=TODAY)

    (renamed,) = (one for one in changes if one.rule == "code-renamed")
    assert (renamed.before, renamed.after) == ("payment_failed", "card_refused")
    assert renamed.who == ("wire", FIRST, "docs")  # the class of the other is what it was


@each_language
def test_what_gives_way_to_two_parents_is_told_of_each_list_of_them(language: Language) -> None:
    parents: list[Edit] = [
        (f"sdk/{FIRST}/parents/409", "ConflictError"),
        (f"sdk/{language.NAME}/parents/409", "ClashError"),
        ("errors/odd/status", None),
    ]
    status: Edit = ("errors/odd/status", 409)

    changes = compare(both(language, parents), both(language, [*parents, status]), today=TODAY)

    assert sorted((one.rule, one.after, one.who) for one in changes) == [
        ("ancestor-gained", "ClashError", (language.NAME,)),
        ("ancestor-gained", "ConflictError", (FIRST,)),
    ]


def test_a_former_code_takes_no_class_along_that_its_name_never_was() -> None:
    first: list[Edit] = [
        ("retired/timeout", {"removed": "v0"}),  # TimeoutError is a class of Python's own
        ("errors/odd/renamed_from", ["timeout"]),
    ]

    changes = compare(edited(first), edited([*first, ("errors/odd/renamed_from", [])]), today=TODAY)

    assert [(one.rule, one.severity, one.who) for one in changes] == [
        ("former-code-forgotten", "dangerous", ("docs",))
    ]


@each_language
def test_every_report_names_the_language(language: Language) -> None:
    row = of_language(next(one for one in OF_SDK if one.rule == "class-renamed"), language)
    (change,) = compare(both(language, row.first), both(language, row.then), today=TODAY)
    report = Report("errors.yaml", "v1", 1, found=(Found(change, lambda _: Place("e", 1, 1)),))

    assert f"    breaks: {language.TITLE}" in plain_report(report).splitlines()
    assert f" | {language.TITLE} | `e:1` |" in markdown_report(report)
    told = json.loads(json_report(report))
    assert told["changes"][0]["breaks"] == [language.NAME]
    Draft202012Validator(diff_report_schema()).validate(told)
    assert list(changelog(report)) == [
        f"- `demo/payment_failed`: the class CardError is now RefusedError in {language.TITLE}"
    ]


def test_every_kind_that_is_about_sdks_is_in_the_table() -> None:
    whom = {
        name: {
            party for who in (kind.who, *(case.who for case in kind.cases)) for party in who or ()
        }
        for name, kind in KINDS.items()
    }
    about = {name for name, parties in whom.items() if "sdk" in parties}
    apart = {"api-removed", "attribute-renamed", "version-not-bumped"}
    apart |= {"sdk-module-added", "sdk-module-removed"}

    assert about - apart == {row.rule for row in TABLE} - {"code-renamed", "code-case-changed"}
    assert not any(language.is_told(Api()) for language in OTHERS)


def of_language(row: Row, language: Language) -> Row:
    """Return ``row`` as one of ``language``: what it changes of the first one is changed of it.

    What is one change of an error, whatever the languages, is changed of both.
    """
    is_alone = row in OF_SDK or (is_said_of_sdk(row.first) and not is_said_of_sdk(row.then))
    names = [language.NAME] if is_alone else [FIRST, language.NAME]
    who = [name for one in row.who for name in (names if one == FIRST else [one])]
    first, then = (
        tuple((step_of(path, language), value) for path, value in edits)
        for edits in (row.first, row.then)
    )
    if not is_alone:
        first, then = merged(row.first, first), merged(row.then, then)
    at = step_of(row.at, language) if is_alone else row.at
    return replace(row, who=tuple(who), at=at, first=first, then=then)


def merged(edits: tuple[Edit, ...], others: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return ``edits`` with those of ``others`` that are not among them."""
    paths = {path for path, _ in edits}
    return (*edits, *(one for one in others if one[0] not in paths))


def named(row: Row, language: Language) -> str:
    """Return what a message calls the languages of ``row``."""
    names = [name for name in (FIRST, language.NAME) if name in row.who]
    return " and ".join(LANGUAGES[name].TITLE for name in names)


def step_of(path: str, language: Language) -> str:
    """Return ``path`` with the step of ``language`` for that of the first one."""
    return "/".join(language.NAME if step == FIRST else step for step in path.split("/"))


def both(language: Language, edits: Any) -> Catalog:
    """Return the base with ``edits``, which says of ``language`` what it says of the first one."""
    content = data()
    api = content["apis"]["demo"]
    for noun in (api, *api["errors"].values()):
        if "sdk" in noun:
            noun["sdk"][language.NAME] = data_of(noun["sdk"][FIRST])
    for path, value in edits:
        edit(api, path, data_of(value))
    return catalog(content)


def data_of(value: Any) -> Any:
    """Return ``value`` to be edited by itself."""
    if isinstance(value, dict):
        return {key: data_of(one) for key, one in value.items()}
    return list(value) if isinstance(value, list) else value


def shape(change: Change) -> tuple[str, str, tuple[str, ...], str, str]:
    return change.rule, change.severity, change.who, change.before, change.after
