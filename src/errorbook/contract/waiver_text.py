"""The waiver that would let a change pass, as it is written into errorbook.yaml."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Final

from errorbook.contract.changes import Change
from errorbook.contract.waivers import subject_of

_PLAIN: Final = re.compile(r"[a-z][A-Za-z0-9_-]*(?:/[A-Za-z][A-Za-z0-9_.-]*)?")
_WORDS: Final = frozenset({"false", "n", "no", "null", "off", "on", "true", "y", "yes"})


def waiver_lines(change: Change, expires: date) -> list[str]:
    """Return the lines of an entry of ``waivers`` for ``change``, up to the day ``expires``.

    Its reason is left empty, which errorbook.yaml refuses: only a person can give it.
    """
    return [
        f"- rule: {change.rule}",
        f"  subject: {_scalar(subject_of(change))}",
        f"  fingerprint: {change.fingerprint}",
        '  reason: ""',
        f"  expires: {expires.isoformat()}",
    ]


def _scalar(text: str) -> str:
    """Return ``text`` as YAML on one line, in ASCII: what JSON quotes, YAML reads."""
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS
    return text if is_plain else json.dumps(text)
