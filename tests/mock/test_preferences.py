"""The header Prefer, read and written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errorbook.mock.preferences import read_preferences, write_preferences
from tests.catalog.catalogs import BOUNDED


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["error=artifacta/rate_limited"], {"error": "artifacta/rate_limited"}),
        (["error=a, fail=2"], {"error": "a", "fail": "2"}),
        (["error=a; fail=2"], {"error": "a", "fail": "2"}),
        (["respond-async, wait=10,error=a"], {"respond-async": "", "wait": "10", "error": "a"}),
        (["error=a", "fail=2"], {"error": "a", "fail": "2"}),
        (['error="a, b; c=d"'], {"error": "a, b; c=d"}),
        (['error="a\\"b\\\\c"'], {"error": 'a"b\\c'}),
        (['error="50%25"'], {"error": "50%25"}),
        (["error=50%25"], {"error": "50%"}),
        (["error=50%"], {"error": "50%"}),
        (["error=%E6%97%A5%E6%9C%AC"], {"error": "日本"}),
        (["error=日本"], {"error": "日本"}),
        (["ERROR = a ,\tFail\t=\t2 "], {"error": "a", "fail": "2"}),
        (["error=two words"], {"error": "two words"}),
        (["error=a, error=b", "error=c"], {"error": "a"}),
        (["error="], {"error": ""}),
        (["error"], {"error": ""}),
        ([",;, error=a"], {"error": "a"}),
        (["@, error=a"], {"error": "a"}),
        (['error="never ends'], {"error": '"never ends'}),
        (['error="a"b, fail=1'], {"error": '"a"b', "fail": "1"}),
        (["="], {}),
        ([""], {}),
        ([], {}),
    ],
)
def test_what_a_header_says(lines: list[str], expected: dict[str, str]) -> None:
    assert read_preferences(line.encode() for line in lines) == expected


def test_a_header_that_is_no_utf8_is_latin_1() -> None:
    assert read_preferences([b'error="caf\xe9"']) == {"error": "café"}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("rate_limited", "error=rate_limited"),
        ("artifacta/rate_limited", 'error="artifacta/rate_limited"'),
        ("50%", 'error="50%"'),
        ('a"b\\', 'error="a\\"b\\\\"'),
        ("日本", "error=%E6%97%A5%E6%9C%AC"),
    ],
)
def test_what_is_applied_is_written_as_rfc_7240_has_it(value: str, written: str) -> None:
    assert write_preferences({"error": value}) == written


@BOUNDED
@given(st.text(min_size=1).filter(lambda text: text.strip(" \t") == text))
def test_what_is_written_reads_as_the_same(value: str) -> None:
    written = write_preferences({"error": value, "fail": "2"})
    assert written.isascii()
    assert read_preferences([written.encode()]) == {"error": value, "fail": "2"}


@BOUNDED
@given(st.lists(st.binary() | st.text(alphabet=' \t",;=\\a%').map(str.encode)))
def test_no_header_is_too_odd_to_read(lines: list[bytes]) -> None:
    assert all(name == name.lower() for name in read_preferences(lines))


@pytest.mark.parametrize("piece", ['"', 'a="', 'a="\\",', "a=", ",", " ", "@", 'a=" ', "@,", "a ="])
def test_a_long_header_takes_no_long_time(piece: str) -> None:
    line = (piece * 65_536)[:65_536].encode()
    begin = time.process_time()
    read_preferences([line])
    assert time.process_time() - begin < 1
