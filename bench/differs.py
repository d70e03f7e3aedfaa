"""Single changes of a catalog, and who tells which of them break clients.

Each change of ``differs.yaml`` is made to the catalog; both versions become an OpenAPI document, as
people write them (one enum of codes for each status, or one schema for each code), and a Python
module of exceptions. Tools that compare these are asked whether the second breaks the first. They
are installed with npm into a folder of their own: ``python -m bench.differs FOLDER``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import griffe
import yaml
from bench.measure import show_progress
from tests.contract.catalogs import Edit, edited

from errorbook.catalog.models import Api, Catalog, Error
from errorbook.contract.compare import compare
from errorbook.outputs import OUTPUTS

Verdict = Callable[[Catalog, Catalog, Path], str]
"""What a tool says of the second catalog: that it is breaking, dangerous, or nothing."""

_PEERS: Final = ("openapi-diff@0.24.1", "@redocly/cli@2.77.0")
_TABLE: Final = Path(__file__).with_name("differs.yaml")


@dataclass(frozen=True)
class _Change:
    name: str
    is_for_clients: str
    edits: tuple[Edit, ...]


def main() -> None:
    """Ask every tool about every change, and print who told what."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    programs = _installed(folder)
    tools: dict[str, Verdict] = {
        "errorbook diff": _errorbook,
        "redocly, enums": _redocly(programs, _flat),
        "redocly, schemas": _redocly(programs, _one_of),
        "openapi-diff, enums": _openapi_diff(programs, _flat),
        "openapi-diff, schemas": _openapi_diff(programs, _one_of),
        "griffe": _griffe,
    }
    changes = _changes()
    same = edited(())
    wrong = [name for name, ask in tools.items() if ask(same, same, folder)]
    if wrong:
        sys.exit(f"bench.differs: told a change where there is none: {', '.join(wrong)}")
    print(f"| change | for clients | {' | '.join(tools)} |")
    print(f"|---|---|{'---|' * len(tools)}")
    told: dict[str, dict[str, list[str]]] = {name: {} for name in tools}
    before = edited(())
    for change in changes:
        show_progress(change.name)
        after = edited(change.edits)
        said = {name: ask(before, after, folder) for name, ask in tools.items()}
        for name, word in said.items():
            told[name].setdefault(change.is_for_clients, []).append(word)
        cells = " | ".join(word or "passes" for word in said.values())
        print(f"| {change.name} | {change.is_for_clients} | {cells} |")
    show_progress("")
    for kind in ("breaking", "dangerous", "safe"):
        sums = [_counted(told[name][kind]) for name in tools]
        print(f"| told, of what is {kind} | | {' | '.join(sums)} |")


def _counted(words: list[str]) -> str:
    more = words.count("dangerous")
    also = f", {more} as dangerous" if more else ""
    return f"{words.count('breaking')} of {len(words)}{also}"


def _changes() -> list[_Change]:
    table = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return [
        _Change(name, kind, tuple(pair for edit in edits for pair in edit.items()))
        for kind, changes in table.items()
        for name, edits in changes.items()
    ]


def _installed(folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("bench.differs: npm is missing, which comes with Node")
    programs = folder / "node_modules" / ".bin"
    if not (programs / "redocly").exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--silent", "--prefix", str(folder), *_PEERS]
        subprocess.run(command, check=True)
    return programs


def _errorbook(before: Catalog, after: Catalog, _: Path) -> str:
    told = {change.severity for change in compare(before, after)}
    return next((word for word in ("breaking", "dangerous") if word in told), "")


def _griffe(before: Catalog, after: Catalog, folder: Path) -> str:
    packages = []
    for side, catalog in (("before", before), ("after", after)):
        root = folder / side
        shutil.rmtree(root, ignore_errors=True)
        for name, text in OUTPUTS["python"].render(catalog).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        (root / "demo" / "__init__.py").write_text("from demo.errors import *\n", encoding="utf-8")
        packages.append(griffe.load("demo", search_paths=[root], resolve_aliases=True))
    return "breaking" if list(griffe.find_breaking_changes(*packages)) else ""


def _redocly(programs: Path, schema: Callable[[Api, list[str]], Any]) -> Verdict:
    def ask(before: Catalog, after: Catalog, folder: Path) -> str:
        files = _documents(before, after, folder, schema)
        return _says([programs / "redocly", "diff", *files])

    return ask


def _openapi_diff(programs: Path, schema: Callable[[Api, list[str]], Any]) -> Verdict:
    def ask(before: Catalog, after: Catalog, folder: Path) -> str:
        files = _documents(before, after, folder, schema)
        return _says([programs / "openapi-diff", *files])

    return ask


def _says(command: list[Any]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"bench.differs: {command[0]} failed:\n{done.stdout}{done.stderr}")
    return "breaking" if done.returncode else ""


def _documents(
    before: Catalog, after: Catalog, folder: Path, schema: Callable[[Api, list[str]], Any]
) -> list[str]:
    files = []
    for side, catalog in (("before", before), ("after", after)):
        file = folder / f"{side}.json"
        document = _document(catalog.apis["demo"], schema)
        file.write_text(json.dumps(document), encoding="utf-8")
        files.append(str(file))
    return files


def _document(api: Api, schema: Callable[[Api, list[str]], Any]) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for name, operation in api.operations.items():
        answered: dict[str, list[str]] = {}
        for code, error in api.errors.items():
            if not error.operations or name in error.operations:
                for status in error.status:
                    answered.setdefault(str(status), []).append(code)
        responses: dict[str, Any] = {
            status: {
                "description": f"Status {status}",
                "content": {"application/json": {"schema": schema(api, codes)}},
            }
            for status, codes in answered.items()
        }
        responses["200"] = {"description": "It worked."}
        method = (operation.method or "GET").lower()
        entry: dict[str, Any] = {"operationId": name, "responses": responses}
        if "{id}" in (operation.path or ""):
            parameter = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            entry["parameters"] = [parameter]
        paths.setdefault(operation.path or "/", {})[method] = entry
    return {"openapi": "3.0.3", "info": {"title": "Demo", "version": "1"}, "paths": paths}


def _flat(api: Api, codes: list[str]) -> dict[str, Any]:
    """Return one schema with an enum of codes, and the details of all of them."""
    details: dict[str, Any] = {}
    required: set[str] = set()
    for code in codes:
        details |= _details(api.errors[code])
        required |= _required(api.errors[code])
    return _body(api, codes, details, required)


def _one_of(api: Api, codes: list[str]) -> dict[str, Any]:
    """Return one schema for each code."""
    each = [
        _body(api, [code], _details(api.errors[code]), _required(api.errors[code]))
        for code in codes
    ]
    return {"oneOf": each}


def _body(
    api: Api, codes: list[str], details: Mapping[str, Any], required: set[str]
) -> dict[str, Any]:
    pattern = api.envelopes[0].body
    if not isinstance(pattern, dict):
        sys.exit("bench.differs: the envelope has to be a mapping")
    ((wrapper, keys),) = pattern.items()
    if not isinstance(keys, dict):
        sys.exit("bench.differs: the wrapper has to hold a mapping")
    properties: dict[str, Any] = {}
    always: set[str] = set(required)
    for key, hole in keys.items():
        if key == "*":
            properties |= details
            continue
        name = key.removesuffix("?")
        properties[name] = {"type": "string"}
        if hole == "{code}":
            properties[name]["enum"] = sorted(codes)
        if name == key:
            always.add(name)
    inner = {"type": "object", "properties": properties, "required": sorted(always)}
    return {"type": "object", "properties": {wrapper: inner}, "required": [wrapper]}


def _details(error: Error) -> dict[str, Any]:
    return {
        name: {"type": detail.type, **({"format": detail.format} if detail.format else {})}
        for name, detail in error.details.items()
    }


def _required(error: Error) -> set[str]:
    return {name for name, detail in error.details.items() if detail.required}


if __name__ == "__main__":
    main()
