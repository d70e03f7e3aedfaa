"""What docs/fetch.md says is so."""

from __future__ import annotations

import re
from pathlib import Path

from errorbook import download, published
from errorbook.baseline import git
from errorbook.fetch.lock import read_lock
from errorbook.fetch.update import MOST_LINES
from errorbook.project_file import LOCK_FILE
from tests.fetch.running import Command

PAGE = (Path(__file__).parents[2] / "docs/fetch.md").read_text("utf-8")


def test_its_limits_are_those_of_the_code() -> None:
    text = " ".join(PAGE.split())
    size = published.MAX_BYTES // 1024 // 1024
    assert f"may have {size} MiB and take {download.LONGEST:.0f} seconds" in text
    assert f"git may take {git.TIMEOUT:.0f}." in text
    assert f"of more than {MOST_LINES}," in text


def test_its_lock_is_one(tmp_path: Path) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.S)
    (tmp_path / LOCK_FILE).write_text(example, encoding="utf-8")
    assert read_lock(tmp_path, LOCK_FILE).text == example


def test_its_report_is_what_is_printed(docs: Path, run: Command) -> None:
    api = docs.parent / "api.yaml"
    code = "sold_out: {status: %s}"
    text = 'apis: {bookshop: {version: "%s", errors: {%s}}}\n'
    api.write_text(text % ("1.4", code % 409), encoding="utf-8")
    assert run("fetch", "../api.yaml").code == 0
    api.write_text(text % ("1.5", f"{code % 410}, closed: {{status: 410}}"), encoding="utf-8")
    said = run("fetch", "--check")
    (example,) = re.findall(r"```text\n(bookshop.*?)```", PAGE, re.S)
    assert said.out == example
