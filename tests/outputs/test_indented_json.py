"""Indented JSON is what the standard library writes."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorbook.outputs.indented_json import indented_json
from tests.catalog.catalogs import BOUNDED

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
).filter(lambda value: "Infinity" not in json.dumps(value))


@BOUNDED
@given(VALUES, st.integers(0, 3), st.booleans())
def test_it_is_what_the_standard_library_writes(
    value: Any, indent: int, ensure_ascii: bool
) -> None:
    expected = json.dumps(value, indent=indent, ensure_ascii=ensure_ascii)
    assert indented_json(value, indent, ensure_ascii=ensure_ascii) == expected


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_numbers_that_json_does_not_have_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        indented_json({"a": [number]})
