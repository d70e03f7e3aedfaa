"""The verb `generate`: what is written, and how that is told.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from errorbook import help_texts
from errorbook.cli_options import about, for_audience
from errorbook.exits import CLEAN, FINDINGS, INVALID

if TYPE_CHECKING:
    from errorbook.catalog.audience import Audience
    from errorbook.markdown_files import MarkdownFile
    from errorbook.project import Workspace
    from errorbook.project_file import Target

Opener = Callable[[Path | None, Path | None, "Audience"], "Workspace"]
"""Opens the project and the catalog that options name, or those from here, for an audience."""


def generate_command(opener: Opener) -> click.Command:
    """Return the command ``generate``, for projects that ``opener`` opens."""

    @click.command("generate", epilog=help_texts.GENERATE)
    @click.argument("outputs", metavar="[OUTPUT]...", nargs=-1)
    @click.option(
        "--exit-code",
        "tells",
        is_flag=True,
        help="End with 1 if anything was written or removed, as for a hook.",
    )
    @for_audience("Whose files to write: those for everybody, or those with audience: internal.")
    @about
    def generate(
        outputs: tuple[str, ...],
        *,
        tells: bool,
        audience: Audience,
        project: Path | None,
        catalog: Path | None,
    ) -> int:
        """Write the files that errorbook.yaml names: all of them, or none.

        OUTPUT is the name of an output, such as pages: then nothing but its files is written.

        A file that errorbook did not generate is never overwritten, but for the text between
        markers in Markdown. Of what was edited by hand, a copy is kept beside it as NAME.orig.
        Files of errors that are gone, or have become internal, are removed.
        """
        return _generate(opener(project, catalog, audience), audience, outputs, tells=tells)

    return generate


def _generate(
    workspace: Workspace, audience: Audience, outputs: Sequence[str], *, tells: bool
) -> int:
    from errorbook.checks.orphans import orphans
    from errorbook.checks.printing import counted, print_lines, problem_line, summary
    from errorbook.generate import RefusedError, clear, generate
    from errorbook.project import all_files

    project, catalog = workspace.project, workspace.catalog.catalog
    targets = project.targets(audience)
    if outputs:
        targets = _named(targets, outputs)
    names_markdown = audience == "public" and bool(project.project.markdown) and not outputs
    if not targets and not names_markdown:
        said, code = _nothing(workspace, audience)
        click.echo(said, err=True)
        return code
    every = all_files(project, catalog)
    files = [file for file in every if file.target in targets]
    markdown: Sequence[MarkdownFile] = ()
    if names_markdown:
        from errorbook.catalog.audience import seen_by
        from errorbook.markdown_files import markdown_files, require_all

        found = markdown_files(project, seen_by(catalog, audience))
        require_all(found)
        markdown = found.files
    try:
        done = generate(project, files, markdown)
    except RefusedError as error:
        print_lines(map(problem_line, error.problems))
        click.echo(summary(error.problems), err=True)
        return FINDINGS
    cleared = clear(project, orphans(workspace, every, audience, outputs).of_project)
    print_lines(f"wrote {name}" for name in done.written)
    print_lines(f"removed {name}" for name in cleared.removed)
    print_lines(f"kept your edits in {name}" for name in (*done.kept, *cleared.kept))
    whose = ", for the internal audience" if audience == "internal" else ""
    written = counted(len(done.written), "file")
    click.echo(f"{written} written, {len(done.unchanged):,} unchanged{whose}", err=True)
    has_changed = bool(done.written or cleared.removed or cleared.kept)
    return FINDINGS if tells and has_changed else CLEAN


def _named(targets: Sequence[Target], outputs: Sequence[str]) -> list[Target]:
    """Return the targets of ``outputs``.

    Raises:
        click.UsageError: if one has none.
    """
    from errorbook.outputs import OUTPUTS
    from errorbook.problems import quoted, suggest

    known = {target.output for target in targets}
    for name in outputs:
        if name not in OUTPUTS:
            raise click.UsageError(
                f"No output is called {quoted(name)} ({suggest(name, OUTPUTS)})."
            )
        if name not in known:
            raise click.UsageError(
                f"errorbook.yaml has no target with the output {name}: add one below 'generate', "
                f"such as {{output: {name}, to: FOLDER}}."
            )
    return [target for target in targets if target.output in outputs]


def _nothing(workspace: Workspace, audience: Audience) -> tuple[str, int]:
    """Return what to say where there is nothing to generate, and the exit code.

    A project may have nothing but checks, and a job that generates in each project passes it. To
    ask for what is internal, where nothing is, is a mistake, and so is to ask without a project.
    """
    if audience == "internal":
        return help_texts.NOTHING_INTERNAL, INVALID
    if workspace.project.targets("internal"):
        return help_texts.NOTHING_PUBLIC, INVALID
    if workspace.project.source is None:
        return help_texts.NO_PROJECT, INVALID
    return help_texts.NOTHING, CLEAN
