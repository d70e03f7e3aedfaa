"""Sources for the reader of Python, and what it says of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from errorbook.importing import python
from errorbook.importing.gathered import Gathered
from errorbook.importing.readers import Wish
from errorbook.importing.sources import Source


@dataclass(frozen=True)
class Said:
    """What was read: values by dotted path, and the lines about what was not."""

    gathered: Gathered

    @property
    def facts(self) -> dict[str, JsonValue]:
        return {".".join(fact.path): fact.value for fact in self.gathered.facts}

    @property
    def places(self) -> dict[str, str]:
        return {".".join(fact.path): str(fact.place) for fact in self.gathered.facts}

    @property
    def untold(self) -> list[str]:
        return [f"{one.place}: {one.message}" for one in self.gathered.untold]

    def of(self, code: str) -> dict[str, JsonValue]:
        """Return the facts about one error, that there is such a code left out."""
        start = f"errors.{code}."
        return {
            path.removeprefix(start): value
            for path, value in self.facts.items()
            if path.startswith(start)
        }


def module(text: str, name: str = "errors.py") -> Said:
    """Read a module that lies in no file."""
    return Said(python.read(Source(None, name, text.encode()), Wish()))


def package(folder: Path, files: Mapping[str, str]) -> Said:
    """Write a package into ``folder`` and read it."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return Said(python.read(Source(folder, folder.name, b""), Wish()))
