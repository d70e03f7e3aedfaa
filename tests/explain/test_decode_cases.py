"""What is piped in is decided as the explorer decides it: every shared case, by the command."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from errorbook.outputs import errors_json
from tests.decode.homes import SHARED, catalog, differences
from tests.explain.running import Command

CASES: list[dict[str, Any]] = SHARED["cases"]


@cache
def published() -> str:
    (text,) = errors_json.render(catalog()).values()
    return text


@pytest.fixture(scope="module", name="file")
def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("catalog") / "errors.json"
    file.write_text(published(), "utf-8")
    return file


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_is_decided_as_it_says(explain: Command, file: Path, case: dict[str, Any]) -> None:
    said = explain("-", "--json", "--catalog", file, piped=case["paste"])
    expected = {name: value for name, value in case.items() if name not in ("name", "paste")}
    assert list(differences(expected, said.json)) == []
    assert said.code in (0, 1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_can_be_shown(explain: Command, file: Path, case: dict[str, Any]) -> None:
    said = explain("-", "--catalog", file, piped=case["paste"])
    assert said.code in (0, 1)
    assert said.out or said.err
    for line in (said.out + said.err).splitlines():
        assert line.isprintable()
    if case["kind"] == "error":
        assert case["fits"][0]["code"] in said.out
        assert said.code == 0


def test_the_cases_hold_what_is_hard_to_print() -> None:
    assert any("\x1b" in json.loads(json.dumps(case["paste"])) for case in CASES)
