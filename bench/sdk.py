"""Generated Python exceptions beside those of SDKs that many people use, in one run."""

from __future__ import annotations

import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import show_progress
from bench.sdk_environment import ensure_peers, run_python
from bench.sdk_peers import PEERS
from bench.sdk_transports import TOO_MANY
from bench.synthetic import as_yaml, catalog

SIZES = (100, 1000)
MODULE = "synthetic.errors"
IMPORT = """\
import sys, time, typing
def pages():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1])
    except OSError:
        return 0
held, known = pages(), len(sys.modules)
start = time.process_time()
{statement}
end = time.process_time()
known = len(sys.modules) - known
import os
print((end - start) * 1000, known, (pages() - held) * os.sysconf("SC_PAGESIZE") / 2**20)
"""


@dataclass(frozen=True)
class Sdk:
    """What is measured: its name in the tables, and how a process imports and probes it."""

    name: str
    imports: Mapping[str, str]
    """What a program may write, by what it says in the table."""
    probe: Sequence[str]
    folder: Path
    """Where a generated module is found."""


def bench_sdk(folder: Path, errors: int, rounds: int) -> None:
    """Import, raise and pickle the exceptions of a generated module and of known SDKs."""
    ensure_peers()
    sdks = [*(_ours(folder, size) for size in SIZES), *(_theirs(folder, name) for name in PEERS)]
    _report_imports(_imports(sdks, rounds * 3))
    _report_probes(_probes(sdks, rounds))


def _ours(folder: Path, size: int) -> Sdk:
    project = folder / f"sdk-{size}"
    project.mkdir()
    (project / "errors.yaml").write_text(as_yaml(size), "utf-8")
    (project / "errorbook.yaml").write_text("generate: [{output: python, to: .}]\n", "utf-8")
    run_python(["-m", "errorbook", "generate"], project, sys.executable)
    known = catalog(size)["apis"]["synthetic"]["errors"]
    code = next(code for code, error in known.items() if error["status"] == TOO_MANY)
    asked = f"from {MODULE} import FACTS; print(FACTS[{code!r}].exception)"
    one = run_python(["-c", asked], project).strip()
    name = f"Errorbook, {size:,} classes"
    imports = {
        name: f"import {MODULE}",
        f"{name}, one of them by name": f"from {MODULE} import {one}",
        f"{name}, all of them by name": f"from {MODULE} import *",
    }
    return Sdk(name, imports, (MODULE, "--code", code), project)


def _theirs(folder: Path, name: str) -> Sdk:
    asked = f"from importlib.metadata import version; print(version({name!r}))"
    title = f"{name} {run_python(['-c', asked], folder).strip()}"
    first, *more = PEERS[name][0]
    imports = {title: first, **{f"{title}, a client's exceptions": other for other in more}}
    return Sdk(title, imports, (name,), folder)


def _imports(sdks: Sequence[Sdk], rounds: int) -> dict[str, list[float]]:
    """Return the medians of milliseconds, modules and megabytes, by what is imported."""
    taken: dict[str, list[list[float]]] = defaultdict(list)
    for turn in range(rounds + 1):
        for sdk in sdks:
            for name, statement in sdk.imports.items():
                show_progress(f"importing {name}: {turn} of {rounds}")
                source = IMPORT.format(statement=statement)
                line = run_python(["-c", source], sdk.folder)
                if turn:  # the first writes the bytecode
                    taken[name].append([float(word) for word in line.split()])
    show_progress("")
    return {
        name: [statistics.median(figures) for figures in zip(*runs, strict=True)]
        for name, runs in taken.items()
    }


def _probes(sdks: Sequence[Sdk], rounds: int) -> dict[str, dict[str, Any]]:
    """Return what a process of its own finds out about each, its times as medians."""
    found: dict[str, dict[str, Any]] = {}
    taken: dict[str, list[dict[str, float]]] = defaultdict(list)
    for turn in range(rounds + 1):
        for sdk in sdks:
            show_progress(f"raising with {sdk.name}: {turn} of {rounds}")
            command = ["-m", "bench.sdk_probe", *sdk.probe]
            answer = json.loads(run_python([*command, *(["--times"] if turn else [])], sdk.folder))
            if turn:
                taken[sdk.name].append(answer)
            else:
                found[sdk.name] = answer
    show_progress("")
    for name, runs in taken.items():
        found[name] |= {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        for step in sorted(runs[0].keys() - {"floor"}):
            ratios = [run[step] / run["floor"] for run in runs]
            found[name][f"{step}, floors"] = statistics.median(ratios)
    return found


def _report_imports(found: Mapping[str, Sequence[float]]) -> None:
    base = next(iter(found.values()))[0]
    print("\n## Import exceptions, typing being there already\n")
    print("| imported | CPU ms | ratio | modules | MB |")
    print("|---|---:|---:|---:|---:|")
    for name, (milliseconds, modules, megabytes) in found.items():
        print(
            f"| {name} | {milliseconds:.1f} | {milliseconds / base:.1f} "
            f"| {modules:.0f} | {megabytes:.1f} |"
        )


def _report_probes(found: Mapping[str, Mapping[str, Any]]) -> None:
    print("\n## From a response to an exception, CPU us\n")
    print("| SDK | floor | from the decoded body | floors | from bytes and headers | floors |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, one in found.items():
        cells = [f"{one['floor']:.1f}"]
        for step in ("decoded", "received"):
            known = step in one
            cells += [f"{one[step]:.1f}" if known else ""]
            cells += [f"{one[f'{step}, floors']:.2f}" if known else ""]
        print(f"| {name} | {' | '.join(cells)} |")
    print("\nThe floor is `json.loads` of the same body and `dict` of the same headers.")
    print("\n## An exception in a pickle, and hostile bodies\n")
    print("| SDK | pickle, bytes | its type comes back | it holds | text shows | escapes | |")
    print("|---|---:|---|---|---|---:|---|")
    for name, one in found.items():
        kinds = ", ".join(f"{kind} {count}" for kind, count in one["kinds"].items())
        back = f"fails: {one['failure']}" if "failure" in one else one["kept"]
        print(
            f"| {name} | {one['size']:,} | {back} | {', '.join(one['holds']) or 'nothing'} "
            f"| {', '.join(one['shows']) or 'nothing'} "
            f"| {one['escapes']} of {one['asked']} | {kinds} |"
        )
