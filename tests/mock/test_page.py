"""The page about the mock server: each command is run, and each answer is the one it shows."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import httpx
import pytest

from errorbook.catalog import load
from errorbook.mock.countdowns import MOST
from tests.mock.processes import Running, running
from tests.mock.test_round_trip import module_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/mock.md").read_text("utf-8")
ADDRESS = "http://127.0.0.1:8900"
SHOWN = re.findall(r"```sh\n(curl [^\n]+)\n```\n\n```http\n(.+?)\n```", PAGE, re.DOTALL)


@pytest.fixture(scope="module", name="mock")
def _mock() -> Iterator[Running]:
    with running() as mock:
        yield mock


def run(command: str, mock: Running) -> httpx.Response:
    """Do what a command of curl does, as far as the page uses it."""
    words = shlex.split(command.replace(ADDRESS, mock.address))
    assert words[:2] == ["curl", "-i"]
    *options, address = words[2:]
    assert options[::2] == ["-H"] * (len(options) // 2)
    headers = [option.split(": ", 1) for option in options[1::2]]
    return httpx.get(address, headers=[(name, value) for name, value in headers])


@pytest.mark.parametrize(("command", "shown"), SHOWN)
def test_a_command_is_answered_as_shown(mock: Running, command: str, shown: str) -> None:
    head, _, body = shown.partition("\n\n")
    status, *headers = head.split("\n")
    answer = run(command, mock)
    assert f"{answer.http_version} {answer.status_code} {answer.reason_phrase}" == status
    assert [name for name in headers if name not in lines(answer)] == []
    assert answer.text == body + "\n"


def lines(answer: httpx.Response) -> list[str]:
    return [f"{name}: {value}" for name, value in answer.headers.items()]


def test_enough_of_the_page_is_read() -> None:
    assert len(SHOWN) == 4
    assert PAGE.count("```http") == len(SHOWN)


def test_what_fails_a_few_times_does_so_as_said(mock: Running) -> None:
    (block,) = re.findall(r"```sh\n((?:curl .+\n){3})```", PAGE)
    for number, command in enumerate(block.splitlines()):
        # The first two count together: they ask for the same error, method and path.
        expected = [429, 429, 200]
        assert [run(command, mock).status_code for _ in expected] == expected, number


def test_the_ready_line_is_the_one_shown(mock: Running) -> None:
    assert mock.ready.replace(mock.address, ADDRESS) in PAGE


def test_the_number_of_counts_is_the_one_said() -> None:
    assert f"remembers {MOST:,} such counts" in PAGE


def test_its_python_runs(mock: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.+?)```", PAGE, re.DOTALL)
    module = module_of(load(ROOT / "errors.yaml").catalog, "artifacta", tmp_path)
    monkeypatch.setitem(sys.modules, "artifacta", ModuleType("artifacta"))
    monkeypatch.setitem(sys.modules, "artifacta.errors", module)
    names: dict[str, object] = {}
    exec(code.replace(ADDRESS, mock.address), names)  # noqa: S102  # the page's own example
    assert isinstance(names["error"], module.RateLimitedError)
