"""The jobs for GitLab, run in a scratch repository by what their scripts say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import yaml

from tests.baseline.repositories import repository
from tests.ci.runners import ROOT, errorbook, runner

JOBS: dict[str, Any] = yaml.safe_load((ROOT / "ci/gitlab.yml").read_text("utf-8"))


def test_the_reports_that_a_job_names_are_there_when_it_fails(tmp_path: Path) -> None:
    machine = runner(tmp_path / "runner")
    shop = repository(tmp_path / "shop")
    shop.write(["sold_out", "unpaid"])
    shop.write("generate:\n  - {output: catalog, to: out}\n", "errorbook.yaml")
    errorbook(shop.root, "generate")
    shop.commit()
    shop.git("switch", "--quiet", "--create", "change")
    shop.write(["sold_out"])
    for name in ("errorbook-check", "errorbook-diff"):
        job = JOBS[name]
        script = "\n".join(job["script"])
        ended = machine.run(script, shop.root, CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main")
        assert ended.code == 1, ended
        reports = job["artifacts"]["reports"]
        findings = json.loads((shop.root / reports["codequality"]).read_text("utf-8"))
        assert findings
        assert all(one["location"]["path"] for one in findings)
        assert len({one["fingerprint"] for one in findings}) == len(findings)
        cases = ET.parse(shop.root / reports["junit"]).iter("testcase")  # noqa: S314  # our own
        assert [case for case in cases if case.find("failure") is not None]
