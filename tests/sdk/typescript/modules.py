"""The generated TypeScript modules under test, as JavaScript, and what Node makes of responses.

The catalogs are those that the Python modules are tested with. What they choose for Python they
choose for TypeScript, too.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from errorbook.catalog import Api, Catalog
from errorbook.outputs import vectors
from errorbook.outputs.typescript.module import render
from tests.sdk import modules

ROOT: Final = modules.ROOT
HERE: Final = Path(__file__).parent
PROGRAMS: Final = ROOT / "node_modules/.bin"
HOUSE: Final = """\
export class HouseError extends Error {
  house = "ours";
}
"""
"""An error class as an SDK may have had before."""


@cache
def apis() -> dict[str, Api]:
    """Return every API by its id, as it would be if TypeScript were spoken of, too."""
    return {name: _speaking(api) for name, api in modules.apis().items()}


def _speaking(api: Api) -> Api:
    said = json.loads(api.model_dump_json(by_alias=True, exclude_defaults=True))
    python = said.get("sdk", {}).get("python", {})
    base = python.get("base", "").replace("tests.sdk.foreign:", "./house.js:")
    said["sdk"] = {
        **said.get("sdk", {}),
        "typescript": {**python, **({"base": base} if base else {})},
    }
    for error in said.get("errors", {}).values():
        if "python" in error.get("sdk", {}):
            error["sdk"]["typescript"] = error["sdk"]["python"]
    # The check of names may refuse what Python has no objection to: `said` is not loaded again.
    return Api.model_validate_json(json.dumps(said))


@cache
def vectors_of(name: str) -> dict[str, Any]:
    """Return what the file of test vectors of an API says."""
    (text,) = vectors.render(Catalog(apis={name: apis()[name]})).values()
    found: dict[str, Any] = json.loads(text)
    return found


def write_sources(folder: Path, some: Mapping[str, Api]) -> list[Path]:
    """Write the modules of some APIs into ``folder``, and what they import."""
    written = []
    for name, api in some.items():
        (text,) = render(Catalog(apis={name: api})).values()
        written.append(folder / name / "errors.ts")
        written[-1].parent.mkdir()
        written[-1].write_text(text, encoding="utf-8", newline="\n")
        if 'from "./house.js"' in text:
            (folder / name / "house.ts").write_text(HOUSE, encoding="utf-8")
    return written


@cache
def scripts() -> dict[str, str]:
    """Return where the modules are as JavaScript, by API: all bundled by one run of esbuild."""
    folder = Path(tempfile.mkdtemp(prefix="errorbook-"))
    sources = write_sources(folder, apis())
    command: list[str | Path] = [
        PROGRAMS / "esbuild",
        *sources,
        "--bundle",
        "--format=esm",
        "--target=es2020",
    ]
    options = [f"--outdir={folder}/out", f"--outbase={folder}", "--out-extension:.js=.mjs"]
    subprocess.run([*command, *options, "--log-level=warning"], check=True, timeout=120)
    made = {
        one.parent.name: str(folder / "out" / one.parent.name / "errors.mjs") for one in sources
    }
    small = [f"--outfile={folder}/out/small/errors.mjs", "--minify", "--format=esm"]
    subprocess.run([PROGRAMS / "esbuild", made["artifacta"], *small], check=True, timeout=120,
                   capture_output=True)  # fmt: skip
    return made


def answers(
    cases: Sequence[dict[str, Any]], made: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """Return what modules make of ``cases``, from one process of Node: ours, or those ``made``."""
    used = {case["name"] for case in cases}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "cases.json")
        paths = {name: path for name, path in (made or scripts()).items() if name in used}
        file.write_text(json.dumps({"modules": paths, "cases": list(cases)}), encoding="utf-8")
        node = shutil.which("node") or "node"
        run = subprocess.run(
            [node, HERE / "answers.mjs", file], check=False, capture_output=True, timeout=300
        )
    assert run.returncode == 0, run.stderr.decode()
    found: list[dict[str, Any]] = json.loads(run.stdout)
    return found
