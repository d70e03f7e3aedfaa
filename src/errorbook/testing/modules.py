"""Import a generated module: as other code does, or from disk without a trace."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Final

_ALIAS: Final = "_errorbook_module_from_disk"


def import_module(name: str) -> ModuleType | None:
    """Return the module of that name; None where nothing on the path of imports has it.

    Raises:
        ImportError: if it is there, and imports something that is not.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        packages = name.split(".")
        if error.name in {".".join(packages[: end + 1]) for end in range(len(packages))}:
            return None
        raise


def import_from_disk(name: str, folder: Path, path: Path) -> ModuleType:
    """Return the module in ``path``, whatever else is imported under ``name``.

    What it imports may stand in ``folder``. Nothing of it stays behind: no module, no path of
    imports, and no compiled file.

    Raises:
        ImportError: if there is no such file, or something in it cannot be imported.
    """
    if not path.is_file():
        raise ImportError(f"{path.name} is not there")
    spec = importlib.util.spec_from_file_location(_ALIAS, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} is no Python module")
    module = importlib.util.module_from_spec(spec)
    with _untouched(folder, name.partition(".")[0]):
        sys.modules[_ALIAS] = module
        try:
            spec.loader.exec_module(module)
        except ImportError:
            raise
        except Exception as error:
            raise ImportError(f"{type(error).__name__}: {error}") from error
    return module


@contextmanager
def _untouched(folder: Path, package: str) -> Iterator[None]:
    """Let modules be imported from ``folder`` first, and forget them all afterwards.

    What is imported already of ``package`` is set aside: it may be of another folder.
    """
    modules, path, writes = dict(sys.modules), list(sys.path), sys.dont_write_bytecode
    for known in modules:
        if known == package or known.startswith(f"{package}."):
            del sys.modules[known]
    sys.path.insert(0, str(folder))
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.dont_write_bytecode = writes
        sys.path[:] = path
        for known in set(sys.modules) - set(modules):
            del sys.modules[known]
        sys.modules.update(modules)
