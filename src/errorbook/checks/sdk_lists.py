"""Registries, tables and lists of codes in an SDK, compared with the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from errorbook.catalog.facts import exit_code
from errorbook.checks.result import Reported
from errorbook.checks.sdk_found import Sdk, short
from errorbook.outputs.python.naming import own_class, raised_class
from errorbook.problems import nearest, quoted
from errorbook.python_source.codes import Listing, Registry, Row, Table

_STATUSES: Final = range(100, 600)
_EXIT_CODES: Final = range(256)


def lists(sdk: Sdk) -> Iterator[Reported]:
    """Yield what is wrong in everything that lists codes, statuses or exit codes."""
    for registry in sdk.registries:
        yield from _made(sdk, registry) if registry.is_made else _registry(sdk, registry)
    for table in sdk.tables:
        yield from _table(sdk, table)
    for listing in sdk.listings:
        if sdk.lists_exit_codes(listing):
            yield from _exit_codes(sdk, listing)
        elif sdk.lists_codes(listing):
            yield from _listing(sdk, listing)


def _registry(sdk: Sdk, registry: Registry) -> Iterator[Reported]:
    numbers = [entry.code for entry in registry.entries]
    is_known = any(map(sdk.knows, numbers))
    if not is_known and all(one.isdecimal() and int(one) in _STATUSES for one in numbers):
        yield from _by_status(sdk, registry)
    if not is_known:
        return  # what its keys are is no code of this API
    codes = sdk.matches.codes
    listed = set(numbers)
    for entry in registry.entries:
        place = sdk.place(registry.file, entry.line)
        subject = f"{registry.name}/{entry.code}"
        if not sdk.knows(entry.code):
            # Its row is there, if under a wrong code.
            listed.update(codes.get(entry.path, ()), _meant(sdk, [entry.code]))
            if entry.origin in sdk.mistaken:
                continue
            message = f"{registry.name} lists {quoted(entry.code)}, which the catalog lacks"
            texts = (message, sdk.unknown(entry.code))
            yield sdk.reported("sdk-unknown-code", place, texts, subject)
            continue
        wanted = sdk.matches.classes.get(entry.code)
        error = sdk.api.errors.get(entry.code)
        if error is not None and wanted is None and own_class(entry.code, error) is None:
            wanted = sdk.candidates.find(raised_class(sdk.name, sdk.api, entry.code))
        if wanted is None or entry.path == wanted:
            continue
        message = (
            f"{registry.name} gives {quoted(entry.code)} the class {short(entry.path)}; "
            f"the catalog documents {short(wanted)}"
        )
        texts = (message, f"write {short(wanted)}")
        yield sdk.reported("sdk-wrong-registry", place, texts, subject, short(entry.path))
    for code, path in sdk.matches.classes.items():
        if code not in listed and not listed & set(sdk.api.errors[code].renamed_from):
            message = f"{registry.name} does not list {quoted(code)}"
            texts = (message, f"add {code!r}: {short(path)}")
            place = sdk.place(registry.file, registry.line)
            yield sdk.reported("sdk-missing-code", place, texts, f"{registry.name}/{code}")


def _made(sdk: Sdk, registry: Registry) -> Iterator[Reported]:
    """Compare a registry that asks its classes for their codes: they are told of the classes."""
    documented = sdk.matches.codes
    paths = {entry.path for entry in registry.entries}
    if 2 * len(paths & documented.keys()) < len(documented):
        return  # a part of them for a purpose of its own
    for path, codes in documented.items():
        if path not in paths:
            message = f"{registry.name} does not list {short(path)}, the class of"
            texts = (f"{message} {quoted(codes[0])}", f"add {short(path)}")
            place = sdk.place(registry.file, registry.line)
            yield sdk.reported("sdk-missing-code", place, texts, f"{registry.name}/{codes[0]}")


def _by_status(sdk: Sdk, registry: Registry) -> Iterator[Reported]:
    codes = sdk.matches.codes
    for entry in registry.entries:
        known = [sdk.api.errors[code].status for code in codes.get(entry.path, ())]
        if not any(known) or any(int(entry.code) in one for one in known):
            continue
        wanted = ", ".join(str(one) for one in known[0])
        message = f"{registry.name} gives {entry.code} the class {short(entry.path)}"
        texts = (f"{message}; the catalog says {wanted}", f"write {known[0][0]}")
        place = sdk.place(registry.file, entry.line)
        subject = f"{registry.name}/{entry.code}"
        yield sdk.reported("sdk-wrong-status", place, texts, subject, short(entry.path))


def _table(sdk: Sdk, table: Table) -> Iterator[Reported]:
    """Compare a table of exit codes or statuses, where most of it is of codes of the catalog."""
    name = table.name.casefold()
    is_exit = "exit" in name
    allowed = _EXIT_CODES if is_exit else _STATUSES
    if not (is_exit or "status" in name or "http" in name):
        return
    if any(number not in allowed for row in table.rows for number in row.numbers):
        return
    known = {row for row in table.rows if row.path in sdk.matches.codes or sdk.knows(row.code)}
    if 2 * len(known) < len(table.rows):
        return
    for row in table.rows:
        if row in known:
            yield from _row(sdk, table, row, is_exit=is_exit)
        elif row.origin not in sdk.mistaken and any(_meant(sdk, [row.code])):
            message = f"{table.name} lists {quoted(row.code)}, which the catalog lacks"
            place, subject = sdk.place(table.file, row.line), f"{table.name}/{row.code}"
            yield sdk.reported("sdk-unknown-code", place, (message, sdk.unknown(row.code)), subject)


def _row(sdk: Sdk, table: Table, row: Row, *, is_exit: bool) -> Iterator[Reported]:
    codes = sdk.matches.codes.get(row.path, [row.code])
    errors = [sdk.api.errors[code] for code in codes if code in sdk.api.errors]
    wanted: set[int | None] = {one for error in errors for one in error.status}
    if is_exit:
        wanted = {exit_code(sdk.api, code) for code in codes if code in sdk.api.errors}
    if not wanted or None in wanted or wanted.issuperset(row.numbers):
        return
    shown = ", ".join(map(str, row.numbers))
    right = " or ".join(sorted(map(str, wanted)))
    name = short(row.path) if row.path else quoted(row.code)
    message = f"{table.name} gives {name} the {'exit code' if is_exit else 'status'} {shown}"
    texts = (f"{message}; the catalog says {right}", f"write {right}")
    rule = "sdk-wrong-exit-code" if is_exit else "sdk-wrong-status"
    place = sdk.place(table.file, row.line)
    yield sdk.reported(rule, place, texts, f"{table.name}/{codes[0]}", shown)


def _listing(sdk: Sdk, listing: Listing) -> Iterator[Reported]:
    codes = {value: line for _, value, line in listing.members}
    unknown = [code for code in codes if not sdk.knows(code)]
    for code in unknown:
        message = f"{listing.name} lists {quoted(code)}, which the catalog lacks"
        place = sdk.place(listing.file, codes[code])
        subject = f"{listing.name}/{code}"
        yield sdk.reported("sdk-unknown-code", place, (message, sdk.unknown(code)), subject)
    meant = {*_meant(sdk, unknown), *_by_member(sdk, listing)}
    for code, error in sdk.api.errors.items():
        is_missing = own_class(code, error) is not None and code not in sdk.matches.classes
        is_there = code in codes or code in meant or codes.keys() & set(error.renamed_from)
        if not is_there and not is_missing:
            message = f"{listing.name} does not list {quoted(code)}"
            place = sdk.place(listing.file, listing.line)
            texts = (message, f"add {code!r}")
            yield sdk.reported("sdk-missing-code", place, texts, f"{listing.name}/{code}")


def _meant(sdk: Sdk, unknown: Iterable[str]) -> Iterator[str]:
    """Yield the codes that unknown ones are told to be misspellings of."""
    for code in unknown:
        close = None if code.isdecimal() else nearest(code, sdk.api.errors)
        if close is not None:
            yield close


def _by_member(sdk: Sdk, listing: Listing) -> Iterator[str]:
    """Yield the codes whose classes use a member of a list: a wrong one is told once."""
    for code, path in sdk.matches.classes.items():
        told = sdk.classes.told(path, sdk.settings.attributes.code)
        if told is not None and told.origin.rpartition(".")[0] == listing.path:
            yield code


def _exit_codes(sdk: Sdk, listing: Listing) -> Iterator[Reported]:
    documented = {str(number): entry.name for number, entry in sdk.api.exit_codes.items()}
    numbers = {name: number for number, name in documented.items()}
    values = {value for _, value, _ in listing.members}
    names = {name for name, _, _ in listing.members}
    for name, value, line in listing.members:
        wanted = numbers.get(name)
        if wanted == value or (wanted is None and value in documented):
            continue
        message = f"{listing.name}.{name} is {value}; the catalog says {wanted}"
        hint = f"write {wanted}"
        if wanted is None:
            message = f"{listing.name}.{name} is {value}, which is no exit code of the catalog"
            hint = "add it to `exit_codes` of the catalog, or take it out here"
        place = sdk.place(listing.file, line)
        subject = f"{listing.name}.{name}"
        yield sdk.reported("sdk-wrong-exit-code", place, (message, hint), subject, value)
    for number, name in documented.items():
        if number not in values and name not in names:
            message = f"{listing.name} has no {name}, the exit code {number}"
            place = sdk.place(listing.file, listing.line)
            texts = (message, f"add {name} = {number}")
            yield sdk.reported("sdk-wrong-exit-code", place, texts, f"{listing.name}.{name}")
