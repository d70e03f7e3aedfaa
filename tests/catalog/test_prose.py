"""Prose holds inline code, emphasis and links. Whatever does not parse as that is text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorbook.catalog.prose import (
    Code,
    Emphasis,
    Link,
    Node,
    Text,
    is_safe_target,
    link_targets,
    parse_prose,
    plain,
)
from tests.catalog.catalogs import BOUNDED

MARKUP = {
    "nothing": ("", ()),
    "text": ("Stop.", (Text("Stop."),)),
    "code": ("Use `a*b`.", (Text("Use "), Code("a*b"), Text("."))),
    "emphasis": ("*not* now", (Emphasis((Text("not"),)), Text(" now"))),
    "strong": ("**Stop**", (Emphasis((Text("Stop"),), strong=True),)),
    "code in strong": ("**`x`**", (Emphasis((Code("x"),), strong=True),)),
    "a link": ("[here](https://x.test/a?b=1)", (Link("https://x.test/a?b=1", (Text("here"),)),)),
    "a link to an error": ("[wait](error:slow)", (Link("error:slow", (Text("wait"),)),)),
    "a short link to an error": ("<error:a/b>", (Link("error:a/b", (Code("a/b"),)),)),
    "a link in strong": (
        "**[a](b)**",
        (Emphasis((Link("b", (Text("a"),)),), strong=True),),
    ),
    "markup in a link": (
        "[see `x` **now**](y.md#z)",
        (
            Link(
                "y.md#z",
                (Text("see "), Code("x"), Text(" "), Emphasis((Text("now"),), strong=True)),
            ),
        ),
    ),
    "a link in a link": (
        "[see <error:x>](https://y.test)",
        (Link("https://y.test", (Text("see "), Code("x"))),),
    ),
    "a link in emphasis in a link": (
        "[*<error:x>*](https://y.test)",
        (Link("https://y.test", (Emphasis((Code("x"),)),)),),
    ),
    "escapes": (
        "\\*a\\* \\`b\\`",
        (Text("*"), Text("a"), Text("*"), Text(" "), Text("`"), Text("b"), Text("`")),
    ),
}


@pytest.mark.parametrize(("text", "nodes"), MARKUP.values(), ids=MARKUP.keys())
def test_markup_is_read(text: str, nodes: tuple[Node, ...]) -> None:
    assert parse_prose(text) == nodes


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "a ** b",
        "`open",
        "[label]",
        "[label] (target)",
        "[label]()",
        "[](target)",
        "[a](b c)",
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "<https://x.test>",
        "<error:>",
        "<error:a b>",
        "&lt;",
        "# heading",
        "- list",
        "a_b_c _d_",
        "![image](https://x.test/a.png)"[:2],
    ],
)
def test_what_is_no_markup_is_text(text: str) -> None:
    assert plain(text) == text
    assert all(isinstance(node, Text) for node in parse_prose(text))


UNSAFE = [
    "javascript:alert",
    "JavaScript:alert",
    "JAVASCRIPT:alert",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://x.test",
    "//host/path",
    "\\\\host",
    "/\\host",
    "\\/host",
    "java\x00script:x",
    "\x01javascript:x",
    "java\u200bscript:x",
    "javascript&#58;x",
    "javascript&colon;x",
    "javascript&#x3a;x",
    "a:b",
    "./a:b",
    "http\u202e://x",
    "https://x.test/\x7f",
    "https:\\\\x.test",
    "error:a\x00b",
]


@pytest.mark.parametrize("target", UNSAFE)
def test_an_unsafe_link_stays_text(target: str) -> None:
    assert not is_safe_target(target)
    assert parse_prose(f"[x]({target})") == (Text(f"[x]({target})"),)
    assert list(link_targets(f"[x]({target})")) == [target]


@pytest.mark.parametrize(
    "target",
    [
        "https://x.test",
        "http://x.test:80/a?b=c&d=e#f",
        "HTTPS://x.test",
        "mailto:a@x.test",
        "page.md",
        "../page.md#part",
        "#part",
        "/from/the/root",
        "?query",
        "error:slow_down",
        "error:api/slow_down",
        "error:1:30",
        "error:Api\\Error",
    ],
)
def test_a_safe_link_is_a_link(target: str) -> None:
    assert parse_prose(f"[x]({target})") == (Link(target, (Text("x"),)),)


def test_every_link_is_found_wherever_it_stands() -> None:
    text = "[a](b) **[c](d)** *<error:e>* `[f](g)` [**h**](i) \\[j](k) <error:l>"
    assert list(link_targets(text)) == ["b", "d", "error:e", "i", "error:l"]


def _links(nodes: tuple[Node, ...]) -> list[str]:
    found: list[str] = []
    for node in nodes:
        if isinstance(node, Link):
            found.append(node.target)
        if isinstance(node, Link | Emphasis):
            found += _links(node.children)
    return found


MARKS = st.text("ab `*[]()<>\\:/.&;#\n", max_size=40) | st.lists(
    st.sampled_from(["**", "*", "`", "[a](b)", "<error:", ">", "](", "error:", "x", " ", "\\"]),
    max_size=12,
).map("".join)


@BOUNDED
@given(MARKS)
def test_any_text_is_prose(text: str) -> None:
    nodes = parse_prose(text)
    assert _links(nodes) == [target for target in link_targets(text) if is_safe_target(target)]
    assert all(is_safe_target(target) for target in _links(nodes))
    assert len(plain(text)) <= len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "]",
        "*",
        "**",
        "`",
        "``",
        "<error:",
        "[a](",
        "[a",
        "*a",
        "**a ",
        "(",
        "\\",
        "<",
        "`*[",
        "* ",
    ],
)
def test_reading_takes_time_in_proportion(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    parse_prose(text)
    parse_prose(text + "x")
    list(link_targets(text + "](<error:"))
    assert time.process_time() - start < 3


def test_long_runs_between_marks_take_time_in_proportion() -> None:
    start = time.process_time()
    for opening in ("[", "[a](", "*", "**", "`", "<error:", "*a"):
        parse_prose(opening + " " * 200_000)
        parse_prose(opening + "a" * 200_000)
        parse_prose((opening + "a" * 1000) * 200)
    assert time.process_time() - start < 3
