"""The hooks for pre-commit, which installs this repository and runs them in a scratch one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.baseline.repositories import Repository, repository
from tests.ci.runners import ROOT, errorbook

FILES = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


@pytest.fixture(scope="module", name="hooks")
def _hooks(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """This repository as it stands here, as far as it is installed."""
    made = repository(tmp_path_factory.mktemp("errorbook"))
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "src", made.root / "src", ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, made.root / name)
    made.commit()
    return made


@pytest.fixture(scope="module", name="shop")
def _shop(hooks: Repository, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository with all the hooks, and a generated file."""
    made = repository(tmp_path_factory.mktemp("shop"))
    ids = ("errorbook-validate", "errorbook-check", "errorbook-diff", "errorbook-generate")
    listed = "".join(f"      - id: {name}\n" for name in ids)
    config = f"repos:\n  - repo: {hooks.root}\n    rev: {hooks.commit()}\n    hooks:\n{listed}"
    made.write(config, ".pre-commit-config.yaml")
    made.write(["sold_out", "unpaid"])
    made.write("generate:\n  - {output: catalog, to: out}\n", "errorbook.yaml")
    errorbook(made.root, "generate")
    made.commit("v1.0.0")
    return made


def run(shop: Repository, cache: Path, *words: str) -> subprocess.CompletedProcess[str]:
    shop.git("add", "--all")
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color=never", *words]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        command,
        cwd=shop.root,
        # What is installed is compiled where it is used: all of it at once takes long.
        env=kept | {"PRE_COMMIT_HOME": str(cache), "PIP_NO_COMPILE": "1"},
        check=False,
        capture_output=True,
        text=True,
    )


def test_it_installs_them_and_they_find_what_drifts(
    shop: Repository, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cache = tmp_path_factory.mktemp("pre-commit")
    done = run(shop, cache)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 3, "the comparison waits for a push"

    shop.write(["sold_out"])
    done = run(shop, cache, "errorbook-check")
    assert done.returncode == 1
    assert "out/errors.json" in done.stdout
    assert "[stale-file]" in done.stdout

    (shop.root / "out/errors.json").unlink()
    done = run(shop, cache, "errorbook-generate")
    assert done.returncode == 1, "git does not tell pre-commit of a file that is new"
    assert "wrote out/errors.json" in done.stdout
    assert run(shop, cache, "errorbook-generate").returncode == 0

    done = run(shop, cache, "--hook-stage", "manual", "errorbook-diff")
    assert done.returncode == 1
    assert "code-removed" in done.stdout

    shop.write("apis: 7\n")
    done = run(shop, cache, "errorbook-validate")
    assert done.returncode == 1
    assert "errors.yaml:1:7" in done.stdout
