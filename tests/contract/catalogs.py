"""Catalogs for the tests of comparisons: one base, and edits of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from errorbook.catalog.load import validate
from errorbook.catalog.models import Catalog
from errorbook.catalog.yaml_reader import read_yaml

Edit = tuple[str, Any]
"""A path below the API ``demo``, and what is to stand there; None takes it away."""

_BASE: Final = Path(__file__).with_name("base.yaml")


def read(path: Path) -> dict[str, Any]:
    """Return what a YAML file holds, dates as the texts that they are."""
    found, problems = read_yaml(path.read_bytes(), path.name)
    assert found is not None
    assert not problems
    return found


def data() -> dict[str, Any]:
    """Return the base, to be edited."""
    return copy.deepcopy(_base())


def catalog(content: Any) -> Catalog:
    """Return the catalog that ``content`` is."""
    found, problems = validate(json.dumps(content).encode())
    assert found is not None, problems
    assert not problems
    return found


def edited(edits: Iterable[Edit]) -> Catalog:
    """Return the base with ``edits``."""
    return catalog(edited_data(edits))


def edited_data(edits: Iterable[Edit]) -> dict[str, Any]:
    """Return the data of the base with ``edits``."""
    content = data()
    for path, value in copy.deepcopy(list(edits)):  # an edit may change what another brought
        edit(content["apis"]["demo"], path, value)
    return content


def edit(api: Any, path: str, value: Any) -> None:
    """Change one value: set it, take it away, or, for ``a/b -> c``, call it otherwise."""
    path, _, target = path.partition(" -> ")
    *above, last = path.split("/")
    for step in above:
        api = api[int(step)] if isinstance(api, list) else api.setdefault(step, {})
    if target:
        api[target] = api.pop(last)
        if value:
            api[target].update(value)
    elif value is None:
        del api[last]
    else:
        api[last] = value


@cache
def _base() -> dict[str, Any]:
    return read(_BASE)
