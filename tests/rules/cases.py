"""Cases that make errorbook report a rule: read from the YAML files beside this one."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[2]
_HERE: Final = Path(__file__).parent
_COMMANDS: Final = "commands.yaml"
"""The cases of exit codes; those of all other files are of rules."""
_KEYS: Final = {"files", "before", "then", "run", "exit", "test"}


@dataclass(frozen=True)
class Case:
    """What makes errorbook report one thing: files and commands, or a test elsewhere that does."""

    id: str
    """A rule, or the number of an exit code."""
    file: str
    files: Mapping[str, str]
    before: tuple[tuple[str, ...], ...]
    then: Mapping[str, str | None]
    run: tuple[str, ...]
    exit: int | None
    test: str = ""

    def __str__(self) -> str:
        return self.id


def rule_cases() -> list[Case]:
    """Return the cases of rules."""
    files = sorted(file for file in _HERE.glob("*.yaml") if file.name != _COMMANDS)
    return [case for file in files for case in _read(file)]


def exit_cases() -> list[Case]:
    """Return the cases of exit codes."""
    return list(_read(_HERE / _COMMANDS))


def _read(file: Path) -> Iterator[Case]:
    data = yaml.safe_load(file.read_text("utf-8"))
    for name, one in (data or {}).items():
        several = one if isinstance(one, list) else [one]
        yield from (_case(str(name), file.name, fields) for fields in several)


def _case(name: str, file: str, fields: dict[str, Any]) -> Case:
    if unknown := fields.keys() - _KEYS:
        raise ValueError(f"{file}: {name} has unknown keys: {', '.join(sorted(unknown))}")
    if ("run" in fields) == ("test" in fields):
        raise ValueError(f"{file}: {name} needs either 'run' or 'test'")
    return Case(
        name,
        file,
        fields.get("files", {}),
        tuple(map(tuple, fields.get("before", ()))),
        fields.get("then", {}),
        tuple(fields.get("run", ())),
        fields.get("exit"),
        fields.get("test", ""),
    )


def source_of(test: str) -> str:
    """Return the source of a test, such as ``tests/test_cli.py::test_name``, and its decorators.

    Raises:
        LookupError: if there is no such test.
    """
    path, *steps = test.split("::")
    lines, nodes = _parsed(path)
    found: ast.stmt | None = None
    for step in steps:
        found = next((node for node in nodes if getattr(node, "name", "") == step), None)
        nodes = getattr(found, "body", [])
    if found is None:
        raise LookupError(f"there is no test {test}")
    if not steps[-1].startswith("test"):
        raise LookupError(f"{test} names no test")
    decorators = getattr(found, "decorator_list", [])
    start = min([found.lineno, *(one.lineno for one in decorators)])
    return "\n".join(lines[start - 1 : found.end_lineno])


@cache
def _parsed(path: str) -> tuple[list[str], list[ast.stmt]]:
    text = (ROOT / path).read_text("utf-8")
    return text.splitlines(), ast.parse(text).body
