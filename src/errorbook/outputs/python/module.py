"""Render the module of one API: decisions are made here, the text stands in the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from errorbook.catalog import Action, Api, Catalog, Detail, Error
from errorbook.catalog.facts import exit_code, retryable
from errorbook.catalog.models import DetailType, RetryWhen
from errorbook.catalog.prose import plain
from errorbook.outputs.python.envelopes import APART, SOME, TEXT, Function, calls, functions_of
from errorbook.outputs.python.naming import attribute, base_class, own_class, package
from errorbook.outputs.python.source import (
    Items,
    Lines,
    Paragraph,
    docstring,
    literal,
    tuple_of,
)
from errorbook.outputs.stamp import COMMAND, GENERATED, stamp_line, stamped

if TYPE_CHECKING:
    from jinja2 import Template

FORMAT: Final = 1
SUMMARY: Final = "a module of typed exceptions for each API"

_TYPES: Final[dict[DetailType, tuple[str, str]]] = {
    "string": ("str", "_text"),
    "integer": ("int", "_integer"),
    "number": ("float", "_number"),
    "boolean": ("bool", "_flag"),
    "array": ("list[object]", "_array"),
    "object": ("dict[str, object]", "_mapping"),
}
_AGAIN: Final[dict[RetryWhen, str]] = {
    "never": "The same request fails however often it is sent.",
    "as_is": "The same request may succeed later.",
    "after_change": "Another attempt makes sense once something has changed.",
    "unknown": "",
}
_NOT_READ: Final = {
    *("contract", "docs", "groups", "operations", "retired", "server", "statuses", "summary")
}
"""What the module says nothing of: a change there is none of it."""


@dataclass(frozen=True)
class _Attribute:
    name: str
    key: str
    type: str
    reader: str
    doc: str


@dataclass(frozen=True)
class _Class:
    name: str
    code: str
    doc: str
    attributes: tuple[_Attribute, ...]


@dataclass(frozen=True)
class _Facts:
    code: str
    status: str
    exception: str
    meaning: str
    actions: tuple[tuple[str, str, str], ...]
    retry: str
    retryable: str
    exit_code: str


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the module of each API of ``catalog``, by path: ``artifacta/errors.py``."""
    return {module_path(name, api): render_module(name, api) for name, api in catalog.apis.items()}


def module_name(name: str, api: Api) -> str:
    """Return what the module is imported as: ``artifacta.errors``."""
    return f"{package(name, api)}.errors"


def module_path(name: str, api: Api) -> str:
    """Return the path of the module below the folder that is imported from."""
    return f"{module_name(name, api).replace('.', '/')}.py"


def render_module(name: str, api: Api) -> str:
    """Return the text of the module of ``api``, stamped."""
    base = base_class(name, api)
    classes = list(_classes(api))
    envelopes = [
        functions_of(number, envelope)
        for number, envelope in enumerate(api.envelopes, 1)
        if envelope.body is not None
    ]
    functions = tuple(function for envelope in envelopes for function in envelope)
    text = _template().render(
        generated=GENERATED,
        stamp=stamp_line(f"python {name}", FORMAT, _content(api)),
        command=COMMAND,
        doc=docstring(_module_doc(name, api, base, classes)),
        base=base,
        classes=classes,
        facts=[_facts(api, code, error, base) for code, error in sorted(api.errors.items())],
        functions=functions,
        envelopes=[envelope[-1].name for envelope in envelopes],
        exit_codes=[(entry.name, number) for number, entry in sorted(api.exit_codes.items())],
        helpers=_helpers(classes, functions),
        exported=_exported(api, base, classes),
    )
    return stamped(text)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  # slow to import

    environment = Environment(
        loader=PackageLoader("errorbook.outputs.python"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # Python, not HTML: `literal` and `docstring` make text inert
    )
    environment.filters["literal"] = literal
    return environment.get_template("errors.py.jinja")


def _content(api: Api) -> bytes:
    return api.model_dump_json(by_alias=True, exclude=_NOT_READ).encode()


def _helpers(classes: list[_Class], functions: tuple[Function, ...]) -> set[str]:
    """Return the functions of the template that the module needs."""
    readers = {attribute.reader for one in classes for attribute in one.attributes}
    called = {name for name in (APART, SOME, TEXT) if calls(functions, name)}
    return readers | called | ({APART} if SOME in called else set())


def _exported(api: Api, base: str, classes: list[_Class]) -> list[str]:
    names = ["Action", "FACTS", "Facts", base, "from_body", *(one.name for one in classes)]
    names += ["ExitCode"] if api.exit_codes else []
    return sorted(names, key=lambda name: (not name.isupper(), name[0].islower(), name))


def _module_doc(name: str, api: Api, base: str, classes: list[_Class]) -> list[Paragraph]:
    version = f", {api.version}" if api.version else ""
    return [
        f"Errors of the {api.title or name}{version}.",
        Lines(tuple(_tree(base, classes))),
        f"Every other code is raised as {base} itself, with the code as received.",
    ]


def _tree(base: str, classes: list[_Class]) -> Iterator[str]:
    width = max((len(one.name) for one in classes), default=0)
    yield f"    {base}"
    for one in classes:
        branch = "└──" if one is classes[-1] else "├──"
        yield f"    {branch} {one.name:<{width}}  {one.code}"


def _classes(api: Api) -> Iterator[_Class]:
    """Yield the classes by name."""
    named = {own_class(code, error): code for code, error in api.errors.items()}
    for name, code in sorted((name, code) for name, code in named.items() if name):
        error = api.errors[code]
        doc = docstring(_class_doc(api, code, error), "    ")
        yield _Class(name, code, doc, tuple(_attributes(error)))


def _class_doc(api: Api, code: str, error: Error) -> list[Paragraph]:
    status = f" HTTP status: {', '.join(map(str, error.status))}." if error.status else ""
    return [
        plain(error.meaning) or f"The API answered {code}.",
        f"Code: {code}.{status} {_AGAIN[error.retry.when]}",
        _lifecycle(api, error),
        Items("Causes", tuple(map(plain, error.causes))),
        f"Fix: {plain(error.fix)}" if error.fix else "",
        Items("What to do", tuple(map(_action_text, error.actions))),
    ]


def _lifecycle(api: Api, error: Error) -> str:
    if error.deprecated is None:
        return f"Since {error.since}." if error.since else ""
    replacement = api.errors.get(error.replaced_by or "")
    ending = f" It goes away in {error.sunset}." if error.sunset else ""
    instead = f" {error.replaced_by} takes its place." if replacement else ""
    return f"Deprecated since {error.deprecated}.{ending}{instead}"


def _action_text(action: Action) -> str:
    when = f" ({plain(action.when)})" if action.when else ""
    how = f": {plain(action.how)}" if action.how else ""
    return f"{action.do}{when}{how}"


def _attributes(error: Error) -> Iterator[_Attribute]:
    for key, detail in error.details.items():
        name = attribute(key)
        if name is not None:
            kind, reader = _TYPES[detail.type]
            yield _Attribute(name, key, kind, reader, docstring([_detail_text(detail)], " " * 8))


def _detail_text(detail: Detail) -> str:
    unit = f" In {detail.unit}." if detail.unit else ""
    return f"{plain(detail.meaning) or 'Sent with the code.'}{unit}"


def _facts(api: Api, code: str, error: Error, base: str) -> _Facts:
    return _Facts(
        code=code,
        status=tuple_of([str(status) for status in error.status]),
        exception=own_class(code, error) or base,
        meaning=plain(error.meaning),
        actions=tuple((one.do, plain(one.how), plain(one.when)) for one in error.actions),
        retry=error.retry.when,
        retryable=repr(retryable(error)),
        exit_code=repr(exit_code(api, code)),
    )
