"""What the exceptions of an API are called, in each language that is told of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from errorbook.catalog import Api
from errorbook.outputs.languages import languages_of


@dataclass(frozen=True)
class Names:
    """What the exceptions of an API are called in one language."""

    module: str
    base: str
    parents: Collection[str]
    """The classes between the base class and those of codes."""
    exceptions: Mapping[str, str]
    """The class of each code."""


def names_of(name: str, api: Api) -> Sequence[Names]:
    """Return the names of each language in which errors of ``api`` are raised."""
    return [
        Names(
            language.module_name(name, api),
            base,
            set(language.parents(api).values()),
            {code: language.raised_class(name, api, code) for code in api.errors},
        )
        for language in languages_of(api)
        if (base := language.base_class(name, api))
    ]
