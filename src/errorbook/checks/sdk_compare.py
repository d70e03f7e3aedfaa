"""What an SDK lacks of the catalog, and what it has that the catalog lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice

from errorbook.catalog.facts import EXIT_CODE_WORDS, exit_codes_by_selector
from errorbook.checks.result import Reported
from errorbook.checks.sdk_facts import facts, parents_below_base
from errorbook.checks.sdk_found import Sdk, short
from errorbook.checks.sdk_lists import lists
from errorbook.checks.sdk_matching import is_named
from errorbook.checks.sdk_missing import hidden, missing
from errorbook.checks.sdk_names import is_public
from errorbook.outputs.python.naming import aliases, raised_class
from errorbook.problems import quoted


def compare(sdk: Sdk) -> Iterator[Reported]:
    """Yield everything in which an SDK and the catalog differ."""
    if sdk.is_whole:
        yield from missing(sdk)
        yield from hidden(sdk)
    yield from facts(sdk)
    yield from parents_below_base(sdk)
    told = set(_told_by_class(sdk))
    yield from _unknown_codes(sdk, told)
    yield from _undocumented(sdk, told)
    yield from _calls(sdk)
    yield from lists(sdk)


def _told_by_class(sdk: Sdk) -> Iterator[str]:
    """Yield the classes that have a code of their own, which is no code of the catalog."""
    documented = sdk.documented
    for path in sdk.candidates.paths:
        codes = sdk.candidates.own_codes(path)
        if path not in documented and any(code not in sdk.api.errors for code in codes):
            yield path


def _unknown_codes(sdk: Sdk, told: set[str]) -> Iterator[Reported]:
    for path in sorted(told):
        said = sdk.classes.told(path, sdk.settings.attributes.code)
        if said is not None and said.origin in sdk.mistaken:
            continue
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
    documented = sdk.documented
    above = {one for path in documented for one in sdk.classes.line_of(path)}
    base = sdk.matches.base
    names = set(aliases(sdk.name, sdk.api))
    for path in sorted(_exported_exceptions(sdk)):
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


def _exported_exceptions(sdk: Sdk) -> set[str]:
    """Return the exceptions that a public module offers under a public name."""
    known, found = set(sdk.candidates.paths), set()
    for module in filter(is_public, sdk.names.modules):
        for name in sdk.names.exported(module):
            if not name.startswith("_"):
                found.add(sdk.names.resolve(module, name))
    return {path for path in known & found if not short(path).startswith("_")}


def _calls(sdk: Sdk) -> Iterator[Reported]:
    codes = sdk.matches.codes
    for call in sdk.calls:
        is_ignored = any(is_named(call.path, one) for one in sdk.settings.ignore)
        is_told = call.origin in sdk.mistaken
        if is_ignored or is_told or not sdk.candidates.codes((call.code,)):
            continue
        place = sdk.place(call.file, call.line)
        subject = f"{short(call.path)}({call.code})"
        made = f"{short(call.path)} is {'given' if call.is_given else 'made with'}"
        if call.code not in sdk.api.errors:
            message = f"{made} {quoted(call.code)}, which the catalog lacks"
            texts = (message, sdk.unknown(call.code))
            yield sdk.reported("sdk-unknown-code", place, texts, subject)
        elif call.path in codes and call.code not in codes[call.path]:
            wanted = ", ".join(map(quoted, codes[call.path]))
            message = f"{made} {quoted(call.code)}; its code is {wanted}"
            hint = f"raise {_class_for(sdk, call.code)}, or write {codes[call.path][0]!r}"
            yield sdk.reported("sdk-wrong-code", place, (message, hint), subject)


def _class_for(sdk: Sdk, code: str) -> str:
    path = sdk.matches.classes.get(code)
    return short(path) if path else raised_class(sdk.name, sdk.api, code)
