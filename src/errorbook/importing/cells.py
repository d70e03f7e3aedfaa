"""What stands in one cell of a table of errors: statuses, codes, yes or no, lists."""

from __future__ import annotations

import re
from typing import Final, get_args

from errorbook.catalog.models import LONGEST_CODE, ActionWord
from errorbook.catalog.values import identifier_like
from errorbook.characters import has_hidden, without_hidden

Value = str | int | list[str] | list[int]

STATUS_CELL: Final = re.compile(
    r"\s*(?:HTTP[ /]?)?(?:[1-5][0-9]{2}|[1-5]xx)"
    r"(?:[ :(\u2013\u2014-]{1,4}[A-Za-z][A-Za-z '()-]{0,60})?\s*\Z",
    re.I,
)
"""Nothing but one HTTP status, maybe with its reason phrase behind it."""

_NOTHING: Final = frozenset(
    {"", "-", "--", "\u2013", "\u2014", "n/a", "na", "none", "null", "nil", "tbd", "?"}
)
_NUMBER: Final = re.compile(r"[0-9]+")
_STATUS: Final = re.compile(r"[1-5][0-9]{2}\Z")
_RANGE: Final = re.compile(
    r"[0-9]\s*(?:-|\u2013|\u2014|\bto\b|\.\.)\s*[0-9]|[1-5][x*]{2}|[0-9]\s*\+", re.I
)
_SPACES: Final = re.compile(r"[^\S\n]+")
_BETWEEN: Final = re.compile(r"\s*(?:[,;\n]|\s/\s|\s\bor\b\s|\s\band\b\s)\s*")
_LINES: Final = re.compile(r";|\n|<br */?>", re.I)
_BULLET: Final = re.compile(r"\s*[-*•]\s+")
_MARKUP: Final = re.compile(r"[*`]|(?<!\w)_|_(?!\w)")
_QUOTES: Final = "`'\"*\u201c\u201d\u2018\u2019"
_CLASS: Final = re.compile(
    r"(?:[A-Za-z_]\w{0,99}(?:\.|::|\\))*([A-Za-z_]\w{0,99})(?:\(\))?\Z", re.A
)
_IDENTIFIER: Final = re.compile(r"[a-z][a-z0-9_-]{0,63}\Z")
_YES: Final = frozenset(
    {"yes", "y", "true", "✓", "✔", "✅", "as is", "retryable", "retry", "safe", "always"}
)
_NO: Final = frozenset(
    {"no", "n", "false", "✗", "✘", "❌", "✕", "never", "not retryable", "non-retryable"}
    | {"do not retry", "don't retry", "no retry"}
)
_AFTER_CHANGE: Final = frozenset({"after change", "after a change", "after fixing the request"})
_UNKNOWN: Final = frozenset({"unknown"})
_BACKOFF: Final = re.compile(
    r"(?:yes[,:;.]?\s+)?(?:retry\s+)?(?:with\s+)?(?:an?\s+)?(exponential|fixed)\s+back-?\s?off\Z"
)
_LONGEST_LIST: Final = 4000
_MOST: Final = 50
"""Entries of one cell, above which it is no list."""

# `retry` is to send the same again: "Retry with a shorter name" or "Retry the upload" is not.
# So are others guarded: "Stop words", "Log in to the dashboard", "Contact the recipient".
_ACTIONS: Final[tuple[tuple[ActionWord, str], ...]] = (
    (
        "abort",
        r"abort|stop(?=\s*(?:[.,;:!(]|\Z|and\b|here\b|if\b|when\b|immediately\b|(?:re-?)?trying\b"
        r"|sending\b|calling\b|(?:it|the|this|your|all)\b))",
    ),
    ("wait", r"wait(?!\s+(?:times?|lists?)\b|-)|back off"),
    (
        "retry",
        r"(?:re-?try|try again|resend)"
        r"(?=\s*(?:[.,;:!(]|\Z|after\b|later\b|in\b|once\b|when\b|until\b|immediately\b"
        r"|with (?:an? )?(?:exponential|growing|increasing|back)"
        r"|(?:the|this|your) (?:same )?(?:request|call)\b))"
        r"|send the (?:same )?request again|repeat the request",
    ),
    (
        "authenticate",
        r"authenticate|re-?authenticate"
        r"|(?:log|sign) (?:back )?in(?=\s*(?:[.,;:!(]|\Z|again\b|with\b|first\b"
        r"|and (?:re-?try|try|send|repeat|call)\b))",
    ),
    (
        "escalate",
        r"escalate|(?:contact|reach out to)(?=\s*(?:[.,;:!(]|\Z|us\b|(?:[\w'-]{1,30}\s+){0,3}"
        r"(?:support|help ?desk|team|staff|sales|administrators?|admins?|operators?|owners?)\b))",
    ),
    ("clean_up", r"clean up"),
    ("treat_as_success", r"treat (?:it |this )?as (?:a )?success"),
    ("use_alternative", r"use an alternative"),
    (
        "fix_request",
        r"(?:fix|correct|change) (?:the|your) (?:request|body|payload|input|parameters?)",
    ),
)
_ACTION: Final = re.compile(
    "|".join(f"(?P<{word}>(?:{begin})\\b)" for word, begin in _ACTIONS), re.I
)


def is_empty(cell: str) -> bool:
    """Tell whether a cell says nothing: empty, a dash, `n/a`."""
    return cell.strip(" \t\n`*_").casefold() in _NOTHING


def prose(cell: str) -> str:
    """Return a cell as one paragraph, without hidden characters."""
    return without_hidden(" ".join(cell.split())).strip()


def items(cell: str) -> list[str]:
    """Return the entries of a list: separated by semicolons or line breaks."""
    parts = (prose(_BULLET.sub("", part, count=1)) for part in _LINES.split(cell))
    return [part for part in parts if part]


def codes(cell: str) -> list[str]:
    """Return the codes in a cell, mostly one; none where it holds something else."""
    whole = _bare(cell)
    if len(whole) > _LONGEST_LIST:
        return []
    whole = _SPACES.sub(" ", whole)  # every space of a run is tried as the first one
    parts = [_bare(part) for part in _BETWEEN.split(whole)]
    found = list(dict.fromkeys(part for part in parts if part))
    if 1 < len(found) <= _MOST and all(map(_is_code, found)):
        return found
    return [whole] if _is_code(whole) else []


def statuses(cell: str) -> int | list[int] | None:
    """Return the HTTP statuses in a cell; None where they are a family, a range or no statuses."""
    if len(cell) > LONGEST_CODE or _RANGE.search(cell):
        return None
    numbers = _NUMBER.findall(cell)
    if not numbers or len(numbers) > _MOST or not all(map(_STATUS.match, numbers)):
        return None
    found = list(dict.fromkeys(map(int, numbers)))
    return found[0] if len(found) == 1 else found


def retry(cell: str) -> dict[str, str] | None:
    """Return the retry policy in a cell of clear words; None for any others."""
    said = " ".join(cell.replace("_", " ").replace("`", "").split()).casefold().rstrip(".!")
    backoff = _BACKOFF.match(said)
    if backoff:
        return {"when": "as_is", "backoff": backoff[1]}
    for when, known in (
        ("as_is", _YES),
        ("never", _NO),
        ("after_change", _AFTER_CHANGE),
        ("unknown", _UNKNOWN),
    ):
        if said in known:
            return {"when": when}
    return None


def flag(cell: str) -> bool | None:
    """Return what a cell of yes or no says; None where it says something else."""
    said = cell.strip(" `.!").casefold()
    if said in _YES:
        return True
    return False if said in _NO else None


def class_name(cell: str) -> str | None:
    """Return the name of a class, without its module; None where a cell names none."""
    found = _CLASS.match(_bare(cell))
    return found[1] if found else None


def identifier(cell: str) -> str | None:
    """Return the id that a name for people becomes; None where it has no letters for one."""
    text = prose(cell)
    return text if _IDENTIFIER.match(text) else identifier_like(text)


def number(cell: str) -> int | None:
    """Return a plain number of at most three digits."""
    text = _bare(cell)
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) else None


def action(cell: str) -> dict[str, str] | None:
    """Return the action that a text unmistakably begins with; None where it does not.

    A word of the closed list alone is that action. Prose has to begin with what only one of them
    can mean, and is kept as how to do it. What is set in bold or as code reads the same.
    """
    text = prose(cell)
    bare = _MARKUP.sub("", text)
    word = bare.casefold().replace(" ", "_")
    if word in get_args(ActionWord):
        return {"do": word}
    begins = _ACTION.match(bare)
    return {"do": str(begins.lastgroup), "how": text} if begins else None


def _bare(text: str) -> str:
    """Return ``text`` without what is around it; hidden characters stay, so that it is no code."""
    return text.strip().strip(_QUOTES).strip()


def _is_code(text: str) -> bool:
    """Tell whether something is written like a code: one word. What has spaces is a name for it."""
    return 0 < len(text) <= LONGEST_CODE and not has_hidden(text) and " " not in text
