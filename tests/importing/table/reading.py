"""Tables, read as the verb reads them."""

from __future__ import annotations

from pathlib import Path

from pydantic import JsonValue

from errorbook.importing import table
from errorbook.importing.gathered import Gathered
from errorbook.importing.readers import Wish
from errorbook.importing.sources import Source


def gathered(text: str | bytes, name: str = "list.csv", wish: Wish | None = None) -> Gathered:
    """Return what the reader of tables makes of a file."""
    content = text.encode() if isinstance(text, str) else text
    return table.read(Source(Path(name), name, content), wish or Wish())


def told(
    text: str | bytes, name: str = "list.csv", wish: Wish | None = None
) -> dict[str, JsonValue]:
    """Return the facts in a file, by their path; those that only name an error are left out."""
    facts = gathered(text, name, wish).facts
    return {".".join(fact.path): fact.value for fact in facts if fact.value != {}}
