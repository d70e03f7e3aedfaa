"""What the documentation of classes says, whatever language the classes are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from errorbook.catalog import Action, Api, Detail, Error
from errorbook.catalog.models import RetryWhen
from errorbook.catalog.prose import plain
from errorbook.catalog.statuses import reason_phrase

_AGAIN: Final[dict[RetryWhen, str]] = {
    "never": "The same request fails however often it is sent.",
    "as_is": "The same request may succeed later.",
    "after_change": "Another attempt makes sense once something has changed.",
    "unknown": "",
}


def tree(base: str, below: Mapping[str, Iterable[str]], codes: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of the tree of classes, the codes beside them.

    ``below`` has the classes that come below each. One with two bases stands below both: whoever
    looks for what a base catches finds it.
    """
    drawn = list(_branches(base, below, ""))
    width = max((len(line) for line, name in drawn if name in codes), default=0)
    yield base
    for line, name in drawn:
        code = codes.get(name)
        yield f"{line:<{width}}  {code}" if code else line


def _branches(
    name: str, below: Mapping[str, Iterable[str]], indent: str
) -> Iterator[tuple[str, str]]:
    children = sorted(below.get(name, ()))
    for child in children:
        is_last = child == children[-1]
        yield f"{indent}{'└──' if is_last else '├──'} {child}", child
        yield from _branches(child, below, f"{indent}{'    ' if is_last else '│   '}")


def below(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the classes below each, of pairs of a class and one that it comes below."""
    found: dict[str, list[str]] = {}
    for name, base in pairs:
        found.setdefault(base, []).append(name)
    return found


def errors_of(name: str, api: Api) -> str:
    """Return what a module is about, its first line."""
    version = f", {api.version}" if api.version else ""
    return f"Errors of the {api.title or name}{version}."


def otherwise(base: str, selectors: Iterable[str]) -> str:
    """Return what becomes of other codes, where there are classes for ``selectors``."""
    has_families = any(selector[0].isdigit() for selector in selectors)
    return f"as the class of its status, else as {base}" if has_families else f"as {base} itself"


def parent_texts(api: Api, selector: str) -> tuple[str, str]:
    """Return what the class for a group, a status or a family of them is."""
    group = api.groups.get(selector)
    if group is not None:
        meaning = plain(group.meaning)
        title = group.title or selector
        return f"{title}: {meaning}" if meaning else title, f"Errors of the group {selector}."
    phrase = reason_phrase(int(selector)) if selector.isdecimal() else ""
    return (
        f"The server answered {f'{selector} {phrase}'.strip()}.",
        f"Errors whose every status is {selector}, and codes not known yet that come with one.",
    )


def meaning(code: str, error: Error) -> str:
    """Return what ``error`` means."""
    return plain(error.meaning) or f"The API answered {code}."


def at_a_glance(code: str, error: Error) -> str:
    """Return the code, its statuses, and whether the request may be sent again."""
    status = f" HTTP status: {', '.join(map(str, error.status))}." if error.status else ""
    return f"Code: {code}.{status} {_AGAIN[error.retry.when]}"


def since(error: Error) -> str:
    """Return when ``error`` came; "" where nobody says."""
    return f"Since {error.since}." if error.since else ""


def deprecation(api: Api, error: Error) -> str:
    """Return the version that deprecated ``error``, and what follows; "" where none did."""
    if error.deprecated is None:
        return ""
    ending = f" It goes away in {error.sunset}." if error.sunset else ""
    instead = f" {error.replaced_by} takes its place." if error.replaced_by in api.errors else ""
    return f"{error.deprecated}.{ending}{instead}"


def action_text(action: Action) -> str:
    """Return what to do, how, and when."""
    when = f" ({plain(action.when)})" if action.when else ""
    how = f": {plain(action.how)}" if action.how else ""
    return f"{action.do}{when}{how}"


def detail_text(detail: Detail) -> str:
    """Return what a detail means, and its unit."""
    unit = f" In {detail.unit}." if detail.unit else ""
    return f"{plain(detail.meaning) or 'Sent with the code.'}{unit}"
