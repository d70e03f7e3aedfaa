"""Prose of the catalog as a terminal shows it: without its marks, but for those of code.

The grammar is that of ``catalog/prose.py``, whose package would take longer to import than the
whole answer may; a test holds both together.
"""

from __future__ import annotations

import re
from typing import Final

_TOKEN: Final = re.compile(
    r"(?P<escape>\\[\\`*\[\]<])"
    r"|`(?P<code>[^`]+)`"
    r"|\*\*(?P<strong>[^*]+)\*\*"
    r"|\*(?P<emphasis>[^*\s](?:[^*]*[^*\s])?)\*"
    r"|\[(?P<label>[^\[\]]+)\]\((?P<target>[^()\s<>]+)\)"
    r"|<error:(?P<error>[^<>\s]+)>"
)
_MARKS: Final = frozenset("`*[<\\")
_OUTSIDE: Final = ("http://", "https://")


def shown(text: str) -> str:
    """Return prose as text: code between backticks, links to elsewhere with their address."""
    return text if _MARKS.isdisjoint(text) else _TOKEN.sub(_told, text)


def _told(token: re.Match[str]) -> str:
    if token["escape"]:
        return token["escape"][1:]
    if token["code"] or token["error"]:
        return f"`{token['code'] or token['error']}`"
    if token["strong"] or token["emphasis"]:
        return shown(token["strong"] or token["emphasis"])
    label = shown(token["label"])
    return f"{label} ({token['target']})" if token["target"].startswith(_OUTSIDE) else label
