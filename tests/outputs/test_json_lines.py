"""Long JSON: one line for what belongs together, and a stamp."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorbook.outputs import stamp
from errorbook.outputs.json_lines import Layout, laid_out, stamped_json
from tests.catalog.catalogs import BOUNDED

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        (0, '{"a": [1, {"b": 2}], "c": {}}'),
        (1, '{\n "a": [1, {"b": 2}],\n "c": {}\n}'),
        (2, '{\n "a": [\n  1,\n  {"b": 2}\n ],\n "c": {}\n}'),
    ],
)
def test_as_many_levels_take_lines_as_are_asked_for(levels: int, text: str) -> None:
    assert laid_out({"a": [1, {"b": 2}], "c": {}}, levels) == text


@BOUNDED
@given(JSON, st.integers(0, 4))
def test_it_is_json_in_ascii(value: object, levels: int) -> None:
    text = laid_out(value, levels)
    assert text.isascii()
    assert json.loads(text) == value


def test_numbers_that_json_does_not_have_are_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        laid_out({"a": float("nan")}, 2)


def test_the_stamp_stands_between_head_and_content() -> None:
    layout = Layout("things", 3, levels=1, stamp_key="x-stamp")
    text = stamped_json(layout, {"format": 3}, {"text": "text sha256:0000000000000000"})
    assert list(json.loads(text)) == ["format", "x-stamp", "text"]
    assert "output things, format 3" in text
    assert stamp.state(text) == "whole"
    assert stamp.state(text.replace('"text"', '"test"')) == "edited"
