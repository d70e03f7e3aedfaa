"""Editing keeps comments: beside what they are about, or else above what was written anew."""

from __future__ import annotations

from typing import Any

import pytest

from errorbook.yaml_text.document import Document

LIST = "a:  # k\n  # above x\n  - x # beside x\n  # above y\n  - y\n  # below\nb: 1\n"


def edited(text: str, path: tuple[str | int, ...], value: Any) -> str:
    document = Document(text, "errors.yaml")
    document.put(path, value)
    return document.text()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (["x", "z", "y"], LIST.replace("  # above y", "  - z\n  # above y")),
        (["w", "x", "y", "z"], LIST.replace("k\n", "k\n  - w\n").replace("- y\n", "- y\n  - z\n")),
        (["y"], "a:  # k\n  # above y\n  - y\n  # below\nb: 1\n"),
        (["x", "q"], LIST.replace("- y", "- q")),
        ("x", "# above x\n# beside x\n# above y\n# below\na: x  # k\nb: 1\n"),
    ],
)
def test_a_list_changes_item_by_item(value: Any, expected: str) -> None:
    assert edited(LIST, ("a",), value) == expected


def test_a_mapping_changes_key_by_key() -> None:
    text = "a:\n  - s: 1  # one\n    t: 2  # two\n    # three\n    u: 3\n  - s: 3  # last\n"
    made = edited(text, ("a",), [{"s": 1, "t": 4, "u": 3}, {"v": 5}])
    assert made == text.replace("t: 2", "t: 4").replace("s: 3  # last", "v: 5")


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        (
            'a: {  # first\n  x: "# no",  # why x\n  y: 1  # why y\n}  # end\n',
            ("a", "y"),
            '# first\n# why x\n# why y\na:  # end\n  x: "# no"\n  "y": new\n',
        ),
        (
            "m:  # m\n  ? k\n  : 1  # why k\n  # about p\n  p: {o: 1}  # beside p\n",
            ("m", "p", "o"),
            "# why k\n# about p\n# beside p\nm:  # m\n  k: 1\n  p:\n    o: new\n",
        ),
        ("a:\n  -  # why\n  # b\n  - b\n", ("a", 0), "a:\n  - new  # why\n  # b\n  - b\n"),
        ("{a: 1,  # why a\n b: 2}  # end\n", ("b",), "# why a\n# end\n\na: 1\nb: new\n"),
        (
            "x:\n  - |\n    # no\n  - - a: {  # why\n        b: 1}\n",
            ("x", 1, 0, "a", "b"),
            "x:\n  - |\n    # no\n  # why\n  - - a:\n        b: new\n",
        ),
        ("? a\n: 1  # why a\nb: 2\n", ("b",), "# why a\n\na: 1\nb: new\n"),
        ('a: "b\n  # no"  # c\n   # d\n', ("a",), "a: new  # c\n   # d\n"),
        ("a: |  # c\n  # no\n", ("a",), "a: new  # c\n"),
        (
            "a: &t  # c\n  # d\n  b: 1\ne: *t  # f\n",
            ("e",),
            "a:  # c\n  # d\n  b: 1\ne: new  # f\n",
        ),
    ],
)
def test_a_comment_inside_what_is_written_anew_comes_to_stand_above(
    text: str, path: tuple[str | int, ...], expected: str
) -> None:
    assert edited(text, path, "new") == expected


def test_a_comment_below_a_value_becomes_no_part_of_its_last_text() -> None:
    text = "a:\n  ? k\n  : b\n  t: 'x\n\n    y'\n      # below\n"
    assert edited(text, ("a", "k"), "c") == "a:\n  k: c\n  t: |-\n    x\n    y\n  # below\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n  b: |\n    It is gone.", "a:\n  b: It is gone.\nnew: 1"),
        ("a:\n  - |\n    One.\n    Two.", "a:\n  - |-\n    One.\n    Two.\n\nnew: 1"),
        ("a:\n  ? b\n  : >\n    One.", "a:\n  b: One.\nnew: 1"),
        ("a: &t 1\nb: *t\nc: |\n  One.", "a: &t 1\nb: *t\nc: One.\nnew: 1"),
        ("t: &t 1\na:\n  ? b\n  : - *t\n    - |\n      One.", "t: 1\na:\n  b: [1, One.]\nnew: 1"),
    ],
)
def test_a_text_without_a_line_break_behind_it_stays_the_same(text: str, expected: str) -> None:
    assert edited(text, ("new",), 1) == expected


def test_blank_lines_that_belong_to_a_text_stay() -> None:
    text = "m:\n  ? k\n  : 1\n  g: |+\n    x\n\nn: 1\n"
    assert edited(text, ("m", "new"), "v") == 'm:\n  k: 1\n  g: "x\\n\\n"\n  new: v\nn: 1\n'


def test_no_blank_line_comes_below_a_text_that_would_take_it() -> None:
    text = "a:\n  ? k\n  : |+\n    x\n\n"
    assert edited(text, ("new",), "b\nc\n") == f"{text}new: |\n  b\n  c\n"
