"""Render the module of one API: decisions are made here, the text stands in the templates."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from errorbook.catalog import Api, Catalog
from errorbook.catalog.facts import exit_codes_by_selector, former_codes
from errorbook.catalog.models import ActionWord, words
from errorbook.outputs.class_texts import errors_of, otherwise
from errorbook.outputs.module_facts import (
    ENDINGS,
    content,
    is_status,
    named_headers,
    sensitive,
    visible,
)
from errorbook.outputs.stamp import COMMAND, GENERATED, stamp_line, stamped
from errorbook.outputs.typescript import readers
from errorbook.outputs.typescript.classes import (
    Class,
    Parent,
    classes_of,
    instead_of_status,
    parents_of_api,
    tree_lines,
)
from errorbook.outputs.typescript.envelopes import Function, functions_of, reading_lines
from errorbook.outputs.typescript.naming import (
    NAMES,
    aliases,
    base_class,
    has_exceptions,
    module_path,
    own_class,
    parents,
    sdk_base,
)
from errorbook.outputs.typescript.rows import example_lines, facts_lines, unknown_lines
from errorbook.outputs.typescript.source import (
    array_lines,
    assigned,
    call_lines,
    comment,
    function_heading,
    literal,
    property_lines,
    union,
)

if TYPE_CHECKING:
    from jinja2 import Template

FORMAT: Final = 1


def render(catalog: Catalog) -> Mapping[str, str]:
    """Return the module of each API of ``catalog``, by path: ``artifacta/errors.ts``."""
    return {
        module_path(name, api): render_module(name, api)
        for name, api in catalog.apis.items()
        if has_exceptions(api)
    }


def render_module(name: str, api: Api) -> str:
    """Return the text of the module of ``api``, stamped."""
    base = base_class(name, api)
    classes = list(classes_of(name, api))
    above = list(parents_of_api(name, api, classes))
    envelopes = [functions_of(number, one) for number, one in enumerate(api.envelopes, 1)]
    functions = tuple(function for envelope in envelopes for function in envelope)
    shared = [code for code in sorted(api.errors) if own_class(code, api.errors[code]) is None]
    former_names = sorted(aliases(name, api).items())
    text = _template().render(
        generated=GENERATED,
        stamp=stamp_line(
            f"typescript {name}", FORMAT, content(api, has_parents=bool(parents(api)))
        ),
        command=COMMAND,
        doc=comment(_module_doc(name, api, base, classes, above)),
        api=name,
        base=base,
        sdk_base=sdk_base(api),
        action_words=union("export type ActionWord", [literal(one) for one in words(ActionWord)]),
        known_code=union("export type KnownCode", [literal(one) for one in sorted(api.errors)]),
        constants=_constants(api),
        api_type=literal(name),
        parents=above,
        classes=classes,
        shared=[{"code": code, "facts": facts_lines(name, api, code, 8)} for code in shared],
        unknown=unknown_lines(name, api),
        examples=[
            {"code": code, "lines": lines}
            for code in sorted(api.errors)
            if (lines := example_lines(api, code, 8))
        ],
        aliases=[(_former_class(*one), one[1]) for one in former_names],
        old_types=[assigned(f"export type {old}", new) for old, new in former_names],
        former=sorted(former_codes(api).items()),
        envelopes=[reading_lines(one) for one in envelopes if one],
        functions=functions,
        fits=readers.needs_fits(functions),
        reader_sources=readers.sources(),
        readers=readers.needed(functions, classes),
        sensitive=sensitive(api),
        hidden_lines=_hidden_lines(api),
        named_headers=f"[{', '.join(map(literal, named_headers(api)))}]" * bool(named_headers(api)),
        **_lists(base, classes, shared),
        **_unions(base, classes, shared),
        **_reading(envelopes),
        **_statuses(api),
    )
    return stamped(text)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415  # slow to import

    environment = Environment(
        loader=PackageLoader("errorbook.outputs.typescript"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # no HTML: `literal` and `comment` make text inert
    )
    environment.filters["literal"] = literal
    return environment.get_template("errors.ts.jinja")


def _former_class(old: str, new: str) -> str:
    # Its type is said, for those who have each file's declarations made without the others.
    return assigned(f"export const {old}: typeof {new}", new)


def _constants(api: Api) -> str:
    members = NAMES.constants(api)
    if not members:
        return "export const Code = {} as const;"
    lines = [line for name, code in members for line in property_lines(name, literal(code), 2)]
    return "\n".join(["export const Code = {", *(f"  {line}" for line in lines), "} as const;"])


def _lists(base: str, classes: list[Class], shared: list[str]) -> dict[str, str]:
    """Return the lists that what reads responses goes by; nothing else pulls them in."""
    by_code = [one.name for one in sorted(classes, key=lambda one: one.code)]
    # In an array of classes, compilers compare each with all others, and give up above 1,000.
    start = "const CLASSES = /* @__PURE__ */ Array.of<ErrorClass>"
    return {
        "class_list": "\n".join(call_lines(start, by_code, ";")),
        "shared_list": "\n".join(array_lines("const SHARED = ", list(map(literal, shared)), ";")),
        "guard": function_heading(
            f"export function is{base}", ["value: unknown"], f"value is {base}s"
        )
        + f"\n  return value instanceof {base};\n}}",
        "fetch_heading": function_heading(
            "export async function fromFetch", ["response: ResponseLike"], f"Promise<{base}s>"
        ),
        "known_guard": function_heading(
            "export function isKnown", [f"error: {base}"], f"error is Known{base}s"
        )
        + "\n  return error.facts !== UNKNOWN;\n}",
    }


def _unions(base: str, classes: list[Class], shared: list[str]) -> dict[str, str]:
    members = [one.name for one in classes]
    members += [f"({base} & {{ readonly code: {literal(code)} }})" for code in shared]
    lines = [
        f"export type Unknown{base} = {base} & {{",
        "  readonly code: UnknownCode | undefined;",
        "};",
    ]
    return {
        "known_errors": union(f"export type Known{base}s", members),
        "unknown_error": "\n".join(lines),
        "all_errors": union(
            f"export type {base}s", [f"Known{base}s"] * bool(members) + [f"Unknown{base}"]
        ),
    }


def _reading(envelopes: list[tuple[Function, ...]]) -> dict[str, str]:
    """Return how the envelopes are tried, by what they look at."""
    functions = [one for envelope in envelopes for one in envelope]
    kinds = {one.is_of_body for one in functions}
    taken = [("body: unknown", "value")] * (True in kinds)
    taken += [("headers: HeaderMap", "headers")] * (False in kinds)
    heading = function_heading("function read", [one for one, _ in taken], "Found | undefined")
    call = f"read({', '.join(given for _, given in taken)}) ?? " if functions else ""
    return {"read": f"{call}new Map<string, unknown>()", "read_heading": heading}


def _statuses(api: Api) -> dict[str, Any]:
    """Return what goes by status: exit codes and classes, the narrower first."""
    numbers = exit_codes_by_selector(api)
    names = {number: entry.name for number, entry in api.exit_codes.items()}
    exits = [(key, numbers[key]) for key in sorted(numbers) if is_status(key)]
    classes = [(key, cls) for key, cls in sorted(parents(api).items()) if key[0].isdigit()]
    families = [key for key, _ in (*exits, *classes) if not key.isdecimal()]
    return {
        "exit_codes": [(name, number) for number, name in sorted(names.items())],
        "endings": [(word, numbers[word]) for word in ENDINGS if word in numbers],
        "exit_type": "ExitCode" if names else "number",
        "exit_statuses": [(instead_of_status(key), number) for key, number in exits],
        "exit_heading": function_heading(
            "function exitCodeOf",
            ["status: number | undefined"] if exits else [],
            "ExitCode | undefined",
        ),
        "unknown_exit": numbers.get("unknown", "undefined"),
        "by_status": [(instead_of_status(key), cls) for key, cls in classes],
        "uses_family": bool(families),
    }


def _hidden_lines(api: Api) -> list[str]:
    """Return the statements that tell the names of what is not kept of a response."""
    hidden = sensitive(api)
    if not hidden:
        return []
    names = sorted({name for wire in hidden.values() for name in wire})
    lines = array_lines("const names = new Set(", list(map(literal, names)), ");", 2)
    shown = {code: visible(error, hidden) for code, error in sorted(api.errors.items())}
    for code, keys in shown.items():
        kept = sorted({name for key in keys for name in hidden[key]})
        others = {name for key, wire in hidden.items() if key not in keys for name in wire}
        left = [name for name in kept if name not in others]
        if left:
            lines.append(f"if (code === {literal(code)}) {{")
            lines.extend(f"  names.delete({literal(name)});" for name in left)
            lines.append("}")
    if not any(line.startswith("if (code") for line in lines):
        lines.insert(0, "void code;")
    return [*lines, "return names;"]


def _module_doc(
    name: str, api: Api, base: str, classes: list[Class], above: list[Parent]
) -> list[str]:
    return [
        errors_of(name, api),
        "\n".join(tree_lines(base, classes, above)),
        f"Every other code comes {otherwise(base, parents(api))}, with the code as received.",
    ]
