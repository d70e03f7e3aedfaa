"""The functions of envelopes answer in TypeScript as they do in Python, whatever the pattern."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from errorbook.catalog import Api, Catalog, Envelope
from errorbook.catalog.envelope import check_envelope
from errorbook.outputs import typescript
from errorbook.outputs.python.module import render
from tests.outputs.test_python_envelopes import objects, patterns, values
from tests.sdk.typescript.modules import PROGRAMS, answers

pytestmark = pytest.mark.browser  # Node comes where the browser does

tried = st.tuples(patterns | objects, st.lists(values, min_size=1, max_size=6))


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # what fails names its pattern: to make it smaller takes minutes
)
@given(st.lists(tried, min_size=60, max_size=60))
def test_bodies_are_taken_apart_alike(found: list[tuple[Any, list[Any]]]) -> None:
    catalogs: dict[str, Catalog] = {}
    cases: list[dict[str, Any]] = []
    for number, (pattern, bodies) in enumerate(found):
        envelope = Envelope(body={"k": "{code}", "p": pattern})
        if any(one.rule == "bad-envelope" for one in check_envelope(envelope)):
            continue
        name = f"api{number}"
        catalogs[name] = Catalog(apis={name: Api(envelopes=(envelope,))})
        for body in bodies:
            text = json.dumps({"k": "c", "p": body})
            case: dict[str, Any] = {"name": name, "status": None, "headers": []}
            cases.append({**case, "body": {"text": text}})
    with tempfile.TemporaryDirectory() as folder:
        paths = _bundled(catalogs, Path(folder))
        told = answers(cases, paths)
    read = {name: _python(catalog) for name, catalog in catalogs.items()}
    for case, answer in zip(cases, told, strict=True):
        wanted = read[case["name"]](None, None, case["body"]["text"]).to_dict()
        assert answer["data"] == wanted, (catalogs[case["name"]], case)


CONSTANTS = (1, -1, 0, 1.0, 0.5, 2**63, True, None)
WRITTEN = (
    *("1", "1.0", "1e0", "true", "-1", "-1.0", "0", "-0", "0.0", "false", "null", "0.5", "5e-1"),
    *(f"{2**63}", f"{2**63 + 1}", f"{2.0**63}"),
)


def test_constants_fit_what_is_written_as_they_are(tmp_path: Path) -> None:
    catalogs = {
        f"api{number}": Catalog(
            apis={f"api{number}": Api(envelopes=(Envelope(body={"k": "{code}", "p": constant}),))}
        )
        for number, constant in enumerate(CONSTANTS)
    }
    read = {name: _python(catalog) for name, catalog in catalogs.items()}
    cases: list[dict[str, Any]] = [
        {"name": name, "status": None, "headers": [], "body": {"text": f'{{"k": "c", "p": {one}}}'}}
        for name in catalogs
        for one in WRITTEN
    ]
    for case, answer in zip(cases, answers(cases, _bundled(catalogs, tmp_path)), strict=True):
        wanted = read[case["name"]](None, None, case["body"]["text"]).code
        assert answer["code"] == wanted, case


def _python(catalog: Catalog) -> Any:
    (module,) = render(catalog).values()
    names: dict[str, Any] = {"__name__": "generated"}
    exec(module, names)  # noqa: S102  # our own
    return names["from_response"]


def _bundled(catalogs: dict[str, Catalog], folder: Path) -> dict[str, str]:
    for name, catalog in catalogs.items():
        (text,) = typescript.render(catalog).values()
        (folder / f"{name}.ts").write_text(text, encoding="utf-8")
    files = [folder / f"{name}.ts" for name in catalogs]
    command: list[str | Path] = [PROGRAMS / "esbuild", *files, "--format=esm"]
    options = [f"--outdir={folder}/out", "--out-extension:.js=.mjs", "--log-level=warning"]
    subprocess.run([*command, *options], check=True, timeout=120)
    return {name: str(folder / "out" / f"{name}.mjs") for name in catalogs}
