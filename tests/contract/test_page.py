"""The pages about changes say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from errorbook.contract.kinds import KINDS

ROOT = Path(__file__).parents[2]
RULES = (ROOT / "docs/diff-rules.md").read_text("utf-8")
ROW = re.compile(r"^\| `([a-z-]+)` \| .* \| (\w+) \| (\w+) \| [^|]* \|$", re.MULTILINE)


def test_every_rule_is_there_with_its_severities() -> None:
    told = {rule: (default, strict) for rule, default, strict in ROW.findall(RULES)}
    assert told == {name: (kind.default, kind.strict) for name, kind in KINDS.items()}
