"""What is accepted in a run: the file it stands in, found and read."""

# ruff: noqa: PLC0415  # what takes long to import is imported where there is such a file

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Final

from errorbook.catalog.audience import Audience
from errorbook.checks.accepted_content import Content, Entry
from errorbook.checks.disk import link_on_the_way, why_not
from errorbook.checks.result import Context
from errorbook.problems import ErrorbookError, Finding, quoted

_BAD: Final = "bad-baseline"


@dataclass(frozen=True)
class Known:
    """What is accepted in a run; ``path`` is the file, and ``is_there`` tells whether it exists.

    ``inherited`` is accepted by the file for everybody, where another one is written. ``shown`` is
    what to call the file, ``command`` the one that writes it. ``is_judged`` tells whether what is
    not found any more is gone: another catalog than the project's own says nothing of that.
    """

    path: str
    shown: str
    command: str
    content: Content = field(default_factory=Content)
    inherited: tuple[Entry, ...] = ()
    is_there: bool = False
    is_missed: bool = False
    """Whether errorbook.yaml names the file, and it is not there."""
    is_judged: bool = True


def read(context: Context) -> Known:
    """Return what the project accepts of what the audience of the run may read.

    Raises:
        ErrorbookError: if a file is not valid, or must not be where errorbook.yaml puts it.
        OSError: if it cannot be read.
    """
    project = context.project
    named = project.project.check.baseline
    _check_path(context, named)
    path = _path(named, context.audience)
    _check_path(context, path)
    known = Known(path, project.shown(path), context.command_to_accept)
    content = _content(context, path)
    is_public = context.audience == "public"
    inherited = None if is_public else _content(context, named)
    is_named = "baseline" in project.project.check.model_fields_set
    return replace(
        known,
        content=content or Content(),
        inherited=inherited.entries if inherited else (),
        is_there=content is not None,
        is_missed=content is None and is_public and is_named,
        is_judged=_is_own_catalog(context),
    )


def _path(named: str, audience: Audience) -> str:
    path = PurePosixPath(named)
    return named if audience == "public" else str(path.with_suffix(f".internal{path.suffix}"))


def _check_path(context: Context, path: str) -> None:
    """Refuse a path outside the project, or behind a link.

    Raises:
        ErrorbookError: if it is one.
    """
    reason = why_not(path)
    if not reason and PurePosixPath(path).suffix != ".json":
        reason = "does not end in '.json'"
    link = None if reason else link_on_the_way(context.project.root, path)
    if link:
        reason = f"leads over {quoted(link)}, a symbolic link, which is never followed"
    if reason:
        message = f"the file {quoted(path)} {reason}"
        finding = Finding(_BAD, ("check", "baseline"), message, "choose a file within the project")
        raise ErrorbookError(context.project.place([finding]))


def _content(context: Context, path: str) -> Content | None:
    """Return what a file says; None where there is none."""
    try:
        data = (context.project.root / path).read_bytes()
    except FileNotFoundError:
        return None
    from errorbook.checks.accepted_file import content_of

    return content_of(data, context.project.shown(path))


def _is_own_catalog(context: Context) -> bool:
    own = context.project.root / context.project.project.catalog
    read_from = context.workspace.catalog.sources[0].path
    return own.resolve() == read_from.resolve()
