"""The command, run in this process, with what is piped in."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from errorbook import cli

ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True)
class Said:
    """What the command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document that was printed."""
        return json.loads(self.out)


class Command:
    """`errorbook explain` with the catalog of one folder."""

    def __init__(self, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._patch = patch
        self._capsys = capsys

    def __call__(self, *words: str | Path, piped: str | bytes = b"") -> Said:
        content = piped.encode(errors="surrogatepass") if isinstance(piped, str) else piped
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        code = cli.run(["explain", *map(str, words)])
        said = self._capsys.readouterr()
        return Said(code, said.out, said.err)
