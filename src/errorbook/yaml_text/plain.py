"""Plain data, with one value in it changed."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import JsonValue

Path = Sequence[str | int]


class NoPlaceError(ValueError):
    """A path leads nowhere: through a single value, or past the end of a list."""


def value_at(data: JsonValue, path: Path) -> JsonValue:
    """Return what stands at ``path``; None if nothing does."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def change(data: JsonValue, path: Path, value: JsonValue) -> None:
    """Set ``value`` at ``path`` of ``data``; None removes what is there.

    Mappings that are missing on the way are made, and lists of one item.

    Raises:
        NoPlaceError: if there is no such place, and none can be made. Nothing is changed then.
    """
    if not path:
        raise NoPlaceError("a path needs a step")
    for at, step in enumerate(path[:-1]):
        inner = value_at(data, [step])
        if inner is None:
            if value is None:
                return
            _set(data, step, changed(None, path[at + 1 :], value))
            return
        data = inner
    _set(data, path[-1], value)


def changed(data: JsonValue, path: Path, value: JsonValue) -> JsonValue:
    """Return ``data``, changed as by `change`; ``value`` itself where there is no path."""
    if not path:
        return value
    if data is None:
        data = {} if isinstance(path[0], str) else []
    change(data, path, value)
    return data


def _set(data: JsonValue, step: str | int, value: JsonValue) -> None:
    if isinstance(data, dict) and isinstance(step, str):
        if value is None:
            data.pop(step, None)
        else:
            data[step] = value
    elif isinstance(data, list) and isinstance(step, int) and 0 <= step <= len(data):
        data[step : step + 1] = [] if value is None else [value]
    else:
        raise NoPlaceError(f"there is no place for {step!r}")
