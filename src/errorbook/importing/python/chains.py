"""Functions that choose an exception: `if code == "gone": raise GoneError`, and `match`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from errorbook.importing.python.package import Package
from errorbook.python_source.sources import SourceFile
from errorbook.python_source.values import Value, dotted


@dataclass(frozen=True)
class Choice:
    """A comparison that leads to one exception: what is compared, with what, and where."""

    subject: str
    values: tuple[Value, ...]
    path: str
    file: SourceFile
    line: int


def choices(package: Package) -> Iterator[Choice]:
    """Yield what is chosen by nothing but one comparison."""
    raised = set(package.exceptions)
    for file in package.sources.files:
        for node in ast.walk(file.tree):
            for subject, said, body in _branches(node):
                path = package.names.resolve(file.module, name) if (name := _chosen(body)) else ""
                values = _values(package, said, file)
                if subject and values and path in raised:
                    yield Choice(subject, values, path, file, said[0].lineno)


def _branches(node: ast.AST) -> Iterator[tuple[str, list[ast.expr], list[ast.stmt]]]:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Compare):
        test = node.test
        if len(test.ops) == 1 and isinstance(test.ops[0], (ast.Eq, ast.In, ast.Is)):
            yield _subject(test.left), test.comparators, node.body
    if isinstance(node, ast.Match):
        for case in node.cases:
            said = list(_patterns(case.pattern))
            if said and case.guard is None:
                yield _subject(node.subject), said, case.body


def _patterns(pattern: ast.pattern) -> Iterator[ast.expr]:
    if isinstance(pattern, ast.MatchValue):
        yield pattern.value
    elif isinstance(pattern, ast.MatchOr) and all(
        isinstance(one, ast.MatchValue) for one in pattern.patterns
    ):
        for one in pattern.patterns:
            yield from _patterns(one)


def _subject(node: ast.expr) -> str:
    """Return what is compared, if that has a name: `body["code"]` and `error.code` are code."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.slice.value if isinstance(node.slice.value, str) else ""
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        is_get = isinstance(node.func, ast.Attribute) and node.func.attr == "get"
        said = node.args[0].value
        return said if is_get and isinstance(said, str) else ""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _values(package: Package, said: list[ast.expr], file: SourceFile) -> tuple[Value, ...]:
    found: list[Value] = []
    for one in said:
        values = package.values.of(one, file.module)
        if values is None:
            return ()
        found += values
    return tuple(found)


def _chosen(body: list[ast.stmt]) -> str:
    """Return the name of what a branch ends in raising, returning or assigning."""
    last = body[-1]
    value: ast.expr | None = None
    if isinstance(last, ast.Raise):
        value = last.exc
    elif isinstance(last, (ast.Return, ast.Assign)):
        value = last.value
    if isinstance(value, ast.Call):
        value = value.func
    return dotted(value) if value is not None else ""
