"""The action for GitHub, run in a scratch repository by what its last step runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.baseline.repositories import Repository, repository
from tests.ci.runners import Ended, Runner, errorbook, runner, steps
from tests.packaging.builds import built_wheel

INSTALL, SCRIPT = (str(step["run"]) for step in steps("action.yml")[-2:])
PROJECT = "generate:\n  - {output: catalog, to: out}\n"
EMPTY = {"COMMANDS": "check diff", "CHECK_OPTIONS": "", "DIFF_OPTIONS": "", "COMMENT": "false"}


@pytest.fixture(scope="module", name="machine")
def _machine(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A machine on which the action has installed what it needs, from a checkout with a trap."""
    made = runner(tmp_path_factory.mktemp("runner"))
    trap = tmp_path_factory.mktemp("checkout")
    for name in ("sitecustomize.py", "venv.py", "pip.py", "errorbook.py"):
        (trap / name).write_text("raise SystemExit('code of the checkout was run')\n", "utf-8")
    # Of the checkout of the action, pip would build this very wheel; the hooks' test lets it.
    variables = {"GITHUB_ACTION_PATH": str(built_wheel()), "PIP_NO_COMPILE": "1"}
    variables |= {"PYTHON": sys.executable, "PYTHONPATH": str(trap)}
    installed = made.run(INSTALL, trap, **variables)
    assert installed.code == 0, installed
    return made


@pytest.fixture(scope="module", name="generated")
def _generated(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository whose generated file is committed."""
    made = repository(tmp_path_factory.mktemp("generated"))
    made.write(["sold_out", "unpaid"])
    made.write(PROJECT, "errorbook.yaml")
    errorbook(made.root, "generate")
    made.commit()
    return made


@pytest.fixture(name="shop")
def _shop(tmp_path: Path, generated: Repository) -> Repository:
    """A copy of that repository, for one test."""
    return generated.copy(tmp_path / "shop")


def run(machine: Runner, folder: Path, **variables: str) -> Ended:
    machine.forget()
    return machine.run(SCRIPT, folder, **EMPTY | variables)


def branch(shop: Repository, codes: list[str]) -> None:
    """Begin a branch with other codes, all of it committed."""
    shop.git("switch", "--quiet", "--create", "change")
    shop.write(codes)
    errorbook(shop.root, "generate")
    shop.commit()


def test_a_pull_request_that_breaks_nothing_is_green(shop: Repository, machine: Runner) -> None:
    branch(shop, ["sold_out", "unpaid", "too_late"])
    ended = run(machine, shop.root, GITHUB_BASE_REF="", DIFF_OPTIONS="--against\nmerge-base\n")
    assert ended.code == 0, ended
    assert "::error " not in ended.out
    assert "too_late" in machine.summary
    assert machine.outputs["exit-code"] == "0"


def test_a_pull_request_that_removes_a_code_is_red(
    tmp_path: Path, shop: Repository, machine: Runner
) -> None:
    """Its checkout has but one commit; the action fetches what the comparison needs."""
    branch(shop, ["sold_out"])
    shallow = shop.clone(tmp_path / "checkout", "--depth=1", "--branch=change")
    pull = {"GITHUB_BASE_REF": "main", "PULL_REQUEST": "7", "COMMENT": "true"}
    ended = run(machine, shallow.root, **pull)
    assert ended.code == 1, ended
    assert "::error file=errors.yaml,line=" in ended.out
    assert "code-removed" in ended.out
    assert "code-removed" in machine.summary
    reports = Path(machine.outputs["reports"])
    assert json.loads((reports / "diff.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert json.loads((reports / "check.json").read_text("utf-8"))
    asked, posted = machine.calls[-2:]
    assert asked["words"][:2] == ["api", "--paginate"]
    assert "POST" in posted["words"]
    assert "repos/acme/shop/issues/7/comments" in posted["words"]
    assert posted["body"].startswith("<!-- errorbook diff -->")
    writes = [call for call in machine.calls if "--method" in call["words"]]
    assert len(writes) == 1, "a check without findings needs no comment"


def test_its_comment_is_edited_when_all_is_well_again(shop: Repository, machine: Runner) -> None:
    branch(shop, ["sold_out", "unpaid"])
    pull = {"PULL_REQUEST": "7", "COMMENT": "true", "DIFF_OPTIONS": "--against\nmain"}
    ended = run(machine, shop.root, GH_ANSWER="4711", **pull)
    assert ended.code == 0, ended
    edits = [call for call in machine.calls if "PATCH" in call["words"]]
    assert len(edits) == 2
    assert all("repos/acme/shop/issues/comments/4711" in call["words"] for call in edits)


def test_a_push_is_compared_with_what_was_there(shop: Repository, machine: Runner) -> None:
    before = shop.git("rev-parse", "HEAD")
    shop.write(["sold_out"])
    errorbook(shop.root, "generate")
    shop.commit()
    ended = run(machine, shop.root, BEFORE=before, GITHUB_REF_TYPE="branch")
    assert ended.code == 1, ended
    assert "code-removed" in ended.out


def test_a_stale_file_is_red_and_named(shop: Repository, machine: Runner) -> None:
    shop.write(["sold_out", "unpaid", "too_late"])
    ended = run(machine, shop.root, COMMANDS="check")
    assert ended.code == 1
    assert "::error file=out/errors.json" in ended.out
    assert "errorbook generate" in machine.summary
    assert "errorbook diff" not in machine.summary


def test_what_could_not_be_done_is_no_finding(tmp_path: Path, machine: Runner) -> None:
    """There is no repository to compare with: that is 3, and never green."""
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "errors.yaml").write_text("apis: {shop: {errors: {a: {}}}}\n", "utf-8")
    assert run(machine, folder, COMMANDS="diff").code == 3


@pytest.mark.parametrize("words", ["--help-me", "$(touch owned)", "--against\n`touch owned`"])
def test_an_option_is_never_code(shop: Repository, machine: Runner, words: str) -> None:
    ended = run(machine, shop.root, COMMANDS="diff", DIFF_OPTIONS=words)
    assert ended.code == 2
    assert not (shop.root / "owned").exists()


def test_what_the_project_compares_with_counts_in_pull_requests_too(
    shop: Repository, machine: Runner
) -> None:
    """A break that is on the main branch already is none of the branch, and yet unpublished."""
    published = shop.write((shop.root / "out/errors.json").read_text("utf-8"), "published.json")
    shop.write(f"{PROJECT}diff: {{against: {published.name}}}\n", "errorbook.yaml")
    shop.write(["sold_out"])
    errorbook(shop.root, "generate")
    before = shop.commit()
    branch(shop, ["sold_out"])
    pull = run(machine, shop.root, COMMANDS="diff", GITHUB_BASE_REF="main")
    push = run(machine, shop.root, COMMANDS="diff", GITHUB_REF_TYPE="branch", BEFORE=before)
    assert (pull.code, push.code) == (1, 1)
    assert "against `published.json`" in machine.summary


def test_nothing_to_run_is_not_green(shop: Repository, machine: Runner) -> None:
    assert run(machine, shop.root, COMMANDS=" ").code == 2


def test_another_command_is_refused(shop: Repository, machine: Runner) -> None:
    assert run(machine, shop.root, COMMANDS="generate").code == 2
