"""The decoder's two homes, Python and the explorer's JavaScript, and what both are tested with."""

from __future__ import annotations

import ast
import json
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from errorbook.catalog import Catalog, load
from errorbook.decode import Known, decision, decode
from errorbook.site.explorer import INDEX, explorer_index

ROOT: Final = Path(__file__).parent.parent.parent
SHARED: Final[dict[str, Any]] = json.loads((ROOT / "tests/decode_cases.json").read_text("utf-8"))
NEEDS_NODE: Final = pytest.mark.browser
"""Node comes where the browser does: with `make test`, and not with `make fast`."""
SCRIPT: Final = Path(__file__).with_name("decode.mjs")


@cache
def catalog() -> Catalog:
    """Return the APIs of errors.yaml and of the shared cases."""
    others = Catalog.model_validate_json(json.dumps({"apis": SHARED["apis"]}))
    own = load(ROOT / "errors.yaml").catalog.apis
    sent = {name: api for name, api in own.items() if api.envelopes}
    return Catalog(apis={**sent, **others.apis})


def index(catalog: Catalog) -> Any:
    """Return the explorer's index of a catalog, which must be small enough to be in one piece."""
    files = explorer_index(catalog, link=lambda api, code: f"{api}/#{code}")
    script = files[INDEX]
    quoted = script[script.index("parse(") + len("parse(") : script.rindex(")")]
    return json.loads(ast.literal_eval(quoted))


@dataclass(frozen=True)
class Answer:
    """A decision as JSON has it, and how long it took."""

    decision: dict[str, Any]
    seconds: float


class Python:
    """The decoder of the terminal."""

    def __init__(self, catalog: Catalog) -> None:
        self._known = Known(catalog)

    def decode(self, text: str) -> dict[str, Any]:
        return self.answer(text).decision

    def answer(self, text: str, *, always: bool = False) -> Answer:
        begin = time.perf_counter()
        decoding = decode(self._known, text, always=always)
        seconds = time.perf_counter() - begin
        return Answer(json.loads(json.dumps(decision(decoding))), seconds)


class Node:
    """The decoder of the explorer, in one process of Node for many texts."""

    def __init__(self, catalog: Catalog) -> None:
        self._process = subprocess.Popen(
            ["node", SCRIPT],  # noqa: S607  # wherever it is
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self._send(index(catalog))

    def __enter__(self) -> Node:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def decode(self, text: str) -> dict[str, Any]:
        return self.answer(text).decision

    def answer(self, text: str, *, always: bool = False) -> Answer:
        self._send([text, always])
        assert self._process.stdout is not None
        said = json.loads(self._process.stdout.readline())
        return Answer(said["decision"], said["milliseconds"] / 1000)

    def _send(self, value: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(value) + "\n")
        self._process.stdin.flush()


def differences(expected: Any, got: Any, place: str = "") -> Iterable[str]:
    """Yield where a decision is not the expected one; what is not expected is not compared.

    ``details`` and ``values`` are compared whole.
    """
    if isinstance(expected, dict) and isinstance(got, dict) and not _is_whole(place):
        for key, value in expected.items():
            yield from differences(value, got.get(key), f"{place}.{key}")
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        for number, (one, other) in enumerate(zip(expected, got, strict=True)):
            yield from differences(one, other, f"{place}[{number}]")
    elif expected != got:
        yield f"{place}: {got!r} instead of {expected!r}"


def _is_whole(place: str) -> bool:
    return place.endswith((".details", ".values"))
