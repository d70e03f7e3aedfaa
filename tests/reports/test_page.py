"""The page about reports names every format and every number, and what it shows is true."""

from __future__ import annotations

import re
from pathlib import Path

from errorbook import cli
from errorbook.checks.report import CheckReport, outcome
from errorbook.contract.report_outcome import outcome as diff_outcome
from errorbook.reports.formats import FORMATS
from errorbook.reports.junit import report as junit
from errorbook.reports.schemas import SCHEMAS
from tests.checks.projects import small_project
from tests.contract.reports import report

PAGE = (Path(__file__).parents[2] / "docs/reports.md").read_text("utf-8")


def _rows(title: str) -> dict[str, str]:
    """Return the second column of a table by the first."""
    table = PAGE.split(f"| {title} |")[1].split("\n\n")[0]
    rows = (tuple(line.strip("| ").split(" | ", 1)) for line in table.splitlines()[2:])
    return {row[0]: row[1] for row in rows}


def test_every_format_has_a_row_and_says_what_was_not_checked() -> None:
    first, second = (part.split("\n\n")[0] for part in PAGE.split("| Format |")[1:])
    for table in (first, second):
        assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == set(FORMATS)


def test_the_numbers_for_later_steps_are_listed() -> None:
    rows = _rows("Command")
    check = outcome(CheckReport("errors.yaml", "errorbook generate", ()))
    assert re.findall("`(.+?)`", rows["`check`, `validate`"]) == list(check.counts)
    assert re.findall("`(.+?)`", rows["`diff`"]) == list(diff_outcome(report()).counts)


def test_every_schema_is_named() -> None:
    assert all(f"errorbook schema {name}" in PAGE for name in SCHEMAS)


def test_its_levels_are_valid(tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(levels: .+)\n```", PAGE)
    small_project(tmp_path).write_project(text)
    assert cli.run(["validate", "-p", str(tmp_path)]) == 0


def test_nothing_passes_where_nothing_was_compared() -> None:
    assert "Where nothing was compared, nothing passes." in PAGE
    text = junit(outcome(CheckReport("errors.yaml", "errorbook generate", ())))
    assert "<skipped" in text
