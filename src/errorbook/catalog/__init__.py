"""errors.yaml -> Catalog, or every problem in it with file, line and column."""

from errorbook.catalog.load import CatalogError, LoadedCatalog, load
from errorbook.catalog.models import (
    ACTION_WORDS,
    NO_EXCEPTION,
    Action,
    Api,
    Catalog,
    Detail,
    Envelope,
    Error,
    ExitCode,
    Group,
    Retry,
    Symptom,
)

__all__ = [
    "ACTION_WORDS",
    "NO_EXCEPTION",
    "Action",
    "Api",
    "Catalog",
    "CatalogError",
    "Detail",
    "Envelope",
    "Error",
    "ExitCode",
    "Group",
    "LoadedCatalog",
    "Retry",
    "Symptom",
    "load",
]
