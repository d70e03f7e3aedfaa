"""Which class of an SDK is which error of the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from errorbook.catalog.models import Api
from errorbook.checks.sdk_names import Names
from errorbook.checks.sdk_settings import HandwrittenSdk
from errorbook.outputs.python.naming import base_class, chosen_base, own_class, parents, sdk_base
from errorbook.python_source.classes import Classes
from errorbook.python_source.codes import Registry, text
from errorbook.python_source.values import Value

How = Literal["mapping", "name", "code", "registry", "likeness"]
_SUFFIXES = ("Error", "Exception")


@dataclass
class Matches:
    """The classes that were found: of errors by code, of parents by selector, and the base.

    ``how`` says how the class of a code was found. ``base`` is None where the SDK has no class by
    the documented name.
    """

    classes: dict[str, str] = field(default_factory=dict)
    how: dict[str, How] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    base: str | None = None
    unused: dict[str, str] = field(default_factory=dict)
    """Classes that ``HandwrittenSdk.classes`` names and the SDK lacks, by code."""

    @property
    def codes(self) -> dict[str, list[str]]:
        """The codes of each class."""
        found: dict[str, list[str]] = {}
        for code, path in self.classes.items():
            found.setdefault(path, []).append(code)
        return found


class Candidates:
    """The exceptions of an SDK by the names they can be imported under, and by their codes."""

    def __init__(self, names: Names, classes: Classes, sdk: HandwrittenSdk, api: Api) -> None:
        self._has_numbers = any(code.isdecimal() for code in api.errors)
        self.classes = classes
        self.settings = sdk
        self.paths = [
            path
            for path in classes.all
            if classes.is_exception(path) and not any(is_named(path, one) for one in sdk.ignore)
        ]
        known = set(self.paths)
        self.named: dict[str, list[str]] = {}
        self.by_code: dict[str, list[str]] = {}
        for path in self.paths:
            self.named.setdefault(path.rpartition(".")[2], []).append(path)
        for module, found in names.modules.items():
            for name in found.members:
                path = names.resolve(module, name)
                if path in known and path not in self.named.setdefault(name, []):
                    self.named[name].append(path)
        for path in self.paths:
            for code in self.own_codes(path):
                self.by_code.setdefault(code, []).append(path)

    def own_codes(self, path: str) -> list[str]:
        """Return the codes that a class says it has, not those it inherits."""
        told = self.classes.told(path, self.settings.attributes.code)
        return self.codes(told.values or ()) if told is not None and told.owner == path else []

    def codes(self, values: Iterable[Value]) -> list[str]:
        """Return the codes among ``values``: numbers are statuses where no code is a number."""
        texts = (one for one in map(text, values) if one is not None)
        return [one for one in texts if self._has_numbers or not one.isdecimal()]

    def find(self, name: str | None, code: str = "") -> str | None:
        """Return the class that is called ``name``, of several the one that has ``code``."""
        found = self.named.get(name or "", [])
        right = [path for path in found if path in self.by_code.get(code, ())]
        return next(iter((*right, *found)), None)


def is_named(path: str, said: str) -> bool:
    """Tell whether ``said``, a name with as much of its module as anybody likes, means ``path``."""
    return path == said or path.endswith(f".{said}")


def documented_base(name: str, api: Api, sdk: HandwrittenSdk) -> str:
    """Return the name of the class that all exceptions come below."""
    theirs = sdk_base(api)
    return sdk.base or (theirs[1] if theirs else base_class(name, api))


def is_base_chosen(api: Api, sdk: HandwrittenSdk) -> bool:
    """Tell whether somebody wrote down what the base class is called."""
    return bool(sdk.base or chosen_base(api))


def match(name: str, api: Api, candidates: Candidates, registries: Iterable[Registry]) -> Matches:
    """Find the class of each error: as the project says, by name, code, registry or likeness.

    A class found by an earlier way is not asked for by a later one.
    """
    sdk, classes = candidates.settings, candidates.classes
    found = Matches()
    base = documented_base(name, api, sdk)
    found.base = next((path for path in classes.all if "." in base and is_named(path, base)), None)
    found.base = found.base or candidates.find(base.rpartition(".")[2])
    for selector, parent in parents(api).items():
        path = candidates.find(parent)
        if path is not None:
            found.parents[selector] = path
    for code, said in sdk.classes.items():
        path = next((one for one in classes.all if is_named(one, said)), None)
        if path is None:
            found.unused[code] = said
        else:
            _found(found, code, path, "mapping")
    documented = {
        code: own_class(code, error)
        for code, error in api.errors.items()
        if code not in found.unused
    }
    taken = {*found.classes.values(), *found.parents.values(), found.base}
    for code, exception in documented.items():
        path = candidates.find(exception, code) if code not in found.classes else None
        if path is not None and path not in taken:
            _found(found, code, path, "name")
    taken |= set(found.classes.values())
    for code in _left(documented, found):
        _first(found, code, candidates.by_code.get(code, ()), taken, "code")
    by_registry: dict[str, list[str]] = {}
    for registry in registries:
        for entry in () if registry.is_made else registry.entries:
            by_registry.setdefault(entry.code, []).append(entry.path)
    for code in _left(documented, found):
        _first(found, code, by_registry.get(code, ()), taken, "registry")
    for code in _left(documented, found):
        ways = _alike(documented[code] or "")
        like = [one for way in ways for one in candidates.named.get(way, ())]
        free = [one for one in like if not candidates.own_codes(one)]
        _first(found, code, free, taken, "likeness")
    return found


def _left(documented: dict[str, str | None], found: Matches) -> Iterator[str]:
    return iter([one for one, name in documented.items() if name and one not in found.classes])


def _found(found: Matches, code: str, path: str, how: How) -> None:
    found.classes[code] = path
    found.how[code] = how


def _first(
    found: Matches, code: str, paths: Iterable[str], taken: set[str | None], how: How
) -> None:
    path = next((one for one in paths if one not in taken), None)
    if path is not None:
        taken.add(path)
        _found(found, code, path, how)


def _alike(name: str) -> Iterator[str]:
    """Yield the names that differ from ``name`` by what exceptions end in."""
    stem = name
    for suffix in _SUFFIXES:
        stem = stem.removesuffix(suffix)
    yield from (one for one in (stem, *(stem + suffix for suffix in _SUFFIXES)) if one != name)
