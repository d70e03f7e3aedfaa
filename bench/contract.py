"""What it takes to compare two catalogs, beside reading the YAML that they stand in."""

from __future__ import annotations

import copy
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from bench.measure import Case, Figures, measure, show_progress
from bench.synthetic import as_yaml, catalog, lines

BUDGET: Final = 1.0
"""Seconds of processor in which the changes between two catalogs are to be found."""
_API: Final = "synthetic"
_Errors = dict[str, Any]


def bench_contract(folder: Path, errors: int, rounds: int) -> None:
    """Compare catalogs that differ in little, in something, and in everything."""
    before = _read(catalog(errors))
    print(f"\n## Find what changed between two catalogs of {errors:,} errors\n")
    _processes(folder, before, errors, rounds)  # first, while this process is small
    read = _reading(before)
    print(f"\n| what changed (budget: {BUDGET:.0f} s) | changes | CPU s | ratio to json.loads |")
    print("|---|---:|---:|---:|")
    for name, edit in _EDITS.items():
        show_progress(name)
        after = copy.deepcopy(before)
        edit(after["apis"][_API]["errors"])
        found, seconds = _compared(before, after, rounds)
        print(f"| {name} | {found:,} | {seconds:.2f} | {seconds / read:.1f} |")
    show_progress("")


def _processes(folder: Path, before: dict[str, Any], errors: int, rounds: int) -> None:
    """Measure the whole command, against PyYAML's C loader on both files."""
    after = copy.deepcopy(before)
    _some(after["apis"][_API]["errors"])
    (folder / "contract").mkdir(exist_ok=True)
    root = folder / "contract"
    (root / "old.yaml").write_text(as_yaml(errors), encoding="utf-8")
    (root / "errors.yaml").write_text("".join(lines(after, 0)), encoding="utf-8")
    theirs = (
        "import yaml\n"
        "for name in ('old.yaml', 'errors.yaml'):\n"
        "    yaml.load(open(name, 'rb'), Loader=yaml.CSafeLoader)"
    )
    ours = [sys.executable, "-m", "errorbook", "diff", "--against", "old.yaml"]
    cache = {"ERRORBOOK_CACHE": str(root / "cache")}
    base, *figures = measure(
        [
            Case("PyYAML's C loader, both files", [sys.executable, "-c", theirs], root),
            Case("errorbook diff, nothing kept", ours, root, {"ERRORBOOK_CACHE": ""}, ends_with=1),
            Case("errorbook diff, both files kept", ours, root, cache, ends_with=1),
        ],
        rounds,
    )
    print("| whole process | wall s | CPU s | peak MB | wall ratio |")
    print("|---|---:|---:|---:|---:|")
    for figure in (base, *figures):
        _row(figure, base)


def _row(figure: Figures, base: Figures) -> None:
    ratio = figure.wall / base.wall
    shown = f"{figure.wall:.2f} | {figure.cpu:.2f} | {figure.peak:.0f} | {ratio:.2f}"
    print(f"| {figure.name} | {shown} |")


def _compared(before: Any, after: Any, rounds: int) -> tuple[int, float]:
    """Return how many changes there are, and the median time that it takes to find them.

    Catalogs are read anew each time, since what follows from one is remembered; the collector of
    garbage is off, as it is in the command.
    """
    from errorbook.contract.compare import compare  # noqa: PLC0415  # not needed by other benches

    taken, found = [], 0
    gc.disable()
    for _ in range(rounds):
        one, other = _valid(before), _valid(after)
        begin = time.process_time()
        found = len(compare(one, other))
        taken.append(time.process_time() - begin)
        gc.collect()
    gc.enable()
    return found, statistics.median(taken)


def _reading(data: dict[str, Any]) -> float:
    """Return the seconds that it takes to read both catalogs as JSON, and nothing more."""
    text = json.dumps(data)
    begin = time.process_time()
    json.loads(text)
    json.loads(text)
    return time.process_time() - begin


def _valid(data: dict[str, Any]) -> Any:
    from errorbook.catalog.load import validate  # noqa: PLC0415  # not needed by other benches

    found, _ = validate(json.dumps(data).encode())
    return found


def _read(data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` as JSON gives it back, with keys that are texts."""
    found: dict[str, Any] = json.loads(json.dumps(data))
    return found


def _some(errors: _Errors) -> None:
    """Change five in a hundred, each in another way."""
    for number, (code, error) in enumerate(list(errors.items())):
        kind = number % 100
        if kind == 0:
            error["status"] = 418
        elif kind == 1:
            error["message"] += " Sorry."
        elif kind == 2:
            del errors[code]
        elif kind == 3:
            errors[f"{code}_now"] = errors.pop(code)
        elif kind == 4:
            errors[f"{code}_too"] = {"status": 404, "meaning": "New."}


def _reword(errors: _Errors) -> None:
    for error in errors.values():
        error["message"] += " Sorry."


def _rename(errors: _Errors) -> None:
    for code in list(errors):
        errors[f"{code}_now"] = errors.pop(code)


def _replace(errors: _Errors) -> None:
    for number, code in enumerate(list(errors)):
        del errors[code]
        errors[f"new_{number}"] = {"status": 404, "meaning": "New."}


def _rewrite(errors: _Errors) -> None:
    """Change nearly every field of every error."""
    for error in errors.values():
        error |= {"status": 500, "meaning": "Other.", "message": "Other.", "placeholders": {}}
        error |= {"retry": {"when": "never"}, "details": {}, "actions": [], "group": None}


_EDITS: Final[Mapping[str, Callable[[_Errors], None]]] = {
    "nothing": lambda _: None,
    "five errors in a hundred": _some,
    "every message": _reword,
    "every code": _rename,
    "every error, by another": _replace,
    "eight fields of every error": _rewrite,
}
