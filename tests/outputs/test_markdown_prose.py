"""Prose as Markdown: any renderer of CommonMark shows what the prose says, and links where it does.

The renderer is markdown-it-py, in its CommonMark mode, and with tables and strikethrough as on
GitHub.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from errorbook.catalog.prose import (
    ERROR_SCHEME,
    Code,
    Emphasis,
    Link,
    Node,
    Text,
    link_targets,
    parse_prose,
    plain,
)
from errorbook.characters import without_hidden
from errorbook.outputs.markdown_prose import markdown_code, markdown_prose, markdown_text
from tests.catalog.catalogs import BOUNDED

COMMONMARK = MarkdownIt("commonmark")
GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKS = {"text", "code_inline", "em_open", "em_close", "strong_open", "strong_close"}
LINKS = {"link_open", "link_close"}

WRITTEN = {
    "plain": ("Stop. Now (or later)", "Stop. Now (or later)"),
    "names": ("set max_rows, not _this_", "set max_rows, not \\_this\\_"),
    "html": ("<b>x</b> &amp; R&D & co", "&lt;b>x&lt;/b> &amp;amp; R&amp;D & co"),
    "a list": ("- no", "\\- no"),
    "a number": ("404. That is all", "404\\. That is all"),
    "a heading": ("# no #", "\\# no \\#"),
    "a quotation": ("> no", "\\> no"),
    "an underline": ("===", "\\==="),
    "lines": ("one\n\n    two\n", "one two"),
    "emphasis": ("*not* **now**", "*not* **now**"),
    "code": ("`a` and `b|c`", "`a` and `b|c`"),
    "a link": ("[see `x`](https://x.test/a?b=1)", "[see `x`](https://x.test/a?b=1)"),
    "a link to an error": ("[wait](error:slow)", "[wait](there/slow)"),
    "a short link to an error": ("<error:slow>", "[`slow`](there/slow)"),
    "a dead link": ("[wait **now**](error:dead)", "wait **now**"),
    "an image that is none": ("![a](b.png)", "\\![a](here/b.png)"),
    "emphasis that no mark can show": ("a**.**b", "a.b"),
    "emphasis beside emphasis": ("*a***b**", "*a*b"),
    "spaces in emphasis": ("a** b **c", "a **b** c"),
    "codes side by side": ("`a``b`", "`ab`"),
    "hidden characters": ("a\u202eb\u200bc", "abc"),
}


def _link(reference: str) -> str | None:
    return None if reference == "dead" else f"there/{reference}"


def _relative(target: str) -> str:
    return target if ":" in target else f"here/{target}"


def _written(text: str, *, in_table: bool = False) -> str:
    return markdown_prose(text, _link, relative=_relative, in_table=in_table)


@pytest.mark.parametrize(("text", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_prose_is_written_as_people_write_markdown(text: str, expected: str) -> None:
    assert _written(text) == expected


FRAGMENTS = st.sampled_from(
    [
        *("*", "**", "***", "_", "__", "`", "``", "```", "~", "~~", "[", "]", "(", ")", "](", "!["),
        *("<", ">", "<error:", "error:x", "&", "&amp;", "&#42;", "&lt", "\\", "\\*", "\\`", "\\<"),
        *(
            "|",
            "\\|",
            "-",
            "---",
            "+",
            "=",
            "===",
            "#",
            "###",
            "1.",
            "12)",
            ":",
            "!",
            "^",
            "$",
            "@",
        ),
        *("<script>", "</b>", "<!--", "-->", "<http://x.test>", "http://x.test/_a_", "www.x.test"),
        *("a", "b_c", "é", "字", "。", "🦀", "1", ".", ",", '"', "'", "text", "x.md#y", "{", "}"),
        *(" ", "  ", "\n", "\n\n", "\t", "\r\n", "\u00a0", "\u2028", "\u202e", "\u200b", "\x1b"),
        *("`a`", "**b**", "*c*", "[d](e.md)", "<error:f>", "[`g`](error:h)", "[*i*](j)", "dead"),
    ]
)
PROSE = st.lists(FRAGMENTS | st.text(max_size=4), max_size=14).map("".join)


@BOUNDED
@given(PROSE)
@example("<error:a`b>`c`")
@example("[a](b`c) `d`")
@example("**[*](x)**")
@example("text\\")
@example("``` x")
@example("a|b `c|d` `e\\|f` \\|")
@example("**\\[a]**b*c*")
@example("!<error:a>")
@example("**`a`*`a`")
@example("`a`\u202e`a`")
@example("` `a")
def test_every_renderer_shows_what_the_prose_says_and_links_where_it_does(text: str) -> None:
    expected = _visible(plain(text))
    line = _written(text)
    assert "\n" not in line
    for renderer in (COMMONMARK, GITHUB):
        assert _shown(renderer, line, ["paragraph"]) == expected
        assert _shown(renderer, f"Before.\n{line}", ["paragraph"]) == f"Before. {expected}".strip()
        assert _shown(renderer, f"# {line}", ["heading"]) == expected
        if line:
            item = ["bullet_list", "list_item", "paragraph"]
            assert _shown(renderer, f"- {line}", item) == expected
    hrefs = [str(token.attrs["href"]) for token in _inline(COMMONMARK, line) if token.attrs]
    assert len(hrefs) <= len(list(link_targets(text)))
    assert all(href.startswith(("there/", "here/", "http", "mailto")) for href in hrefs)


@BOUNDED
@given(PROSE)
@example("a|b `c|d` `e\\|f` \\| \\\\|")
def test_a_cell_of_a_table_shows_the_same_and_ends_where_it_should(text: str) -> None:
    cell = _written(text, in_table=True)
    tokens = GITHUB.parse(f"| a | b |\n|---|---|\n| {cell} | end |\n")
    assert [token.type for token in tokens].count("td_open") == 2
    cells = [token.children or [] for token in tokens if token.type == "inline"][2:]
    assert [_text(children) for children in cells] == [_visible(plain(text)), "end"]


@BOUNDED
@given(st.lists(FRAGMENTS | st.text(max_size=4), max_size=14).map("".join))
def test_text_and_code_that_are_no_prose_are_shown_as_they_are(text: str) -> None:
    assert _shown(COMMONMARK, markdown_text(text), ["paragraph"]) == _visible(text)
    code = markdown_code(text)
    tokens = _inline(COMMONMARK, code)
    assert [token.type for token in tokens] == ["code_inline"] * bool(_visible(text))
    assert _text(tokens) == _visible(text)


@BOUNDED
@given(PROSE)
def test_code_and_links_of_the_prose_are_kept(text: str) -> None:
    """Emphasis may give way to the rules of CommonMark; what is copied or followed may not."""
    tokens = _inline(COMMONMARK, markdown_prose(text, lambda reference: f"e/{len(reference)}"))
    codes = "".join(token.content for token in tokens if token.type == "code_inline")
    assert "".join(codes.split()) == "".join(_visible(_codes(parse_prose(text))).split())
    hrefs = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    targets = [_target(link) for link in _links(parse_prose(text))]
    assert [_decoded(href) for href in hrefs] == [_decoded(target) for target in targets]


def _codes(nodes: Sequence[Node]) -> str:
    """Return all code in ``nodes``, one piece after the other."""
    return "".join(
        node.text if isinstance(node, Code) else _codes(node.children)
        for node in nodes
        if not isinstance(node, Text)
    )


def _links(nodes: Sequence[Node]) -> Iterator[Link]:
    """Yield the links in ``nodes`` that a reader can see."""
    for node in nodes:
        if isinstance(node, Link) and _visible(_all_text(node.children)):
            yield node
        elif isinstance(node, Emphasis):
            yield from _links(node.children)


def _all_text(nodes: Sequence[Node]) -> str:
    return "".join(
        node.text if isinstance(node, (Text, Code)) else _all_text(node.children) for node in nodes
    )


def _target(link: Link) -> str:
    reference = link.target.removeprefix(ERROR_SCHEME)
    return link.target if reference == link.target else f"e/{len(reference)}"


def _decoded(address: str) -> str:
    return unquote(address, errors="replace")


def _visible(text: str) -> str:
    return " ".join(without_hidden(" ".join(text.split())).split())


def _shown(renderer: MarkdownIt, markdown: str, blocks: Sequence[str]) -> str:
    """Return the text that ``markdown`` shows, which must be in these ``blocks`` and in no HTML."""
    tokens = renderer.parse(markdown)
    opened = [token.type.removesuffix("_open") for token in tokens if token.nesting == 1]
    assert opened == list(blocks) or not tokens
    assert {token.type for token in tokens if token.nesting == 0} <= {"inline"}
    children = [child for token in tokens for child in token.children or []]
    assert {child.type for child in children} <= MARKS | LINKS | {"softbreak"}
    return _text(children)


def _inline(renderer: MarkdownIt, markdown: str) -> list[Token]:
    return [child for token in renderer.parse(markdown) for child in token.children or []]


def _text(tokens: Sequence[Token]) -> str:
    return " ".join("".join(_contents(tokens)).split())


def _contents(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        yield "\n" if token.type == "softbreak" else token.content
