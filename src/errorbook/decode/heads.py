"""What stands before a body: status line and headers, as ``curl -i`` and ``-v`` print them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from errorbook.decode.lines import SPACES, lines_of

_STATUS_LINE = re.compile(r"[> \t]*(?:< ?)?HTTP/[0-9.]+ +([0-9]{3})\b", re.ASCII)
_HEADER = re.compile(r"[> \t]*(?:< ?)?([\w-]+):([^\n\r\u2028\u2029]*)", re.ASCII)
_NOISE = re.compile(r"\*|[{}] \[")
"""Between headers, curl tells of other things."""


@dataclass
class Head:
    """A status line and its headers, by lower-case name."""

    start: int
    end: int
    status: int
    headers: dict[str, str] = field(default_factory=dict)


def find_heads(text: str) -> list[Head]:
    """Return the heads of the responses in ``text``, in order."""
    heads: list[Head] = []
    is_open = False
    for start, line in lines_of(text):
        if not is_open and "HTTP/" not in line:
            continue
        status = _STATUS_LINE.match(line)
        if status:
            heads.append(Head(start, start + len(line), int(status[1])))
            is_open = True
        elif is_open:
            header = _HEADER.match(line)
            if header:
                heads[-1].headers[header[1].lower()] = header[2].strip(SPACES)
            elif not _NOISE.match(line):
                is_open = False
            if is_open:
                heads[-1].end = start + len(line)
    return heads
