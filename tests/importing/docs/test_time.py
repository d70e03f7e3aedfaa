"""Pages that were made to take long take no time."""

from __future__ import annotations

from time import perf_counter

import pytest

from tests.importing.docs.reading import said

LIMIT = 3.0
"""Seconds. Each takes far longer where the time grows with the square of a page."""

RUNS = " a ".join("`" * width for width in range(1, 800))


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a.html", "<main>" * 16_000),
        ("a.html", "<article>" * 16_000),
        ("a.html", "<table><tr><td>" * 1000 + "x"),
        ("a.html", "<b>" * 390 + "<table>" * 4000),
        ("a.md", "a " + "<!--" * 8000),
        ("a.md", RUNS),
        ("a.md", "| Code | Meaning |\n|-|-|\n| a" + " " * 3900 + "b | x |\n"),
    ],
    ids=["mains", "articles", "tables", "inline", "comments", "runs of ticks", "spaces"],
)
def test_a_page_takes_no_time(name: str, page: str) -> None:
    said(name, "x")  # so that what is imported and compiled on first use is
    began = perf_counter()
    said(name, page)
    assert perf_counter() - began < LIMIT
