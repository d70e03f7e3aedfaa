"""Internal codes in files beside the pages: each is found, however its neighbours begin."""

from __future__ import annotations

import time

import pytest

from errorbook.checks.html_internal import Codes

CODES = (
    "quota_hit",
    "quota_hit_soft",
    "db.down",
    "db.down.now",
    "$internal",
    "-32000",
    "No such thing",
    "!!",
    "über_voll",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"codes":["quota_hit_soft","quota_hit"]}', ["quota_hit_soft", "quota_hit"]),
        ("quota_hit quota_hit_soft", ["quota_hit", "quota_hit_soft"]),
        ("quota_hits, a_quota_hit, quota_hit-2", []),
        ("quota_hit.", ["quota_hit"]),
        ("db.down.now and db.down", ["db.down.now", "db.down"]),
        ("db.down.", ["db.down"]),
        ("db.downs", []),
        ("a $internal b", ["$internal"]),
        ("code: -32000", ["-32000"]),
        ("132000 or -320001", []),
        ("<No such thing>", ["No such thing"]),
        ("No such things", []),
        ("!!", ["!!"]),
        ("über_voll", ["über_voll"]),
    ],
)
def test_codes_that_stand_alone_are_found(text: str, found: list[str]) -> None:
    assert [code for _, code in Codes(CODES).found_in(text)] == found


def test_many_codes_that_begin_alike_take_no_longer() -> None:
    codes = Codes(f"api:code_{number}" for number in range(5000))
    begin = time.perf_counter()
    assert len(codes.found_in("api:code_7 api api:code_70000 " * 20_000)) == 20_000
    assert time.perf_counter() - begin < 5
