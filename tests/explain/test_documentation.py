"""The page about the command: each command of it is run, and says what the page shows."""

from __future__ import annotations

import re
import shlex

import pytest

from errorbook import download
from errorbook.explain import stream
from errorbook.published import MAX_BYTES
from tests.explain.running import ROOT, Command
from tests.explain.test_lookup import CARD_KEYS

PAGE = (ROOT / "docs/explain.md").read_text("utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.+?)```", PAGE, re.DOTALL) for line in block.splitlines()
]
SHOWN = re.findall(r"```sh\n([^\n]+)\n```\n\n```text\n(.+?)```", PAGE, re.DOTALL)
ASKED = re.findall(r"^\| (?:a |the |an ).+\| (.+) \|$", PAGE, re.MULTILINE)
LOG = "INFO fine\ncode=session_sealed\n"


def said(explain: Command, command: str) -> tuple[int, str]:
    before, _, rest = command.rpartition("errorbook explain ")
    piped = ""
    if before:
        words = shlex.split(before)
        assert (words[0], words[-1]) == ("echo", "|")
        piped = words[1]
    words = shlex.split(rest)
    if "<" in words:
        words, piped = words[: words.index("<")], LOG
    answer = explain(*words, piped=piped)
    return answer.code, answer.out + answer.err


def test_all_commands_are_read() -> None:
    assert len(COMMANDS) == 8
    assert len(SHOWN) == 3


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_answers(explain: Command, command: str) -> None:
    code, out = said(explain, command)
    assert code == (1 if "limted" in command else 0)
    assert out


@pytest.mark.parametrize(("command", "shown"), SHOWN)
def test_a_command_says_what_is_shown(explain: Command, command: str, shown: str) -> None:
    assert said(explain, command)[1].startswith(shown)


def test_what_node_prints_is_answered_as_shown(explain: Command) -> None:
    form = r"Of this\n\n```text\n(.+?)```\n\nthe answer begins:\n\n```text\n(.+?)```"
    ((paste, shown),) = re.findall(form, PAGE, re.DOTALL)
    assert explain("-", piped=paste).out.startswith(shown)


@pytest.mark.parametrize(
    "question", [one for row in ASKED for one in re.findall(r"`([^`]+)`", row)]
)
def test_a_question_of_the_table_has_an_answer(explain: Command, question: str) -> None:
    assert explain(*shlex.split(question)).code == 0


def test_enough_questions_are_read() -> None:
    assert len(ASKED) == 7


def test_every_key_of_an_error_is_named() -> None:
    (keys,) = re.findall(r"An error in full has all of these keys.+?\n\n", PAGE, re.DOTALL)
    assert set(re.findall(r"`([a-z_]+)`", keys)) >= CARD_KEYS


def test_numbers_are_those_of_the_code() -> None:
    assert f"within {download.LONGEST:.0f} seconds" in PAGE
    assert f"at most {MAX_BYTES // 1024**2} MiB" in PAGE
    assert f"more than {stream.MARGIN // 1024} KiB" in PAGE
    assert f"above {stream.WINDOW // 1024**2} MiB" in PAGE
