"""Run a command to its end, or end it: its exit code, and what it printed last."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

_MOST_SHOWN: Final = 2000
"""Bytes of the end of an output that are kept."""


class NoCommandError(LookupError):
    """There is no such command, or it cannot be run."""


@dataclass(frozen=True)
class Ended:
    """How a command ended. ``exit_code`` is None if it did not in time."""

    exit_code: int | None
    stdout: str
    stderr: str

    @property
    def in_words(self) -> str:
        """The exit code, or what came in its place."""
        if self.exit_code is None:
            return "no end in time"
        if self.exit_code >= 0:
            return f"exit code {self.exit_code}"
        try:
            return f"killed by {signal.Signals(-self.exit_code).name}"
        except ValueError:
            return f"killed by signal {-self.exit_code}"


class Runner:
    """Runs commands in several threads; `stop` ends all that are under way."""

    def __init__(self, environment: Mapping[str, str], timeout: float) -> None:
        self._environment = environment
        self._timeout = timeout
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, argv: Sequence[str], variables: Mapping[str, str]) -> Ended:
        """Run ``argv`` with these variables besides those of the environment.

        Raises:
            NoCommandError: if there is no such command.
        """
        __tracebackhide__ = True  # the environment holds secrets, which no report should show
        with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
            # Files rather than pipes: a grandchild that lives on would keep a pipe open.
            process = self._start(argv, {**self._environment, **variables}, stdout, stderr)
            try:
                code: int | None = process.wait(self._timeout)
            except subprocess.TimeoutExpired:
                code = None
            finally:
                with self._lock:
                    self._running.discard(process)
                if process.returncode is None:
                    kill_group(process)
            return Ended(code, _end_of(stdout), _end_of(stderr))

    def stop(self) -> None:
        """End everything that is under way, and begin nothing more."""
        with self._lock:
            self._stopped = True
            running = list(self._running)
        for process in running:
            kill_group(process)

    def _start(
        self, argv: Sequence[str], variables: dict[str, str], stdout: IO[bytes], stderr: IO[bytes]
    ) -> subprocess.Popen[bytes]:
        __tracebackhide__ = True
        with self._lock:
            if self._stopped:
                raise NoCommandError("the run was stopped")
            try:
                process = subprocess.Popen(  # noqa: S603  # the caller's own command, no shell
                    argv,
                    env=variables,
                    stdin=subprocess.DEVNULL,
                    stdout=stdout,
                    stderr=stderr,
                    start_new_session=True,  # a group of its own, so that all of it can be ended
                )
            except (OSError, ValueError) as error:
                why = error.strerror if isinstance(error, OSError) else None
                message = f"the command {argv[0]!r} cannot be run: {why or error}"
                raise NoCommandError(message) from None
            self._running.add(process)
            return process


def found_command(argv: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """Return ``argv`` with the command as it is found: on PATH, or beside this Python.

    Raises:
        NoCommandError: if it is not.
    """
    __tracebackhide__ = True
    if not argv:
        raise NoCommandError("the list of words is empty, so there is no command to run")
    beside = str(Path(sys.executable).parent)
    path = os.pathsep.join(filter(None, [environment.get("PATH"), beside]))
    found = shutil.which(argv[0], path=path)
    if found is None:
        raise NoCommandError(f"there is no command {argv[0]!r}, neither on PATH nor in {beside}")
    return [found, *argv[1:]]


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End a process and everything that it has started."""
    if sys.platform == "win32":
        subprocess.run(  # noqa: S603  # a number, and no shell
            ["taskkill", "/F", "/T", "/PID", str(process.pid)],  # noqa: S607  # of the system
            capture_output=True,
            check=False,
        )
    else:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            process.kill()
    process.wait()


def _end_of(output: IO[bytes]) -> str:
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - _MOST_SHOWN))
    text = output.read().decode("utf-8", "replace").strip()
    return f"…{text}" if size > _MOST_SHOWN else text
