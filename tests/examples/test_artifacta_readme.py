"""What the README of the example shows, run as it stands."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.examples.commands import run
from tests.mock.processes import ROOT

README = (ROOT / "examples/artifacta/README.md").read_text("utf-8")
MOCK = "http://127.0.0.1:8900"
SHOWN = re.findall(r"^artifacta (.+?) +# ends with (\d)$", README, re.MULTILINE)


def test_each_exit_code_is_shown() -> None:
    assert {code for _, code in SHOWN} == {"0", "1", "2", "3"}


@pytest.mark.parametrize(("command", "code"), SHOWN)
def test_a_command_ends_as_shown(quick_mock: str, command: str, code: str) -> None:
    ended = run(*shlex.split(command.replace(MOCK, quick_mock)))
    assert ended.code == int(code), ended.err


def test_its_python_runs(mock: str, capsys: pytest.CaptureFixture[str]) -> None:
    (source,) = re.findall(r"```python\n(.+?)```", README, re.DOTALL)
    exec(source.replace(MOCK, mock), {})  # noqa: S102  # that it runs is the point
    assert capsys.readouterr().out.startswith("False abort Stop.")
