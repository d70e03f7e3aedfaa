"""Which characters are hidden, and which are shown as they are: by fixed rules.

``str.isprintable`` goes by the Unicode data of the interpreter, which grow with every version of
Python. What is generated, and what is valid, must not: two people with one catalog get the same
files. So what is known here is written down, or taken from the data of Unicode 3.2 that every
Python carries unchanged, for domain names.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final
from unicodedata import ucd_3_2_0

_HIDDEN_RANGES: Final = (
    *((0x00, 0x1F), (0x7F, 0xA0), (0xAD, 0xAD), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD)),
    *((0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2), (0x1680, 0x1680), (0x180E, 0x180E)),
    *((0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x3000, 0x3000)),
    *((0xD800, 0xF8FF), (0xFDD0, 0xFDEF), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFFB)),
    *((0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3)),
    *((0x1D173, 0x1D17A), (0xE0000, 0xE00FF), (0xE01F0, 0xE0FFF), (0xF0000, 0x10FFFF)),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0xF0000, 0x10000)),
)
"""Controls, format characters (those of writing direction among them) and what is reserved for
more of them, spaces and separators but for the space itself, surrogates, private use, and what
is no character."""
_NEWER_RANGES: Final = (
    *((0x220, 0x24F), (0x2EF, 0x2FF), (0x350, 0x377), (0x37B, 0x37F), (0x3F7, 0x52F)),
    *((0x58D, 0x58F), (0x606, 0x60B), (0x61D, 0x620), (0x63B, 0x65F), (0x6EE, 0x6FF)),
    *((0x750, 0x77F), (0x900, 0x97F), (0x9CE, 0x9CE), (0xBE6, 0xBFA), (0xD7A, 0xD7F)),
    *((0x1000, 0x109F), (0x10F9, 0x10FF), (0x1C90, 0x1CBA), (0x1CBD, 0x1CBF), (0x1D00, 0x1DFF)),
    *((0x1E9C, 0x1E9F), (0x1EFA, 0x1EFF), (0x2053, 0x205E), (0x2090, 0x209C), (0x20A0, 0x20C0)),
    *((0x213B, 0x213C), (0x214C, 0x2152), (0x2184, 0x218B), (0x23CF, 0x23FF), (0x2600, 0x2B73)),
    *((0x2B76, 0x2B95), (0x2B97, 0x2BFF), (0x2C60, 0x2C7F), (0x2E00, 0x2E5D), (0x31B8, 0x31E3)),
    *((0x32FF, 0x32FF), (0x4DB6, 0x4DFF), (0x9FA6, 0x9FFF), (0xA640, 0xA69F), (0xA720, 0xA7CA)),
    *((0x1F1E6, 0x1F202), (0x1F300, 0x1F6D7), (0x1F6DD, 0x1F6EC), (0x1F6F0, 0x1F6FC)),
    *((0x1F7E0, 0x1F7EB), (0x1F900, 0x1FA53), (0x1FA70, 0x1FA74), (0x1FA78, 0x1FA7C)),
    *((0x1FA80, 0x1FA86), (0x1FA90, 0x1FAAC), (0x1FAB0, 0x1FABA), (0x1FAC0, 0x1FAC5)),
    *((0x1FAD0, 0x1FAD9), (0x1FAE0, 0x1FAE7), (0x1FAF0, 0x1FAF6), (0x2A700, 0x2B738)),
)
"""What came after Unicode 3.2 and is common: letters, currencies, symbols and emoji.

Only what Unicode 14 has, that of Python 3.11, the oldest that Errorbook runs on, and
nothing hidden.
"""


_LAST_OF_BYTE: Final = 0xFF
_LAST_OF_PLANE: Final = 0xFFFF
_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


@cache
def _one_of(ranges: tuple[tuple[int, int], ...]) -> re.Pattern[str]:
    """Return a pattern of the characters of ``ranges``: made when asked for, as that takes time."""
    return re.compile("[" + "".join(f"\\U{a:08x}-\\U{z:08x}" for a, z in ranges) + "]")


def has_hidden(text: str) -> bool:
    """Tell whether ``text`` holds a character that nobody sees, or that acts on its neighbours.

    The space is none, and neither is a character that may come with a later Unicode.
    """
    return not _is_plain(text) and _one_of(_HIDDEN_RANGES).search(text) is not None


def without_hidden(text: str) -> str:
    """Return ``text`` without its hidden characters."""
    return text if _is_plain(text) else _one_of(_HIDDEN_RANGES).sub("", text)


def escaped(text: str) -> str:
    """Return ``text`` with every character that may not be readable as its escape in Python."""
    return text if _is_plain(text) else "".join(map(_shown, text))


def _is_plain(text: str) -> bool:
    """Tell whether ``text`` is printable ASCII, which is so in every version of Python."""
    return text.isascii() and text.isprintable()


@lru_cache(maxsize=4096)
def _shown(char: str) -> str:
    if _is_readable(char):
        return char
    number = ord(char)
    if number <= _LAST_OF_BYTE:
        return _ESCAPES.get(char, f"\\x{number:02x}")
    return f"\\u{number:04x}" if number <= _LAST_OF_PLANE else f"\\U{number:08x}"


def _is_readable(char: str) -> bool:
    if ucd_3_2_0.category(char) == "Cn":
        return _one_of(_NEWER_RANGES).match(char) is not None
    return _one_of(_HIDDEN_RANGES).match(char) is None
