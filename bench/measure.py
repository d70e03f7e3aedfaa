"""Measure whole processes, in turn, so that a change of the machine's speed hits all alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Case:
    """A command to measure: where it runs, with which variables, and what precedes each run.

    ``ends_with`` is the exit code that it should have.
    """

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    ends_with: int = 0


@dataclass(frozen=True)
class Figures:
    """Medians of several runs: seconds of wall clock and of processor, megabytes at the peak."""

    name: str
    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Run:
    """What one run of a case took."""

    wall: float
    cpu: float
    peak: float


def measure(cases: Sequence[Case], rounds: int) -> list[Figures]:
    """Run all cases once to warm up and then ``rounds`` times in turn; return their medians."""
    runs: dict[str, list[Run]] = {case.name: [] for case in cases}
    for turn in range(rounds + 1):
        for case in cases:
            show_progress(f"{case.name}: {f'run {turn} of {rounds}' if turn else 'warming up'}")
            taken = run(case)
            if turn:
                runs[case.name].append(taken)
    show_progress("")
    return [_median(name, taken) for name, taken in runs.items()]


def show_progress(text: str) -> None:
    """Say on a terminal what is being measured."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def run(case: Case) -> Run:
    """Run a case once, and stop with what it says if it fails."""
    case.before()
    start = time.perf_counter()
    process = subprocess.Popen(
        case.command,
        cwd=case.folder,
        env={**os.environ, **case.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    errors = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != case.ends_with:
        sys.exit(f"{case.name} failed:\n{errors.decode(errors='replace')}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Run(wall, usage.ru_utime + usage.ru_stime, kilobytes / 1024)


def _median(name: str, runs: Sequence[Run]) -> Figures:
    return Figures(
        name,
        statistics.median(one.wall for one in runs),
        statistics.median(one.cpu for one in runs),
        statistics.median(one.peak for one in runs),
    )
