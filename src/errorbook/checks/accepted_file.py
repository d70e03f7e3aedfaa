"""The file of accepted findings: its form, read and spelt out.

It is JSON with one finding a line, sorted, and without anything that changes by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError

from errorbook.catalog.models import Model
from errorbook.catalog.published import JsonPositions
from errorbook.catalog.refusals import finding_of
from errorbook.checks.accepted_content import Content, Entry, Key, line_of
from errorbook.checks.result import fingerprint
from errorbook.problems import ErrorbookError, Finding, Place, Problem, quoted

FORMAT: Final = 1
BAD: Final = "bad-baseline"
MAX_BYTES: Final = 50_000_000
_AGAIN: Final = "restore it, or delete it and begin again with: errorbook check --write-baseline"
_CONFLICT: Final = b"<<<<<<< "
_ABOUT: Final = (
    "Findings that `errorbook check` accepts for now. This file may only shrink: "
    "`errorbook check --write-baseline` takes out what was mended."
)


class _Entry(Model):
    check: str
    rule: str
    file: str
    subject: str
    fingerprint: str
    value: str = ""
    count: Annotated[int, Field(ge=1)] = 1


class _File(Model):
    format: int
    about: str = ""
    accepted: tuple[_Entry, ...]
    completeness: dict[str, Annotated[float, Field(ge=0, le=100)]] = Field(default_factory=dict)


def content_of(data: bytes, name: str) -> Content:
    """Return what the bytes of a file say that problems call ``name``.

    Raises:
        ErrorbookError: with everything that is wrong in it.
    """
    if len(data) > MAX_BYTES:
        raise _refused(Place(name), f"is larger than the {MAX_BYTES:,} bytes that are read")
    _check_marks(data, name)
    document = _parsed(data, name)
    try:
        file = _File.model_validate_json(json.dumps(document))
    except ValidationError as error:
        details = error.errors(include_url=False)
        if details[0]["type"] == "json_invalid":
            raise _refused(Place(name), f"is not JSON: {details[0]['msg']}") from None
        findings = [finding_of(detail, root=_File) for detail in details]
        raise ErrorbookError(_problems(data, name, findings)) from None
    findings = list(_wrong(file))
    if findings:
        raise ErrorbookError(_problems(data, name, findings))
    entries = tuple(
        Entry(one.check, one.rule, one.file, one.subject, one.value, one.count)
        for one in file.accepted
    )
    return Content(entries, file.completeness, data)


def text_of(content: Content) -> str:
    """Return the text of the file: the same for the same content, whoever writes it."""
    entries = [f"    {json.dumps(_fields(entry))}" for entry in sorted(content.entries)]
    figures = [
        f"    {json.dumps(name)}: {json.dumps(percent)}"
        for name, percent in sorted(content.completeness.items())
    ]
    return "\n".join(
        [
            "{",
            f'  "format": {FORMAT},',
            f'  "about": {json.dumps(_ABOUT)},',
            f'  "accepted": {_block("[]", entries)},',
            f'  "completeness": {_block("{}", figures)}',
            "}",
            "",
        ]
    )


def _block(brackets: str, lines: list[str]) -> str:
    return "\n".join([brackets[0], ",\n".join(lines), f"  {brackets[1]}"]) if lines else brackets


def _fields(entry: Entry) -> dict[str, str | int]:
    fields: dict[str, str | int] = {
        "check": entry.check,
        "rule": entry.rule,
        "file": entry.file,
        "subject": entry.subject,
        **({"value": entry.value} if entry.value else {}),
        "fingerprint": fingerprint(*entry.key),
    }
    return {**fields, "count": entry.count} if entry.count > 1 else fields


def _check_marks(data: bytes, name: str) -> None:
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.startswith(_CONFLICT):
            hint = "keep one side of it, then run: errorbook check --write-baseline"
            raise _refused(Place(name, number), "holds the marks of a merge conflict", hint)


def _parsed(data: bytes, name: str) -> dict[str, Any]:
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise _refused(
            Place(name, error.lineno, error.colno), f"is not JSON: {error.msg}"
        ) from None
    except (ValueError, RecursionError) as error:
        raise _refused(Place(name), f"is not JSON: {error}") from None
    known = document.get("format") if isinstance(document, dict) else None
    if isinstance(known, bool) or not isinstance(known, int):
        raise _refused(Place(name, 1), "is no file of accepted findings: it has no 'format'")
    if known != FORMAT:
        message = f"has format {known}, and this errorbook reads format {FORMAT}"
        hint = "upgrade errorbook" if known > FORMAT else _AGAIN
        raise _refused(Place(name, 1), message, hint)
    return dict(document)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise ValueError(f"{quoted(key)} is set twice")
        data[key] = value
    return data


def _wrong(file: _File) -> Iterator[Finding]:
    seen: set[Key] = set()
    for index, one in enumerate(file.accepted):
        path = ("accepted", index)
        key = (one.rule, one.file, one.subject, one.value)
        what = f"{quoted(one.rule)} of {quoted(one.subject)}"
        if key in seen:
            yield Finding(BAD, path, f"{what} is accepted twice", "keep one of them")
        seen.add(key)
        if one.fingerprint != fingerprint(*key):
            message = f"the fingerprint {quoted(one.fingerprint)} is not that of {what}"
            yield Finding(BAD, path, message, _AGAIN)


def _problems(data: bytes, name: str, findings: Iterable[Finding]) -> list[Problem]:
    positions = JsonPositions(data)
    return [
        Problem(BAD, Place(name, line_of(positions, one.path)), one.message, one.hint or _AGAIN)
        for one in findings
    ]


def _refused(place: Place, message: str, hint: str = _AGAIN) -> ErrorbookError:
    return ErrorbookError([Problem(BAD, place, message, hint)])
