"""What a page says of an error, and what the catalog says, in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from errorbook.catalog import Api
from errorbook.catalog.facts import exit_code
from errorbook.html_tree import Element
from errorbook.outputs.language import Language
from errorbook.outputs.languages import LANGUAGES, languages_of

NONE: Final = "none"
EXCEPTION: Final = "exception"
"""The aspect of a class of which nobody says in which language it is one."""
OR: Final = " or "
"""What stands between the classes of several languages, where they differ."""


@dataclass
class Said:
    """What one place of a page says of a code, by aspect; the APIs it may be speaking of."""

    code: str
    apis: tuple[str, ...]
    aspects: dict[str, str] = field(default_factory=dict)
    example: Element | None = None
    place: Element | None = None
    """The element that says so: a row, or a heading."""
    doubtful: bool = False
    """Whether the code is only one as others of its column are."""


def listed(values: Iterable[object]) -> str:
    """Return ``values`` as one text, or a word for none."""
    return ", ".join(map(str, values)) or NONE


def exception_in(language: Language) -> str:
    """Return the aspect of the class that an error has in ``language``."""
    return f"{language.TITLE} {EXCEPTION}"


def exception_called(name: str) -> str | None:
    """Return that aspect for the language of this name, as pages have it; None for no language."""
    language = LANGUAGES.get(name)
    return exception_in(language) if language else None


def is_exception(aspect: str) -> bool:
    """Tell whether ``aspect`` is that of a class, in one language or in any."""
    return aspect.endswith(EXCEPTION)


def classes_in(facts: Mapping[str, str]) -> list[str]:
    """Return the classes that ``facts`` name, those of the first language before others."""
    named = (value for aspect, value in facts.items() if is_exception(aspect))
    return list(dict.fromkeys(value for value in named if OR not in value))


def facts_of(name: str, api: Api, code: str) -> Mapping[str, str]:
    """Return what the catalog says of one error, by aspect."""
    error, ending = api.errors[code], exit_code(api, code)
    classes = {
        exception_in(one): one.raised_class(name, api, code)
        for one in languages_of(api)
        if one.base_class(name, api)
    }
    return {
        "status": listed(error.status),
        EXCEPTION: OR.join(dict.fromkeys(classes.values())),
        "exit code": NONE if ending is None else str(ending),
        "retry": error.retry.when,
        "actions": listed(one.do for one in error.actions),
        **classes,
    }


def wrong_class(
    aspect: str, told: str, facts: Mapping[str, str], *, is_ours: bool
) -> Iterator[tuple[str, str]]:
    """Yield the aspect of a class and the class, if it is not that of the error.

    Where no language is said, it may be that of any in what somebody wrote by hand; our blocks
    mean the first one. What is said of a language that the catalog does not tell of, nobody can
    compare.
    """
    if aspect not in facts or (facts[aspect] == NONE and not is_ours):
        return
    if aspect == EXCEPTION and is_ours:
        aspect = next((one for one in facts if is_exception(one) and one != EXCEPTION), EXCEPTION)
    right = [facts[aspect]] if aspect != EXCEPTION else classes_in(facts)
    if not set(told.split(", ")) <= set(right):
        # Where all languages have one class, what is said of any is one cause.
        yield EXCEPTION if facts[aspect] == facts[EXCEPTION] else aspect, told
