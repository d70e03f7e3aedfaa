"""Catalog text as Python source."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorbook.outputs.python.source import Items, docstring, literal, tuple_of


@given(st.text())
def test_a_literal_is_the_text_it_was_made_of(text: str) -> None:
    source = literal(text)
    assert ast.literal_eval(source) == text
    assert source.isprintable()


@given(st.lists(st.text(max_size=200), max_size=4), st.sampled_from(["", "    "]))
def test_a_docstring_is_one_string_with_every_word(texts: list[str], indent: str) -> None:
    source = docstring([*texts, Items("List", tuple(texts))], indent)
    value = ast.literal_eval(source.strip())
    words = [word for text in texts for word in text.split()]
    assert all(word in value for word in words)
    assert all(line.isprintable() for line in source.split("\n"))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("plain", '"plain"'),
        ('"', "'\"'"),
        ("it's", '"it\'s"'),
        ("'\"", '"\'\\""'),
        ("a\\b", '"a\\\\b"'),
        ("a\nb\x00\u202e", '"a\\nb\\x00\\u202e"'),
        ("é…🦀", '"é…🦀"'),
        ("Жб中文かก₹ẞ“—”", '"Жб中文かก₹ẞ“—”"'),
        ("\U0001fa75", '"\\U0001fa75"'),
        ("a\u200db\xad\u2066\u3000", '"a\\u200db\\xad\\u2066\\u3000"'),
        ("\ud800\ue000\ufdd0\U0010ffff", '"\\ud800\\ue000\\ufdd0\\U0010ffff"'),
    ],
)
def test_a_literal_has_the_quotation_marks_that_formatters_choose(text: str, source: str) -> None:
    assert literal(text) == source


def test_a_tuple_of_one_has_its_comma() -> None:
    assert tuple_of(["400"]) == "(400,)"
    assert tuple_of(["400", "404"]) == "(400, 404)"
    assert tuple_of([]) == "()"
