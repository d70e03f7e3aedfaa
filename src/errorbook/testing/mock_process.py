"""The mock server in a process of its own, which ends when the one that started it does.

What is patched in a test, such as clocks and sockets, does not reach it there.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Final

from errorbook.mock import serve
from errorbook.testing.project import open_project

READY: Final = "ready "
"""What the line begins with that says where the server is."""
REQUEST: Final = "request "
"""What the line about each request begins with."""


def main(place: str) -> None:
    """Serve the catalog of the project at ``place`` until standard input ends."""
    project = open_project(Path(place))
    threading.Thread(target=_end_with_input, daemon=True).start()
    serve(
        project.catalog,
        ("127.0.0.1", 0),
        say=lambda line: print(f"{READY}{line}", flush=True),
        warn=lambda line: print(line, file=sys.stderr),
        log=lambda line: print(f"{REQUEST}{line}", flush=True),
    )


def _end_with_input() -> None:
    """Wait for the end of the pipe that nobody writes to: its other end is gone."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    signal.raise_signal(signal.SIGTERM)
    threading.Event().wait(5)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
