"""Hand-written SDKs: every kind of drift, found once, where it is, and gone when it is mended."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from errorbook.checks.result import Context
from errorbook.checks.sdk import check
from errorbook.project import open_workspace
from tests.checks.sdk_drifts import DRIFTS, Drift
from tests.checks.sdk_example import example_sdk

ROOT = Path(__file__).parents[2]


def test_an_sdk_that_agrees_is_clean(tmp_path: Path) -> None:
    checked = example_sdk(tmp_path).checked()
    assert (checked.found, checked.not_checked, checked.notes) == ((), (), ())
    assert checked.looked_at == "1 hand-written SDK"


@pytest.mark.parametrize("drift", DRIFTS, ids=lambda one: one.name)
def test_each_drift_is_found_once_and_can_be_mended(tmp_path: Path, drift: Drift) -> None:
    example = example_sdk(tmp_path)
    for edit in drift.edits:
        example.edit(*edit)
    (found,) = example.checked().found
    assert (found.problem.rule, found.subject) == (drift.rule, drift.subject)
    assert found.problem.place.path == drift.file
    assert example.line(drift.file, found.problem.place.line) == drift.at
    assert drift.hint in found.problem.hint
    assert found.problem.severity == "error"
    for edit in drift.mend:
        example.edit(*edit)
    assert example.found() == []


def test_every_rule_has_a_drift() -> None:
    source = ROOT / "src/errorbook/checks"
    texts = "".join(one.read_text("utf-8") for one in sorted(source.glob("sdk*.py")))
    assert {one.rule for one in DRIFTS} == set(re.findall(r'"(sdk-[a-z-]+)"', texts))


def test_the_generated_packages_of_this_repository_agree(tmp_path: Path) -> None:
    for package in ("examples/artifacta/src/artifacta", "sdk/python/artworks"):
        shutil.copytree(ROOT / package, tmp_path / Path(package).name)
    apis = ("artifacta", "artworks")
    lines = [f"    - {{package: {name}, api: {name}}}\n" for name in apis]
    (tmp_path / "errorbook.yaml").write_text("check:\n  sdk:\n" + "".join(lines), "utf-8")
    workspace = open_workspace(tmp_path / "errorbook.yaml", ROOT / "errors.yaml", tmp_path)
    checked = check(Context(workspace, "public", "errorbook generate", tmp_path))
    assert (checked.found, checked.not_checked) == ((), ())
    assert checked.looked_at == "2 hand-written SDKs"
