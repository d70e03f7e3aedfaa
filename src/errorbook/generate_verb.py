"""The verb `generate`: what is written, and how that is told.

What takes long to import is imported where it is needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from errorbook import help_texts
from errorbook.cli_options import about, for_audience

if TYPE_CHECKING:
    from errorbook.catalog.audience import Audience
    from errorbook.markdown_files import MarkdownFile
    from errorbook.project import Workspace

Opener = Callable[[Path | None, Path | None, "Audience"], "Workspace"]
"""Opens the project and the catalog that options name, or those from here, for an audience."""

CLEAN: Final = 0
FINDINGS: Final = 1
INVALID: Final = 2


def generate_command(opener: Opener) -> click.Command:
    """Return the command ``generate``, for projects that ``opener`` opens."""

    @click.command("generate", epilog=help_texts.GENERATE)
    @for_audience("Whose files to write: those for everybody, or those with audience: internal.")
    @about
    def generate(audience: Audience, project: Path | None, catalog: Path | None) -> int:
        """Write the files that errorbook.yaml names: all of them, or none.

        A file that errorbook did not generate is never overwritten, but for the text between
        markers in Markdown. Of what was edited by hand, a copy is kept beside it as NAME.orig.
        Files of errors that are gone, or have become internal, are removed.
        """
        return _generate(opener(project, catalog, audience), audience)

    return generate


def _generate(workspace: Workspace, audience: Audience) -> int:
    from errorbook.checks.orphans import orphans
    from errorbook.checks.printing import counted, problem_line, summary
    from errorbook.generate import RefusedError, clear, generate
    from errorbook.project import all_files

    project, catalog = workspace.project, workspace.catalog.catalog
    names_markdown = audience == "public" and bool(project.project.markdown)
    if not project.targets(audience) and not names_markdown:
        click.echo(_what_to_write(workspace, audience), err=True)
        return INVALID
    every = all_files(project, catalog)
    files = [file for file in every if file.target.audience == audience]
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
        _print(map(problem_line, error.problems))
        click.echo(summary(error.problems), err=True)
        return FINDINGS
    left_over = orphans(project, every, audience, workspace.catalog.files)
    cleared = clear(project, left_over)
    _print(f"wrote {name}" for name in done.written)
    _print(f"removed {name}" for name in cleared.removed)
    _print(f"kept your edits in {name}" for name in (*done.kept, *cleared.kept))
    whose = ", for the internal audience" if audience == "internal" else ""
    written = counted(len(done.written), "file")
    click.echo(f"{written} written, {len(done.unchanged):,} unchanged{whose}", err=True)
    return CLEAN


def _what_to_write(workspace: Workspace, audience: Audience) -> str:
    """Return what has to stand in errorbook.yaml for there to be something to generate."""
    if audience == "internal":
        return help_texts.NOTHING_INTERNAL
    if workspace.project.targets("internal"):
        return help_texts.NOTHING_PUBLIC
    return help_texts.NOTHING


def _print(lines: Iterable[str]) -> None:
    """Print ``lines``, in colour where a person sees it and wants it."""
    wanted = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for line in lines:
        click.echo(line, color=wanted)
