"""Commands of errorbook, run in this process, and servers that they may ask."""

from __future__ import annotations

import json
import re
import shlex
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest

from errorbook import cli
from errorbook.catalog import load
from errorbook.outputs import errors_json
from errorbook.project_file import LOCK_FILE

FETCHED: Final = "shop.errors.json"
"""What the catalog of the API shop is called, unless somebody says otherwise."""
_COMMAND: Final = re.compile(r"run: (errorbook [^;)\n]+)")


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def commands(self) -> list[list[str]]:
        """The commands that it said would mend what it found, without their first word."""
        found = _COMMAND.findall(self.out + self.err)
        return [shlex.split(one)[1:] for one in dict.fromkeys(found)]


class Command:
    """`errorbook`, in the folder that is current."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> Said:
        self._capsys.readouterr()
        code = cli.run(list(map(str, words)))
        said = self._capsys.readouterr()
        return Said(code, said.out, said.err)


def shop(status: int = 410, *, version: str = "", more: str = "") -> str:
    """Return an errors.yaml of an API called shop, with one error."""
    about = f'version: "{version}", ' if version else ""
    return f"apis: {{shop: {{{about}errors: {{gone: {{status: {status}}}{more}}}}}}}\n"


def published(catalog: str, folder: Path) -> str:
    """Return the errors.json of an errors.yaml."""
    file = folder / "to-publish.yaml"
    file.write_text(catalog, encoding="utf-8")
    text = errors_json.render(load(file).catalog)[errors_json.FILE]
    file.unlink()
    return text


def pins(folder: Path) -> Any:
    """Return what the lock of a folder says of each file."""
    return json.loads((folder / LOCK_FILE).read_text("utf-8"))["files"]


def files(folder: Path) -> dict[str, bytes]:
    """Return what every file of a folder holds."""
    found = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in found}


@dataclass(frozen=True)
class Site:
    """A server of this machine, and what it answers by path: a status, headers and a body."""

    address: str
    answers: dict[str, tuple[int, Mapping[str, str], bytes]]
    asked: list[str]

    def publish(self, path: str, content: str | bytes) -> str:
        """Let ``path`` answer with ``content``, and return its address."""
        body = content.encode() if isinstance(content, str) else content
        self.answers[path] = (200, {}, body)
        return self.address + path


@contextmanager
def serving() -> Iterator[Site]:
    """Serve what is published, until the end."""
    answers: dict[str, tuple[int, Mapping[str, str], bytes]] = {}
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, body = answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_address[1]}", answers, asked)
    server.shutdown()
    server.server_close()
    thread.join()
