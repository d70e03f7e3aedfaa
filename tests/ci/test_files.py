"""The files in ci/ and at the top are what the forges take, and say what the docs say."""

from __future__ import annotations

import subprocess
import sys

import pytest
import yaml

from errorbook.cli import app
from tests.ci.runners import ROOT


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("action.yml", "vendor.github-actions"),
        ("ci/update.yml", "vendor.github-workflows"),
        ("ci/gitlab.yml", "vendor.gitlab-ci"),
    ],
)
def test_the_forge_would_take_it(file: str, schema: str) -> None:
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    done = subprocess.run([*checker, str(ROOT / file)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_hook_runs_a_verb_that_there_is() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        program, verb, *options = hook["entry"].split()
        assert program == "errorbook"
        assert verb in app.commands
        assert {*options} <= {opt for one in app.commands[verb].params for opt in one.opts}
        assert hook["id"] == f"errorbook-{verb}"


def test_no_input_of_the_action_is_put_into_a_script() -> None:
    """What is put into a script is read as code there, whoever wrote it."""
    for name in ("action.yml", "ci/update.yml"):
        data = yaml.safe_load((ROOT / name).read_text("utf-8"))
        jobs = [data["runs"]] if "runs" in data else data["jobs"].values()
        scripts = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
        assert scripts
        assert not [script for script in scripts if "${{" in script]
