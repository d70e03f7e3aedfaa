"""The page of the first five minutes, done by a stranger: from the wheel, in an environment.

Each command of the page is run, in its order, and each line that the page says it prints is there.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.packaging.environments import environment, run_in

PAGE: Final = Path(__file__).parents[2] / "docs/start.md"
_FENCE: Final = re.compile(r"^```(sh|text|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FAILS: Final = "# ends with 1"
_NOT_RUN: Final = {
    ("pip", "install"): "the environment has it",
    ("mkdocs", "serve"): "it does not end; the site is built further down",
}


class Stranger:
    """Somebody who types what a page says, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._python = environment("site", "pytest")
        self.said = ""
        self.ran: list[str] = []

    def type(self, line: str) -> None:
        """Run a command of the page, which has to end as the page says."""
        program, *words = shlex.split(line, comments=True)
        if program == "cd":
            self._folder = (self._folder / words[0]).resolve()
        elif program == "mkdir":
            (self._folder / words[0]).mkdir()
        elif (program, *words[:1]) not in _NOT_RUN:
            variables = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
            done = run_in(self._python, "-m", program, *words, cwd=self._folder, **variables)
            self.said += done.stdout + done.stderr
            assert done.returncode == (1 if _FAILS in line else 0), f"{line}\n{self.said}"
            self.ran.append(line)

    def add(self, errors: str) -> None:
        """Put errors into the catalog where the page says."""
        file = self._folder / "errors.yaml"
        before = file.read_text("utf-8")
        assert before.count("    errors:\n") == 1
        file.write_text(before.replace("    errors:\n", f"    errors:\n{errors}"), "utf-8")


def fences() -> Iterator[tuple[str, str]]:
    """Yield what the page has in fences, and of which kind."""
    yield from _FENCE.findall(PAGE.read_text("utf-8"))


def test_the_page_of_the_first_five_minutes_holds(tmp_path: Path) -> None:
    stranger = Stranger(tmp_path)
    for kind, text in fences():
        if kind == "sh":
            stranger.said = ""
            for line in text.splitlines():
                stranger.type(line)
        elif kind == "yaml":
            stranger.add(text)
        else:
            for line in text.splitlines():
                assert f"{line}\n" in stranger.said
    assert len(stranger.ran) >= 18
