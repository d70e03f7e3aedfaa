"""Every kind of change is told at the line of the new catalog that says it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from errorbook.catalog.load import load
from errorbook.contract.compare import compare
from errorbook.problems import Finding
from tests.contract.catalogs import edited, edited_data
from tests.contract.mutations import ROWS, Row

_KEY = re.compile(r"(?P<quote>['\"]?)(?P<key>[^'\"]+)(?P=quote):(?: |$)")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_change_is_told_at_its_line(row: Row, tmp_path: Path) -> None:
    content = edited_data((*row.first, *row.then))
    text = "".join(_written(content))
    file = tmp_path / "errors.yaml"
    file.write_text(text, "utf-8")
    loaded = load(file, name="errors.yaml")
    (change,) = compare(
        edited(row.first), loaded.catalog, today=date(2026, 6, 1), audience=row.audience
    )

    (problem,) = loaded.place([Finding(change.rule, change.path, change.message, at_key=True)])

    assert problem.place.path == "errors.yaml"
    lines = text.splitlines()
    wanted = ("apis", "demo", *row.at.split("/"))
    assert wanted in _begun_at(lines, problem.place.line or 0)


def _written(content: dict[str, Any], indent: str = "") -> Iterator[str]:
    """Yield YAML in which indentation tells all: a line for each key, and for each of a list."""
    for key, value in content.items():
        name = f"{indent}{json.dumps(key)}:"
        if isinstance(value, dict) and value:
            yield f"{name}\n"
            yield from _written(value, f"{indent}  ")
        elif isinstance(value, list) and value:
            yield f"{name}\n"
            for one in value:
                inner = list(_written(one)) if isinstance(one, dict) else [f"{json.dumps(one)}\n"]
                yield f"{indent}  - {inner[0]}"
                yield from (f"{indent}    {line}" for line in inner[1:])
        else:
            yield f"{name} {json.dumps(value)}\n"


def _begun_at(lines: Sequence[str], number: int) -> list[tuple[str, ...]]:
    """Return the paths of what begins on a line, by the indentation of all that stands above it."""
    path: list[tuple[int, str]] = []
    entries: dict[int, int] = {}
    begun: list[tuple[str, ...]] = []
    for line in lines[:number]:
        text = line.lstrip()
        indent = len(line) - len(text)
        path = [step for step in path if step[0] < indent]
        entries = {at: count for at, count in entries.items() if at <= indent}
        begun = []
        if text.startswith("- "):
            entries[indent] = entries.get(indent, -1) + 1
            path.append((indent, str(entries[indent])))
            begun.append(tuple(step for _, step in path))
            text, indent = text[2:], indent + 2
        if key := _KEY.match(text):
            path.append((indent, key["key"]))
            begun.append(tuple(step for _, step in path))
    return begun
