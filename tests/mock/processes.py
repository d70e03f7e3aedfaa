"""The mock server as a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_READY = re.compile(r"errorbook mock: .+ at (http://\S+:\d+) \(Ctrl\+C ends it\)\n")


@dataclass(frozen=True)
class Running:
    """A mock server that is ready."""

    process: subprocess.Popen[str]
    ready: str
    address: str

    def end(self, number: int) -> tuple[int, str, str]:
        """Send a signal; return the exit code, and what was printed since the ready line."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """Start `errorbook mock` with pipes that it would not flush into by itself."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": ""}
    return subprocess.Popen(
        [sys.executable, "-m", "errorbook", "mock", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@contextmanager
def running(*arguments: str | Path) -> Iterator[Running]:
    """Start a server and wait for its ready line; end it afterwards if it still runs."""
    process = start(*(arguments or ("--port", "0")))
    try:
        assert process.stdout is not None
        ready = process.stdout.readline()
        match = _READY.fullmatch(ready)
        assert match, (ready, process.stderr.read() if process.stderr else "")
        yield Running(process, ready, match[1])
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
