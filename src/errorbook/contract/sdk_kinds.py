"""Kinds of change to what programs are built on: exception classes and exit codes."""

from __future__ import annotations

from typing import Final

from errorbook.contract.kind import Case, Kind

_ALIAS: Final = Case(
    "alias", "the former name still works, with a warning", "dangerous", "breaking"
)

KINDS: Final = (
    Kind(
        "class-renamed",
        "exception class renamed",
        "breaking",
        "breaking",
        ("python",),
        "the class {before} is now {after}",
        mirror="class-renamed",
        cases=(_ALIAS,),
    ),
    Kind(
        "class-removed",
        "exception class removed",
        "breaking",
        "breaking",
        ("python",),
        "the class {before} is gone",
        mirror="class-added",
    ),
    Kind(
        "class-added",
        "exception class added",
        "safe",
        "safe",
        ("python",),
        "the class {after} is new",
        mirror="class-removed",
    ),
    Kind(
        "class-alias-removed",
        "former class name removed",
        "breaking",
        "breaking",
        ("python",),
        "the former class name {before} no longer works",
        mirror="class-alias-added",
    ),
    Kind(
        "class-alias-added",
        "former class name added",
        "safe",
        "safe",
        ("python",),
        "the class name {after} works again",
        mirror="class-alias-removed",
    ),
    Kind(
        "ancestor-lost",
        "exceptions lost a base class",
        "breaking",
        "breaking",
        ("python",),
        "{before} no longer catches the errors of {after}",
        mirror="ancestor-gained",
    ),
    Kind(
        "ancestor-gained",
        "exceptions gained a base class",
        "dangerous",
        "dangerous",
        ("python",),
        "{after} catches the errors of {before} now",
        mirror="ancestor-lost",
    ),
    Kind(
        "sdk-module-moved",
        "module of the exceptions moved",
        "breaking",
        "breaking",
        ("python",),
        "the exceptions moved from {before} to {after}",
        mirror="sdk-module-moved",
    ),
    Kind(
        "constant-renamed",
        "constant of a code renamed",
        "breaking",
        "breaking",
        ("python",),
        "the constant {before} of {subject} is now {after}",
        mirror="constant-renamed",
    ),
    Kind(
        "exit-code-changed",
        "exit code changed",
        "breaking",
        "breaking",
        ("cli",),
        "{subject} ends in exit code {after} and no longer in {before}",
        mirror="exit-code-changed",
    ),
    Kind(
        "exit-code-removed",
        "exit code removed",
        "breaking",
        "breaking",
        ("cli",),
        "{subject} no longer ends in exit code {before}",
        mirror="exit-code-added",
    ),
    Kind(
        "exit-code-added",
        "exit code added",
        "safe",
        "dangerous",
        ("cli",),
        "{subject} ends in exit code {after}",
        mirror="exit-code-removed",
    ),
    Kind(
        "exit-code-renamed",
        "name of an exit code changed",
        "dangerous",
        "breaking",
        ("cli", "python"),
        "the exit code {before} is now called {after}",
        mirror="exit-code-renamed",
    ),
)
