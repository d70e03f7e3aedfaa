"""What an SDK lacks of the catalog, and what it has that the catalog lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice
from typing import Final

from errorbook.catalog.facts import EXIT_CODE_WORDS, exit_codes_by_selector
from errorbook.checks.result import Reported
from errorbook.checks.sdk_codes import Listing, Registry
from errorbook.checks.sdk_facts import facts, missing_base, parents_below_base
from errorbook.checks.sdk_found import Sdk, short
from errorbook.checks.sdk_matching import is_named
from errorbook.outputs.python.naming import aliases, api_aliases, own_class, parents, raised_class
from errorbook.problems import nearest, quoted

_EXIT: Final = "exit"
_STATUSES: Final = range(100, 600)


def compare(sdk: Sdk) -> Iterator[Reported]:
    """Yield everything in which an SDK and the catalog differ."""
    if sdk.is_whole:
        yield from _missing(sdk)
    yield from facts(sdk)
    yield from parents_below_base(sdk)
    told = set(_told_by_class(sdk))
    yield from _unknown_codes(sdk, told)
    yield from _undocumented(sdk, told)
    yield from _calls(sdk)
    for registry in sdk.registries:
        yield from _registry(sdk, registry)
    for listing in sdk.listings:
        if sdk.api.exit_codes and listing.is_enum and _EXIT in listing.name.casefold():
            yield from _exit_codes(sdk, listing)
        else:
            yield from _listing(sdk, listing)


def _missing(sdk: Sdk) -> Iterator[Reported]:
    free = [name for name, paths in sdk.candidates.named.items() if set(paths) - _documented(sdk)]
    for code, error in sdk.api.errors.items():
        name = own_class(code, error)
        if name is None or code in sdk.matches.classes:
            continue
        said = sdk.matches.unused.get(code)
        if said is None and code in sdk.candidates.by_code:
            continue  # a class of another name has this code, which is told of that class
        message = f"the SDK {quoted(sdk.settings.package)} has no class {said or name}"
        hint = _meant(said or name, free) or f"add the class {name} with the code {code!r}"
        where = ("errors", code)
        yield from sdk.in_catalog("sdk-missing-exception", where, (message, hint), code)
    base = missing_base(sdk, sdk.name, sdk.api)
    above = {name: ("sdk", "python", "parents", key) for key, name in parents(sdk.api).items()}
    found = {short(path) for path in sdk.matches.parents.values()}
    wanted = {name: path for name, path in above.items() if not sdk.candidates.find(name)}
    if base is not None and base not in found:
        yield from _no_class(sdk, base, ("sdk", "python", "base"), free)
    for name, path in wanted.items():
        yield from _no_class(sdk, name, path, free)
    listed = {*api_aliases(sdk.api)}
    for code, error in sdk.api.errors.items():
        chosen = error.sdk.get("python")
        if code in sdk.matches.classes and chosen:
            listed.update(chosen.aliases)
    if any("__getattr__" in module.members for module in sdk.names.modules.values()):
        return  # the module makes names when they are asked for
    for name, present in aliases(sdk.name, sdk.api).items():
        if name in listed and not sdk.candidates.find(name):
            message = f"the SDK {quoted(sdk.settings.package)} has no {name}, once {present}"
            hint = f"write {name} = {present}: the catalog says that the old name still works"
            codes = [c for c, e in sdk.api.errors.items() if own_class(c, e) == present]
            at = ("errors", codes[0]) if codes else ("sdk", "python", "aliases", name)
            yield from sdk.in_catalog("sdk-missing-exception", at, (message, hint), name)


def _no_class(sdk: Sdk, name: str, path: tuple[str, ...], free: list[str]) -> Iterator[Reported]:
    message = f"the SDK {quoted(sdk.settings.package)} has no class {name}"
    hint = _meant(name, free) or f"add the class {name}"
    yield from sdk.in_catalog("sdk-missing-exception", path, (message, hint), name)


def _meant(name: str, names: list[str]) -> str:
    close = nearest(name, names)
    return f"did you mean {quoted(close)}? Else add the class {name}" if close else ""


def _documented(sdk: Sdk) -> set[str]:
    found = {*sdk.matches.classes.values(), *sdk.matches.parents.values()}
    return found | ({sdk.matches.base} if sdk.matches.base else set())


def _told_by_class(sdk: Sdk) -> Iterator[str]:
    """Yield the classes that have a code of their own, which is no code of the catalog."""
    documented = _documented(sdk)
    for path in sdk.candidates.paths:
        codes = sdk.candidates.own_codes(path)
        if path not in documented and any(code not in sdk.api.errors for code in codes):
            yield path


def _unknown_codes(sdk: Sdk, told: set[str]) -> Iterator[Reported]:
    for path in sorted(told):
        said = sdk.classes.told(path, sdk.settings.attributes.code)
        for code in sdk.candidates.own_codes(path):
            if said is not None and code not in sdk.api.errors and code not in sdk.api.retired:
                message = f"{short(path)} has the code {quoted(code)}, which the catalog lacks"
                place = sdk.place(said.file, said.line)
                texts = (message, sdk.unknown(code))
                yield sdk.reported("sdk-unknown-code", place, texts, f"{short(path)}/{code}")


def _undocumented(sdk: Sdk, told: set[str]) -> Iterator[Reported]:
    """Find the public classes below the base that the catalog says nothing of.

    Classes without a code that documented ones come below only hold them together.
    """
    documented = _documented(sdk)
    above = {one for path in documented for one in sdk.classes.line_of(path)}
    base = sdk.matches.base
    names = set(aliases(sdk.name, sdk.api))
    for path in sorted(_exported(sdk)):
        if path in documented | told or short(path) in names:
            continue
        codes = sdk.candidates.own_codes(path)
        if path in above and not codes:
            continue
        is_below = base is not None and base in sdk.classes.line_of(path)
        if not codes and (not is_below or _is_documented_end(sdk, path)):
            continue
        message = f"{short(path)} is exported, and the catalog documents no such exception"
        if codes:
            message = f"{short(path)} is one more class for {', '.join(map(quoted, codes))}"
        hint = "document it, or list it under `ignore` if it is no error of the API"
        yield sdk.at_class("sdk-undocumented-exception", path, (message, hint), short(path))


def _is_documented_end(sdk: Sdk, path: str) -> bool:
    """Tell whether a class stands for an end without a response that has a documented exit code."""
    found = exit_codes_by_selector(sdk.api)
    ends = {word: found[word] for word in EXIT_CODE_WORDS if word in found}
    names = sdk.settings.attributes.exit_code
    told = sdk.classes.told(path, names)
    if told is not None and told.values is not None:
        return any(number in told.values for number in ends.values())
    written = (
        one.functions[name] for one in sdk.family(path) for name in names if name in one.functions
    )
    said = {
        one.value
        for node in islice(written, 1)
        for one in ast.walk(node)
        if isinstance(one, ast.Constant)
    }
    return not said.isdisjoint(ends)


def _exported(sdk: Sdk) -> set[str]:
    """Return the exceptions that a public module offers under a public name."""
    known, found = set(sdk.candidates.paths), set()
    for module in sdk.names.modules:
        if any(part.startswith("_") for part in module.split(".")[1:]):
            continue
        for name in sdk.names.exported(module):
            if not name.startswith("_"):
                found.add(sdk.names.resolve(module, name))
    return {path for path in known & found if not short(path).startswith("_")}


def _calls(sdk: Sdk) -> Iterator[Reported]:
    codes = sdk.matches.codes
    for call in sdk.calls:
        is_ignored = any(is_named(call.path, one) for one in sdk.settings.ignore)
        if is_ignored or not sdk.candidates.codes((call.code,)):
            continue
        place = sdk.place(call.file, call.line)
        subject = f"{short(call.path)}({call.code})"
        if call.code not in sdk.api.errors:
            message = (
                f"{short(call.path)} is made with {quoted(call.code)}, which the catalog lacks"
            )
            texts = (message, sdk.unknown(call.code))
            yield sdk.reported("sdk-unknown-code", place, texts, subject)
        elif call.path in codes and call.code not in codes[call.path]:
            wanted = ", ".join(map(quoted, codes[call.path]))
            message = f"{short(call.path)} is made with {quoted(call.code)}; its code is {wanted}"
            hint = f"raise {_class_for(sdk, call.code)}, or write {codes[call.path][0]!r}"
            yield sdk.reported("sdk-wrong-code", place, (message, hint), subject)


def _class_for(sdk: Sdk, code: str) -> str:
    path = sdk.matches.classes.get(code)
    return short(path) if path else raised_class(sdk.name, sdk.api, code)


def _known(sdk: Sdk, code: str) -> bool:
    """Tell whether the catalog has a code, or had it."""
    former = (old for error in sdk.api.errors.values() for old in error.renamed_from)
    return code in sdk.api.errors or code in sdk.api.retired or code in former


def _registry(sdk: Sdk, registry: Registry) -> Iterator[Reported]:
    numbers = [entry.code for entry in registry.entries]
    is_known = any(_known(sdk, code) for code in numbers)
    if not is_known and all(one.isdecimal() and int(one) in _STATUSES for one in numbers):
        yield from _by_status(sdk, registry)
    if not is_known:
        return  # what its keys are is no code of this API
    for entry in registry.entries:
        place = sdk.place(registry.file, entry.line)
        subject = f"{registry.name}/{entry.code}"
        if not _known(sdk, entry.code):
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
        yield sdk.reported("sdk-wrong-registry", place, texts, subject)
    listed = set(numbers)
    for code, path in sdk.matches.classes.items():
        if code not in listed and not listed & set(sdk.api.errors[code].renamed_from):
            message = f"{registry.name} does not list {quoted(code)}"
            texts = (message, f"add {code!r}: {short(path)}")
            place = sdk.place(registry.file, registry.line)
            yield sdk.reported("sdk-missing-code", place, texts, f"{registry.name}/{code}")


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
        yield sdk.reported("sdk-wrong-status", place, texts, subject)


def _listing(sdk: Sdk, listing: Listing) -> Iterator[Reported]:
    """Compare a list of codes: at least half of what it holds has to be codes of the catalog."""
    codes = {value: line for _, value, line in listing.members}
    known = [code for code in codes if _known(sdk, code)]
    is_of_codes = "code" in listing.name.casefold()
    least = 1 if is_of_codes else 2
    if not is_of_codes and all(map(str.isdecimal, known)):
        return  # numbers may count anything
    if len(known) < least or 2 * len(known) < len(codes):
        return
    for code, line in codes.items():
        if not _known(sdk, code):
            message = f"{listing.name} lists {quoted(code)}, which the catalog lacks"
            place = sdk.place(listing.file, line)
            subject = f"{listing.name}/{code}"
            yield sdk.reported("sdk-unknown-code", place, (message, sdk.unknown(code)), subject)
    for code, error in sdk.api.errors.items():
        is_missing = own_class(code, error) is not None and code not in sdk.matches.classes
        if code not in codes and not is_missing and not codes.keys() & set(error.renamed_from):
            message = f"{listing.name} does not list {quoted(code)}"
            place = sdk.place(listing.file, listing.line)
            texts = (message, f"add {code!r}")
            yield sdk.reported("sdk-missing-code", place, texts, f"{listing.name}/{code}")


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
        yield sdk.reported("sdk-wrong-exit-code", place, (message, hint), subject)
    for number, name in documented.items():
        if number not in values and name not in names:
            message = f"{listing.name} has no {name}, the exit code {number}"
            place = sdk.place(listing.file, listing.line)
            texts = (message, f"add {name} = {number}")
            yield sdk.reported("sdk-wrong-exit-code", place, texts, f"{listing.name}.{name}")
