"""The template of a message, as a class keeps it or hands it to its base."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from string import Formatter
from typing import Final

from errorbook.catalog.models import MESSAGE_HOLE
from errorbook.importing.python.package import Package
from errorbook.problems import Place
from errorbook.python_source.values import dotted
from errorbook.python_source.written import INIT, Function, SdkClass

Part = tuple[str, str]
"""A text and "", or "" and the name of a hole."""

NAMES: Final = (
    *("message", "MESSAGE", "default_message", "message_template", "msg_template", "template"),
    *("msg", "fmt", "default_detail", "_message"),
)
_LONGEST: Final = 2_000
_NAMED: Final = re.compile(r"[A-Za-z_][\w.]{0,100}\Z")
_PERCENT: Final = re.compile(
    r"%(?:\((?P<name>[^()]{0,200})\))?[-+ 0#]*(?:\*|[0-9]*)(?:\.(?:\*|[0-9]*))?[hlL]?"
    r"(?P<kind>[diouxXeEfFgGcrsa%])|(?P<stray>%)"
)
"""A conversion of `%`; any other `%` is an error there."""
_BY_NAME: Final = re.compile(r"%\(\w{1,100}\)[-+ 0#]*[0-9]*(?:\.[0-9]*)?[diouxXeEfFgGcrsa]")
_BY_PLACE: Final = re.compile(r"%[-+0#]*[0-9]*(?:\.[0-9]+)?[dsrfxgi]")
"""One without a name, in a text of which nobody knows whether `%` is asked to fill it."""


def message_of(package: Package, path: str) -> tuple[str, Place] | None:
    """Return the template of a class and where it stands; None where it has none of its own."""
    for one in package.own(path):
        found = _attribute(one) or _handed_up(one)
        if found is not None:
            node, template = found
            return template, package.place(one.file, node.lineno)
    return None


def _attribute(one: SdkClass) -> tuple[ast.expr, str] | None:
    for name in NAMES:
        assigned = one.assigned.get(name)
        value = assigned.value if assigned else None
        if isinstance(value, ast.Call) and value.args:  # _("…"), of a translation
            value = value.args[0]
        template = _template(value)
        if value is not None and template:
            return value, template
    return None


def _handed_up(one: SdkClass) -> tuple[ast.expr, str] | None:
    """Return the text that the `__init__` of a class hands to that of its base."""
    init = one.functions.get(INIT)
    found: list[tuple[ast.expr, str]] = []
    for call in ast.walk(init) if init else ():
        if init is None or not isinstance(call, ast.Call) or not _is_init(call):
            continue
        given = [word.value for word in call.keywords if word.arg in NAMES]
        first = call.args[0] if call.args else None
        for value in (*given, first):
            said = _behind(value, init)
            template = _template(said)
            if said is not None and template:
                found.append((said, template))
                break
    return found[0] if len(found) == 1 else None


def _is_init(call: ast.Call) -> bool:
    func = call.func
    if not isinstance(func, ast.Attribute) or func.attr != INIT or not (call.args or call.keywords):
        return False
    is_super = isinstance(func.value, ast.Call) and dotted(func.value.func) == "super"
    return is_super and bool(call.args or call.keywords)


def _behind(value: ast.expr | None, init: Function) -> ast.expr | None:
    """Return what was assigned, once, to the name that is handed up."""
    if not isinstance(value, ast.Name):
        return value
    given = [
        one.value
        for one in ast.walk(init)
        if isinstance(one, ast.Assign)
        for target in one.targets
        if isinstance(target, ast.Name) and target.id == value.id
    ]
    return given[0] if len(given) == 1 else None


def _template(node: ast.expr | None) -> str:
    """Return a template with named holes; "" where the text is made in any other way."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _written(node.value)
    if isinstance(node, ast.JoinedStr):
        return _joined(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        is_format = node.func.attr == "format" and not node.args
        text = _text(node.func.value) if is_format else None
        return _kept(_of_format(text)) if text is not None else ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        text = _text(node.left)
        return _kept(_of_percent(text)) if text is not None else ""
    return ""


def _text(node: ast.expr) -> str | None:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if isinstance(node, ast.Constant) and is_text else None


def _joined(node: ast.JoinedStr) -> str:
    parts: list[Part] = []
    for one in node.values:
        if isinstance(one, ast.Constant):
            parts.append((str(one.value), ""))
        elif isinstance(one, ast.FormattedValue) and dotted(one.value):
            parts.append(("", dotted(one.value)))
        else:
            return ""
    return _kept(parts)


def _written(text: str) -> str:
    """Return a text as a template, of which nobody knows how it is filled."""
    if _BY_NAME.search(text):
        return _kept(_of_percent(text))
    return "" if _BY_PLACE.search(text) else _kept(_of_format(text))


def _of_format(text: str) -> list[Part] | None:
    """Return the parts of what `str.format` fills; None where a hole has no name.

    What it would refuse is no template of it, and stands there as it is.
    """
    try:
        parsed = list(Formatter().parse(text))
    except ValueError:
        return [(text, "")]
    holes = [name for _, name, _, _ in parsed if name is not None]
    if not all(map(_NAMED.match, holes)):
        return None
    return [part for before, name, _, _ in parsed for part in ((before, ""), ("", name or ""))]


def _of_percent(text: str) -> list[Part] | None:
    """Return the parts of what `%` fills; None where a hole has no name."""
    parts: list[Part] = []
    end = 0
    for found in _PERCENT.finditer(text):
        parts.append((text[end : found.start()], ""))
        end = found.end()
        if found["kind"] == "%":
            parts.append(("%", ""))
        elif _NAMED.match(found["name"] or ""):
            parts.append(("", found["name"]))
        else:
            return None
    return [*parts, (text[end:], "")]


def _kept(parts: Sequence[Part] | None) -> str:
    """Return parts as the catalog writes them; "" where they make no template.

    It has no way to write braces that stand for themselves around a name.
    """
    known = [(text, name.removeprefix("self.")) for text, name in parts or ()]
    said = "".join(f"{{{name}}}" if name else text for text, name in known)
    text = " ".join(said.split())
    has_words = any(char.isalpha() for plain, _ in known for char in plain)
    is_template = MESSAGE_HOLE.findall(text) == [name for _, name in known if name]
    return text if has_words and is_template and len(text) <= _LONGEST else ""
