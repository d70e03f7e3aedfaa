"""The pages for people who work on Errorbook name what there is, and all of it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

from errorbook.cli import app

ROOT: Final = Path(__file__).resolve().parents[1]
MAP: Final = "docs/code-map.md"
PAGES: Final = ("SECURITY.md", "CONTRIBUTING.md", MAP)
ELSEWHERE: Final = {"errors.json"}
"""What is named as a thing that projects have."""
_PATH: Final = re.compile(
    r"`((?:src|tests|rules|docs|hooks|sdk|examples|published|ci|bench|scripts|requirements)/[^`\s]*"
    r"|[\w.-]+\.(?:ya?ml|json|toml|md))(?:::(\w+))?`"
)


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def folders(*places: str) -> set[str]:
    """Return the folders that hold files which git has, or would take."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *places]
    run = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, encoding="utf-8")
    names = [name for name in run.stdout.split("\0") if name and (ROOT / name).is_file()]
    return {f"{Path(name).parent.as_posix()}/" for name in names}


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_is_named_exists(page: str) -> None:
    named = _PATH.findall(text_of(page))
    assert len(named) > 5
    assert {path for path, _ in named if not (ROOT / path).exists()} <= ELSEWHERE
    for path, name in named:
        assert not name or f"def {name}(" in (ROOT / path).read_text("utf-8")


def test_the_map_has_a_paragraph_for_every_folder_of_the_package() -> None:
    paragraphs = re.findall(r"^\*\*`(src/errorbook/\S+/)`\*\* \w", text_of(MAP), re.MULTILINE)
    assert len(paragraphs) == len(set(paragraphs))
    data = ("/templates/", "/assets/")
    there = {one for one in folders("src/errorbook") if not one.endswith(data)}
    assert set(paragraphs) == there - {"src/errorbook/"}


def test_the_map_has_every_folder_of_the_repository() -> None:
    around = text_of(MAP).partition("\n## Around it\n")[2]
    there = {f"{folder.split('/')[0]}/" for folder in folders() if not folder.startswith(".")}
    assert {one for one in there - {"src/"} if f"`{one}`" not in around} == set()


def test_what_contributing_says_to_run_is_there() -> None:
    page = text_of("CONTRIBUTING.md")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^(\w+): ##", makefile, re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make (\w+)", page, re.MULTILINE)) - targets == set()
    verbs = set(re.findall(r"`errorbook (\w+)", page))
    assert len(verbs) > 2
    assert verbs - set(app.commands) == set()
