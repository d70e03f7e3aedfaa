"""Code in colours is what Pygments makes of it, sooner."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import JsonLexer, get_lexer_by_name

from errorbook.site.code_html import highlighted, json_html

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


def coloured(text: str, language: str) -> str:
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    html: str = highlight(text, lexer, HtmlFormatter(nowrap=True))
    return html


def plain(html: str) -> str:
    """Return the text of HTML that Pygments might have made."""
    spans = str(html).replace("</span>", "").split('<span class="')
    text = spans[0] + "".join(span.partition(">")[2] for span in spans[1:])
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'")):
        text = text.replace(entity, char)
    return text.replace("&amp;", "&")


@given(VALUES)
def test_json_reads_as_it_is_written(value: Any) -> None:
    assert plain(json_html(value)) == json.dumps(value, indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    "value",
    [
        {"error": {"code": "x", "status": 429, "ratio": -1.5, "ok": True, "none": None}},
        [[1, 2, [3]], {"a": [{"b": "c"}, "d"]}, "<script>&\"'\\\n\u2028"],
        {},
        [],
        {"a": {}, "b": [], "c": ""},
        "text",
        7,
    ],
)
def test_json_has_the_colours_of_pygments(value: Any) -> None:
    text = json.dumps(value, indent=2, ensure_ascii=False)
    theirs = highlight(text, JsonLexer(), HtmlFormatter(nowrap=True))
    if value in ({}, []) or (isinstance(value, dict) and {} in value.values()):
        assert plain(json_html(value)) == plain(theirs)  # it splits an empty one into two
    else:
        assert json_html(value) == theirs


SNIPPET = "from a.errors import {0}\n\ntry:\n    ...\nexcept {0} as error:\n    print('{1}')\n"


@pytest.mark.parametrize(
    "names",
    [("SlowError", "too_slow"), ("Errorbook0StandIn", "x"), ("E", "E"), ("A_1", "from"), ()],
)
def test_names_stand_as_they_are(names: tuple[str, ...]) -> None:
    text = SNIPPET.format(*(names or ("OtherError", "other")))
    own = tuple(name for name in names if name != "from")
    assert highlighted(text, "python", own) == coloured(text, "python")


def test_a_name_that_is_part_of_a_word_is_left_alone() -> None:
    text = "slow = slower + too_slow\n"
    assert highlighted(text, "python", ("slow",)) == coloured(text, "python")


def test_text_stays_text() -> None:
    assert "<b>" not in highlighted("print('<b>')\n", "python", ("<b>", "b"))
