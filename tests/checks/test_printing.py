"""Problems are printed one a line, and nothing in them acts on a terminal."""

from __future__ import annotations

import click
import pytest

from errorbook.checks.printing import counted, diff_lines, one_line, problem_line, summary
from errorbook.problems import Place, Problem


@pytest.mark.parametrize("text", ["\x1b[31m", "a\nb", "\r", "\x07", "\u202e", "\x9b", "\ud800"])
def test_whatever_acts_on_a_terminal_is_spelt_out(text: str) -> None:
    assert one_line(text).isprintable()


def test_a_problem_is_one_line() -> None:
    problem = Problem("rule", Place("a\nb.yaml", 1, 2), "line\nbreak", "hint\x1b[0m")
    line = click.unstyle(problem_line(problem))
    assert line == "a\\nb.yaml:1:2: error[rule]: line\\nbreak (hint\\x1b[0m)"


def test_a_diff_cannot_be_taken_for_problems() -> None:
    lines = diff_lines(["--- a", "+b\x1b[2J", " c"])
    assert [click.unstyle(line) for line in lines] == ["    --- a", "    +b\\x1b[2J", "     c"]


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["a"], "1 problem in a"),
        (["a", "a"], "2 problems in a"),
        (["a", "b"], "2 problems in a and b"),
        (["a", "b", "c"], "3 problems in 3 files"),
    ],
)
def test_a_summary_says_how_many_and_where(paths: list[str], said: str) -> None:
    assert summary(Problem("rule", Place(path), "") for path in paths) == said


def test_numbers_are_readable() -> None:
    assert counted(1, "file") == "1 file"
    assert counted(10_000, "file") == "10,000 files"
