"""The files of each API's package: the module, ``py.typed`` and ``errors.json`` beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from errorbook.catalog import Api, Catalog
from errorbook.outputs import errors_json
from errorbook.outputs.python.module import render_module
from errorbook.outputs.python.naming import has_exceptions, module_path, package


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the files of each API of ``catalog``, by path: ``artifacta/errors.py``, …"""
    return {
        path: text
        for name, api in catalog.apis.items()
        if has_exceptions(api)
        for path, text in _files(name, api)
    }


def _files(name: str, api: Api) -> Iterator[tuple[str, str]]:
    folder = package(name, api).replace(".", "/")
    yield module_path(name, api), render_module(name, api)
    # Type checkers look for the file and not into it.
    yield f"{folder}/py.typed", ""
    for file, text in errors_json.render(Catalog(apis={name: api})).items():
        yield f"{folder}/{file}", text
