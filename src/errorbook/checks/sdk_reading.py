"""One SDK, read and compared."""

from __future__ import annotations

from pathlib import PurePosixPath

from errorbook.catalog.audience import seen_by
from errorbook.checks.result import Checked, Context
from errorbook.checks.sdk_compare import compare
from errorbook.checks.sdk_facts import notes
from errorbook.checks.sdk_found import Sdk
from errorbook.checks.sdk_matching import Candidates, documented_base, match
from errorbook.checks.sdk_names import Names
from errorbook.checks.sdk_settings import HandwrittenSdk
from errorbook.python_source.classes import Classes
from errorbook.python_source.codes import calls, listings, registries, tables
from errorbook.python_source.sources import read_sources
from errorbook.python_source.values import Values


def read(context: Context, settings: HandwrittenSdk, name: str) -> Checked:
    """Compare one SDK with the API ``name``.

    Raises:
        OSError: if a folder cannot be listed.
    """
    try:
        return _read(context, settings, name)
    except RecursionError:
        shown = context.project.shown(settings.package)
        return Checked("", not_checked=(f"{shown}: an expression in it is nested too deeply",))


def _read(context: Context, settings: HandwrittenSdk, name: str) -> Checked:
    project = context.project
    package = project.root / settings.package
    shown = project.shown(settings.package)
    if not package.is_dir() and not (package.is_file() and package.suffix == ".py"):
        return Checked("", not_checked=(f"{shown}: there is no such package or module",))
    api = seen_by(context.catalog, settings.audience).apis[name]
    wanted = [documented_base(name, api, settings), *settings.classes.values()]
    sources = read_sources(package, [one.rpartition(".")[2] for one in wanted])
    names = Names(sources)
    unread = [*sources.unread, *names.unread]
    values = Values(sources, names)
    classes = Classes(sources, names, values)
    found = tuple(registries(sources, names, values, classes))
    candidates = Candidates(names, classes, settings, api)
    matches = match(name, api, candidates, found)
    sdk = Sdk(
        context.workspace,
        settings,
        name,
        api,
        names,
        classes,
        candidates,
        matches,
        found,
        tuple(listings(sources, values, classes)),
        tuple(tables(sources, names, values, classes)),
        tuple(calls(sources, names, values, classes, settings.attributes.code)),
        not unread,
        sources.is_fixed,
    )
    reasons = []
    for below, line, reason in unread:
        path = project.shown(str(PurePosixPath(settings.package, below)))
        reasons.append(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
    return Checked("", tuple(compare(sdk)), tuple(reasons), tuple(notes(sdk)))
