"""Canonical order and layout: what moves, what stays, and that nothing of the data changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook.catalog.yaml_reader import read_yaml
from errorbook.problems import ErrorbookError
from errorbook.yaml_text.document import formatted

ROOT = Path(__file__).parents[2]
OWN = [ROOT / "errors.yaml", ROOT / "errorbook.yaml", *sorted((ROOT / "rules").glob("*.yaml"))]

AS_WRITTEN = """\


# About this file.

apis:


    shop:  # ours
        errors:
        - not a mapping
        # With what comes below it.
        version:   1.10   # kept
        # Its name.
        title: "Shop"

        # A heading.

        docs: {error: "{code}", url: 'https://example.com'}
        summary: >-
            Two
            lines,\x20
            two spaces.
"""

LAID_OUT = """\
# About this file.

apis:

  shop:  # ours
    # Its name.
    title: "Shop"
    # With what comes below it.
    version: 1.10   # kept
    summary: >-
      Two
      lines,\x20
      two spaces.

    # A heading.

    docs: {url: 'https://example.com', error: "{code}"}
    errors:
      - not a mapping
"""


def data_of(text: str) -> object:
    data, problems = read_yaml(text.encode(), "errors.yaml")
    assert problems == []
    return data


def error(*lines: str) -> str:
    """Return a catalog with one error."""
    body = "".join(f"        {line}\n" if line else "\n" for line in lines)
    return f"apis:\n  shop:\n    errors:\n      sold_out:\n{body}"


@pytest.mark.parametrize("file", OWN, ids=[file.relative_to(ROOT).as_posix() for file in OWN])
def test_the_files_of_this_repository_are_in_order(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert formatted(text, file.name) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (error("meaning: a", "status: 404"), error("status: 404", "meaning: a")),
        (
            error("fix: a  # one", "# two", "status: 4"),
            error("# two", "status: 4", "fix: a  # one"),
        ),
        (error("retry: {after: [a,b],when: never}"), error("retry: {when: never, after: [a, b]}")),
        (
            error("retry: {after: [a],", "  when: never}"),
            error("retry: {when: never,", "  after: [a]}"),
        ),
        (
            error("retry: {after: [a],  # one", "  when: never}"),
            error("retry: {after: [a],  # one", "  when: never}"),
        ),
        (error("causes:", "- a", "-   b"), error("causes:", "  - a", "  - b")),
        (
            error("actions:", "-", "  how: b", "  # Why.", "  do: wait"),
            error("actions:", "  # Why.", "  - do: wait", "    how: b"),
        ),
        (error("meaning: |", "   a", "     b"), error("meaning: |", "  a", "    b")),
        (error("meaning: |2", "    a", "   b"), error("meaning: |2", "    a", "   b")),
        (error("meaning: a", "  b", "", "  c"), error("meaning: a", "  b", "", "  c")),
        (error("meaning: a", "", "", "", "fix: b"), error("meaning: a", "", "fix: b")),
        (error("fix: |+", "  a", "", "meaning: b"), error("meaning: b", "fix: |+", "  a", "")),
        (
            error("meaning: a", "", "# b", "", "status: 4"),
            error("status: 4", "", "# b", "", "meaning: a"),
        ),
        (error("zzz: 1", "status: 4"), error("status: 4", "zzz: 1")),
        (error("? a", ": b", "status: 4"), error("? a", ": b", "status: 4")),
        ("include: [a.yaml]\napis: {}\n", "include: [a.yaml]\napis: {}\n"),
        ("diff: {}\ngenerate: []", "generate: []\ndiff: {}\n"),
        ("---\napis: {}\n...\n", "---\napis: {}\n...\n"),
        ("\ufeffapis: {}\r\n", "apis: {}\n"),
        ("a: |\n  no break", "a: |\n  no break"),
        ("", ""),
        ("\n# nothing yet\n\n", "# nothing yet\n"),
        (AS_WRITTEN, LAID_OUT),
    ],
)
def test_it_is_put_in_order(before: str, after: str) -> None:
    made = formatted(before, "errors.yaml")
    assert made == after
    assert formatted(made, "errors.yaml") == made
    if ":" in before:
        assert data_of(before) == data_of(made)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # The alias would come before its anchor.
        (error("meaning: &text a", "status: *text"), error("meaning: &text a", "status: *text")),
        (
            error("retry: {needs: &a x, when: *a}"),
            error("retry: {needs: &a x, when: *a}"),
        ),
        # It still follows it.
        (
            error("fix: *text", "meaning: b").replace("apis:\n", "x: &text a\napis:\n"),
            error("meaning: b", "fix: *text").replace("apis:\n", "x: &text a\napis:\n"),
        ),
    ],
)
def test_an_alias_never_comes_before_what_it_repeats(before: str, after: str) -> None:
    assert formatted(before, "errors.yaml") == after


def test_the_order_of_codes_and_rows_is_the_writers() -> None:
    text = (
        "apis:\n  b:\n    errors:\n      zeta: {status: 404}\n      alpha: {status: 400}\n"
        "  a:\n    exit_codes:\n      2: {name: B}\n      1: {name: A}\n"
    )
    assert formatted(text, "errors.yaml") == text


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2\n", "- a\n", "a: !!str b\n"])
def test_what_is_not_valid_is_refused(text: str) -> None:
    with pytest.raises(ErrorbookError) as caught:
        formatted(text, "some.yaml")
    assert {problem.place.path for problem in caught.value.problems} == {"some.yaml"}


@pytest.mark.parametrize(
    "text",
    [
        error("meaning: |", "   a", "    ", "     "),
        error("fix: |+", "  a", "", "   ").removesuffix("\n"),
        error("fix: >-", "    a", "    # text", "  # no text", "status: 4"),
        error("fix: &a b", "causes:", "- *a", "- &c", "  d: e", "- *c"),
        error("causes:", "- - a", "  -   b", "- |+", "  c", "", "- 'd", "  e'"),
        error("causes: [a, # b", "  c]", "details:", "  x:", "# y", "    type: string"),
        "? a\n: b\nx: 1\n",
        "{a: 1,\n b: [c,d]}\n",
    ],
)
def test_data_and_comments_stay_and_once_is_enough(text: str) -> None:
    made = formatted(text, "errors.yaml")
    assert data_of(made) == data_of(text)
    assert made.count("#") == text.count("#")
    assert formatted(made, "errors.yaml") == made
