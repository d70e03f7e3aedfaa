"""Exceptions on their way out of pools: `python -m tests.sdk.pools MODULE CODE METHOD`.

A program of its own, since a process that tests share may have threads, which do not go together
with forking.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from typing import Any, Final

LIMIT: Final = 60
"""Seconds for an answer: an exception that cannot be pickled makes a pool wait for ever."""


def fail(module: str, code: str) -> None:
    """Raise the exception of ``code``, from within another one that cannot be pickled."""
    errors = import_module(module)
    made = getattr(errors, errors.FACTS[code].exception).example(code)
    made.add_note("a note")
    try:
        raise UnpicklableError
    except UnpicklableError:
        raise made  # noqa: B904  # what happens to the context is what is tested


def work(number: int) -> int:
    """Do something that succeeds."""
    return number * 2


class UnpicklableError(Exception):
    """An exception that nothing can pickle."""

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("cannot be pickled")


def main() -> None:
    """Print, for each pool, what came out of it, and what a job after that gave."""
    module, code, method = sys.argv[1:]
    context = get_context(method)
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        failure = executor.submit(fail, module, code).exception(LIMIT)
        print(json.dumps([*_told(failure), executor.submit(work, 21).result(LIMIT)]))
    with context.Pool(1) as pool:
        try:
            pool.apply_async(fail, (module, code)).get(LIMIT)
        except Exception as error:  # whatever it is, it is told
            print(json.dumps([*_told(error), pool.apply_async(work, (21,)).get(LIMIT)]))


def _told(error: BaseException | None) -> list[object]:
    notes = getattr(error, "__notes__", [])
    return [type(error).__module__, type(error).__name__, getattr(error, "code", ""), notes]


if __name__ == "__main__":
    main()
