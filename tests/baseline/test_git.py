"""git is given up when it takes too long or says too much."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from errorbook.baseline import BaselineError
from errorbook.baseline import git as asked
from errorbook.baseline.git import Git
from tests.baseline.repositories import repository


def test_too_long_an_answer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = Git(repository(tmp_path).root)
    monkeypatch.setattr(asked, "MOST_BYTES", 10)
    with pytest.raises(BaselineError, match="answered with more than 10 bytes"):
        git.ask("help", "--all")


def test_too_slow_an_answer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = Git(repository(tmp_path).root)
    monkeypatch.setattr(asked, "TIMEOUT", 0.2)
    begin = time.monotonic()
    with pytest.raises(BaselineError, match="given up after"):
        git.ask("-c", "alias.wait=!sleep 30 >&2", "wait")
    assert time.monotonic() - begin < 15


def test_a_refusal_is_told_in_one_line(tmp_path: Path) -> None:
    git = Git(repository(tmp_path).root)
    with pytest.raises(BaselineError) as caught:
        git.told("cat-file", "blob", "none")
    assert str(caught.value).startswith("git cat-file failed: fatal: ")
    assert "\n" not in str(caught.value)
