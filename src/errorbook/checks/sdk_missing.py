"""The documented exceptions that an SDK does not have, or that nobody can import from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Final

from errorbook.checks.result import Reported
from errorbook.checks.sdk_found import Sdk, short
from errorbook.checks.sdk_matching import documented_base, is_base_chosen
from errorbook.checks.sdk_names import is_public
from errorbook.outputs.python.naming import aliases, api_aliases, own_class, parents
from errorbook.problems import nearest, quoted

_LEAST_ALIKE: Final = 0.8
_ENDING: Final = re.compile(r"(?:Error|Exception)+\Z")
_LONGEST: Final = 100
"""Characters of a name that are compared."""


def missing(sdk: Sdk) -> Iterator[Reported]:
    """Yield the documented exceptions that the SDK does not have."""
    free = _free(sdk, {one for path in sdk.documented for one in sdk.classes.line_of(path)})
    above_free = _free(sdk, sdk.documented)
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
    base = missing_base(sdk)
    above = {name: ("sdk", "python", "parents", key) for key, name in parents(sdk.api).items()}
    found = {short(path) for path in sdk.matches.parents.values()}
    wanted = {name: path for name, path in above.items() if not sdk.candidates.find(name)}
    if base is not None and base not in found:
        message = f"the SDK {quoted(sdk.settings.package)} has no class {base}"
        plausible = plausible_base(sdk)
        hint = f"add the class {base}"
        if plausible is not None:
            hint = f"say `base: {short(plausible)}` in errorbook.yaml; else {hint}"
        at_base = ("sdk", "python", "base")
        yield from sdk.in_catalog("sdk-missing-exception", at_base, (message, hint), base)
    for name, path in wanted.items():
        yield from _no_class(sdk, name, path, above_free)
    listed = {*api_aliases(sdk.api)}
    for code, error in sdk.api.errors.items():
        chosen = error.sdk.get("python")
        if code in sdk.matches.classes and chosen:
            listed.update(chosen.aliases)
    if not sdk.is_fixed:
        return
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
    """Return a hint that names the class which was most likely meant, of those that may be."""
    stem, stems = _stem(name), {_stem(one): one for one in names}
    close = nearest(stem, stems)
    if close is None or SequenceMatcher(None, stem, close).ratio() < _LEAST_ALIKE:
        return ""
    return f"did you mean {quoted(stems[close])}? Else add the class {name}"


def _stem(name: str) -> str:
    name = name.rpartition(".")[2][:_LONGEST]
    return (_ENDING.sub("", name) or name).casefold()


def _free(sdk: Sdk, taken: Iterable[str]) -> list[str]:
    """Return the names of classes that stand for nothing else: not by their own code either."""
    others = {*taken}
    for code in sdk.api.errors:
        others.update(sdk.candidates.by_code.get(code, ()))
    return [name for name, paths in sdk.candidates.named.items() if set(paths) - others]


def missing_base(sdk: Sdk) -> str | None:
    """Return the documented base class that the SDK lacks, if somebody wrote one down."""
    if sdk.matches.base is not None or not is_base_chosen(sdk.api, sdk.settings):
        return None
    return documented_base(sdk.name, sdk.api, sdk.settings)


def plausible_base(sdk: Sdk) -> str | None:
    """Return the class that most classes of errors come below, the nearest of several."""
    classes = set(sdk.matches.classes.values())
    above = Counter(
        one.path
        for path in sorted(classes)
        for one in sdk.family(path)[1:]
        if one.path not in sdk.documented
    )
    found = max(above, key=lambda one: above[one], default=None)
    return found if found is not None and 2 * above[found] > len(classes) else None


def hidden(sdk: Sdk) -> Iterator[Reported]:
    """Yield the documented classes that a private module keeps to itself."""
    if not sdk.is_fixed:
        return
    reached = {
        sdk.names.resolve(module, name)
        for module, found in sdk.names.modules.items()
        if is_public(module)
        for name in found.members
        if not name.startswith("_")
    }
    found = [(code, path) for code, path in sdk.matches.classes.items()]
    subjects = {path: code for code, path in found if sdk.matches.how[code] == "name"}
    subjects.update((path, short(path)) for path in sdk.matches.parents.values())
    for path, subject in subjects.items():
        module = path.rpartition(".")[0]
        if module not in sdk.names.modules or is_public(module):
            continue
        parts = path.split(".")
        if not any(".".join(parts[:number]) in reached for number in range(2, len(parts) + 1)):
            message = f"{short(path)} is in the private module {module}, and exported nowhere"
            texts = (message, f"import it in a public module, such as {parts[0]}")
            yield sdk.at_class("sdk-missing-exception", path, texts, subject)
