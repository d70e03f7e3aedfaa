"""Editing: what is put is there, in its place, and every other character stays as it was."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest

from errorbook.problems import ErrorbookError
from errorbook.yaml_text.document import Document
from errorbook.yaml_text.plain import NoPlaceError

ROOT = Path(__file__).parents[2]

SHOP = """\
# The shop.

apis:
    shop:
        title:   Shop  # as it is
        # What can go wrong.
        errors:
            # Nothing is left.
            sold_out: # rare
                meaning: "No copy is left."
                retry: {when: never}
                causes:
                - Somebody was quicker.
                # Or:
                - It was lost.

            unpaid: {status: 402, meaning: Nobody paid.}  # often

        # Behind it.
include: [other.yaml]
"""
WINDOWS = SHOP.replace("\n", "\r\n")
SOLD_OUT = ("apis", "shop", "errors", "sold_out")
UNPAID = ("apis", "shop", "errors", "unpaid")


def edited(text: str, *puts: tuple[tuple[str | int, ...], Any]) -> str:
    document = Document(text, "errors.yaml")
    for path, value in puts:
        document.put(path, value)
    return document.text()


def differences(before: str, after: str) -> list[str]:
    lines = list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))
    return [line for line in lines[2:] if not line.startswith("@@")]


@pytest.mark.parametrize(
    "text", ["", "# only this", SHOP, SHOP.replace("\n", "\r\n"), "\ufeff" + SHOP]
)
def test_what_nobody_edits_stays(text: str) -> None:
    assert edited(text) == text


UNPAID_LINE = "            unpaid: {status: 402, meaning: Nobody paid.}  # often"


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ((*SOLD_OUT, "status"), 404, ["+                status: 404"]),
        ((*SOLD_OUT, "fix"), "Wait: later.", ['+                fix: "Wait: later."']),
        (
            (*SOLD_OUT, "meaning"),
            "None is left.",
            [
                '-                meaning: "No copy is left."',
                "+                meaning: None is left.",
            ],
        ),
        (
            (*SOLD_OUT, "retry", "after"),
            ["wait"],
            [
                "-                retry: {when: never}",
                "+                retry: {when: never, after: [wait]}",
            ],
        ),
        ((*SOLD_OUT, "causes", 2), "c", ["+                - c"]),
        ((*SOLD_OUT, "causes", 0), None, ["-                - Somebody was quicker."]),
        (
            (*SOLD_OUT, "causes", 1),
            None,
            ["-                # Or:", "-                - It was lost."],
        ),
        (UNPAID, None, [f"-{UNPAID_LINE}", "-"]),
        (
            (*UNPAID, "status"),
            [402, 403],
            [f"-{UNPAID_LINE}", f"+{UNPAID_LINE.replace('402', '[402, 403]')}"],
        ),
        (("apis", "shop", "title"), "Shop", []),
        (("apis", "shop", "errors", "none"), None, []),
        (
            ("apis", "shop", "title"),
            "Books",
            ["-        title:   Shop  # as it is", "+        title: Books  # as it is"],
        ),
    ],
)
def test_nothing_else_changes(path: tuple[str | int, ...], value: Any, expected: list[str]) -> None:
    assert differences(SHOP, edited(SHOP, (path, value))) == expected


def test_a_new_key_takes_its_place() -> None:
    made = edited(SHOP, ((*SOLD_OUT, "status"), 404), (("apis", "shop", "version"), "v1"))
    lines = [line.strip() for line in made.splitlines()]
    assert lines.index("status: 404") == lines.index('meaning: "No copy is left."') - 1
    assert lines.index("version: v1") == lines.index("title:   Shop  # as it is") + 1


def test_what_is_missing_on_the_way_is_made() -> None:
    made = edited(
        "", (("apis", "shop", "errors", "0401", "status"), 401), (("include",), ["a.yaml"])
    )
    assert made == (
        'apis:\n  shop:\n    errors:\n      "0401":\n        status: 401\n\ninclude: [a.yaml]\n'
    )


def test_a_file_of_comments_keeps_them_on_top() -> None:
    made = edited("# One.\n\n# Two.\n", (("apis", "shop", "title"), "Shop"))
    assert made == "# One.\n\n# Two.\n\napis:\n  shop:\n    title: Shop\n"


def test_json_becomes_lines() -> None:
    made = edited('{"apis": {"shop": {}}}\n', (("apis", "shop", "title"), "Shop"))
    assert made == "apis:\n  shop:\n    title: Shop\n"


def test_what_holds_nothing_any_more_says_so() -> None:
    made = edited(
        "apis:\n  shop:\n    errors:\n      a: {}\n", (("apis", "shop", "errors", "a"), None)
    )
    assert made == "apis:\n  shop:\n    errors: {}\n"


def test_new_entries_are_set_apart_as_their_neighbours_are() -> None:
    tall = {"status": 404, "meaning": "m", "fix": "f", "group": "g"}
    made = edited(SHOP, (("apis", "shop", "errors", "lost"), tall))
    assert "  # often\n\n            lost:\n              status: 404\n" in made


def test_aliases_are_written_out_before_what_they_repeat_changes() -> None:
    text = "apis:\n  a: &a  # first\n    title: &t A\n    summary: *t\n  b: *a\n  c: {}\n"
    assert edited(text, (("apis", "c", "title"), "C")).startswith(text[:-10])
    assert edited(text, (("apis", "b", "title"), "B")) == (
        "apis:\n  a:  # first\n    title: A\n    summary: A\n"
        "  b:\n    title: B\n    summary: A\n  c: {}\n"
    )


def test_a_file_keeps_its_line_breaks() -> None:
    made = edited("\ufeffapis:\r\n  a: {}\r\n", (("apis", "a", "title"), "A"))
    assert made == "\ufeffapis:\r\n  a:\r\n    title: A\r\n"


@pytest.mark.parametrize("path", [("apis", "shop", "title", "x"), (*SOLD_OUT, "causes", 9), ()])
def test_a_path_that_leads_nowhere_is_refused(path: tuple[str | int, ...]) -> None:
    document = Document(SHOP, "errors.yaml")
    with pytest.raises(NoPlaceError):
        document.put(path, "x")
    assert document.text() == SHOP


DEEP: Any = "x"
for _ in range(40):
    DEEP = [DEEP]


@pytest.mark.parametrize(("key", "value"), [("x", DEEP), ("x" * 1100, "x"), ("x", {"\0" * 400: 1})])
def test_what_no_reader_would_take_is_refused(key: str, value: Any) -> None:
    document = Document(SHOP, "errors.yaml")
    with pytest.raises(NoPlaceError):
        document.put((*SOLD_OUT, key), value)
    assert document.text() == SHOP


def test_a_file_that_is_not_valid_is_refused() -> None:
    with pytest.raises(ErrorbookError, match=r"^some\.yaml:2:1: error\[duplicate-key\]"):
        Document("a: 1\na: 2\n", "some.yaml")


def test_every_error_of_this_repository_can_be_rewritten() -> None:
    text = (ROOT / "errors.yaml").read_text(encoding="utf-8")
    document = Document(text, "errors.yaml")
    document.put(("apis", "artifacta", "errors", "rate_limited", "group"), "request")
    document.put(("apis", "artworks", "groups", "limits"), {"title": "Limits"})
    assert differences(text, document.text()) == [
        "-        group: limits",
        "+        group: request",
        "+    groups:",
        "+      limits: {title: Limits}",
        "+",
    ]
