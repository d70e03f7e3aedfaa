"""How far the package reaches: which modules go out, start programs or run code of others.

What SECURITY.md says of that rests on this: a module that begins to reach further is seen here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

PACKAGE: Final = Path(__file__).resolve().parents[1] / "src/errorbook"
NETWORK: Final = {"urllib.request", "http.client", "socket", "ssl", "httpx", "requests"}
PROGRAMS: Final = {"subprocess", "multiprocessing", "pty"}
UNSAFE: Final = {"pickle", "marshal", "shelve", "runpy", "code", "ctypes"}
RUNS: Final = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "system",
    "popen",
    "unsafe_load",
    "full_load",
}


@cache
def trees() -> dict[str, ast.Module]:
    """Return every module of the package, parsed."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in PACKAGE.rglob("*.py")
    }


@cache
def imports() -> dict[str, set[str]]:
    """Return what every module of the package imports."""
    return {name: set(imported(tree)) for name, tree in trees().items()}


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute) and not is_pattern(node.func):
                yield node.func.attr


def is_pattern(function: ast.Attribute) -> bool:
    return function.attr == "compile" and ast.unparse(function) == "re.compile"


@pytest.mark.parametrize(
    ("modules", "expected"),
    [
        (NETWORK, {"download.py", "mock/server.py", "testing/exit_codes.py"}),
        (
            PROGRAMS,
            {
                "baseline/git.py",
                "testing/built_site.py",
                "testing/commands.py",
                "testing/mock_server.py",
            },
        ),
        (UNSAFE, set()),
    ],
)
def test_modules_that_reach_out_are_known(modules: set[str], expected: set[str]) -> None:
    assert {name for name, theirs in imports().items() if modules & theirs} == expected


def test_no_module_runs_text_as_code() -> None:
    assert {name: one for name, tree in trees().items() for one in RUNS & set(called(tree))} == {}


def test_only_verbs_that_take_an_address_download() -> None:
    users = {name for name, theirs in imports().items() if "errorbook.download" in theirs}
    assert users == {"baseline/former.py", "explain/source.py", "fetch/source.py"}
