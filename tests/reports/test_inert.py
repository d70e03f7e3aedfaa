"""Lines of a log that a CI would take for commands."""

from __future__ import annotations

import pytest

from errorbook.reports.inert import inert


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("::error::x", ": :error::x"),
        ("  \t::add-mask::x", "  \t: :add-mask::x"),
        ("\x1b[31m\x1b[1m ::error::x\x1b[0m", "\x1b[31m\x1b[1m : :error::x\x1b[0m"),
        ("a ##[group]b", "a # #[group]b"),
        ("##vso[task.complete]", "# #vso[task.complete]"),
        ("##teamcity[testFailed]", "# #teamcity[testFailed]"),
    ],
)
def test_a_command_is_none_any_more(line: str, said: str) -> None:
    assert inert(line) == said


@pytest.mark.parametrize("line", ["a::b", "std::vector", "## heading", "x: y", "", "a.py:3: e[r]"])
def test_other_lines_stay_as_they_are(line: str) -> None:
    assert inert(line) == line
