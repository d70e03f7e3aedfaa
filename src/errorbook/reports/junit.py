"""Findings as JUnit's XML, which GitLab, Jenkins and most other CIs show as tests.

There is a suite for each thing that was looked at, and in it a failed test for each finding that
counts. Where nothing was found, one test says what was looked at, and passes. What could not be
looked at is an error, and so never taken for a test that passed.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from errorbook.checks.printing import one_line
from errorbook.problems import printable
from errorbook.reports.occurrences import numbered
from errorbook.reports.outcome import Entry, Outcome

_Result = Literal["passed", "failure", "error", "skipped"]
_LEFT_OUT: Final = "not checked"
_RULE: Final = "not-checked"


@dataclass(frozen=True)
class _Case:
    """One test: what it is called, how it ended, and what is to be said of that."""

    name: str
    result: _Result = "passed"
    message: str = ""
    text: str = ""
    kind: str = ""
    """The rule, for what did not pass."""
    file: str = ""
    line: int = 0


def report(outcome: Outcome) -> str:
    """Return the document. It tells no time, so that equal findings give equal documents."""
    suites = [(name, tuple(_unique(cases))) for name, cases in _suites(outcome)]
    every = [case for _, cases in suites for case in cases]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites {_attributes(name=f'errorbook {outcome.verb}')} {_numbers(every)}>",
    ]
    for name, cases in suites:
        lines += _suite(outcome.verb, name, cases)
    return "\n".join([*lines, "</testsuites>", ""])


def _suites(outcome: Outcome) -> Iterator[tuple[str, Iterable[_Case]]]:
    known = dict(outcome.looked_at)
    names = dict.fromkeys([*known, *(one.part for one in outcome.entries)])
    for name in names:
        cases = [_case(one) for one in outcome.entries if one.part == name]
        if cases or known.get(name):
            yield name or outcome.verb, cases or [_Case(f"nothing found in {known[name]}")]
    if outcome.not_checked:
        yield _LEFT_OUT, (_Case(one, "error", one, kind=_RULE) for one in outcome.not_checked)
    if not any(known.values()) and not outcome.entries and outcome.is_complete:
        yield outcome.verb, [_Case("nothing compared", "skipped", outcome.verdict)]


def _case(entry: Entry) -> _Case:
    result: _Result = "failure" if entry.level == "error" else "passed"
    message = entry.message
    if entry.passed:
        result, message = "skipped", f"{entry.passed}: {entry.message}"
    said = (f"{entry.place}: {entry.message}", entry.hint, entry.fingerprint, *entry.lines)
    text = "\n".join(line for line in said if line)
    name = f"{entry.title} in {entry.place.path}" if entry.place.path else entry.title
    return _Case(name, result, message, text, entry.rule, entry.place.path, entry.place.line)


def _unique(cases: Iterable[_Case]) -> Iterator[_Case]:
    """Yield ``cases`` with names of their own: GitLab takes equal ones for one test."""
    known = tuple(cases)
    for case, (name, number) in zip(known, numbered(one.name for one in known), strict=True):
        new = name if number == 1 else f"{name} ({number})"
        yield _Case(new, case.result, case.message, case.text, case.kind, case.file, case.line)


def _suite(verb: str, name: str, cases: tuple[_Case, ...]) -> Iterator[str]:
    yield f" <testsuite {_attributes(name=name)} {_numbers(cases, skipped=True)}>"
    for case in cases:
        where = {"file": case.file} if case.file else {}
        where |= {"line": str(case.line)} if case.line else {}
        class_name = f"errorbook.{verb}.{name.replace('.', '-')}"
        opening = _attributes(classname=class_name, name=case.name, time="0", **where)
        yield f"  <testcase {opening}>"
        yield from _said(case)
        yield "  </testcase>"
    yield " </testsuite>"


def _said(case: _Case) -> Iterator[str]:
    text = html.escape(printable(case.text))
    if case.result == "passed":
        if text:
            yield f"   <system-out>{text}</system-out>"
    elif case.result == "skipped":
        yield f"   <skipped {_attributes(message=case.message)}/>"
    else:
        opening = _attributes(message=case.message, type=case.kind)
        yield f"   <{case.result} {opening}>{text}</{case.result}>"


def _numbers(cases: Iterable[_Case], *, skipped: bool = False) -> str:
    results = [case.result for case in cases]
    numbers = {"failures": results.count("failure"), "errors": results.count("error")}
    numbers |= {"skipped": results.count("skipped")} if skipped else {}
    words = {name: str(number) for name, number in numbers.items()}
    return _attributes(tests=str(len(results)), **words, time="0")


def _attributes(**values: str) -> str:
    return " ".join(f'{name}="{html.escape(one_line(value))}"' for name, value in values.items())
