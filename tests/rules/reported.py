"""The rules that the code can report, found in its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from errorbook.contract.kinds import KINDS
from errorbook.site.labels import NOUNS
from tests.rules.cases import ROOT

_SOURCE: Final = ROOT / "src/errorbook"
_REPORTERS: Final = frozenset(
    {
        "Complaint",
        "Finding",
        "Problem",
        "Reported",
        "Slip",
        "ViewError",
        "refused",
        "report_dead_link",
    }
)
"""What a module has to name to report anything; the rule comes first."""
_RULE: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+\Z")
_WORD: Final = re.compile(r"[a-z]+\Z")
_PATTERN: Final = re.compile(r"[a-z0-9{}]+(?:-[a-z0-9{}]+)+\Z")
_NO_RULES: Final = frozenset(
    {
        "edit",  # asks for a place, and is never told
        "bad-day",  # what a model refuses a value for: told as invalid-value
        "bad-fingerprint",
        "bad-number",
        "body-schema",  # the name of an output
        "catalog-schema",
        "error-pages",
        "problem-types",
        "report-schemas",
        "cat-file",
        "check-ignore",
        "check-report",  # the name of a schema
        "diff-report",
        "content-security-policy",
        "errorbook-ids",
        "eb-code",
        "eb-dead-link",
        "eb-heading",
        "data-search-exclude",
        "exit-codes",
        "figure-caption",
        "for-each-ref",
        "ls-files",
        "latest-tag",
        "merge-base",
        "table-caption",
        "retry-after",
        "x-retry",
        "utf-16",
        "utf-8",
        "utf-8-sig",
    }
)
"""Words, in modules that report rules, that are none."""
_COMPOSED: Final = {"unknown-{}": [f"unknown-{noun}" for noun in NOUNS.values()]}
"""Rules that are put together when they are reported, by how that is written."""


@cache
def reported() -> dict[str, str]:
    """Return every rule that the code can report, and the file that one of them stands in."""
    found = {rule: file for file in _modules() for rule in _rules_of(file)}
    places = {rule: file.relative_to(ROOT).as_posix() for rule, file in found.items()}
    return {**places, **dict.fromkeys(KINDS, "src/errorbook/contract/kinds.py")}


def _modules() -> Iterator[Path]:
    yield from sorted(_SOURCE.rglob("*.py"))


@cache
def _nodes(file: Path) -> list[ast.AST]:
    """Return all of a module; of one in whose text no reporter stands, nothing has to be parsed."""
    text = file.read_text("utf-8")
    return list(ast.walk(ast.parse(text))) if any(map(text.__contains__, _REPORTERS)) else []


def _rules_of(file: Path) -> Iterator[str]:
    nodes = _nodes(file)
    if _REPORTERS.isdisjoint(_name(node) for node in nodes if isinstance(node, ast.expr)):
        return
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield from _COMPOSED.get(_pattern(node), ())
        elif isinstance(node, ast.Constant) and _is_rule(node.value):
            yield str(node.value)
    for call in _reports(nodes):
        first = call.args[0]
        if isinstance(first, ast.Constant) and _WORD.match(str(first.value)):
            yield from {str(first.value)} - _NO_RULES


def _is_rule(value: object) -> bool:
    return isinstance(value, str) and bool(_RULE.match(value)) and value not in _NO_RULES


def _reports(nodes: Iterable[ast.AST]) -> Iterator[ast.Call]:
    """Yield the calls that report something by its rule."""
    for node in nodes:
        if isinstance(node, ast.Call) and node.args and _name(node.func) in _REPORTERS:
            yield node


def unknown_compositions() -> list[str]:
    """Return how rules are put together that nothing here says the words of."""
    patterns = [
        _pattern(call.args[0])
        for file in _modules()
        for call in _reports(_nodes(file))
        if isinstance(call.args[0], ast.JoinedStr)
    ]
    return [one for one in patterns if _PATTERN.match(one) and one not in _COMPOSED]


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
    )


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
