"""Look errors up as a person does: one process for each question, until its exit."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from bench.measure import Case, Figures, measure
from bench.synthetic import catalog

from errorbook.catalog import Catalog
from errorbook.outputs.errors_json import errors_json

ROOT: Final = Path(__file__).resolve().parent.parent
COLD: Final = 0.3
"""Seconds for this repository's catalog, of which nothing is kept."""
LONG: Final = 0.6
"""Seconds for 10,000 codes of an errors.json."""
_BASE: Final = 'python -c "import yaml"'
# What the command `errorbook` does. With -m, a process first looks for a while what that means.
_COMMAND: Final = [sys.executable, "-c", "from errorbook.cli import main; main()", "explain"]


def bench_explain(folder: Path, errors: int, rounds: int) -> None:
    """Explain errors of this repository and of a long published catalog, against importing yaml."""
    many = f"{errors:,} codes of an errors.json"
    published = folder / "explain.json"
    published.write_text(_published(errors), encoding="utf-8")
    code = next(iter(catalog(1)["apis"]["synthetic"]["errors"]))
    # An empty value is as good as none: Python keeps what it compiles, as it does for everybody.
    compiled = {"PYTHONDONTWRITEBYTECODE": ""}
    kept, none = folder / "explain-kept", folder / "explain-none"
    own = partial(_case, folder=ROOT, environment={**compiled, "ERRORBOOK_CACHE": str(kept)})
    cold = {**compiled, "ERRORBOOK_CACHE": str(none)}
    long = partial(_case, folder=folder, environment=compiled)
    cases: list[tuple[Case, float | None]] = [
        (Case(_BASE, [sys.executable, "-c", "import yaml"], folder, compiled), None),
        (own("this repository, as before", "rate_limited"), None),
        (
            _case(
                "this repository, nothing kept",
                "rate_limited",
                folder=ROOT,
                environment=cold,
                before=partial(shutil.rmtree, none, ignore_errors=True),
            ),
            COLD,
        ),
        (long(f"{many}: a code", code, "--catalog", str(published)), LONG),
        (long(f"{many}: a status", "429", "--catalog", str(published)), LONG),
        (
            long(
                f"{many}: a typo",
                f"x{code[1:]}",
                "--catalog",
                str(published),
                ends_with=1,
            ),
            LONG,
        ),
    ]
    figures = measure([case for case, _ in cases], rounds)
    _report(figures, [limit for _, limit in cases])


def _published(errors: int) -> str:
    whole = Catalog.model_validate_json(json.dumps(catalog(errors)))
    return errors_json(whole, link=lambda api, code: f"{api}/errors/{code}/")


def _case(
    name: str,
    *words: str,
    folder: Path,
    environment: dict[str, str],
    before: Callable[[], None] = lambda: None,
    ends_with: int = 0,
) -> Case:
    return Case(name, [*_COMMAND, *words], folder, environment, before, ends_with)


def _report(figures: list[Figures], limits: list[float | None]) -> None:
    base = figures[0]
    load = " ".join(f"{one:.1f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "-"
    print(f"\n## Explain an error, whole process (load average {load})\n")
    print("| case | wall s | limit s | CPU s | wall ratio | CPU ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    for figure, limit in zip(figures, limits, strict=True):
        print(
            f"| {figure.name} | {figure.wall:.3f} | {limit or ''} | {figure.cpu:.3f} "
            f"| {figure.wall / base.wall:.2f} | {figure.cpu / base.cpu:.2f} |"
        )
