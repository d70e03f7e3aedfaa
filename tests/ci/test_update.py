"""The workflow that updates a repository of docs or of an SDK, run by what its last step says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.baseline.repositories import Repository, repository
from tests.ci.runners import Ended, Runner, errorbook, runner, steps

SCRIPT: str = steps("ci/update.yml")[-1]["run"]
BRANCH = "errorbook/update"
PROJECT = "catalog: errors.json\ngenerate:\n  - {output: python, to: src}\n"


@pytest.fixture(name="machine")
def _machine(tmp_path: Path) -> Runner:
    return runner(tmp_path / "runner")


@pytest.fixture(name="api")
def _api(tmp_path: Path) -> Repository:
    """A repository that publishes its catalog."""
    made = repository(tmp_path / "api")
    made.write("generate:\n  - {output: catalog, to: out}\n", "errorbook.yaml")
    publish(made, ["sold_out"])
    return made


@pytest.fixture(name="sdk")
def _sdk(tmp_path: Path, api: Repository) -> Repository:
    """A checkout of an SDK that has fetched the catalog and generated from it."""
    origin = tmp_path / "origin.git"
    seed = repository(tmp_path / "seed")
    seed.git("init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    seed.write(PROJECT, "errorbook.yaml")
    errorbook(seed.root, "fetch", f"{api.root}/out/errors.json", "--to", "errors.json")
    errorbook(seed.root, "generate")
    seed.commit()
    seed.git("push", "--quiet", str(origin), "main")
    return Repository(origin).clone(tmp_path / "sdk")


def publish(api: Repository, codes: list[str]) -> None:
    api.write(codes)
    errorbook(api.root, "generate")
    api.commit()


def run(machine: Runner, sdk: Repository, **variables: str) -> Ended:
    machine.forget()
    sdk.git("switch", "--quiet", "main")
    return machine.run(SCRIPT, sdk.root, BRANCH=BRANCH, **variables)


def test_nothing_happens_while_nothing_is_new(sdk: Repository, machine: Runner) -> None:
    ended = run(machine, sdk)
    assert ended.code == 0, ended
    assert machine.calls == []
    assert sdk.git("branch", "--remotes", "--list", f"*{BRANCH}") == ""


def test_a_new_version_is_one_pull_request(
    api: Repository, sdk: Repository, machine: Runner
) -> None:
    publish(api, ["sold_out", "too_late"])
    ended = run(machine, sdk)
    assert ended.code == 0, ended
    opened = machine.calls[-1]
    assert opened["words"][:4] == ["pr", "create", "--base", "main"]
    assert "too_late" in opened["body"]
    assert all(line.startswith("    ") for line in opened["body"].splitlines()[2:])
    assert "TooLateError" in sdk.git("show", f"origin/{BRANCH}:src/shop/errors.py")
    publish(api, ["sold_out", "too_late", "too_early"])
    ended = run(machine, sdk, GH_ANSWER="3")
    assert ended.code == 0, ended
    assert machine.calls[-1]["words"][:3] == ["pr", "edit", BRANCH]
    assert "too_early" in machine.calls[-1]["body"]
    assert sdk.git("rev-list", "--count", f"main..origin/{BRANCH}") == "1"


def test_a_source_that_is_gone_is_red(api: Repository, sdk: Repository, machine: Runner) -> None:
    (api.root / "out/errors.json").unlink()
    ended = run(machine, sdk)
    assert ended.code == 3, ended
    assert machine.calls == []
