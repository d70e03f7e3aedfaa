"""What may be wrong with the texts of one error, though the catalog is valid."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal

from errorbook.catalog.envelope import holes
from errorbook.catalog.models import HEADER_PREFIX, Api, Error, message_holes
from errorbook.catalog.prose import plain
from errorbook.catalog.statuses import reason_phrase
from errorbook.checks.completeness import has_to_be_mended, is_said
from errorbook.problems import CatalogPath, Severity, shortened

TextRule = Literal[
    "actions-without-when",
    "meaning-repeats-code",
    "message-repeats-meaning",
    "no-action",
    "no-cause",
    "no-fix",
    "no-meaning",
    "retry-not-safe",
    "retry-unknown",
    "retry-without-pause",
    "sensitive-in-message",
    "unfinished-text",
    "value-only-in-message",
]
LEVELS: Final[dict[TextRule, Severity]] = {
    "actions-without-when": "warning",
    "meaning-repeats-code": "warning",
    "message-repeats-meaning": "warning",
    "no-action": "error",
    "no-cause": "warning",
    "no-fix": "error",
    "no-meaning": "error",
    "retry-not-safe": "warning",
    "retry-unknown": "error",
    "retry-without-pause": "warning",
    "sensitive-in-message": "error",
    "unfinished-text": "error",
    "value-only-in-message": "warning",
}
"""How bad each rule is, unless errorbook.yaml says otherwise.

An error is what leaves a reader or a client without an answer; a warning is what a writer may
have reasons for.
"""
_BUSY: Final = frozenset({429, 503})
"""Statuses with which a server asks for patience."""
_MAYBE_DONE: Final = frozenset({408, 500, 502, 504})
"""Statuses that leave open whether the request took effect."""
_NOT_IDEMPOTENT: Final = frozenset({"POST", "PATCH"})
_WORD: Final = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])|\d+")
_FILLING: Final = frozenset(
    ("a", "an", "been", "code", "error", "failed", "failure", "had", "has", "is", "occurred")
).union(("request", "the", "this", "was"))
"""Words that say nothing of which error it is."""
_INLINE_CODE: Final = re.compile(r"`[^`]*`")
_UNFINISHED: Final = re.compile(
    r"\W*(?i:todo|tbd|fixme|xxx)\W*\Z|\s*[.…?-]+\s*\Z|\s*(?i:lorem ipsum)"
    r"|(?:.*[\s(\[])?(?:TODO|TBD|FIXME):",
    re.DOTALL,
)
"""A text that stands for another one. One that speaks of such marks has quotation marks."""
_SENTENCE_ENDS: Final = " \t\n.!…"


@dataclass(frozen=True)
class Slip:
    """One thing that is wrong, at a path below the error; ``about`` is the value it speaks of.

    ``value`` is what was found, where another one would be worth another look.
    """

    rule: TextRule
    message: str
    hint: str
    path: CatalogPath = ()
    about: str = ""
    value: str = ""


Slips = Iterator[Slip]


def slips(api: Api, code: str) -> Slips:
    """Yield what is wrong with the texts of the error ``code`` of ``api``."""
    for rule in _RULES:
        yield from rule(api, code, api.errors[code])


def _meaning(_: Api, code: str, error: Error) -> Slips:
    if not is_said(error.meaning):
        yield Slip("no-meaning", "nothing says what it means", "write its 'meaning'")
        return
    said = _words(plain(error.meaning)) - _FILLING
    known = _words(code).union(*(_words(reason_phrase(status)) for status in error.status))
    if said <= known:
        message = "its meaning says no more than its code"
        hint = "say what happened, in one sentence"
        yield Slip("meaning-repeats-code", message, hint, ("meaning",))
    if _bare(error.message) == _bare(plain(error.meaning)):
        message = "its message and its meaning are the same sentence"
        hint = "let the meaning tell what whoever has read the message does not know yet"
        yield Slip("message-repeats-meaning", message, hint, ("meaning",))


def _cause(api: Api, code: str, error: Error) -> Slips:
    rows = (row for row in api.troubleshooting if code in row.errors)
    if not any(map(is_said, error.causes)) and not any(is_said(row.cause) for row in rows):
        yield Slip("no-cause", "nothing says what brings it about", "list its 'causes'")


def _fix(_: Api, __: str, error: Error) -> Slips:
    if not is_said(error.fix) and has_to_be_mended(error):
        yield Slip("no-fix", "nothing says how a person mends it", "write its 'fix'")


def _actions(_: Api, __: str, error: Error) -> Slips:
    if error.status and not error.actions:
        message = "nothing says what a client should do"
        yield Slip("no-action", message, "list its 'actions': a word, and how")
    always = [index for index, one in enumerate(error.actions) if not is_said(one.when)]
    if len(always) > 1:
        message = f"{len(always)} of its actions do not say when they apply"
        hint = "give each of them a 'when', or keep one for all other cases"
        yield Slip("actions-without-when", message, hint, ("actions", always[1]))


def _retry(api: Api, _: str, error: Error) -> Slips:
    retry = error.retry
    if retry.when == "unknown" and not _BUSY.isdisjoint(error.status):
        shown = " and ".join(str(status) for status in error.status if status in _BUSY)
        message = f"its status is {shown}, and nothing says whether to send the request again"
        hint = "say in 'retry' when it may be sent again"
        yield Slip("retry-unknown", message, hint, value=shown)
    if retry.when != "as_is":
        return
    is_wait = any(action.do == "wait" for action in error.actions)
    is_busy = is_wait or not _BUSY.isdisjoint(error.status)
    if is_busy and not retry.after and retry.backoff is None:
        message = "the request may be sent again, and nothing says after how long"
        hint = "name in 'after' where the response says it, or say in 'backoff' how pauses grow"
        yield Slip("retry-without-pause", message, hint, ("retry",))
    if retry.needs is None and not _MAYBE_DONE.isdisjoint(error.status):
        named = (name for name in error.operations if name in api.operations)
        risky = [name for name in named if api.operations[name].method in _NOT_IDEMPOTENT]
        if risky:
            message = f"sent again as it is, {shortened(risky[0])} may take effect twice"
            hint = "say 'needs: idempotency_key', or that it may not be sent again"
            yield Slip("retry-not-safe", message, hint, ("retry",), value=risky[0])


def _values(api: Api, _: str, error: Error) -> Slips:
    names = message_holes(error.message)
    for name in names:
        if name in error.details and error.details[name].sensitive:
            message = f"the message tells {{{shortened(name)}}}, which must not be kept or logged"
            hint = "leave it out of the message: messages are logged"
            yield Slip("sensitive-in-message", message, hint, ("message",), name)
    if not error.status or api.contract.messages == "permanent":
        return
    known = _known(api, error)
    for name in names:
        if name in error.placeholders and name.casefold() not in known:
            message = f"{{{shortened(name)}}} stands in the message and in no field of the body"
            hint = "send it as a detail, too, so that no program has to read the message for it"
            path: CatalogPath = ("placeholders", name)
            yield Slip("value-only-in-message", message, hint, path, name)


def _known(api: Api, error: Error) -> frozenset[str]:
    """Return what a client learns without the message: from the response, or as it asked for it."""
    envelopes = (name for envelope in api.envelopes for name in holes(envelope))
    headers = (one.removeprefix(HEADER_PREFIX).replace("-", "_") for one in error.retry.after)
    named = [api.operations[one] for one in error.operations if one in api.operations]
    asked = (message_holes(one.path or "") for one in named or api.operations.values())
    return frozenset(map(str.casefold, chain(envelopes, headers, *asked)))


def _unfinished(_: Api, __: str, error: Error) -> Slips:
    for path, text in _texts(error):
        if _UNFINISHED.match(_INLINE_CODE.sub("code", text)):
            where = "/".join(map(str, path))
            yield Slip("unfinished-text", "a text is not finished", "finish it", path, value=where)
            return


def _texts(error: Error) -> Iterator[tuple[CatalogPath, str]]:
    yield ("meaning",), error.meaning
    yield ("message",), error.message
    yield ("fix",), error.fix
    yield from ((("causes", index), cause) for index, cause in enumerate(error.causes))
    for index, action in enumerate(error.actions):
        yield ("actions", index, "how"), action.how
        yield ("actions", index, "when"), action.when
    for key, values in (("details", error.details), ("placeholders", error.placeholders)):
        yield from (((key, name, "meaning"), one.meaning) for name, one in values.items())


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _bare(text: str) -> str:
    """Return ``text`` without what makes no difference to a reader."""
    return " ".join(text.casefold().split()).strip(_SENTENCE_ENDS)


_RULES: Final[tuple[Callable[[Api, str, Error], Slips], ...]] = (
    _meaning,
    _cause,
    _fix,
    _actions,
    _retry,
    _values,
    _unfinished,
)
