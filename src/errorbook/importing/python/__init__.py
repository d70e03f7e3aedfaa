"""The exceptions of a Python SDK -> facts. The source is parsed; nothing of it is imported or run.

A source is a module or a stub, or the folder of a package. What a class says of its code, status
and so on is taken as it stands; a class that says no code gets none.
"""

from __future__ import annotations

import re
from typing import Final

from errorbook.importing.gathered import Gathered
from errorbook.importing.readers import UnreadableError, Wish
from errorbook.importing.sources import Source
from errorbook.problems import Place

SUMMARY = "exceptions of a Python SDK: a module, or the folder of a package"

_SUFFIXES: Final = frozenset({".py", ".pyi"})
_EXCEPTION: Final = re.compile(rb"^class \w{1,200}\([\w., ]{0,200}(?:Error|Exception)\b", re.M)


def is_one(source: Source) -> bool:
    """Return whether ``source`` is a module, a package, or text with a class of an exception."""
    if source.path is not None and source.path.is_dir():
        return any(one.suffix == ".py" for one in source.path.iterdir())
    if source.suffix:
        return source.suffix in _SUFFIXES
    return bool(_EXCEPTION.search(source.content))


def read(source: Source, wish: Wish) -> Gathered:
    """Return what the exceptions of ``source`` say; ``wish`` has nothing to choose here.

    Raises:
        UnreadableError: if it is no Python, or nothing in it is an exception or a list of codes.
    """
    from errorbook.importing.python.package import open_package  # noqa: PLC0415  # only if asked
    from errorbook.importing.python.reading import gather  # noqa: PLC0415  # only if asked

    gathered = Gathered()
    try:
        package = open_package(source)
        for below, line, reason in package.sources.unread:
            name = f"{source.name}/{below}" if below else source.name
            gathered.wonder(Place(name, line), reason)
        if not package.sources.files:
            why = gathered.untold[0].message if gathered.untold else "has no exceptions"
            line = gathered.untold[0].place.line if gathered.untold else 0
            raise UnreadableError(f"line {line} {why}" if line else why)
        gather(package, gathered)
    except RecursionError:
        raise UnreadableError("an expression in it is nested too deeply") from None
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror}") from None
    if not gathered.facts:
        raise UnreadableError("has no exceptions with codes or statuses, and no list of codes")
    return gathered
