"""A piece of TypeScript that catches one error and does what the catalog says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errorbook.catalog import ACTION_WORDS, Api, Error
from errorbook.catalog.prose import plain
from errorbook.outputs.typescript.naming import (
    base_class,
    is_identifier,
    is_told,
    module_name,
    own_class,
)
from errorbook.outputs.typescript.source import WIDTH, literal, width

_PAUSE: Final = "await new Promise((done) => setTimeout(done, 1000 * pause));"


def catch_snippet(name: str, api: Api, code: str) -> str | None:
    """Return ``try`` and ``catch`` for ``code``, with a comment where the reader's call goes.

    What the catalog says stands in it only in literals. None where the API does not speak of
    TypeScript, or module or class have a name that it will not have.
    """
    error = api.errors[code]
    own = own_class(code, error)
    caught = own or base_class(name, api)
    if not is_told(api) or not is_identifier(caught):
        return None
    misfits = [f"!(error instanceof {caught})"]
    misfits += [] if own else [f"error.code !== {literal(code)}"]
    return "\n".join(
        [
            f"import {{ {caught} }} from {literal(module_name(name, api))};",
            "",
            "try {",
            "  // your call",
            "} catch (error) {",
            *_rethrown(misfits),
            *(f"  {line}" for line in _reaction(error)),
            "}",
        ]
    )


def _rethrown(misfits: list[str]) -> Iterator[str]:
    """Yield what passes on whatever else was caught."""
    line = f"  if ({' || '.join(misfits)}) {{"
    if width(line) <= WIDTH:
        yield line
    else:
        yield "  if ("
        yield " ||\n".join(f"    {one}" for one in misfits)
        yield "  ) {"
    yield "    throw error;"
    yield "  }"


def _reaction(error: Error) -> Iterator[str]:
    action = error.actions[0] if error.actions else None
    text = _line(action.how if action else "") or _line(error.fix) or _line(error.meaning)
    if action and action.do == "wait":
        yield "const pause = error.retryAfter ?? 1;"
        yield _PAUSE
        yield "// your call, again"
    elif action and action.do == "retry":
        yield "// your call, again"
    elif action and action.do == "treat_as_success" and not action.when:
        yield from _printed(text or ACTION_WORDS[action.do])
    else:
        shown = text or (ACTION_WORDS[action.do] if action else "")
        yield from _printed(shown)
        yield "throw error;"


def _printed(text: str) -> Iterator[str]:
    if not text:
        yield "console.error(String(error));"
        return
    line = f"console.error({literal(text)});"
    if 2 + width(line) <= WIDTH:
        yield line
    else:
        yield "console.error("
        yield f"  {literal(text)},"
        yield ");"


def _line(prose: str) -> str:
    return " ".join(plain(prose).split())
