"""Pages of errors: cast by ours, against the same Markdown rendered by MkDocs page by page.

Both sites have one configuration. What MkDocs renders are the very files that ours publishes
beside its pages, copied into ``docs/``; ours writes those files, and their JSON, on top.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from bench.measure import Case, Figures, measure, run
from bench.synthetic import as_yaml

BUDGET: Final = 0.3
"""Most time that ours may take of what MkDocs takes."""

_CONFIG: Final = """\
site_name: Bench
site_url: https://example.org/
theme: {{name: material, font: false}}
plugins: [{plugins}]
markdown_extensions: [tables, pymdownx.highlight, pymdownx.superfences]
nav: [index.md]
not_in_nav: "*"
"""
_INDEX: Final = "# Errors\n"
_COMMAND: Final = (sys.executable, "-m", "mkdocs", "build", "-q")
_ENVIRONMENT: Final = {"NO_MKDOCS_2_WARNING": "1"}


@dataclass(frozen=True)
class Written:
    """What a build has written."""

    files: int
    bytes: int


@dataclass(frozen=True)
class Row:
    """One of the two: what a build takes, and what it writes."""

    figures: Figures
    written: Written


def measure_pages(folder: Path, errors: int, rounds: int) -> list[Row]:
    """Return the rows of MkDocs and of ours, in this order."""
    ours, theirs = folder / "ours", folder / "theirs"
    _project(ours, "search, errorbook")
    (ours / "errors.yaml").write_text(as_yaml(errors), encoding="utf-8")
    environment = {**_ENVIRONMENT, "ERRORBOOK_CACHE": str(folder / "cache")}
    cast = Case("ours, cast", _COMMAND, ours, environment, _mover(ours))
    run(cast)
    _project(theirs, "search")
    _copy_pages(ours / "site", theirs / "docs", is_searched=_is_searched(ours / "site"))
    rendered = Case("MkDocs, the same Markdown", _COMMAND, theirs, _ENVIRONMENT, _mover(theirs))
    figures = measure([rendered, cast], rounds)
    return [
        Row(figure, _written(case.folder / "site"))
        for figure, case in zip(figures, (rendered, cast), strict=True)
    ]


def _project(folder: Path, plugins: str) -> None:
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text(_INDEX, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_CONFIG.format(plugins=plugins), encoding="utf-8")


def _mover(project: Path) -> Callable[[], None]:
    """Return what moves the site of the run before out of the way.

    To delete it would be no part of a build, and disks go on deleting while the next one runs.
    """
    numbers = count()

    def move() -> None:
        site = project / "site"
        if site.exists():
            site.rename(project / f"site-{next(numbers)}")

    return move


def _is_searched(site: Path) -> bool:
    return "/errors/" in (site / "search/search_index.json").read_text(encoding="utf-8")


def _copy_pages(site: Path, docs: Path, *, is_searched: bool) -> None:
    """Copy the Markdown of all pages, left out of search if ours are."""
    front = "" if is_searched else "---\nsearch: {exclude: true}\n---\n"
    for source in site.glob("*/errors/*/index.md"):
        target = docs / source.relative_to(site)
        target.parent.mkdir(parents=True)
        target.write_text(front + source.read_text(encoding="utf-8"), encoding="utf-8")


def _written(site: Path) -> Written:
    sizes = [
        (Path(where) / name).stat().st_size for where, _, names in os.walk(site) for name in names
    ]
    return Written(len(sizes), sum(sizes))


def bench_pages(folder: Path, errors: int, rounds: int) -> None:
    """Build a site with a page for each error, against MkDocs with the same Markdown."""
    place = folder / "pages"
    shutil.rmtree(place, ignore_errors=True)
    rows = measure_pages(place, errors, rounds)
    theirs = rows[0].figures
    print(f"\n## A page for each of {errors:,} errors\n")
    print("| case | wall s | CPU s | peak MB | files | MB written | wall ratio | CPU ratio |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    for row in rows:
        figure = row.figures
        print(
            f"| {figure.name} | {figure.wall:.3f} | {figure.cpu:.3f} | {figure.peak:.0f} "
            f"| {row.written.files:,} | {row.written.bytes / 1e6:.1f} "
            f"| {figure.wall / theirs.wall:.2f} | {figure.cpu / theirs.cpu:.2f} |"
        )
    print(f"\nBudget: a wall ratio of {BUDGET}.")
