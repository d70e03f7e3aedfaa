"""What a terminal gets: wrapped to its width, in colour where it is wanted, harmless."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorbook.catalog.prose import Code, Emphasis, Link, Node, Text, parse_prose
from errorbook.explain.page import Page
from errorbook.explain.prose import shown
from errorbook.problems import printable
from tests.explain.running import ROOT, Command

ESCAPE = "\x1b[31m\x07\u202e\x9b2J\r"
COMMAND = [sys.executable, "-m", "errorbook", "explain"]


def environment(**variables: str) -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")}
    return {**known, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", **variables}


def on_a_terminal(columns: int, *words: str, **variables: str) -> str:
    """Return what the command prints on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    import fcntl  # noqa: PLC0415  # not on Windows
    import struct  # noqa: PLC0415  # as above
    import termios  # noqa: PLC0415  # as above

    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    unset = {name: value for name, value in environment(**variables).items() if name != "COLUMNS"}
    with subprocess.Popen(
        [*COMMAND, *words], cwd=ROOT, env=unset, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        pieces = []
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            pieces.append(piece)
        process.wait(30)
    os.close(ours)
    return b"".join(pieces).decode().replace("\r\n", "\n")


def test_there_is_colour_on_a_terminal_alone() -> None:
    assert "\x1b[" in on_a_terminal(80, "artifacta/rate_limited")
    assert "\x1b[" not in on_a_terminal(80, "artifacta/rate_limited", NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(80, "artifacta/rate_limited", TERM="dumb")


@pytest.mark.parametrize("columns", [40, 64, 100])
def test_lines_are_as_wide_as_the_terminal(columns: int) -> None:
    out = on_a_terminal(columns, "artifacta/rate_limited", NO_COLOR="1")
    prose = out.partition("\nExample\n")[0].splitlines()
    assert max(map(len, prose)) <= columns
    assert max(map(len, prose)) > columns - 20


def test_lines_are_80_wide_elsewhere(explain: Command) -> None:
    out = explain("--all").out
    text = [line for line in out.splitlines() if not line.startswith(("  ", "Docs "))]
    assert 70 < max(map(len, text)) <= 80


def test_colour_changes_no_word() -> None:
    plain = on_a_terminal(80, "artifacta/rate_limited", NO_COLOR="1")
    assert re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal(80, "artifacta/rate_limited")) == plain


def test_nothing_of_a_catalog_acts_on_the_terminal(explain: Command, tmp_path: Path) -> None:
    error = {
        "status": 409,
        **dict.fromkeys(("meaning", "message", "fix", "since", "deprecated", "group"), ESCAPE),
        **{key: [ESCAPE] for key in ("causes", "operations", "renamed_from")},
        "actions": [{"do": ESCAPE, "how": ESCAPE, "when": ESCAPE}],
        "retry": {"when": ESCAPE, "after": [ESCAPE], "backoff": ESCAPE, "needs": ESCAPE},
        "details": {ESCAPE: {"type": ESCAPE, "unit": ESCAPE, "meaning": ESCAPE}},
        "derived": {
            "exception": {"python": ESCAPE},
            "exit_code": 3,
            "link": ESCAPE,
            "example": {"headers": {ESCAPE: ESCAPE}, "body": {ESCAPE: ESCAPE}},
            "snippets": [[ESCAPE, "python", ESCAPE]],
        },
    }
    api = {
        "title": ESCAPE,
        "errors": {f"e{ESCAPE}": error, "other": error},
        "exit_codes": {"3": {"name": ESCAPE, "meaning": ESCAPE}},
        "derived": {"statuses": {"409": ESCAPE}, "python": {"package": ESCAPE, "base": ESCAPE}},
    }
    file = tmp_path / "errors.json"
    file.write_text(json.dumps({"format": 1, "apis": {f"a{ESCAPE}": api}}), "utf-8")
    for words in (["--all"], ["409"], ["other"], ["exit", "3"], ["--all", "--json"], [ESCAPE]):
        said = explain(*words, "--catalog", file)
        lines = (said.out + said.err).split("\n")
        assert any(lines), words
        assert all(line.isprintable() for line in lines), words


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_nothing_of_what_is_piped_in_acts_on_the_terminal(
    explain: Command, options: list[str]
) -> None:
    hostile = json.dumps(ESCAPE)
    texts = [
        f'{{"error":{{"code":"rate_limited","message":{hostile},"status":429,"x":{hostile}}}}}',
        f'{{"error":{{"code":{hostile},"message":{hostile},"status":429}}}}',
        f"code=session_sealed {ESCAPE}\n" * 3,
        ESCAPE,
        f"session{ESCAPE}",
    ]
    for text in texts:
        said = explain("-", *options, piped=text)
        assert said.out or said.err
        assert all(line.isprintable() for line in (said.out + said.err).split("\n")), text


@given(st.text(alphabet=st.sampled_from("ab *`[]()<>:\\/errohttps.x"), max_size=40))
def test_prose_has_the_grammar_of_the_catalog(text: str) -> None:
    assert shown(text) == "".join(map(_told, parse_prose(text)))


@pytest.mark.parametrize(
    ("prose", "text"),
    [
        ("a **b** *c* `d*e*`", "a b c `d*e*`"),
        ("[`a` b](https://x.example/)", "`a` b (https://x.example/)"),
        ("[a](error:b) <error:c>", "a `c`"),
        (r"\*a\*", "*a*"),
    ],
)
def test_prose_is_shown_without_marks(prose: str, text: str) -> None:
    assert shown(prose) == text


def _told(node: Node) -> str:
    if isinstance(node, Text):
        return node.text
    if isinstance(node, Code):
        return f"`{node.text}`"
    inner = "".join(map(_told, node.children))
    if isinstance(node, Emphasis):
        return inner
    assert isinstance(node, Link)
    is_outside = node.target.startswith(("http://", "https://"))
    return f"{inner} ({node.target})" if is_outside else inner


@given(st.text(), st.text(), st.integers(1, 120))
def test_no_text_breaks_a_page(name: str, text: str, width: int) -> None:
    page = Page(width, colour=False)
    page.title(name, text)
    page.fact(name, text)
    page.point(text)
    page.row(name, "429", text, 20)
    page.verbatim(text)
    page.rule()
    assert [line for line in page.lines if printable(line) != line or "\n" in line] == []


def test_a_closed_pipe_is_quiet() -> None:
    with subprocess.Popen(
        [*COMMAND, "--all"],
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 141


def test_an_interrupt_is_quiet(explain: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("errorbook.explain.stream.decode", interrupt)
    said = explain("-", piped="nothing here")
    assert (said.code, said.out, said.err.strip()) == (128 + signal.SIGINT, "", "")
