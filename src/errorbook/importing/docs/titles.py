"""What the title of a section is about: a code, an HTTP status, or a part of an error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from errorbook.catalog.statuses import REASON_PHRASES
from errorbook.importing.bodies import is_code, is_http_status
from errorbook.importing.docs.spans import Line, after
from errorbook.importing.headers import field_of

_LONGEST: Final = 200
_NUMBERING: Final = re.compile(r"(?:[0-9]{1,3}\.)+(?:[0-9]{1,3})?\s+|[^\w\[`(<]+\s*")
_STATUS_FIRST: Final = re.compile(
    r"(?:HTTP(?:/[0-9.]+)?\s+|status(?: code)?:?\s+|error\s+)?([1-5][0-9]{2})\b"
    r"[\s:\u2013\u2014/|-]*",
    re.I,
)
_NAMED_STATUS: Final = re.compile(
    r"HTTP|status|error|[1-5][0-9]{2}(?:\s*[:(\u2013\u2014/|-]|\s+(?:HTTP|status|errors?|responses?)\b)",
    re.I,
)
"""The beginning of a title whose number is a status, and no number of something."""
_STATUS_LAST: Final = re.compile(
    r"[\s:\u2013\u2014/|-]*[(\[]?\s*(?:HTTP(?: status)?(?: code)?:?\s*)?([1-5][0-9]{2})\b"
    r"(?:\s[A-Za-z' -]{1,40})?[)\]]?\Z",
    re.I,
)
_WORD: Final = re.compile(
    r"(?:(?:error|code|error code|exception)\b\s*[:#]?\s+)?"
    r"\[?([^\s\[\](),:]+(?::[^\s\[\](),:]+)*)\]?",
    re.I,
)
_BETWEEN: Final = re.compile(r"\s*[:\u2013\u2014-]+\s+|\s*[:\u2013\u2014]\s*|\s+(?=\()|\Z")
_SPACE: Final = re.compile(r"[\s:\u2013\u2014-]*")
_STRONG: Final = re.compile(
    r"[A-Z]{1,10}[-_.]?[0-9]{2,8}|[A-Z0-9]+(?:_[A-Z0-9]+)+|[a-z0-9]+(?:_[a-z0-9]+)+|[0-9]{4,9}"
    r"|[a-z][a-z0-9]*(?:-[a-z0-9]+)+|[a-z][a-z0-9_-]*(?:[./:][a-z][a-z0-9_-]*)+"
    r"|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[a-z]+(?:[A-Z][a-z0-9]+)+|[A-Z][A-Z0-9]*-[A-Z0-9-]*[0-9]"
)
_WEAK: Final = re.compile(r"[a-z]{3,30}|[A-Z]{3,30}")
_ABOUT_ERRORS: Final = re.compile(
    r"\berrors?\b|\bcodes?\b|\bexceptions?\b|\bfailures?\b|\bproblem types?\b", re.I
)
_ABOUT_WORK: Final = re.compile(
    r"\bhandling\b|\bhandle\b|\bexamples?\b|\bobjects?\b|\bbest\b", re.I
)
_ALIASES: Final = {
    "payload too large": 413,
    "request entity too large": 413,
    "unprocessable entity": 422,
    "internal error": 500,
    "server error": 500,
    "method not allowed": 405,
    "bad request": 400,
    "rate limited": 429,
    "timeout": 408,
}
_PHRASES: Final = frozenset(
    {phrase.casefold() for phrase in REASON_PHRASES.values()} | _ALIASES.keys()
)
_NO_LABELS: Final = frozenset(
    {
        "note",
        "notes",
        "info",
        "information",
        "text",
        "context",
        "name",
        "type",
        "title",
        "key",
        "id",
    }
    | {"number", "constant", "symbol", "kind", "error", "identifier", "class", "issue", "area"}
)
_CLASS: Final = re.compile(r"(?:\w{1,60}\.){0,6}[A-Z]\w{0,80}(?:Error|Exception)\Z", re.A)
_LABEL: Final = re.compile(r"([A-Za-z][A-Za-z /'()-]{1,40}?)\s*:(?=\s|\Z)")


@dataclass(frozen=True)
class Subject:
    """What a title may be about. ``rest`` is what it says beside code and status."""

    codes: tuple[str, ...] = ()
    status: int | None = None
    rest: str = ""
    is_strong: bool = False
    """Whether the code is written as hardly anything but a code is."""


@dataclass(frozen=True)
class Label:
    """The name of a part, such as `Cause:`. ``field`` is empty where it is none that is known."""

    name: str
    field: str
    value: Line


def looks_like_code(text: str) -> bool:
    """Tell whether ``text`` is written as hardly anything but a code is."""
    return len(text) <= _LONGEST and bool(_STRONG.fullmatch(text))


def is_class(text: str) -> bool:
    """Tell whether ``text`` is written as the name of an exception's class is."""
    return bool(_CLASS.match(text))


def is_reason_phrase(text: str) -> bool:
    """Tell whether ``text`` says nothing that an HTTP status does not say.

    `not_found` and `not-found` are codes, though they say the same.
    """
    if {*"_-"} & {*text} and " " not in text.strip():
        return False
    words = " ".join(re.findall(r"[a-z']+", text[:_LONGEST].casefold()))
    return words in _PHRASES


def announces_errors(title: str) -> bool | None:
    """Tell whether a title announces errors, or what to do about them; None where neither."""
    return not _ABOUT_WORK.search(title) if _ABOUT_ERRORS.search(title) else None


def subject_of(title: Line) -> Subject:
    """Return what a title may be about; whether it is, what follows it has to show."""
    found = _subject_of(title)
    if any(map(title.is_mended, found.codes)):
        return Subject(status=found.status, rest=found.rest)
    return found


def _subject_of(title: Line) -> Subject:
    text = title.title
    if not text or len(text) > _LONGEST:
        return Subject()
    text = text[found.end() :] if (found := _NUMBERING.match(text)) else text
    status, text = _without_status(text)
    set_as_code = [code for code in title.codes if is_code(code) and not is_http_status(code)]
    if set_as_code:
        return _of_code_spans(set_as_code, text, status)
    if status and (not text or is_reason_phrase(text)):
        return Subject(status=status)
    found = _WORD.match(text)
    between = _SPACE if found and found[0].endswith("]") else _BETWEEN
    behind = between.match(text, found.end()) if found else None
    if not found or not behind:
        return Subject(status=status, rest=text)
    word, rest = found[1], text[behind.end() :].strip(" ()")
    is_strong = looks_like_code(word)
    is_plain = not rest and found.start(1) == 0 and announces_errors(word) is None
    is_word = is_strong or (is_plain and bool(_WEAK.fullmatch(word)))
    if not is_word or not is_code(word) or (word.istitle() and not is_strong):
        return Subject(status=status, rest=text)
    return Subject((word,), status, "" if is_reason_phrase(rest) else rest, is_strong)


def _of_code_spans(codes: list[str], text: str, status: int | None) -> Subject:
    """Return what a title with code in it is about: the code that it begins with."""
    rest = text
    taken: list[str] = []
    for code in codes:
        if rest.strip(" ,/&[]()").startswith(code):
            taken.append(code)
            rest = (
                rest.strip(" ,/&[]()").removeprefix(code).removeprefix(" or ").removeprefix(" and ")
            )
    before, bracket, inside = rest.rpartition("(")
    if not taken and bracket and before.strip():
        in_brackets = [part.strip() for part in inside.rstrip(") ").split(",") if part.strip()]
        if in_brackets and all(part in codes for part in in_brackets):
            taken, rest = in_brackets, before
    if not taken:
        lead = re.match(r"(?:error|code|error code|exception)\b\s*:?\s*", rest, re.I)
        if not lead or not rest[lead.end() :].startswith(codes[0]):
            return Subject(status=status, rest=text)
        taken, rest = codes[:1], rest[lead.end() + len(codes[0]) :]
    if any({*"(){}=<> "} & {*code} for code in taken):
        return Subject(status=status, rest=text)
    rest = rest.strip(" :\u2013\u2014-()[]")
    is_strong = all(looks_like_code(code) or _WEAK.fullmatch(code) for code in taken)
    return Subject(tuple(taken), status, "" if is_reason_phrase(rest) else rest, is_strong)


def _without_status(text: str) -> tuple[int | None, str]:
    first = _STATUS_FIRST.match(text)
    if first and is_http_status(first[1]):
        rest = text[first.end() :].strip()
        is_number = rest and not _NAMED_STATUS.match(text) and not _is_of_status(rest)
        return (None, text) if is_number else (int(first[1]), rest)
    last = _STATUS_LAST.search(text[-100:])
    before = text[: len(text) - len(text[-100:]) + last.start(1)] if last else ""
    is_range = before.rstrip(" -\u2013\u2014")[-1:].isdigit()
    if last and is_http_status(last[1]) and not is_range:
        return int(last[1]), text[: len(text) - len(text[-100:]) + last.start()].strip()
    return None, text


def _is_of_status(rest: str) -> bool:
    """Tell whether what stands behind a number says its reason phrase, or may be a code."""
    phrase = re.split(r"[:(\u2013\u2014,]|\s-\s", rest, maxsplit=1)[0]
    word = rest.split(maxsplit=1)[0]
    return is_reason_phrase(phrase) or looks_like_code(word.strip("`()[]:,"))


def label_of(line: Line) -> Label | None:
    """Return the label that a line begins with: in bold, or a known word with a colon behind it."""
    if not line.spans:
        return None
    first = line.spans[0]
    name = first.text.strip()
    if first.is_strong and len(name) <= _LONGEST:
        behind = line.plain[len(first.text) :]
        has_colon = name.endswith(":") or behind.lstrip().startswith((":", "\u2013", "\u2014"))
        field = _label_field(name.rstrip(":"))
        if has_colon or (field and not behind.strip()):
            cut = len(first.text) + len(behind) - len(behind.lstrip(" :\u2013\u2014-"))
            return Label(name.rstrip(": "), field, after(line, cut))
        return None
    found = _LABEL.match(line.plain) if not first.is_code else None
    field = _label_field(found[1]) if found and found[1][0].isupper() else ""
    if not found or not field:
        return None
    rest = line.plain[found.end() :]
    return Label(found[1], field, after(line, found.end() + len(rest) - len(rest.lstrip())))


def _label_field(name: str) -> str:
    return "" if name.casefold() in _NO_LABELS else field_of(name) or ""


def title_field(title: Line) -> str:
    """Return the part that a title announces; nothing where it announces none."""
    text = title.title.rstrip(":?")
    return _label_field(text) if len(text) <= _LONGEST else ""
