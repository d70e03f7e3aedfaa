"""Addresses within a site, as seen from a page."""

from __future__ import annotations

import posixpath

from hypothesis import given
from hypothesis import strategies as st

from errorbook.site.links import relative_url

STEPS = st.sampled_from(["a", "b", "c.html", "index.html", "é", "..", "."])
FOLDERS = st.lists(st.sampled_from(["a", "b", "é"]), max_size=4)
PATHS = st.builds(
    lambda folders, file: "/".join([*folders, file]), FOLDERS, st.sampled_from(["", "x.html", "a"])
)


@given(PATHS, PATHS)
def test_it_is_what_the_standard_library_says(target: str, page: str) -> None:
    here = posixpath.dirname(page) or "."
    theirs = posixpath.relpath(target or ".", here)
    assert relative_url(target, page) == (
        f"{theirs}/" if target.endswith("/") or not target else theirs
    )


@given(st.lists(STEPS, min_size=1, max_size=5), PATHS)
def test_steps_back_lead_where_they_lead(steps: list[str], page: str) -> None:
    target = "/".join(steps)
    found = relative_url(target, page)
    start = posixpath.join("/r/o/o/t/s/", posixpath.dirname(page))
    assert posixpath.normpath(posixpath.join(start, found)) == posixpath.normpath(
        posixpath.join("/r/o/o/t/s/", target)
    )
