"""A piece of Python that catches one error and does what the catalog says of it."""

from __future__ import annotations

import keyword
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from errorbook.catalog import ACTION_WORDS, Api, Error
from errorbook.catalog.models import ActionWord
from errorbook.catalog.prose import plain
from errorbook.characters import without_hidden
from errorbook.outputs.python.naming import base_class, module_name, own_class
from errorbook.outputs.python.source import literal

_WIDTH: Final = 88
_INDENT: Final = "    "
_ENDS: Final[frozenset[ActionWord]] = frozenset({"abort", "escalate"})
"""Actions that end the program."""

_Then = Literal["settled", "replaced", "raised"]


@dataclass(frozen=True)
class _Reaction:
    """What to do in an ``except`` block, and what happens to the error then."""

    lines: tuple[str, ...]
    then: _Then
    reads: bool = False
    """Whether it needs the error itself."""


def catch_snippet(name: str, api: Api, code: str) -> str | None:
    """Return ``try`` and ``except`` for ``code``, with ``...`` where the reader's call goes.

    It imports the generated module. What the catalog says stands in it only in literals and, on
    one line, in comments. None where module or class have a name that Python will not have.
    """
    error = api.errors[code]
    own = own_class(code, error)
    raised = own or base_class(name, api)
    module = module_name(name, api)
    if not all(map(_is_name, (*module.split("."), raised))):
        return None
    reaction = _reaction(error, own)
    handler = _handler(reaction) if own else _comparison(code, reaction)
    caught = f"{raised} as error" if reaction.reads or not own else raised
    imports = ["import time", ""] if reaction.lines[0].startswith("time.") else []
    return "\n".join(
        [
            *imports,
            f"from {module} import {raised}",
            "",
            "try:",
            f"{_INDENT}...",
            f"except {caught}:",
            *(f"{_INDENT}{line}" for line in handler),
        ]
    )


def _handler(reaction: _Reaction) -> Iterator[str]:
    yield from reaction.lines
    if reaction.then == "raised":
        yield "raise"


def _comparison(code: str, reaction: _Reaction) -> Iterator[str]:
    """Yield a reaction to ``code`` alone, where the base class stands for others too."""
    yield f"if error.code == {literal(code)}:"
    yield from (f"{_INDENT}{line}" for line in reaction.lines)
    yield from ("else:", f"{_INDENT}raise") if reaction.then == "settled" else ("raise",)


def _reaction(error: Error, own: str | None) -> _Reaction:
    action = error.actions[0] if error.actions else None
    if action is None:
        text = _line(error.fix) or _line(error.meaning)
        if not text:
            return _Reaction(("print(error)",), "raised", reads=True)
        return _Reaction(_call("print(", text, ")"), "raised")
    if action.do == "wait":
        return _Reaction(("time.sleep(error.retry_after or 1)", "..."), "settled", reads=True)
    if action.do == "retry":
        return _Reaction(("...",), "settled")
    text = _line(action.how) or ACTION_WORDS[action.do]
    if action.do == "treat_as_success" and action.when:  # only their program knows whether it is so
        return _Reaction((*_ways(error), "..."), "raised")
    if action.do in _ENDS:
        return _Reaction(_call("raise SystemExit(", text, ") from error"), "replaced", reads=True)
    then: _Then = "settled" if action.do == "treat_as_success" else "raised"
    return _Reaction(_call("print(", text, ")"), then)


def _ways(error: Error) -> Iterator[str]:
    """Yield, as comments, what to do in which case."""
    for action in error.actions:
        how = _line(action.how) or ACTION_WORDS[action.do]
        when = _line(action.when)
        text = f"{when[:1].upper()}{when[1:]}: {how}" if when else how
        yield from textwrap.wrap(
            without_hidden(text),
            _WIDTH - 2 * len(_INDENT),
            initial_indent="# ",
            subsequent_indent="# ",
            break_long_words=False,
            break_on_hyphens=False,
        )


def _line(prose: str) -> str:
    return " ".join(plain(prose).split())


def _call(opening: str, text: str, closing: str) -> tuple[str, ...]:
    """Return a call with ``text`` as its argument, over several lines where it is long."""
    line = f"{opening}{literal(text)}{closing}"
    if len(line) <= _WIDTH - 2 * len(_INDENT):
        return (line,)
    width = _WIDTH - 3 * len(_INDENT) - len('" "')
    *parts, last = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    texts = [*(f"{part} " for part in parts), last]
    return (opening, *(f"{_INDENT}{literal(one)}" for one in texts), closing)


def _is_name(text: str) -> bool:
    return text.isascii() and text.isidentifier() and not keyword.iskeyword(text)
