"""Read the options of a block from the lines below its first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from errorbook.catalog.yaml_reader import read_yaml
from errorbook.problems import Problem
from errorbook.site.option_checks import check_options


@dataclass(frozen=True)
class Flaw:
    """Something wrong with the options of a block. Line 0 is the block's first, 1 the next."""

    rule: str
    line: int
    message: str
    hint: str = ""


def read_options(view: str, lines: Sequence[str]) -> tuple[Mapping[str, Any], list[Flaw]]:
    """Return the options written on ``lines`` below a block's first, and what is wrong with them.

    This is what can be known without a catalog; whether it has the errors and groups is not.
    """
    data, problems = read_yaml("\n".join(lines).encode(), "")
    if data is None and any(problem.rule == "empty-file" for problem in problems):
        data, problems = {}, []
    if data is None or problems:
        return {}, [_flaw(problem) for problem in problems]
    flaws = [
        Flaw(flaw.rule, _line_of(lines, flaw.option), flaw.message, flaw.hint)
        for flaw in check_options(view, data)
    ]
    return data, flaws


def _flaw(problem: Problem) -> Flaw:
    line = problem.place.line
    if problem.rule == "wrong-type":
        return Flaw("bad-option", line, "options are written 'name: value', one a line")
    return Flaw("bad-option", line, problem.message, problem.hint)


def _line_of(lines: Sequence[str], option: str) -> int:
    return next((at for at, line in enumerate(lines, 1) if _names(line, option)), 0)


def _names(line: str, option: str) -> bool:
    return line.partition(":")[0].strip(" \"'") == option
