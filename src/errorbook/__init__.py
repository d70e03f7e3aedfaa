"""Write each API error once: docs, typed exceptions and checks follow from one YAML catalog.

Load a catalog, and go through what it says:

```python
from pathlib import Path

from errorbook import CatalogError, load_catalog

try:
    catalog = load_catalog(Path("errors.yaml")).catalog
except CatalogError as error:
    raise SystemExit(str(error)) from None
for name, api in catalog.apis.items():
    for code, one in api.errors.items():
        print(f"{name}/{code}", *one.status, one.meaning)
```
"""

import sys
from typing import TYPE_CHECKING

# An older Python must be able to read this file, and gets no further. 3 is what work ends with
# that could not be completed; sys.exit would turn a text into 1, which means findings.
if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told why it cannot go on
    sys.stderr.write(
        "errorbook: Python 3.11 or newer is needed, this is {}.{}: install errorbook with a newer "
        "one, as in `python3.11 -m pip install errorbook`\n".format(*sys.version_info[:2])
    )
    raise SystemExit(3)

__version__ = "0.1.0"

if TYPE_CHECKING:
    from errorbook.catalog.load import CatalogError, LoadedCatalog
    from errorbook.catalog.load import load as load_catalog
    from errorbook.catalog.models import Catalog
    from errorbook.cli import run
    from errorbook.problems import ErrorbookError, Place, Problem

__all__ = [
    "Catalog",
    "CatalogError",
    "ErrorbookError",
    "LoadedCatalog",
    "Place",
    "Problem",
    "__version__",
    "load_catalog",
    "run",
]

_PLACES = {
    "Catalog": ("catalog.models", "Catalog"),
    "CatalogError": ("catalog.load", "CatalogError"),
    "ErrorbookError": ("problems", "ErrorbookError"),
    "LoadedCatalog": ("catalog.load", "LoadedCatalog"),
    "Place": ("problems", "Place"),
    "Problem": ("problems", "Problem"),
    "load_catalog": ("catalog.load", "load"),
    "run": ("cli", "run"),
}
"""Where each name comes from. A command that needs none of them does not wait for them."""


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  # only if something is asked for

    module, member = _PLACES[name]
    found: object = getattr(import_module(f"{__name__}.{module}"), member)
    return found
