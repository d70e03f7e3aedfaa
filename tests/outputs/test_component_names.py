"""Names of components: one for each code, whatever it is made of, and for good."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorbook.outputs.component_names import component_names
from tests.catalog.catalogs import BOUNDED

NAME = re.compile(r"[a-zA-Z0-9._-]+\Z")
"""What OpenAPI 3.1 allows as the name of a component."""
ALIKE = st.text(alphabet="a.2f/~Error1\U0001f980", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        (["rate_limited", "E-7", "a.b"], ["rate_limited", "E-7", "a.b"]),
        (["a/b", "a.2f.b"], ["a.2f.b", "a.2f.b.2"]),
        (["a.2f.b", "a/b"], ["a.2f.b", "a.2f.b.2"]),
        (["../../x"], ["...2f....2f.x"]),
        (["$ref", "\U0001f980"], [".24.ref", ".1f980."]),
        (["Error", "Status429", "Status", "Envelope1"], ["Error.2", "Status429.2", "Status"]),
        (["UnknownError", "KnownCode12", "__proto__"], ["UnknownError.2", "KnownCode12.2"]),
    ],
)
def test_a_code_is_its_own_name_where_it_can_be(codes: list[str], names: list[str]) -> None:
    assert list(component_names(codes).values())[: len(names)] == names


@BOUNDED
@given(st.lists(ALIKE | st.text(min_size=1), unique=True))
def test_each_code_has_a_name_of_its_own_that_openapi_allows(codes: list[str]) -> None:
    names = component_names(codes)
    assert list(names) == codes
    assert len(set(names.values())) == len(codes)
    assert all(NAME.match(name) for name in names.values())


@BOUNDED
@given(st.lists(ALIKE, unique=True, min_size=1))
def test_a_code_that_is_added_at_the_end_changes_no_name(codes: list[str]) -> None:
    before = component_names(codes[:-1])
    assert {code: name for code, name in component_names(codes).items() if code in before} == before
