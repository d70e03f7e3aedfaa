"""A running mock server: it answers with any error of the project's catalog."""

from __future__ import annotations

import importlib.util
import itertools
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from errorbook.problems import quoted, suggest
from errorbook.testing.project import ErrorbookProject, NoProjectError

_NEEDED: Final = ("starlette", "uvicorn")
_ADDRESS = re.compile(r" at (http://\S+)")
_READY: Final = "ready "
_REQUEST: Final = "request "
_PATIENCE: Final = 30.0
"""Seconds that the server gets to begin."""
_FAREWELL: Final = 5.0
"""Seconds that it gets to end."""


class MockServerError(RuntimeError):
    """The mock server cannot run; the text says why."""


class MockServer:
    """The address of a running mock server, and what it has been asked."""

    url: str
    """Its address, which answers any path with 200 and without an error."""

    def __init__(self, url: str, codes: Mapping[str, Sequence[str]]) -> None:
        self.url = url
        self._codes = codes
        self._numbers = itertools.count(1)
        self._requests: list[str] = []
        self._heard = threading.Condition()

    def error_url(self, api: str, code: str, fail: int | None = None) -> str:
        """Return an address that answers any path below it with one error.

        With ``fail`` it does so that many times, then with 200. Each address that this returns
        counts for itself.

        Raises:
            NoProjectError: if there is no such error.
        """
        from errorbook.mock.wishes import error_path  # noqa: PLC0415  # it needs the extra `mock`

        if api not in self._codes:
            raise NoProjectError(f"there is no API {quoted(api)}: {suggest(api, self._codes)}")
        codes = self._codes[api]
        if code not in codes:
            hint = suggest(code, codes)
            raise NoProjectError(f"the API {quoted(api)} has no error {quoted(code)}: {hint}")
        parameter = "" if fail is None else f";fail={fail}"
        return f"{self.url}{error_path(api, code)}{parameter}/{next(self._numbers)}"

    def success_url(self) -> str:
        """Return an address that answers any path below it with 200."""
        return f"{self.url}/success/{next(self._numbers)}"

    def requests(self, url: str, *, patience: float = 0.0) -> list[str]:
        """Return a line about each request at or below ``url``, an address of this server.

        Where there is none yet, ``patience`` says for how many seconds one may still come.
        """
        path = url.removeprefix(self.url).rstrip("/")
        until = time.monotonic() + patience
        with self._heard:
            while not (found := [one for one in self._requests if _is_below(one, path)]):
                rest = until - time.monotonic()
                if rest <= 0:
                    break
                self._heard.wait(rest)
            return found

    def hear(self, line: str) -> None:
        """Take down a line about a request."""
        with self._heard:
            self._requests.append(line)
            self._heard.notify_all()


@contextmanager
def running_mock(project: ErrorbookProject) -> Iterator[MockServer]:
    """Run a mock server of the project's catalog, at a port that is free.

    Raises:
        MockServerError: if the extra `mock` is not installed, or the server does not begin.
    """
    if not all(importlib.util.find_spec(name) for name in _NEEDED):
        raise MockServerError("the mock server needs more: pip install 'errorbook[mock]'")
    source = project.workspace.project.source
    place = source.path if source else project.workspace.catalog.files[0]
    with _process(place) as process:
        url = _url(process)
        codes = {name: tuple(api.errors) for name, api in project.catalog.apis.items()}
        server = MockServer(url, codes)
        threading.Thread(target=_listen, args=(process, server), daemon=True).start()
        yield server


@contextmanager
def _process(place: Path) -> Iterator[subprocess.Popen[str]]:
    # -P: no file of the folder that the tests run in takes the place of a module.
    command = [sys.executable, "-P", "-m", "errorbook.testing.mock_process", str(place.absolute())]
    process = subprocess.Popen(  # noqa: S603  # a module of our own, without a shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    try:
        yield process
    finally:
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        # The thread that listens closes the other pipe, unless it never began.


def _url(process: subprocess.Popen[str]) -> str:
    """Return the address that the server says it is at."""
    impatient = threading.Timer(_PATIENCE, process.kill)
    impatient.start()
    said = []
    try:
        for line in process.stdout or ():
            said.append(line)
            address = _ADDRESS.search(line) if line.startswith(_READY) else None
            if address:
                return address[1]
    finally:
        impatient.cancel()
    if process.stdout:
        process.stdout.close()
    raise MockServerError(f"the mock server did not begin: {''.join(said[-5:]).strip()}")


def _listen(process: subprocess.Popen[str], server: MockServer) -> None:
    if process.stdout is None:
        return
    with process.stdout:
        for line in process.stdout:
            if line.startswith(_REQUEST):
                server.hear(line.removeprefix(_REQUEST).rstrip("\n"))  # ours


def _is_below(request: str, path: str) -> bool:
    """Tell whether a line such as ``GET /path -> 200`` is about ``path`` or what is below it."""
    _, _, rest = request.partition(" ")
    return rest.startswith((f"{path}/", f"{path} "))
