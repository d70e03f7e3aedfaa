"""Text between markers in Markdown files, compared with what the catalog says.

What reads them takes long to import, and most projects have none: it is imported where needed.
"""

# ruff: noqa: PLC0415  # as the docstring says

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from errorbook.checks.printing import counted
from errorbook.checks.result import Checked, Context, Reported
from errorbook.problems import Place, Problem

if TYPE_CHECKING:
    from errorbook.markdown_files import MarkdownFile

_COMPLAINTS: Final = {
    "stale": (
        "stale-markdown",
        "the text between markers is not what the catalog says",
        "run: {command}",
    ),
    "edited": (
        "edited-markdown",
        "the text between markers was edited by hand",
        "make the change in the catalog, then run: {command}; it keeps the edited file beside",
    ),
}
"""Rule, message and hint for what may be wrong with a text."""


def is_wanted(context: Context) -> bool:
    """Tell whether the project names Markdown files; what they say is for everybody."""
    return context.audience == "public" and bool(context.project.project.markdown)


def check(context: Context) -> Checked:
    """Compare the text between markers in every file that the project names.

    Raises:
        ErrorbookError: if errorbook.yaml names a path that is not allowed.
        OSError: if a file is there but cannot be read.
    """
    from errorbook.catalog.audience import seen_by
    from errorbook.markdown_files import markdown_files

    catalog = seen_by(context.catalog, context.audience)
    found = markdown_files(context.project, catalog)
    reported = [one for file in found.files for one in _reported(context, file)]
    number = sum(len(file.kept) for file in found.files)
    looked_at = f"{counted(number, 'text')} between markers"
    is_blocked = bool(found.missing) or any(file.problems for file in found.files)
    return Checked(looked_at, tuple(reported), found.missing, is_blocked=is_blocked)


def _reported(context: Context, file: MarkdownFile) -> Iterator[Reported]:
    from errorbook.checks.difference import difference

    for problem in file.problems:
        yield Reported(problem, problem.message)
    shown = context.project.shown(file.path)
    seen: Counter[str] = Counter()
    for kept in file.kept:
        words = " ".join(kept.found.words.split())
        seen[words] += 1
        if kept.condition == "fresh":
            continue
        rule, message, hint = _COMPLAINTS[kept.condition]
        wanted = file.written(kept.found).decode().replace("\r\n", "\n")
        line, diff = difference(shown, file.text, wanted)
        problem = Problem(rule, Place(shown, line), message, hint.format(command=context.command))
        subject = words if seen[words] == 1 else f"{words} {seen[words]}"
        yield Reported(problem, subject, diff, is_mended=True)
