"""What the columns of a table of errors mean, and what stands in their cells.

Tables come from spreadsheets, from lists in JSON and from documentation; the words above their
columns are much the same everywhere. A cell that cannot be told is told, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from errorbook.importing.cells import STATUS_CELL, is_empty
from errorbook.importing.gathered import Gathered
from errorbook.importing.rows import facts_of
from errorbook.problems import Place, quoted, suggest

__all__ = ["FIELDS", "columns_of", "facts_of", "field_of", "is_weak", "tell_unknown"]

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": (
        *("code", "error code", "errorcode", "err code", "api code", "api error code"),
        *("codes", "error codes", "errors", "api error codes", "error identifiers", "identifiers"),
        *("code value", "response code name", "code string", "string code"),
        *("error id", "errorid", "id", "code id", "error key", "key", "identifier", "slug"),
        *("error identifier", "error name", "errorname", "error", "name", "error type", "type"),
        *("reason code", "errno", "error number", "error no", "number", "constant", "symbol"),
    ),
    "status": (
        *("status", "http", "http status", "http status code", "status code", "http code"),
        *("httpstatus", "statuscode", "http response", "http response code", "response code"),
        *("response status", "response status code", "http statuses", "statuses", "status codes"),
        *("http error", "http error code", "http status codes", "http codes"),
    ),
    "meaning": (
        *("meaning", "description", "desc", "summary", "details", "detail", "explanation"),
        *("definition", "what it means", "what happened", "what this means", "meanings"),
        *("error description", "short description", "brief description", "descriptions", "notes"),
        *("use case", "when to expect it", "comment", "comments"),
        *("note", "reason", "information", "info", "context", "problem", "text"),
    ),
    "message": (
        *("message", "error message", "errormessage", "msg", "message text", "message template"),
        *("response message", "default message", "messages", "error text", "example message"),
        *("sample message", "error string", "title"),
    ),
    "causes": (
        *("cause", "causes", "possible cause", "possible causes", "likely cause", "common cause"),
        *("common causes", "likely causes", "root cause", "why", "why it happens", "when"),
        *("when it happens", "when it occurs", "typical cause", "typical causes", "probable cause"),
        *("occurs when", "triggered by", "trigger", "triggers", "returned when", "raised when"),
    ),
    "fix": (
        *("fix", "fixes", "solution", "solutions", "resolution", "resolutions", "remediation"),
        *("how to fix", "how to fix it", "how to resolve", "how to solve", "suggested fix"),
        *("remedy", "workaround", "suggested solution", "recommended solution", "possible fix"),
        *("possible solution", "possible solutions", "troubleshooting", "corrective action"),
    ),
    "action": (
        *("action", "actions", "what to do", "recommended action", "suggested action"),
        *("client action", "user action", "next step", "next steps", "recommendation"),
        *("recommendations", "required action", "recommended actions", "recovery", "handling"),
        *("how to handle", "how to handle it", "recovery action", "agent action"),
    ),
    "retry": (
        *(
            "retry",
            "retryable",
            "retriable",
            "can retry",
            "retried",
            "should retry",
            "is retryable",
        ),
        *("safe to retry", "may retry", "retry policy", "retry strategy", "retry when", "retries"),
    ),
    "exception": (
        *("exception", "exception class", "exception type", "class", "error class", "class name"),
        *("python exception", "python class", "python error", "sdk exception", "sdk class"),
        *("sdk error", "raises", "raised as", "exceptions", "exception name"),
    ),
    "typescript": (
        *("typescript", "typescript class", "typescript error", "typescript exception"),
        *("javascript error", "javascript class", "js error", "js class", "ts error", "ts class"),
    ),
    "group": ("group", "category", "error category", "family", "area", "kind", "error group"),
    "operations": ("operation", "operations", "endpoint", "endpoints"),
    "since": ("since", "added", "added in", "introduced", "introduced in", "since version"),
    "deprecated": ("deprecated", "deprecated in", "deprecated since"),
    "sunset": ("sunset", "removal", "removed in", "sunset date"),
    "replaced_by": ("replaced by", "replacement", "superseded by", "use instead"),
    "exit_code": (
        "exit",
        "exit code",
        "exitcode",
        "exit status",
        "process exit code",
        "cli exit code",
    ),
    "symptom": ("symptom", "symptoms", "issue", "what you see"),
}
FIELDS: Final = tuple(_WORDS)
"""Every field that a column can hold. `symptom` is for whoever reads troubleshooting tables."""

_WEAK: Final = frozenset(
    {"id", "key", "identifier", "identifiers", "slug", "name", "type", "number", "symbol"}
)
"""Headers that stand above codes in lists of errors, and above all sorts of things elsewhere."""
_NUMBERING: Final = frozenset({"id", "key", "number"})
"""Those of them that may stand above the numbers of rows."""
_FIELD_BY_WORDS: Final = {words: field for field, known in _WORDS.items() for words in known}
_RANK: Final = {words: rank for known in _WORDS.values() for rank, words in enumerate(known)}
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_WORD: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_HEADER: Final = 80
_WORD: Final = re.compile(r"\s*`?[A-Za-z][A-Za-z0-9_.-]+`?\s*\Z")


def field_of(header: str) -> str | None:
    """Return the field of an error that a column with this header holds; None if none is meant.

    Case, markup, punctuation and what stands in brackets do not matter: `HTTP status (code)`,
    `http_status` and `httpStatus` are the same.
    """
    return _FIELD_BY_WORDS.get(_normal(header))


def is_weak(header: str) -> bool:
    """Tell whether a column with this header holds codes only in a list that is one of errors."""
    return _normal(header) in _WEAK


def columns_of(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    given: Mapping[str, str] | None = None,
) -> list[str | None]:
    """Return the field that each column holds; no field twice, the most telling header first.

    ``given`` says it for some headers and is always right. A `Code` column in which nothing but
    HTTP statuses stands holds the status, and the code is looked for beside it.
    """
    wished = {_plain(header): field for header, field in (given or {}).items()}
    fields = [wished.get(_plain(header)) for header in headers]
    meant = [field_of(header) for header in headers]
    meant = _without_row_numbers(meant, rows, headers)
    if not {"code", "status"} & set(fields):
        meant = _with_statuses(meant, rows, headers)
    order = sorted(range(len(headers)), key=lambda at: _RANK.get(_normal(headers[at]), 0))
    for at in order:
        if fields[at] is None and meant[at] is not None and meant[at] not in fields:
            fields[at] = meant[at]
    return fields


def _without_row_numbers(
    meant: Sequence[str | None], rows: Sequence[Sequence[str]], headers: Sequence[str]
) -> list[str | None]:
    """Return what columns hold where one counts the rows and another has a word in each for a code.

    A database numbers what it lists: such an `id` says nothing of an error.
    """
    codes = [at for at, one in enumerate(meant) if one == "code"]
    counting = {at for at in codes if _normal(headers[at]) in _NUMBERING and _counts_rows(rows, at)}
    if not any(_are_all(_WORD, rows, at) for at in codes if at not in counting):
        return list(meant)
    return [None if at in counting else one for at, one in enumerate(meant)]


def _counts_rows(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Tell whether the cells of a column are numbers that follow on each other from 0 or 1."""
    cells = [row[at].strip() if at < len(row) else "" for row in rows]
    first = 0 if cells[:1] == ["0"] else 1
    return bool(cells) and all(cell == str(number) for number, cell in enumerate(cells, first))


def _with_statuses(
    meant: Sequence[str | None], rows: Sequence[Sequence[str]], headers: Sequence[str]
) -> list[str | None]:
    """Return what columns hold where one that is called `Code` has nothing but HTTP statuses.

    What is called `Status` beside it says them in words, or is the code: one word in each row.
    """
    known = {at: _are_all(STATUS_CELL, rows, at) for at, one in enumerate(meant) if one == "status"}
    numbers = [
        at for at, one in enumerate(meant) if one == "code" and _are_all(STATUS_CELL, rows, at)
    ]
    if not numbers or any(known.values()):
        return list(meant)
    chosen = min(numbers, key=lambda at: _RANK.get(_normal(headers[at]), 0))
    found = list(meant)
    for at in known:
        found[at] = (
            "code" if len(numbers) == meant.count("code") and _are_all(_WORD, rows, at) else None
        )
    found[chosen] = "status"
    return found


def tell_unknown(
    headers: Sequence[str], fields: Sequence[str | None], place: Place, into: Gathered
) -> None:
    """Remember, once for a table, which of its columns were not read, and how to name them."""
    for header, field in zip(headers, fields, strict=True):
        if field is not None or is_empty(header):
            continue
        known = field_of(header)
        if known is not None and known in fields:
            message = f"the column {quoted(header)} was not read: another one holds the {known}"
            into.wonder(place, message, f"--column {known}={header} takes this one")
        else:
            message = f"the column {quoted(header)} was not read"
            into.wonder(place, message, _nearest(header))


def _nearest(header: str) -> str:
    near = suggest(_normal(header), _FIELD_BY_WORDS)
    if not near.startswith("did you mean"):
        return f"--column FIELD={header} says which field it holds"
    word = near.removeprefix("did you mean ").strip("'?")
    return f"--column {_FIELD_BY_WORDS[word]}={header} reads it as that"


def _are_all(pattern: re.Pattern[str], rows: Sequence[Sequence[str]], at: int) -> bool:
    cells = [row[at] for row in rows if at < len(row) and not is_empty(row[at])]
    return bool(cells) and all(map(pattern.match, cells))


def _plain(header: str) -> str:
    return " ".join(header.split()).casefold()


def _normal(header: str) -> str:
    """Return the words of a header, as they are listed above."""
    if len(header) > _LONGEST_HEADER:
        return ""
    words = _CAMEL.sub(" ", header.strip(" `*_#:"))
    alone = _ASIDE.sub(" ", words).strip() or words
    return _NO_WORD.sub(" ", alone.casefold()).strip(" ")
