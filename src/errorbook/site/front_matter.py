"""The front matter of a page, read where no MkDocs is there to do it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

_LARGEST: Final = 64 * 1024
"""Characters of front matter, above which there is none."""
_BEGIN: Final = re.compile(r"---[ \t]*\r?\n")
_END: Final = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)


def split_front_matter(source: str) -> tuple[str, Mapping[str, Any]]:
    """Return the text of a page, and what its front matter says; nothing if that is no mapping."""
    source = source.removeprefix("\ufeff")
    begin = _BEGIN.match(source)
    end = _END.search(source, begin.end(), begin.end() + _LARGEST) if begin else None
    if begin is None or end is None:
        return source, {}
    try:
        found = yaml.safe_load(source[begin.end() : end.start()])
    except (yaml.YAMLError, ValueError, RecursionError):  # a ValueError is a date that is none
        return source, {}
    if not isinstance(found, dict):
        return source, {}
    return source[end.end() :].lstrip("\r\n"), found
