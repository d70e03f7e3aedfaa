"""What the words of a line say: an exception, a code, the text of a message."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal, TypeVar

from errorbook.decode.fits import Fit, fit_of
from errorbook.decode.known import Entry, KnownApi
from errorbook.decode.lines import SPACES
from errorbook.decode.printed import with_head
from errorbook.decode.templates import Template, find_template
from errorbook.decode.tokens import WORD, pieces_of
from errorbook.decode.vocabulary import Vocabulary

Clue = Literal["exception", "code", "message"]
Item = TypeVar("Item")

_WEIGHTS: Final[Mapping[Clue, int]] = {"exception": 8, "code": 8, "message": 6}
_RANKS: Final[Sequence[Clue]] = ("exception", "code", "message")
# A code of one plain word or number is in many texts. It is one where the words before say so,
_INTRODUCED = re.compile(
    r"(?:^|[^a-z]|err|error)code[\"'\\]{0,3} ?(?:[:=(]|is)? ?[\"'`\\(]{0,4}\Z"
    r"|(?:^|[^a-z])(?:err|error|errno|type|reason|fault)[\"'\\]{0,3} ?(?:=|[:(] ?[\"'`\\])"
    r" ?[\"'`\\(]{0,4}\Z",
    re.IGNORECASE | re.ASCII,
)
# or where these words stand before it and the sentence does not go on behind it.
_NAMED = re.compile(
    r"(?:^|[^a-z])(?:err|error|errno|type|reason|fault)( ?[:(])? ?\Z", re.IGNORECASE | re.ASCII
)
_ENDS = re.compile(r"[\"'`)\]}>,;:|]|\.? *\Z| *\(| +[\w.]+[=:]", re.ASCII)
# Codes that are none of an error.
_OTHER = re.compile(r"(?:exit|return|status)[\w ]*[:=(]? ?\Z", re.IGNORECASE | re.ASCII)
_STATUS = re.compile(
    r"(?:\b|_)(?:HTTP(?: Error|/?[0-9.]*)|status(?:[_ -]?code)?)[\"'\\]{0,2} {0,3}[:=]? {0,3}"
    r"([1-5][0-9][0-9])\b"
    r"|\b([45][0-9][0-9]) (?:Client|Server) Error\b"
    r"|(?:\breturned error: ?|\b(?:Client|Server) Error [\"']|<title>)([45][0-9][0-9])\b",
    re.IGNORECASE | re.ASCII,
)
_BEHIND_BASE = re.compile(rf": ?([^{SPACES}:]+)(?:(:)|\Z)")
# A frame in a text within JSON.
_FRAME = re.compile(r"(?<=\\n) {2,}at [^\"\\]*")
_DOTTED = re.compile(r"\.\w", re.ASCII)
_DIGITS = re.compile(r"[0-9]+\Z")


@dataclass(frozen=True)
class Said:
    """What a line says: equally good fits, and the strongest clue, with its place."""

    fits: Sequence[Fit]
    by: Clue
    start: int
    end: int


@dataclass(frozen=True)
class _Sign:
    by: Clue
    entries: Sequence[Entry]
    start: int
    end: int
    values: Mapping[str, str] | None = None


@dataclass(frozen=True)
class _Base:
    """A base class in a line, and whose it is."""

    apis: Sequence[KnownApi]
    start: int
    end: int
    is_parent: bool = False
    """Whether it is a class whose name others have as well: it counts with a code behind it."""


def status_of(line: str) -> int | None:
    """Return the status that a line speaks of."""
    match = _STATUS.search(line)
    return int(match[1] or match[2] or match[3]) if match else None


def read_line(vocabulary: Vocabulary, line: str) -> Said | None:
    """Say which errors a line speaks of; None if of none."""
    said = _read(vocabulary, _FRAME.sub(_blank, line) if "\\n" in line else line)
    if said is None or said.by != "exception":
        return said
    fits = with_head(said.fits, line, said.start, said.end)
    return replace(said, fits=fits) if fits else None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _read(vocabulary: Vocabulary, line: str) -> Said | None:
    plain = line.replace('\\"', '"')
    signs: list[_Sign] = []
    base: _Base | None = None
    tried: set[Template] = set()
    for match in WORD.finditer(line):
        done = 0
        for word, within in pieces_of(match[0]):
            # Part of a code is none.
            if within < done:
                continue
            start = match.start() + within
            end = start + len(word)
            before = match[0][:within]
            entries = vocabulary.codes.get(word)
            if entries and (_is_telling(word) or _is_introduced(line, word, start)):
                signs.append(_Sign("code", entries, start, end))
                done = within + len(word)
            classes = vocabulary.classes.get(word)
            raised = classes and _of_module(classes, before, lambda entry: entry.api)
            if raised:
                signs.append(_Sign("exception", raised, start, end))
            base = base or _base_of(vocabulary, word, before, start)
            for template in vocabulary.templates.get(word, ()):
                if template not in tried:
                    tried.add(template)
                    signs.extend(_signs_of(template, plain))
    if base:
        return _of_base(base, signs, line, plain)
    return _weigh(signs, plain) if signs else None


def _base_of(vocabulary: Vocabulary, word: str, before: str, start: int) -> _Base | None:
    """Return whose class a word is, where that is one of no code."""
    for classes in (vocabulary.bases, vocabulary.parents):
        apis = _of_module(classes.get(word, ()), before, lambda api: api)
        if apis:
            return _Base(apis, start, start + len(word), classes is vocabulary.parents)
    return None


def _signs_of(template: Template, line: str) -> list[_Sign]:
    told = find_template(template, line)
    if told is None:
        return []
    return [_Sign("message", template.entries, told.start, told.end, told.values)]


def _of_base(base: _Base, signs: Sequence[_Sign], line: str, plain: str) -> Said | None:
    """Say what the base class of an API's exceptions tells.

    Which API it is, and which code stands behind it, be it known or not.
    """
    behind = _BEHIND_BASE.match(line[base.end : base.end + 200])
    said, colon = (behind[1], behind[2]) if behind else ("", None)
    entries = [api.entries[said] for api in base.apis if said in api.entries]
    is_code = said != "" and _is_telling(said)
    own = [
        replace(sign, entries=left)
        for sign in signs
        if (left := [entry for entry in sign.entries if entry.api in base.apis])
    ]
    if entries:
        own.insert(0, _Sign("exception", entries, base.start, base.end))
    if own and (entries or not is_code):
        return _weigh(own, plain)
    code = said if colon or is_code else ""
    if base.is_parent and not is_code:
        return _weigh(signs, plain) if signs else None
    status = status_of(plain)
    fits = [fit_of(api, code, None, status) for api in base.apis]
    return Said(fits, "exception", base.start, base.end)


def _weigh(signs: Sequence[_Sign], text: str) -> Said:
    """Weigh what a line says."""
    status = status_of(text)
    clues: dict[Entry, set[Clue]] = {}
    for sign in signs:
        for entry in sign.entries:
            clues.setdefault(entry, set()).add(sign.by)
    by_weight: dict[int, list[Entry]] = {}
    for entry, kinds in clues.items():
        weight = sum(_WEIGHTS[kind] for kind in kinds)
        weight += 1 if status and entry.agrees(status) else 0
        by_weight.setdefault(weight - (2 if entry.is_retired else 0), []).append(entry)
    most = by_weight[max(by_weight)]
    own = [sign for sign in signs if most[0] in sign.entries]
    told = next((sign for sign in own if sign.by == "message"), None)
    best = min(own, key=lambda sign: _RANKS.index(sign.by))
    fits = []
    for entry in most:
        tells = told if told and entry in told.entries else None
        message = text[tells.start : tells.end] if tells else ""
        values = (tells and tells.values) or {}
        fits.append(
            Fit(entry.api, entry.code, entry, message=message, status=status, values=values)
        )
    return Said(fits, best.by, best.start, best.end)


def _is_telling(code: str) -> bool:
    """Tell whether a code is unlike a word of prose and unlike a number."""
    kinds = [unicodedata.category(sign) for sign in code]
    if not any(kind[0] == "L" for kind in kinds):
        return False
    if any(sign in "_/-" or kind[0] == "N" for sign, kind in zip(code, kinds, strict=True)):
        return True
    if any(pair == ("Ll", "Lu") for pair in pairwise(kinds)):
        return True
    return len(kinds) >= 4 and all(kind == "Lu" for kind in kinds)


def _is_introduced(line: str, word: str, start: int) -> bool:
    """Tell whether what stands around a word makes it a code."""
    before = line[max(0, start - 30) : start]
    after = line[start + len(word) : start + len(word) + 40]
    if _OTHER.search(before) or _DOTTED.match(after):
        return False
    if _INTRODUCED.search(before):
        return True
    named = _NAMED.search(before)
    if not named:
        return False
    if named[1]:
        return bool(_ENDS.match(after))
    return bool(_DIGITS.match(word)) or after.startswith(":")


def _of_module(
    items: Sequence[Item], before: str, api_of: Callable[[Item], KnownApi]
) -> Sequence[Item]:
    """Return what is of the module that stands before a class, or all if none stands there."""
    module = before[max(before.rfind(":"), before.rfind("/")) + 1 :]
    if not module:
        return items
    own = []
    for item in items:
        if any(_is_part(whole, module) for whole in _dotted(api_of(item))):
            own.append(item)
    root = f"{module.split('.')[0]}."
    return own or [
        item
        for item in items
        if any(f"{whole}.".startswith(root) for whole in _dotted(api_of(item)))
    ]


def _dotted(api: KnownApi) -> Sequence[str]:
    """Return the modules of an API as the words before a class have them."""
    return [module.replace("/", ".") for module in api.modules]


def _is_part(whole: str, module: str) -> bool:
    return f".{whole}.".endswith(f".{module}") or f".{module}".endswith(f".{whole}.")
