"""Write docs/cli.md and docs/api.md from the commands and docstrings: python scripts/references.py.

With --check nothing is written: it ends with 1 if a page is not what it would be. `make generate`
writes them too.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from html import escape
from pathlib import Path
from types import FunctionType

import click

import errorbook
from errorbook import testing
from errorbook.catalog import load
from errorbook.cli import app

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = "src/errorbook/pytest_plugin.py"
MEND = "run `make generate`, or python scripts/references.py"
_NOTE = "<!-- Written by scripts/references.py from {source}; DO NOT EDIT. -->"
_SECTION = re.compile(r"(Raises|Args|Returns|Yields):\Z")
_ENTRY = re.compile(r"([\w., *]+):\s+(.*)\Z")
_CODE_WITH_BAR = re.compile(r"`([^`]*\|[^`]*)`")
_DOUBLE = re.compile(r"(?<!`)``(?!`)")
_HIDDEN = "_"
_INTERNAL = frozenset(
    {
        "LoadedCatalog.place",
        "LoadedCatalog.sources",
        "ErrorbookProject.workspace",
        "GeneratedModule.shown",
        "MockServer.hear",
    }
)
"""Members that are for this package: their types are not public."""
_TYPES = """
| type | what it is |
|---|---|
| `Api` | an API of the catalog; its attributes are the [keys of errors.yaml](reference.md) |
| `Identifier` | a `str`: the id of an API |
| `Severity` | `"error"` or `"warning"` |
"""


def pages() -> dict[str, str]:
    """Return both pages by their path below the repository."""
    return {"docs/cli.md": cli_page(), "docs/api.md": api_page()}


def cli_page() -> str:
    """Return the page of every command, in the order in which `errorbook --help` lists them."""
    context = click.Context(app, info_name="errorbook", **app.context_settings)
    lines = [
        "# Every command",
        "",
        _NOTE.format(source="the commands themselves"),
        "",
        *(app.help or "").splitlines(),
        "",
        "`errorbook --version` prints the version, and `-h` or `--help` behind any command what",
        "stands here of it.",
        "",
        "| command | what it does |",
        "|---|---|",
    ]
    commands = {name: app.commands[name] for name in app.list_commands(context)}
    for name, command in commands.items():
        lines.append(f"| [`{name}`](#{name}) | {_cell(command.get_short_help_str(200))} |")
    lines += ["", "## Exit codes {#exit-codes}", "", *_exit_codes()]
    for name, command in commands.items():
        lines += ["", f"## {name} {{#{name}}}", "", *_command(name, command, context)]
    return _page(lines)


def api_page() -> str:
    """Return the page of what may be imported from Python."""
    lines = [
        "# Python API",
        "",
        _NOTE.format(source="the docstrings"),
        "",
        "What stands on this page is public: it changes only with a new major version, and the",
        "change log says so. Whatever else can be imported may change with any version.",
    ]
    for module, title in ((errorbook, "errorbook"), (testing, "errorbook.testing")):
        lines += ["", f"## {title}", "", *_text(inspect.getdoc(module) or "")]
        for name in module.__all__:
            if not name.startswith(_HIDDEN):
                lines += ["", *_member(title, name, getattr(module, name))]
    lines += ["", "## Types that are named above", *_TYPES.rstrip().splitlines()]
    lines += ["", "## Fixtures of pytest", ""]
    lines += [
        "The plugin brings these, wherever errorbook is installed: see [testing](testing.md)."
    ]
    for name, doc in _fixtures():
        lines += ["", f"### {name}", "", *_text(doc)]
    return _page(lines)


def _page(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _exit_codes() -> Iterator[str]:
    api = load(ROOT / "errors.yaml").catalog.apis["errorbook"]
    yield "| exit code | name | meaning |"
    yield "|---|---|---|"
    for number, one in sorted(api.exit_codes.items()):
        yield f"| `{number}` | `{one.name}` | {_cell(one.meaning)} |"


def _command(name: str, command: click.Command, above: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=above)
    pieces = " ".join(command.collect_usage_pieces(context))
    yield from ("```text", f"errorbook {name} {pieces}".rstrip(), "```", "")
    yield from _paragraphs(inspect.cleandoc(command.help or ""))
    options = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    options = [one for one in options if "--help" not in one.opts]
    if options:
        yield from ("", "| option | what it is |", "|---|---|")
        yield from map(_option, options)
    if command.epilog:
        yield ""
        yield from _paragraphs(command.epilog)


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{one}`" for one in (*option.opts, *option.secondary_opts))
    value = "" if option.is_flag else f" `{_value(option)}`"
    shown = option.show_default and option.default is not None and not option.is_flag
    default = f" Default: `{option.default}`." if shown else ""
    says_so = "repeat" in (option.help or "").lower()
    repeated = " May be repeated." if option.multiple and not says_so else ""
    return f"| {_cell(names + value)} | {_cell(option.help or '')}{repeated}{default} |"


def _value(option: click.Option) -> str:
    if option.metavar:
        return option.metavar
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices))
    return {"integer": "NUMBER", "integer range": "NUMBER"}.get(
        option.type.name, option.type.name.upper()
    )


def _paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text; what begins with \\b keeps its lines."""
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip("\n"))):
        if number:
            yield ""
        if not paragraph.lstrip().startswith("\b"):
            yield from paragraph.splitlines()
            continue
        title, *lines = paragraph.lstrip().removeprefix("\b").strip("\n").splitlines()
        yield from (title, "", "```text", *textwrap.dedent("\n".join(lines)).splitlines(), "```")


def _member(module: str, name: str, found: object) -> Iterator[str]:
    yield f"### {module}.{name}"
    yield ""
    if inspect.isclass(found):
        yield from _class(name, found)
    elif isinstance(found, FunctionType):
        yield from _function(name, found, "")
    else:
        yield from _text(inspect.getdoc(found) or "")


def _class(name: str, found: type) -> Iterator[str]:
    bases = [one.__name__ for one in found.__bases__ if one is not object]
    yield from ("```python", f"class {name}({', '.join(bases)})" if bases else f"class {name}")
    yield from ("```", "", *_text(found.__doc__ or ""))
    fields = {one: said for one, said in _fields(found) if f"{name}.{one}" not in _INTERNAL}
    if fields:
        yield from ("", "| attribute | type | meaning |", "|---|---|---|")
        for field, (kind, meaning) in fields.items():
            yield f"| `{field}` | `{_cell(kind)}` | {_cell(meaning)} |"
    for member, value in vars(found).items():
        is_method = isinstance(value, FunctionType) and not member.startswith(_HIDDEN)
        if is_method and value.__doc__ and f"{name}.{member}" not in _INTERNAL:
            yield ""
            yield from _function(f"{name}.{member}", value, "self")


def _fields(found: type) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the attributes of a class and its bases of ours: each with its type and meaning."""
    for one in reversed(found.__mro__):
        if one.__module__.partition(".")[0] != "errorbook":
            continue
        (node,) = ast.parse(textwrap.dedent(inspect.getsource(one))).body
        body = node.body if isinstance(node, ast.ClassDef) else []
        for place, each in enumerate(body):
            after = body[place + 1] if place + 1 < len(body) else None
            if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                kind, meaning = _annotated(each, after)
                if not each.target.id.startswith(("_", "model_")):
                    yield each.target.id, (kind, meaning)
            elif isinstance(each, ast.FunctionDef) and not each.name.startswith(_HIDDEN):
                names = {ast.unparse(one).rpartition(".")[2] for one in each.decorator_list}
                if names & {"property", "cached_property"} and each.returns:
                    doc = _first(ast.get_docstring(each) or "")
                    yield each.name, (ast.unparse(each.returns), doc)


def _annotated(one: ast.AnnAssign, after: ast.stmt | None) -> tuple[str, str]:
    """Return type and meaning of an attribute: the text below it, or its `description`."""
    kind = ast.unparse(one.annotation)
    for word in one.value.keywords if isinstance(one.value, ast.Call) else ():
        if word.arg == "description" and isinstance(word.value, ast.Constant):
            return kind, str(word.value.value)
    if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
        return kind, _first(str(after.value.value))
    return kind, ""


def _function(name: str, found: FunctionType, without: str) -> Iterator[str]:
    signature = inspect.signature(found)
    kept = [one for one in signature.parameters.values() if one.name != without]
    shown = ", ".join(_parameters(kept))
    returns = signature.return_annotation
    arrow = f" -> {returns}" if isinstance(returns, str) else ""
    yield from ("```python", f"{name}({shown}){arrow}", "```", "")
    yield from _text(inspect.getdoc(found) or "")


def _parameters(given: list[inspect.Parameter]) -> Iterator[str]:
    star = False
    for one in given:
        star_is_due = one.kind is one.KEYWORD_ONLY and not star
        if star_is_due:
            yield "*"
        star = star or star_is_due or one.kind is one.VAR_POSITIONAL
        is_rest = one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
        prefix = str(one).partition(one.name)[0] if is_rest else ""
        default = "" if one.default is one.empty else f" = {one.default!r}"
        yield f"{prefix}{one.name}: {one.annotation}{default}"


def _text(doc: str) -> Iterator[str]:
    """Yield a docstring as Markdown: its sections as lists."""
    is_section = False
    for line in _DOUBLE.sub("`", inspect.cleandoc(doc)).splitlines():
        section, entry = _SECTION.match(line), _ENTRY.match(line.strip())
        if section:
            is_section = True
            yield from (f"**{section[1]}**", "")
        elif is_section and line.startswith("    ") and entry and line[4] != " ":
            yield f"- `{entry[1]}`: {entry[2]}"
        elif is_section and line.startswith("    "):
            yield f"  {line.strip()}"
        else:
            is_section = False
            yield line


def _first(doc: str) -> str:
    """Return the first paragraph of a docstring on one line."""
    return " ".join(inspect.cleandoc(doc).partition("\n\n")[0].replace("``", "`").split())


def _fixtures() -> Iterator[tuple[str, str]]:
    # Read, not imported: whoever writes pages may be without pytest.
    tree = ast.parse((ROOT / PLUGIN).read_text(encoding="utf-8"))
    for one in tree.body:
        if isinstance(one, ast.FunctionDef) and any(map(_is_fixture, one.decorator_list)):
            yield one.name, ast.get_docstring(one) or ""


def _is_fixture(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(called) == "pytest.fixture"


def _cell(text: str) -> str:
    """Return text for a cell. Not every Markdown lets a bar in `code` be escaped: HTML does."""
    line = _CODE_WITH_BAR.sub(
        lambda code: f"<code>{escape(code[1])}</code>", " ".join(text.split())
    )
    parts = re.split(r"(<code>.*?</code>)", line)
    return "".join(
        one.replace("|", "&#124;" if one.startswith("<code>") else "\\|") for one in parts
    )


def stale() -> list[str]:
    """Return the pages that are not what they would be."""
    return [path for path, text in pages().items() if not _is_fresh(path, text)]


def _is_fresh(path: str, text: str) -> bool:
    file = ROOT / path
    return file.is_file() and file.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are stale."""
    if arguments not in ([], ["--check"]):
        print("references.py takes --check, and nothing else", file=sys.stderr)
        return 2
    behind = {path: text for path, text in pages().items() if not _is_fresh(path, text)}
    for path, text in behind.items():
        if arguments:
            print(f"{path} is not what the code says: {MEND}", file=sys.stderr)
        else:
            (ROOT / path).write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {path}")
    return 1 if arguments and behind else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
