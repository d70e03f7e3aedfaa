"""The template of a message, as a class keeps it or hands it to its base."""

from __future__ import annotations

import ast
import re
from typing import Final

from errorbook.importing.python.package import Package
from errorbook.problems import Place
from errorbook.python_source.values import dotted
from errorbook.python_source.written import INIT, Function, SdkClass

NAMES: Final = (
    *("message", "MESSAGE", "default_message", "message_template", "msg_template", "template"),
    *("msg", "fmt", "default_detail", "_message"),
)
_LONGEST: Final = 2_000
_BY_NAME: Final = re.compile(r"%\((\w{1,100})\)[sdrf]")
_HOLE: Final = re.compile(r"\{([^{}]{0,200})\}")
_NAMED: Final = re.compile(r"([A-Za-z_][\w.]{0,100})(?:![rsa])?(?::[^{}]{0,20})?\Z")
_BY_PLACE: Final = re.compile(r"%[sdrf]")


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
        return _named(node.value)
    if isinstance(node, ast.JoinedStr):
        return _joined(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        is_format = node.func.attr == "format" and not node.args
        return _template(node.func.value) if is_format else ""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return _template(node.left)
    return ""


def _joined(node: ast.JoinedStr) -> str:
    parts: list[str] = []
    for one in node.values:
        if isinstance(one, ast.Constant):
            parts.append(str(one.value))
        elif isinstance(one, ast.FormattedValue) and dotted(one.value):
            parts.append(f"{{{dotted(one.value).removeprefix('self.')}}}")
        else:
            return ""
    return _kept("".join(parts))


def _named(text: str) -> str:
    """Return ``text`` with its holes as the catalog writes them; "" where one has no name."""
    text = _BY_NAME.sub(r"{\1}", text)
    if _BY_PLACE.search(text):
        return ""
    holes = [_NAMED.match(one) for one in _HOLE.findall(text)]
    if not all(holes):
        return ""
    names = iter([one[1].removeprefix("self.") for one in holes if one])
    return _kept(_HOLE.sub(lambda _: f"{{{next(names)}}}", text))


def _kept(text: str) -> str:
    text = " ".join(text.split())
    is_template = any(char.isalpha() for char in _HOLE.sub("", text))
    return text if is_template and len(text) <= _LONGEST else ""
