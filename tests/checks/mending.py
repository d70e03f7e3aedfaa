"""Make files differ, and run the command that a report prints, as somebody who reads it would."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from errorbook import cli
from errorbook.outputs.stamp import stamped
from tests.baseline.repositories import Repository

_COMMAND: Final = re.compile(r"run: ((?:errorbook|git) [^;]*?)(?:;.*)?\)$")


class Said(NamedTuple):
    exit_code: int
    lines: list[str]
    """The lines of problems, without diffs."""

    @property
    def rules(self) -> list[str]:
        """The rule of each problem."""
        return [found[1] for line in self.lines if (found := re.search(r"\[([a-z-]+)\]: ", line))]


def check(capsys: pytest.CaptureFixture[str]) -> Said:
    """Return what `errorbook check` says of the project in the current folder."""
    capsys.readouterr()
    code = cli.run(["check"])
    lines = capsys.readouterr().out.splitlines()
    return Said(code, [line for line in lines if not line.startswith("    ")])


def mend(said: Said) -> None:
    """Run each command that ``said`` prints, once."""
    commands = {found[1] for line in said.lines if (found := _COMMAND.search(line))}
    assert commands, said
    for command in sorted(commands):
        program, *words = shlex.split(command)
        if program == "git":
            Repository(Path.cwd()).git(*words)
        else:
            assert cli.run(words) == 0


def restamp(file: Path, number: int) -> None:
    """Make ``file`` one that was generated in a format of another number."""
    text = file.read_text("utf-8")
    found = re.search(r"format (\d+)(, .* text sha256:)[0-9a-f]{16}", text)
    assert found
    blank = text.replace(found[0], f"format {number}{found[2]}{'0' * 16}")
    file.write_text(stamped(blank), encoding="utf-8", newline="\n")
