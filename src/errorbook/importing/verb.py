"""The verb `import`: which sources are read, into which catalog, and what is said of it.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from errorbook.exits import CLEAN, FINDINGS, INVALID

if TYPE_CHECKING:
    from errorbook.importing.outcome import Outcome
    from errorbook.importing.readers import Wish
    from errorbook.problems import Problem

EPILOG: Final = """\
\b
Sources:
  openapi.yaml           an OpenAPI document
  docs/errors.md         a page: Markdown, HTML, or text copied from one
  errors.csv             a list: CSV, TSV, JSON, JSON Lines, TOML, YAML
  src/acme/errors.py     exceptions of a Python SDK, or its folder
  -                      what is piped in

\b
Examples:
  errorbook import openapi.yaml
  errorbook import openapi.yaml docs/errors.md   the first that says it counts
  errorbook import errors.csv --api shop --column status=HTTP
  errorbook import openapi.yaml --diff           shows what would change
  errorbook import openapi.yaml --take source    replaces what contradicts it

\b
Exit codes:
  0  done; with --diff, nothing would change
  1  done, with conflicts that are listed; with --diff, something would change
  2  wrong usage, a source that cannot be used, or a catalog that is not valid
  3  a file could not be read or written"""


@dataclass(frozen=True)
class _Asked:
    """What the command line asks for."""

    sources: tuple[str, ...]
    reader: str | None
    api: str | None
    to: Path | None
    wish: Wish
    winner: Literal["catalog", "source"]
    is_diff: bool
    as_json: bool


def import_command() -> click.Command:
    """Return the command ``import``."""

    @click.command("import", epilog=EPILOG)
    @click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
    @click.option(
        "--from",
        "reader",
        type=click.Choice(["openapi", "docs", "table", "python"]),
        help="What the sources are. If left out: what they look like.",
    )
    @click.option(
        "--api",
        metavar="ID",
        help="API the errors are of. If left out: the only one of the catalog, "
        "else after the title in the source.",
    )
    @click.option(
        "--to",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Catalog to write to. If left out: that of the project here or above, "
        "else a new errors.yaml here.",
    )
    @click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=HEADER",
        help="Column that holds a field, where its header does not tell. Repeatable.",
    )
    @click.option("--entries", metavar="KEY.KEY", help="Where a file keeps its list of errors.")
    @click.option("--diff", "is_diff", is_flag=True, help="Show what would change; write nothing.")
    @click.option(
        "--take",
        "winner",
        type=click.Choice(["catalog", "source"]),
        default="catalog",
        show_default=True,
        help="Who is right where both say something different.",
    )
    @click.option(
        "--format",
        "output",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="How the report is told.",
    )
    def import_(  # noqa: PLR0913  # its options
        sources: tuple[str, ...],
        *,
        reader: str | None,
        api: str | None,
        to: Path | None,
        columns: tuple[str, ...],
        entries: str | None,
        is_diff: bool,
        winner: Literal["catalog", "source"],
        output: str,
    ) -> int:
        """Bring errors that are written down elsewhere into errors.yaml.

        What the catalog says already stays; what it does not have is added, and what contradicts
        it is listed. Nothing is made up: what no source says is absent, and listed too.
        """
        from errorbook.importing.asked import wish_of

        wish = wish_of(columns, entries)
        asked = _Asked(sources, reader, api, to, wish, winner, is_diff, output == "json")
        return _import(asked)

    return import_


def _import(asked: _Asked) -> int:
    from errorbook.importing.asked import check_api, heard_of, target_of
    from errorbook.importing.catalog_files import catalog_files
    from errorbook.importing.outcome import NoApiError, api_of, imported

    check_api(asked.api)
    path, name = target_of(asked.to)
    files = catalog_files(path, name)
    heard, problems = heard_of(asked.sources, asked.reader, asked.wish)
    if problems:
        return _complain(problems)
    try:
        api = api_of(heard, files.data()["apis"], asked.api)
    except NoApiError as error:
        raise click.UsageError(f"{error}.") from None
    outcome = imported(heard, files, api, asked.winner)
    if asked.is_diff:
        return _shown(outcome, asked)
    return _written(outcome, asked)


def _complain(problems: Sequence[Problem]) -> int:
    from errorbook.checks.printing import print_lines, problem_line, summary

    print_lines(map(problem_line, problems))
    click.echo(summary(problems), err=True)
    return INVALID


def _shown(outcome: Outcome, asked: _Asked) -> int:
    """Show what would change, and return the exit code."""
    from dataclasses import replace

    _tell(replace(outcome, report=replace(outcome.report, written=False)), asked)
    if not asked.as_json:
        from errorbook.checks.printing import print_lines

        print_lines(_diff(outcome))
    return FINDINGS if outcome.texts else CLEAN


def _diff(outcome: Outcome) -> list[str]:
    import difflib

    from errorbook.checks.printing import diff_lines

    lines: list[str] = []
    for path, (name, content) in outcome.texts.items():
        before = path.read_bytes().decode() if path.exists() else ""
        lines += difflib.unified_diff(
            before.splitlines(),
            content.decode().splitlines(),
            name if before else "/dev/null",
            name,
            lineterm="",
        )
    return diff_lines(lines)


def _written(outcome: Outcome, asked: _Asked) -> int:
    """Write what changed, say so, and return the exit code."""
    from errorbook.writing import write_all

    names = {path.resolve(): name for path, (name, _) in outcome.texts.items()}
    contents = {path.resolve(): content for path, (_, content) in outcome.texts.items()}
    write_all(contents, names.__getitem__)
    _tell(outcome, asked)
    if not asked.as_json:
        _next_step(outcome)
    return FINDINGS if outcome.report.conflicts else CLEAN


def _tell(outcome: Outcome, asked: _Asked) -> None:
    from errorbook.checks.printing import print_lines
    from errorbook.importing.report import as_json, lines_of

    if asked.as_json:
        click.echo(as_json(outcome.report))
    else:
        print_lines(lines_of(outcome.report))


def _next_step(outcome: Outcome) -> None:
    from errorbook.project import find
    from errorbook.project_file import PROJECT_FILE

    found = find(Path.cwd())
    has_project = found is not None and found.name == PROJECT_FILE
    step = "errorbook validate" if has_project else "errorbook validate, then errorbook init"
    click.echo(f"next: {step}")
