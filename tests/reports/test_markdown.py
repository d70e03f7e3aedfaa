"""Markdown of others is inert, and no longer than a comment may be."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from errorbook.reports.markdown import MOST_CHARACTERS, code, code_block, prose, with_rows
from tests.reports.nasty import NASTY

_MENTION = re.compile(r"(?<![A-Za-z0-9_])@\w")


def rendered(text: str) -> str:
    """Return the HTML that a forge would make of ``text``, before it is cleaned."""
    html: str = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return html


@pytest.mark.parametrize("text", NASTY)
def test_prose_is_nothing_but_its_letters(text: str) -> None:
    html = rendered(f"a {prose(text)} b")
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {"p"}
    assert not _MENTION.search(html)
    assert html.replace("\n", "").isprintable() or "\u200b" in html
    assert "://e" not in html


@pytest.mark.parametrize("text", NASTY)
def test_code_is_one_piece_of_code_in_a_cell(text: str) -> None:
    table = f"| a | b |\n|---|---|\n| {code(text)} | end |\n"
    html = rendered(table)
    assert html.count("<td>") == 2
    assert "<td>end</td>" in html
    tags = set(re.findall(r"</?([a-z0-9]+)", html))
    assert tags <= {"table", "thead", "tbody", "tr", "th", "td", "code"}


@pytest.mark.parametrize("text", NASTY)
def test_code_in_html_ends_where_it_should(text: str) -> None:
    html = code(text, as_html=True)
    assert re.fullmatch(r"(<code>[^<>]*</code>)?", html)
    assert not _MENTION.search(html)


@pytest.mark.parametrize("text", NASTY)
def test_nothing_ends_a_block_of_code(text: str) -> None:
    block = code_block(["--- a", text, f"+{text}", "````"])
    html = rendered(f"{block}\nafter\n")
    assert html.count("<pre>") == 1
    assert html.endswith("</code></pre>\n<p>after</p>\n")
    assert not set(re.findall(r"</?([a-z0-9]+)", html)) - {"pre", "code", "p"}


def test_without_rows_nothing_is_said() -> None:
    assert with_rows("text", "opening", []) == "text"


def test_rows_stop_where_there_is_no_more_room() -> None:
    text = with_rows("text\n", "opening\n", ["x" * 99 + "\n"] * 1000)
    assert text.startswith("text\nopening\nxxx")
    assert len(text) < MOST_CHARACTERS
    (left,) = re.findall(r"\n([\d,]+) more are in the log\.\n", text)
    assert int(left) + text.count("x\n") == 1000


def test_a_text_that_is_full_says_only_how_many_are_left_out() -> None:
    full = "x" * MOST_CHARACTERS
    assert with_rows(full, "opening", ["a", "b"]) == f"{full}\n2 more are in the log.\n"
