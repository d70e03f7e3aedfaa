"""Positions of some values, asked for beforehand, are those that a whole look finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook.catalog.positions import Positions, _Reader
from errorbook.problems import CatalogPath

ROOT = Path(__file__).parents[2]
TEXT = b"""\
# comment
apis:
  shop:
    errors: &all
      one: {status: 409, causes: [a, [b, c], {d: e}]}
      1: {status: [404, 410]}
      two: &two
        status: 404
      two: {status: 500}
      ? [odd, key]
      : {deep: {er: 1}}
    copy: *all
    alias: *two
"""
PATHS: list[CatalogPath] = [
    (),
    ("apis",),
    ("apis", "shop", "errors", "one", "status"),
    ("apis", "shop", "errors", "one", "causes", 1, 0),
    ("apis", "shop", "errors", "one", "causes", 2, "d"),
    ("apis", "shop", "errors", 1, "status", 1),
    ("apis", "shop", "errors", "two", "status"),
    ("apis", "shop", "errors", "gone", "status"),
    ("apis", "shop", "copy"),
    ("apis", "shop", "copy", "one", "status"),
    ("apis", "shop", "alias", "status"),
    ("nothing", 7),
]


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_a_path_that_is_expected_is_found_where_it_stands(path: CatalogPath) -> None:
    assert Positions(TEXT, [path]).find(path) == Positions(TEXT).find(path)


@pytest.mark.parametrize("path", PATHS, ids=str)
def test_many_paths_are_found_at_once_and_another_one_too(path: CatalogPath) -> None:
    others = [one for one in PATHS if one != path]
    some = Positions(TEXT, others)
    assert [some.find(one) for one in others] == [Positions(TEXT).find(one) for one in others]
    assert some.find(path) == Positions(TEXT).find(path)


def test_what_is_not_asked_for_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    content = (ROOT / "errors.yaml").read_bytes()
    placed = 0
    spot = _Reader._spot

    def counting(reader: _Reader, *given: object) -> object:
        nonlocal placed
        placed += 1
        return spot(reader, *given)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(_Reader, "_spot", counting)
    path = ("apis", "artifacta", "errors", "rate_limited", "status")
    assert Positions(content, [path]).find(path)[0] == len(path)
    assert placed == len(path) + 1


@pytest.mark.parametrize("text", [b"", b"apis: [", b"\xff", b"[" * 500 + b"]" * 500])
def test_a_file_that_cannot_be_read_has_no_positions(text: bytes) -> None:
    path = ("apis", "shop")
    assert Positions(text, [path]).find(path) == (0, None)
