"""git, asked and never told: without a shell, within limits of time and size."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from errorbook.baseline.refusals import BaselineError
from errorbook.checks.printing import one_line
from errorbook.problems import shortened

TIMEOUT: Final = 60.0
"""Seconds after which git is given up."""
MOST_BYTES: Final = 64 * 1024 * 1024
"""Bytes of an answer, above which it is given up."""
_LONGEST_COMPLAINT: Final = 4096
_KEPT: Final = ("GIT_CONFIG", "GIT_SSH", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES")
"""Beginnings of the variables that say how git works; the others say on what, as a hook's do."""
_SET: Final = {
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


@dataclass(frozen=True)
class Answer:
    """What git said, and its exit code."""

    code: int
    output: bytes
    complaint: str

    @property
    def text(self) -> str:
        """The output as text, without the line break at its end."""
        return os.fsdecode(self.output).removesuffix("\n")


class Program:
    """git, run in one folder."""

    def __init__(self, folder: Path, variables: Mapping[str, str] | None = None) -> None:
        """``variables`` are set beside those that every run of git is given.

        Raises:
            BaselineError: if there is no git.
        """
        program = shutil.which("git")
        if program is None:
            raise BaselineError("git is not installed, or not on the PATH")
        self._program = program
        self._folder = folder
        self._set = {**_SET, **(variables or {})}

    def ask(self, *words: str, given: bytes = b"") -> Answer:
        """Return what git answers to ``words``, with ``given`` as its standard input.

        Raises:
            BaselineError: if it cannot be run, takes too long or says too much.
        """
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("GIT_") or name.startswith(_KEPT)
        }
        with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as complaints:
            asked.write(given)
            asked.seek(0)
            try:
                process = subprocess.Popen(  # noqa: S603  # a list of words, and never a shell
                    [self._program, "--no-pager", *words],
                    cwd=self._folder,
                    env=environment | self._set,
                    stdin=asked,
                    stdout=subprocess.PIPE,
                    stderr=complaints,
                    start_new_session=True,  # to end what it starts together with it
                )
            except OSError as error:
                raise BaselineError(f"git cannot be run: {error.strerror}") from None
            output = _output(process, words[0])
            complaints.seek(0)
            complaint = _first_line(complaints)
        return Answer(process.returncode, output, complaint)

    def line(self, *words: str) -> str | None:
        """Return what git answers to ``words``; None if it refuses or says nothing."""
        answer = self.ask(*words)
        return answer.text or None if answer.code == 0 else None

    def told(self, *words: str, given: bytes = b"") -> bytes:
        """Return what git answers to ``words``.

        Raises:
            BaselineError: if it refuses.
        """
        answer = self.ask(*words, given=given)
        if answer.code:
            raise BaselineError(f"git {words[0]} failed: {answer.complaint}")
        return answer.output


class Git(Program):
    """The repository around a folder. Nothing in it is changed."""

    def __init__(self, folder: Path) -> None:
        """Raises BaselineError if there is no git, or no working tree around ``folder``."""
        super().__init__(folder)
        top = self.ask("rev-parse", "--show-toplevel")
        if top.code:
            raise BaselineError(f"git cannot read the repository: {top.complaint}")
        if not top.text:
            raise BaselineError("git has no working tree here")
        self.root = Path(top.text)
        self._folder = self.root


def _output(process: subprocess.Popen[bytes], verb: str) -> bytes:
    """Return what a process writes, or end it where that is too much or takes too long."""
    late = threading.Event()

    def give_up() -> None:
        late.set()
        _end(process)

    timer = threading.Timer(TIMEOUT, give_up)
    timer.start()
    try:
        with process:
            stream = process.stdout
            output = stream.read(MOST_BYTES + 1) if stream else b""
            if len(output) > MOST_BYTES:
                _end(process)
    except BaseException:
        _end(process)
        raise
    finally:
        timer.cancel()
    if late.is_set():
        raise BaselineError(f"git {verb} was given up after {TIMEOUT:.0f} seconds")
    if len(output) > MOST_BYTES:
        raise BaselineError(f"git {verb} answered with more than {MOST_BYTES:,} bytes")
    return output


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, which may hold what it writes to."""
    try:
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _first_line(complaints: IO[bytes]) -> str:
    lines = os.fsdecode(complaints.read(_LONGEST_COMPLAINT)).splitlines()
    line = next((line for line in lines if line.startswith(("fatal:", "error:"))), "")
    return one_line((line or next(iter(lines), "") or "it does not say why").strip())


def shown(word: str) -> str:
    """Return ``word`` of a user or of git as a message or a name shows it."""
    return one_line(shortened(word))
