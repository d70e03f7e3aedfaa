"""Code in colours: the classes are those of Pygments, which every theme has styles for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Any, Final

from markupsafe import Markup

from errorbook.site.markup import trusted
from errorbook.site.missing_extra import missing_extra

try:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexer import Lexer
    from pygments.lexers import get_lexer_by_name
except ModuleNotFoundError:  # what MkDocs itself asks for is there without it
    raise missing_extra() from None

_CONSTANTS: Final = {True: "true", False: "false", None: "null"}
_STEP: Final = 2
_WORD: Final = re.compile(r"[A-Za-z_]\w*")
_FORMATTER: Final = HtmlFormatter(nowrap=True)
"""Made once: it works out a style sheet that nobody asks for."""


def highlighted(text: str, language: str, names: Sequence[str] = ()) -> Markup:
    """Return ``text`` in the colours of its language, of those that Pygments knows.

    ``names`` are words of it that differ from error to error. Others stand in for them, so that
    a text is looked at once for all errors whose texts are alike otherwise.
    """
    stand_ins = {name: f"Errorbook{number}StandIn" for number, name in enumerate(names)}
    plain = _WORD.sub(lambda word: stand_ins.get(word[0], word[0]), text)
    html = _coloured(plain, language)
    for name, stand_in in stand_ins.items():
        html = html.replace(stand_in, name)
    return trusted(html)


@lru_cache(maxsize=512)
def _coloured(text: str, language: str) -> str:
    coloured: str = highlight(text, _lexer(language), _FORMATTER)
    return coloured


@cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False, ensurenl=False)


def json_html(value: Any) -> Markup:
    """Return JSON with an indentation of two, in colours.

    Pygments finds out again what is a key and what a text; with 10,000 examples that takes
    longer than all else about them.
    """
    html = "".join(_value(value, 0))
    for bracket in ("}", "]"):  # signs that stand together are one
        html = html.replace(f'{bracket}</span><span class="p">,', f"{bracket},")
    return trusted(f"{html}\n")


def _value(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield from _members(value, depth)
    elif isinstance(value, list) and value:
        yield from _items(value, depth)
    elif isinstance(value, (dict, list)):
        yield _span("p", "{}" if isinstance(value, dict) else "[]")
    elif isinstance(value, str):
        yield _text("s2", value)
    elif value is None or isinstance(value, bool):
        yield _span("kc", _CONSTANTS[value])
    else:
        yield _span("mi" if isinstance(value, int) else "mf", json.dumps(value))


def _members(value: dict[str, Any], depth: int) -> Iterator[str]:
    yield _span("p", "{") + "\n"
    for number, (key, inner) in enumerate(value.items(), 1):
        yield _margin(depth + 1) + _text("nt", key) + _span("p", ":") + _span("w", " ")
        yield from _value(inner, depth + 1)
        yield (_span("p", ",") if number < len(value) else "") + "\n"
    yield _margin(depth) + _span("p", "}")


def _items(value: list[Any], depth: int) -> Iterator[str]:
    yield _span("p", "[") + "\n"
    for number, inner in enumerate(value, 1):
        yield _margin(depth + 1)
        yield from _value(inner, depth + 1)
        yield (_span("p", ",") if number < len(value) else "") + "\n"
    yield _margin(depth) + _span("p", "]")


def _margin(depth: int) -> str:
    return _span("w", " " * (_STEP * depth)) if depth else ""


def _text(kind: str, text: str) -> str:
    return _span(kind, escape(json.dumps(text, ensure_ascii=False), quote=False))


def _span(kind: str, text: str) -> str:
    return f'<span class="{kind}">{text}</span>'
