"""Findings that are accepted for now: read, set against those of a run, and written.

This is how a verb uses it:

    known = read(context)                    # ErrorbookError (exit 2) if the file is not valid
    context = replace(context, accepted=known.content)
    parts = tuple((one.name, checked) for one, checked in check(context))
    result = sort_out(parts, known)          # also where there is no file

``result.parts`` has the form of ``parts``, without what is accepted, and with one part more about
the file itself: what is accepted in it and no longer found, and notes. It is what the report
counts. ``result.passed`` are the findings that do not count, for reports that list them.

With ``--write-baseline``:

    written = write(context, known, parts)   # writes nothing where a part is not complete
    result = sort_out(parts, written.known)  # what counts now is what could not be accepted
    written.said                             # one line for the user

Each audience has a file of its own, as what is internal must not stand in the one for everybody:
`errorbook-baseline.json` and `errorbook-baseline.internal.json`. In a run for the internal
audience, what the first of them accepts passes, too.

What takes long to import is imported where it is needed: most projects have no such file.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from errorbook.catalog.audience import seen_by
from errorbook.checks.accepted_content import Content, Entry, Key
from errorbook.checks.accepted_known import Known, read
from errorbook.checks.printing import counted
from errorbook.checks.result import Checked, Context, Reported
from errorbook.problems import Place, Problem, quoted

GONE: Final = "accepted-finding-gone"
PART: Final = "accepted findings"
__all__ = ["GONE", "PART", "Known", "Sorted", "Written", "read", "sort_out", "write"]

Part = tuple[str, Checked]
"""The name of a check, and what it said."""


@dataclass(frozen=True)
class Sorted:
    """What counts, in the form in which it was given, and what does not."""

    parts: tuple[Part, ...]
    passed: tuple[Reported, ...]


@dataclass(frozen=True)
class Written:
    """What is accepted from now on, and what to say of that."""

    known: Known
    said: str


def sort_out(parts: Iterable[Part], known: Known) -> Sorted:
    """Return which findings of ``parts`` count, as ``known`` lets the others pass."""
    given = tuple(parts)
    left = _allowed(known.content.entries) | _allowed(known.inherited)
    passed: list[Reported] = []
    counting: list[Part] = []
    for name, checked in given:
        kept = []
        for one in checked.found:
            key = _key(one)
            if one.may_wait and left[key] > 0:
                left[key] -= 1
                passed.append(one)
            else:
                kept.append(one)
        counting.append((name, replace(checked, found=tuple(kept))))
    about = _about_file(given, known)
    if about:
        counting.append((PART, about))
    return Sorted(tuple(counting), tuple(passed))


def write(context: Context, known: Known, parts: Iterable[Part]) -> Written:
    """Write the file: all that may wait if there is none yet, else what of it still applies.

    Raises:
        OSError: if it cannot be written.
    """
    from errorbook.checks.accepted_file import text_of
    from errorbook.writing import write_all

    given = tuple(parts)
    if any(checked.not_checked for _, checked in given):
        return Written(known, f"{known.shown} is not written: not everything could be checked")
    now = Content(tuple(sorted(_entries(known, given))), _figures(context, known, given))
    text = text_of(now)
    is_same = known.is_there and text == text_of(known.content)
    if not is_same:
        write_all({context.project.root / known.path: text.encode()})
    after = replace(known, content=now, is_there=True, is_missed=False)
    return Written(after, _said(known, after, sort_out(given, after), is_same=is_same))


def _key(found: Reported) -> Key:
    file = found.file or found.problem.place.path
    return (found.problem.rule, file, found.subject, found.value)


def _allowed(entries: Iterable[Entry]) -> Counter[Key]:
    return Counter({entry.key: entry.count for entry in entries})


def _found(parts: Iterable[Part]) -> Counter[Key]:
    return Counter(_key(one) for _, checked in parts for one in checked.found if one.may_wait)


class _Judge:
    """Tells whether a run has looked at what an entry is about, and wholly."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._complete = {name: one for name, one in parts if not one.not_checked}

    def __call__(self, entry: Entry) -> bool:
        checked = self._complete.get(entry.check)
        if checked is None:
            return False
        file = PurePosixPath(entry.file)
        return not checked.within or any(file.is_relative_to(one) for one in checked.within)


def _about_file(parts: tuple[Part, ...], known: Known) -> Checked | None:
    """Return what is to be said of the file itself, if anything."""
    if known.is_missed:
        reason = f"{known.shown}, which errorbook.yaml names, is not there; run: {known.command}"
        return Checked("", not_checked=(reason,))
    looked_at = _Judge(parts)
    idle = sum(entry.count for entry in known.content.entries if not looked_at(entry))
    notes = (f"{counted(idle, 'accepted finding')} of what was not looked at",) if idle else ()
    gone = tuple(_gone(parts, known)) if known.is_judged else ()
    return Checked("", gone, notes=notes) if gone or notes else None


def _gone(parts: tuple[Part, ...], known: Known) -> Iterator[Reported]:
    """Yield what is accepted and no longer found where it was looked for."""
    looked_at = _Judge(parts)
    found = _found(parts)
    for index, entry in enumerate(known.content.entries):
        more = entry.count - found[entry.key]
        if more > 0 and looked_at(entry):
            times = f" {more} times more" if entry.count > more else ""
            what = f"{entry.rule} of {quoted(entry.subject or entry.file)}"
            value = f" with {quoted(entry.value)}" if entry.value else ""
            message = f"{what}{value} is accepted{times} here, and no longer found"
            place = Place(known.shown, known.content.line(index))
            problem = Problem(GONE, place, message, f"run: {known.command}")
            subject = "/".join(entry.key).removesuffix("/")
            yield Reported(problem, subject, file=known.path, may_wait=False)


def _entries(known: Known, parts: tuple[Part, ...]) -> Iterator[Entry]:
    """Yield what the file is to hold."""
    found, inherited = _found(parts), _allowed(known.inherited)
    if not known.is_there:
        owners = {_key(one): name for name, checked in parts for one in checked.found}
        for key, count in found.items():
            if count > inherited[key]:
                yield Entry(owners[key], *key, count=count)
        return
    looked_at = _Judge(parts)
    for entry in known.content.entries:
        count = min(entry.count, found[entry.key])
        if not looked_at(entry):
            yield entry
        elif count > inherited[entry.key]:
            yield replace(entry, count=count)


def _figures(context: Context, known: Known, parts: tuple[Part, ...]) -> dict[str, float]:
    """Return the figure of each API that is still there: the highest that it ever had."""
    apis = seen_by(context.catalog, context.audience).apis
    figures = {name: one for name, one in known.content.completeness.items() if name in apis}
    for _, checked in parts:
        for name, percent in checked.completeness.items():
            figures[name] = max(percent, figures.get(name, 0.0))
    return figures


def _said(before: Known, after: Known, result: Sorted, *, is_same: bool) -> str:
    left = sum(entry.count for entry in after.content.entries)
    out = sum(entry.count for entry in before.content.entries) - left
    said = f"{after.shown}: {counted(left, 'finding')} accepted"
    if before.is_there:
        said += ", unchanged" if is_same else f", {out:,} taken out" if out else ", figures updated"
    counting = [one for _, checked in result.parts for one in checked.found]
    new = sum(one.may_wait for one in counting)
    never = len(counting) - new
    if never:
        said += f"; {counted(never, 'finding')} can only be mended, not accepted"
    if new:
        said += (
            f"; {counted(new, 'new finding')} not accepted, as the file may only shrink: mend, or "
            f"begin anew: delete the file, then run {after.command}"
        )
    return said
