"""The pages about changes say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from errorbook.contract.kinds import KINDS

ROOT = Path(__file__).parents[2]
RULES = (ROOT / "docs/diff-rules.md").read_text("utf-8")
CASE = re.compile(r"^\| \| … (.*) \| (\w+) \| (\w+) \|(?: ([^|]*))? \|$")
ROW = re.compile(r"^\| `([a-z-]+)` \| .* \| (\w+) \| (\w+) \| [^|]* \|$", re.MULTILINE)


def test_every_rule_is_there_with_its_severities() -> None:
    told = {rule: (default, strict) for rule, default, strict in ROW.findall(RULES)}
    assert told == {name: (kind.default, kind.strict) for name, kind in KINDS.items()}


def test_every_case_is_there_with_its_severities_and_whom_it_breaks() -> None:
    told: dict[str, list[tuple[str, ...]]] = {}
    rule = ""
    for line in RULES.splitlines():
        if row := ROW.match(line):
            rule = row[1]
        elif case := CASE.match(line):
            told.setdefault(rule, []).append((case[1], case[2], case[3], case[4] or ""))

    assert told == {
        name: [(one.when, one.default, one.strict, ", ".join(one.who or ())) for one in kind.cases]
        for name, kind in KINDS.items()
        if kind.cases
    }
