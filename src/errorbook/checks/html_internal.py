"""Internal codes in files of a site that are no pages: indexes for search, data, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from errorbook.checks.html_folder import SiteFolder
from errorbook.checks.html_heard import Heard, Spot
from errorbook.checks.html_known import Known
from errorbook.checks.html_lines import Lines

_TEXTS: Final = (".csv", ".js", ".json", ".md", ".txt", ".xml", ".yaml", ".yml")
_FOR_PEOPLE: Final = (".json", ".md", ".txt")
"""Files in which a number may be a code: elsewhere, it is more likely to be one of anything."""
_ESCAPING: Final = (".js", ".json", ".yaml", ".yml")
"""Files in which the `n` of `\\n` is no letter of the word behind it."""
_LARGEST: Final = 32 * 1024 * 1024
"""Bytes of a file, above which it is not read."""
_WORD: Final = re.compile(r"[\w-]+")
_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.)")


def find_internal(folder: SiteFolder, known: Known, heard: Heard) -> None:
    """Add to ``heard`` where files beside the pages name an internal error.

    Raises:
        OSError: if a file cannot be read.
    """
    if all(map(str.isalpha, known.internal)):
        return  # ordinary words tell nothing
    codes = Codes((*known.internal, *known.codes, *known.gone))
    for path in sorted(one for one in folder.files if one.endswith(_TEXTS)):
        if folder.size(path) > _LARGEST:
            heard.too_large.append(path)
            continue
        text = folder.text(path)
        if path.endswith(_ESCAPING) and "\\" in text:
            text = _ESCAPE.sub(lambda found: " " * len(found[0]), text)
        lines = Lines(text)
        seen = set()
        for at, code in codes.found_in(text):
            if code not in seen and code in known.internal and _tells(code, path):
                seen.add(code)
                heard.internal.setdefault(code, {})[Spot(path, lines.at(at))] = None


def _tells(code: str, path: str) -> bool:
    """Tell whether a code is more than an ordinary word or number."""
    return not (code.isalpha() or (code.isdecimal() and not path.endswith(_FOR_PEOPLE)))


class Codes:
    """Codes to look for in texts, whatever characters they are made of."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = frozenset(codes)
        self._shapes: dict[str, list[tuple[int, int]]] = {}
        """Lengths of codes by their first word, the longest first; with where in them it stands."""
        self._without: list[str] = []
        shapes: dict[str, set[tuple[int, int]]] = {}
        for code in self._codes:
            word = _WORD.search(code)
            if word:
                shapes.setdefault(word[0], set()).add((len(code), word.start()))
            else:
                self._without.append(code)
        for first, found in shapes.items():
            self._shapes[first] = sorted(found, reverse=True)

    def found_in(self, text: str) -> list[tuple[int, str]]:
        """Return where codes stand alone, in order; of two in one place, the longer one."""
        return sorted([*self._with_words(text), *self._without_words(text)])

    def _with_words(self, text: str) -> Iterator[tuple[int, str]]:
        if self._shapes.keys().isdisjoint(_WORD.findall(text)):
            return
        until = 0
        for word in _WORD.finditer(text):
            for length, before in self._shapes.get(word[0], ()):
                at = word.start() - before
                code = text[at : at + length] if at >= until else ""
                if code in self._codes and _ends(text, at + length, code):
                    until = at + length
                    yield at, code
                    break

    def _without_words(self, text: str) -> Iterator[tuple[int, str]]:
        for code in self._without:
            at = text.find(code)
            while at >= 0:
                yield at, code
                at = text.find(code, at + len(code))


def _ends(text: str, at: int, code: str) -> bool:
    """Tell whether the code that ends ``at`` is not the beginning of a longer word."""
    return not (_WORD.match(code[-1]) and _WORD.match(text[at : at + 1]))
