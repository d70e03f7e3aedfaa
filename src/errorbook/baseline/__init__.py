"""Where a former catalog comes from: a file, or a commit of the git repository it is kept in."""

from errorbook.baseline.former import MERGE_BASE, Former, former
from errorbook.baseline.refusals import BaselineError, UnknownBaselineError
from errorbook.baseline.remote import LATEST_TAG

__all__ = [
    "LATEST_TAG",
    "MERGE_BASE",
    "BaselineError",
    "Former",
    "UnknownBaselineError",
    "former",
]
