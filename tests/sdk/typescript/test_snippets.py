"""The pieces of code to copy compile, are laid out, and do what the catalog says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from errorbook.catalog import Api, Error
from errorbook.outputs.typescript import catch_snippet
from tests.sdk.typescript.modules import PROGRAMS, ROOT, apis, write_sources

NAMES = ("artifacta", "artworks", "families", "digits")
"""APIs of every kind of action; of codes with no class of their own; and that need quotes."""


@pytest.mark.browser
def test_every_snippet_compiles_and_is_laid_out(tmp_path: Path) -> None:
    write_sources(tmp_path, {name: apis()[name] for name in NAMES})
    for name in NAMES:
        for number, code in enumerate(apis()[name].errors):
            snippet = catch_snippet(name, apis()[name], code)
            assert snippet is not None
            (tmp_path / f"{name}{number}.ts").write_text(f"{snippet}\n", encoding="utf-8")
    options = {"strict": True, "module": "esnext", "moduleResolution": "bundler", "noEmit": True}
    paths = {"paths": {"*": ["./*"]}, "target": "es2022", "types": [], "lib": ["es2022", "dom"]}
    config = {"compilerOptions": {**options, **paths}, "include": ["*.ts"]}
    (tmp_path / "tsconfig.json").write_text(json.dumps(config), encoding="utf-8")
    tsc = ROOT / "node_modules/typescript-7/bin/tsc"
    commands: list[list[str | Path]] = [
        ["node", tsc, "-p", "."],
        [PROGRAMS / "prettier", "-l", "*.ts"],
    ]
    for command in commands:
        run = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
        assert run.stdout + run.stderr == ""


def test_what_it_does_follows_the_first_action() -> None:
    api = apis()["artifacta"]
    waiting = catch_snippet("artifacta", api, "rate_limited") or ""
    assert "error.retryAfter ?? 1" in waiting
    assert "throw error;\n}" not in waiting.partition("  }\n")[2]
    stopping = catch_snippet("artifacta", api, "quota_exceeded") or ""
    assert stopping.endswith("  throw error;\n}")


def test_there_is_none_where_nobody_asks_for_typescript() -> None:
    assert catch_snippet("shop", Api(errors={"a": Error()}), "a") is None
