"""Forges know files by their path from the root of the repository."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from errorbook.problems import Place
from errorbook.reports.outcome import Outcome
from errorbook.reports.rooted import rooted
from tests.reports.outcomes import entry, outcome


def _at(path: str) -> Outcome:
    return outcome(replace(entry(), place=Place(path, 3)))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("errors.py", "sdk/python/errors.py"),
        ("../../errors.yaml", "errors.yaml"),
        ("../../../other.yaml", "../other.yaml"),
        ("/elsewhere/a.py", "/elsewhere/a.py"),
        ("", ""),
    ],
)
def test_a_path_leads_from_the_root(tmp_path: Path, path: str, shown: str) -> None:
    root = tmp_path / "repository"
    start = root / "sdk/python"
    start.mkdir(parents=True)
    (root / ".git").mkdir()
    found = rooted(_at(path), start)
    assert found.entries[0].place == Place(shown, 3)
    assert found.file == "sdk/python/errorbook.yaml"


def test_at_the_root_nothing_changes(tmp_path: Path) -> None:
    (tmp_path / ".git").touch()
    assert rooted(_at("a.py"), tmp_path) == _at("a.py")
