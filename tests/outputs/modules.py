"""Catalogs from text, and generated modules imported from files."""

from __future__ import annotations

import importlib.util
import sys
from itertools import count
from pathlib import Path
from types import ModuleType

from errorbook.catalog import Catalog, load
from errorbook.outputs.python.module import render

ROOT = Path(__file__).parents[2]
FOLDERS = {"artifacta": ROOT / "examples/artifacta/src", "artworks": ROOT / "sdk/python"}
"""Where the module of each API of this repository is imported from."""
MODULES = [folder / name / "errors.py" for name, folder in FOLDERS.items()]
"""The modules that this repository holds."""

_numbers = count()


def catalog_of(text: str, folder: Path) -> Catalog:
    """Return the catalog that ``text`` holds, read from a file in ``folder``."""
    file = folder / "errors.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file).catalog


def module_of(catalog: Catalog, folder: Path) -> ModuleType:
    """Return the module of the only API of ``catalog``, imported from ``folder``."""
    (text,) = render(catalog).values()
    return import_text(text, folder)


def import_text(text: str, folder: Path) -> ModuleType:
    """Import ``text`` as a module of a name that nobody has used."""
    name = f"generated_{next(_numbers)}"
    file = folder / f"{name}.py"
    file.write_text(text, encoding="utf-8", newline="\n")
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
