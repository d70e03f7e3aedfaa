"""Render the module of one API: decisions are made here, the text stands in the template."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from errorbook.catalog import Api, Catalog
from errorbook.catalog.facts import exit_codes_by_selector, former_codes
from errorbook.catalog.models import ActionWord, words
from errorbook.outputs.class_texts import errors_of, otherwise
from errorbook.outputs.envelope_walk import called, calls
from errorbook.outputs.module_facts import (
    ENDINGS,
    content,
    is_status,
    named_headers,
    sensitive,
)
from errorbook.outputs.python.classes import Class, Parent, classes_of, parents_of_api, tree_lines
from errorbook.outputs.python.envelopes import APART, SOME, TEXT, Function, functions_of
from errorbook.outputs.python.naming import (
    NAMES,
    aliases,
    base_class,
    has_exceptions,
    module_path,
    parents,
    sdk_base,
)
from errorbook.outputs.python.rows import display, row, unknown_row
from errorbook.outputs.python.source import Lines, Paragraph, docstring, literal
from errorbook.outputs.stamp import COMMAND, GENERATED, stamp_line, stamped

if TYPE_CHECKING:
    from jinja2 import Template

FORMAT: Final = 2
MOST_STATEMENTS: Final = 64
"""Classes that a module makes when it is imported. More are made when they are first asked for."""


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the module of each API of ``catalog``, by path: ``artifacta/errors.py``."""
    return {
        module_path(name, api): render_module(name, api)
        for name, api in catalog.apis.items()
        if has_exceptions(api)
    }


def render_module(name: str, api: Api) -> str:
    """Return the text of the module of ``api``, stamped."""
    base = base_class(name, api)
    lazy = _is_lazy(api)
    classes = list(classes_of(name, api, indent=" " * 4 if lazy else ""))
    above = list(parents_of_api(name, api))
    envelopes = [functions_of(number, one) for number, one in enumerate(api.envelopes, 1)]
    functions = tuple(function for envelope in envelopes for function in envelope)
    by_status = [(key, cls) for key, cls in sorted(parents(api).items()) if key[0].isdigit()]
    readers = {attribute.reader for one in classes for attribute in one.attributes}
    helpers = readers | _helpers(functions)
    hidden = sensitive(api)
    text = _template().render(
        generated=GENERATED,
        stamp=stamp_line(f"python {name}", FORMAT, content(api, has_parents=bool(parents(api)))),
        command=COMMAND,
        doc=docstring(_module_doc(name, api, base, classes, above)),
        api=name,
        base=base,
        sdk_base=sdk_base(api),
        lazy=lazy,
        classes=classes,
        parents=above,
        status_parents=by_status,
        former=sorted(former_codes(api).items()),
        aliases=sorted(aliases(name, api).items()),
        action_words=words(ActionWord),
        codes=sorted(api.errors),
        constants=NAMES.constants(api),
        rows=[{"code": code, "lines": row(name, api, code, hidden)} for code in sorted(api.errors)],
        unknown=unknown_row(api, base),
        sensitive=[(detail, display(names)) for detail, names in hidden.items()],
        named_headers=named_headers(api),
        functions=functions,
        envelopes=[_condition(envelope) for envelope in envelopes],
        helpers=helpers,
        readers=sorted(readers),
        array="_array" in helpers or calls(functions, "_is_array"),
        by_status=bool(by_status or api.exit_codes),
        exported=_exported(api, base, classes, above),
        **_exit_codes(api),
    )
    return stamped(text)


def _is_lazy(api: Api) -> bool:
    return len(api.errors) > MOST_STATEMENTS


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


def _condition(functions: tuple[Function, ...]) -> str:
    """Return the condition under which a response fits an envelope: its headers, then its body."""
    return " and ".join(one.call for one in called(functions))


def _exit_codes(api: Api) -> dict[str, Any]:
    """Return the exit codes: their names and numbers, then names by ending and by status."""
    names = {number: entry.name for number, entry in api.exit_codes.items()}
    found = {key: names[number] for key, number in exit_codes_by_selector(api).items()}
    statuses = {key: name for key, name in found.items() if is_status(key)}
    return {
        "exit_codes": [(name, number) for number, name in sorted(names.items())],
        "endings": [(word, found[word]) for word in ENDINGS if word in found],
        "exit_statuses": sorted(statuses.items()),
    }


def _helpers(functions: tuple[Function, ...]) -> set[str]:
    """Return the functions of the template that the envelopes need."""
    called = {name for name in (APART, SOME, TEXT) if calls(functions, name)}
    return called | ({APART} if SOME in called else set())


def _exported(api: Api, base: str, classes: list[Class], above: list[Parent]) -> list[str]:
    names = ["Action", "ActionWord", "Code", "FACTS", "Facts", "KnownCode", base, "from_response"]
    names += [*(one.name for one in classes), *(one.name for one in above)]
    names += ["EXIT_CODES", "ExitCode"] if api.exit_codes else []
    return sorted(names, key=lambda name: (not name.isupper(), name[0].islower(), name))


def _module_doc(
    name: str, api: Api, base: str, classes: list[Class], above: list[Parent]
) -> list[Paragraph]:
    return [
        errors_of(name, api),
        Lines(tuple(tree_lines(api, base, classes, above))),
        f"Every other code is raised {otherwise(base, parents(api))}, with the code as received.",
    ]
