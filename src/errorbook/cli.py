"""The command line: each verb parses its arguments, calls one function and prints what it says.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from errorbook import __version__, completion, help_texts
from errorbook.checks.verb import check_command
from errorbook.cli_options import Port, about, for_audience
from errorbook.contract.verb import Policy, diff_command
from errorbook.exits import CLEAN, INCOMPLETE, INVALID
from errorbook.fetch.verb import fetch_command
from errorbook.format_verb import format_command
from errorbook.generate_verb import generate_command
from errorbook.importing.verb import import_command
from errorbook.init.verb import init_command
from errorbook.reports.options import keep_inputs, report_formats, wanted_reports

if TYPE_CHECKING:
    from errorbook.catalog.audience import Audience
    from errorbook.problems import Problem
    from errorbook.project import Workspace

_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141


def main() -> None:
    """Run the command line and end the process with its exit code.

    A verb makes nothing that would have to be collected before the process ends, and a look at
    all there is takes as long as many answers do: only what goes on and on turns that on again.
    Nor do plugins that somebody installed for other models have a say in these.
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run the command line with ``arguments`` and return its exit code.

    Whatever goes wrong in here, the code is not 1, which means findings.
    """
    _spell_out_what_cannot_be_encoded()
    try:
        code = _answer(arguments)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except BrokenPipeError:
        return _closed_pipe()
    except SystemExit as end:  # Click's answer to a closed pipe, and its end of a completion
        completed = "_ERRORBOOK_COMPLETE" in os.environ
        return int(end.code or CLEAN) if completed else _closed_pipe()
    except Exception as error:
        return _crashed(error)
    return code


def _answer(arguments: Sequence[str]) -> int:
    """Run a verb and return its exit code, or what was wrong if it could not do its work."""
    from errorbook.problems import ErrorbookError

    try:
        code = app.main(list(arguments), prog_name="errorbook", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return INVALID
    except click.ClickException as error:
        _say(_wrong_usage(error))
        return INVALID
    except ErrorbookError as error:
        return _complain(error.problems, INVALID)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _incomplete(error)
    return int(code or CLEAN)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=help_texts.APP)
@click.version_option(__version__, message="%(prog)s %(version)s")
def app() -> None:
    """Write each API error once, in errors.yaml: docs, SDK exceptions and checks follow from it."""


@app.command(epilog=help_texts.VALIDATE)
@click.argument("path", metavar="[CATALOG]", required=False, type=click.Path(path_type=Path))
@report_formats
@about
def validate(
    path: Path | None, formats: tuple[str, ...], project: Path | None, catalog: Path | None
) -> int:
    """Say everything that is wrong in a catalog.

    Each problem comes with file, line, column and what to do about it. Without CATALOG, the one
    of the project is read, and errorbook.yaml is looked at too.
    """
    from errorbook.checks.verb import exit_code, telling, validated
    from errorbook.problems import ErrorbookError
    from errorbook.project import expected_files
    from errorbook.reports.telling import tell

    if path and catalog:
        raise click.UsageError("CATALOG and --catalog mean the same: leave one of them out.")
    reports = wanted_reports(formats)
    named = path or catalog
    try:
        workspace = _opened(project, named, searches=named is None)
        keep_inputs(reports, workspace)
        expected_files(workspace.project, workspace.catalog.catalog)
        report = validated(_described(workspace), None)
    except ErrorbookError as error:
        if not formats:
            raise
        report = validated("", error)
    tell(telling(report), reports)
    return exit_code(report)


@app.command(epilog=help_texts.MOCK)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    default=8900,
    show_default=True,
    type=Port(),
    help="Port to listen at; 0 is any free one.",
)
@click.option("-v", "--verbose", is_flag=True, help="Print a line for each request.")
@for_audience("Whose errors to serve: those for everybody, or internal ones too.")
@about
def mock(  # noqa: PLR0913  # its options
    host: str,
    port: int,
    *,
    verbose: bool,
    audience: Audience,
    project: Path | None,
    catalog: Path | None,
) -> int:
    """Serve any error of a catalog over HTTP.

    Clients are tested against it. Any path answers with the error that a request asks for, as it
    is documented. GET / lists all errors. SIGINT and SIGTERM end it, with exit code 0.
    """
    try:
        from errorbook.mock import serve
    except ModuleNotFoundError as error:
        if error.name not in ("starlette", "uvicorn"):
            raise
        _say("errorbook: the mock server needs more: pip install 'errorbook[mock]'")
        return INCOMPLETE

    whole = _opened(project, catalog, audience).catalog.catalog
    log = click.echo if verbose else None
    gc.enable()
    serve(whole, (host, port), say=click.echo, warn=_say, log=log, audience=audience)
    return CLEAN


@app.command(epilog=help_texts.EXPLAIN)
@click.argument(
    "words",
    metavar="[WORDS]... | -",
    nargs=-1,
    shell_complete=completion.questions(lambda *named: _opened(*named)),  # noqa: PLW0108  # is below
)
@click.option(
    "--api",
    metavar="ID",
    help="Look at one API only.",
    shell_complete=completion.apis(lambda *named: _opened(*named)),  # noqa: PLW0108  # is below
)
@click.option(
    "--exit-code",
    metavar="NUMBER",
    type=click.IntRange(0, 255),
    help="Errors in which a command ends with this.",
)
@click.option("--all", "full", is_flag=True, help="Show everything found in full, not as a list.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, for programs.")
@click.option(
    "--package", metavar="NAME", help="Import name of an installed SDK, whose errors.json is read."
)
@for_audience("Whose errors to tell: those for everybody, or internal ones too.")
@click.option(
    "--catalog",
    metavar="FILE|ADDRESS",
    help="An errors.yaml or errors.json, or the https address of one, to read instead.",
)
@click.option(
    "-p",
    "--project",
    type=click.Path(path_type=Path, exists=True),
    help="errorbook.yaml or its folder. If left out: the nearest one here or above.",
)
def explain(  # noqa: PLR0913  # its options
    words: tuple[str, ...],
    *,
    api: str | None,
    exit_code: int | None,
    full: bool,
    as_json: bool,
    package: str | None,
    audience: Audience,
    catalog: str | None,
    project: Path | None,
) -> int:
    """Say what an error means and what to do about it.

    WORDS are a code, the beginning of codes, an exception, a status or an exit code; together
    they are one question if that has an answer, else each is one of its own. With - as the only
    word, what is piped in is decoded.
    """
    from errorbook.explain.source import Asked
    from errorbook.explain.verb import Question
    from errorbook.explain.verb import explain as answer

    question = Question(words, exit_code, api, full, as_json)
    return answer(question, Asked(project, catalog, package, audience), _opened)


@app.command(epilog=help_texts.SCHEMA)
@click.argument(
    "name",
    default="errors",
    type=click.Choice(["errors", "check-report", "diff-report"]),
    metavar="[NAME]",
)
def schema(name: str) -> int:
    """Print a JSON Schema: that of errors.yaml, for editors, or the one called NAME."""
    if name == "errors":
        from errorbook.outputs.schema import schema_text

        text = schema_text()
    else:
        from errorbook.reports.schemas import schema_text as report_schema_text

        text = report_schema_text(name)
    click.echo(text.encode(), nl=False)
    return CLEAN


def _policy(workspace: Workspace) -> Policy:
    """Return what a project says of changes."""
    from errorbook.levels import of_changes

    project = workspace.project.project
    return Policy(project.waivers, of_changes(project.levels), project.diff)


def _opened(
    project: Path | None,
    catalog: Path | None,
    audience: Audience = "public",
    *,
    searches: bool = True,
) -> Workspace:
    """Return the workspace that the options mean, with all of its catalog.

    Raises:
        click.UsageError: if they mean none.
        ErrorbookError: if the project or its catalog is not valid.
    """
    from errorbook.project import find, find_in, open_workspace
    from errorbook.project_file import CATALOG_FILE
    from errorbook.remedies import no_project

    start = Path.cwd()
    file = project or (find(start) if searches else None)
    if project and project.is_dir():
        file = find_in(project)
        if file is None:
            raise click.UsageError(f"There is no errorbook.yaml or errors.yaml in {project}.")
    if file and file.name == CATALOG_FILE:
        file, catalog = None, catalog or file
    if file is None and catalog is None:
        raise click.UsageError(no_project(start))
    return open_workspace(file, catalog, start, audience)


def _described(workspace: Workspace) -> str:
    from errorbook.checks.printing import counted

    apis = workspace.catalog.catalog.apis
    errors = sum(len(api.errors) for api in apis.values())
    name = workspace.catalog.sources[0].name
    return f"{name}: {counted(len(apis), 'API')}, {counted(errors, 'error')}"


def _wrong_usage(error: click.ClickException) -> str:
    """Return on one line what was wrong, and where it says how it is right."""
    from errorbook.checks.printing import one_line

    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context else "errorbook"
    said = error.format_message().removesuffix(".")
    return one_line(f"{command}: {said} (see `{command} --help`)")


def _incomplete(error: OSError) -> int:
    from errorbook.checks.printing import one_line
    from errorbook.remedies import to_write

    place = f"{error.filename}: " if error.filename else ""
    remedy = to_write(error)
    why = f"{place}{error.strerror or error}{f' ({remedy})' if remedy else ''}"
    _say(f"errorbook: could not complete: {one_line(why)}")
    return INCOMPLETE


def _crashed(error: Exception) -> int:
    if os.environ.get("ERRORBOOK_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    what = ascii(f"{type(error).__name__}: {error}")[1:-1]
    _say(f"errorbook crashed, please report it: {what} (ERRORBOOK_DEBUG=1 shows where)")
    return INCOMPLETE


def _complain(problems: Iterable[Problem], code: int) -> int:
    from errorbook.checks.printing import print_lines, problem_line, summary

    found = list(problems)
    print_lines(map(problem_line, found))
    _say(summary(found))
    return code


def _say(text: str) -> None:
    click.echo(text, err=True)


def _spell_out_what_cannot_be_encoded() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _closed_pipe() -> int:
    """Let the interpreter write what is left nowhere, rather than complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return _PIPE_CLOSED


app.add_command(generate_command(_opened))
app.add_command(check_command(_opened, _described))
app.add_command(diff_command(_opened, _policy))
app.add_command(fetch_command())
app.add_command(format_command())
app.add_command(init_command())
app.add_command(import_command())
