"""Walking to a value of a JSON document leads where a look at every sign leads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errorbook.catalog.json_walk import NotPlainError, Walk
from errorbook.catalog.published import JsonPositions
from errorbook.problems import CatalogPath

TEXT = """\
{"a": {"b": [1, {"c": null}, "x"], "d\\n\\u00e9\\ud83d\\ude00": true},
  "a": 2, "": {},
\t"e" : -1.5e3}
"""


@pytest.mark.parametrize(
    ("path", "steps", "key", "value"),
    [
        ((), 0, (1, 1), (1, 1)),
        (("a",), 1, (1, 2), (1, 7)),
        (("a", "b", 1, "c"), 4, (1, 18), (1, 23)),
        (("a", "b", 2), 3, (1, 30), (1, 30)),
        (("a", "b", 3), 2, (1, 8), (1, 13)),
        (("a", "d\n\u00e9\U0001f600"), 2, (1, 36), (1, 61)),
        (("",), 1, (2, 11), (2, 15)),
        (("e", "f"), 1, (3, 2), (3, 8)),
    ],
)
def test_a_value_is_found(
    path: CatalogPath, steps: int, key: tuple[int, int], value: tuple[int, int]
) -> None:
    found = Walk(TEXT).find(path)
    assert (found[0], tuple(found[1]), tuple(found[2])) == (steps, key, value)


@pytest.mark.parametrize("text", ['{"a" 1}', '{"a": }', '{"a": [1 2]}', '{"a": 1', "{a: 1}", "[1,"])
def test_what_is_no_json_is_refused_and_still_looked_at(text: str) -> None:
    with pytest.raises(NotPlainError):
        Walk(text).find(("a", "b"))
    assert JsonPositions(text.encode()).find(("z",))[0] == 0


def test_what_is_nested_too_deep_to_be_read_is_still_looked_at() -> None:
    text = '{"a": ' + "[" * 200_000 + "]" * 200_000 + ', "b": 1}'
    steps, position = JsonPositions(text.encode()).find(("a",))
    assert (steps, position and tuple(position.value)) == (1, (1, 7))


@settings(max_examples=40)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=8,
    ),
    st.sampled_from([None, 1]),
)
def test_both_ways_lead_to_the_same_place(data: Any, indent: int | None) -> None:
    text = json.dumps(data, indent=indent)
    positions = JsonPositions(text.encode())
    for path in _paths(data, ()):
        assert positions.find(path) == positions._find(path)


def _paths(data: Any, path: CatalogPath) -> list[CatalogPath]:
    entries: Iterable[tuple[str | int, Any]] = data.items() if isinstance(data, dict) else ()
    if isinstance(data, list):
        entries = enumerate(data)
    return [path, *(one for key, inner in entries for one in _paths(inner, (*path, key)))]
