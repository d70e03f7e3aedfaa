"""A text of any length: read window by window, it is about the same as read at once."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
from functools import cache
from typing import Any

import pytest

from errorbook.decode import Known, decision, decode
from errorbook.explain.stream import Told, counts_of, read_stream
from tests.decode.homes import catalog
from tests.explain.running import Command

WINDOW, MARGIN = 20_000, 6_000
BODY = {
    "error": {
        "code": "rate_limited",
        "message": "Request limit reached. Wait 5 seconds before the next attempt.",
        "status": 429,
        "retry_after_seconds": 5,
    }
}
FLAT = {"error": "forbidden", "message": "No."}
TRACEBACK = """Traceback (most recent call last):
  File "client.py", line 7, in fetch
    raise SessionSealedError(code="session_sealed")  # or artifact_not_found
  File "other.py", line 9, in get
    answer = {"error": {"code": "artifact_not_found", "message": "x", "status": 404}}
artifacta.errors.RateLimitedError: rate_limited: Request limit reached.
"""
RESPONSE = """HTTP/1.1 429 Too Many Requests
date: Sun, 22 Nov 2026 07:41:36 GMT
content-type: application/json
retry-after: 5

"""


@cache
def known() -> Known:
    return Known(catalog())


def streamed(text: str, window: int = WINDOW, margin: int = MARGIN) -> Told:
    return read_stream(
        known(), io.BytesIO(text.encode()), lambda _: None, window=window, margin=margin
    )


def whole(text: str) -> object:
    said: Any = decision(decode(known(), text, always=True))
    return sorted(said["counts"], key=str) if said["kind"] == "many" else said["fits"]


def noise(numbers: random.Random) -> str:
    length = numbers.randrange(20, 120)
    return "2026-11-22T07:41:36Z INFO GET /v1/things ok " + "x" * length + "\n"


def record(numbers: random.Random) -> str:
    time = "2026-11-22T07:41:36Z ERROR "
    return numbers.choice(
        [
            f"{time}upstream said {json.dumps(BODY)}\n",
            f"{time}upstream said:\n{json.dumps(BODY, indent=2)}\n",
            f"{time}upstream said {json.dumps(FLAT)}\n",
            f"{time}boom\n{TRACEBACK}",
            f"{time}code=session_sealed\n",
            f"{time}answer\n{RESPONSE}{json.dumps(BODY, indent=1)}\n",
        ]
    )


def log(seed: int, size: int, share: float) -> str:
    numbers = random.Random(seed)  # noqa: S311  # no secret
    lines, length = [], 0
    while length < size:
        line = record(numbers) if numbers.random() < share else noise(numbers)
        lines.append(line)
        length += len(line)
    return "".join(lines)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
@pytest.mark.parametrize("seed", range(2))
def test_a_long_log_has_the_same_counts_as_read_at_once(seed: int, share: float) -> None:
    text = log(seed, 6 * WINDOW, share)
    told = streamed(text)
    assert told.is_long
    assert sorted(counts_of(told), key=str) == whole(text)


@pytest.mark.parametrize("part", [TRACEBACK, RESPONSE + json.dumps(BODY, indent=2) + "\n"])
@pytest.mark.parametrize("offset", range(-900, 60, 120))
def test_nothing_is_lost_at_the_border_of_a_window(part: str, offset: int) -> None:
    numbers = random.Random(1)  # noqa: S311  # no secret
    before = ""
    while len(before) < WINDOW - MARGIN + offset - 200:
        before += noise(numbers)
    after = "".join(noise(numbers) for _ in range(300))
    text = f"{before}2026-11-22T07:41:36Z ERROR code=forbidden\n{part}{after}"
    told = streamed(text)
    assert told.is_long
    assert sorted(counts_of(told), key=str) == whole(text)


def test_an_error_at_each_end_is_found_with_its_line() -> None:
    lines = ["2026-11-22T07:00:00Z code=session_sealed\n"]
    lines += ["nothing here at all, only words\n"] * 20_000
    lines += ["2026-11-22T09:00:00Z code=session_sealed\n"]
    (count,) = counts_of(streamed("".join(lines)))
    assert count == {
        "fits": ["artifacta/session_sealed"],
        "kind": "error",
        "count": 2,
        "first": {"line": 1, "time": "2026-11-22T07:00:00Z"},
        "last": {"line": 20_002, "time": "2026-11-22T09:00:00Z"},
    }


def test_the_only_error_of_a_long_log_is_one() -> None:
    text = "nothing here\n" * 10_000 + json.dumps(BODY) + "\n" + "nothing there\n" * 10_000
    told = streamed(text)
    assert (told.kind, told.counts) == ("error", [])
    assert told.decoding is not None
    assert told.decoding.incidents[0].line == 10_001


def test_a_long_log_without_an_error_has_none() -> None:
    assert streamed("nothing here 404\n" * 10_000).kind == "no_envelope"


@pytest.mark.parametrize("text", ["x" * 200_000, "word " * 50_000, "\n" * 100_000, "{" * 100_000])
def test_a_text_without_lines_or_words_ends(text: str) -> None:
    assert streamed(text).kind == "no_envelope"


def test_bytes_that_are_no_text_do_no_harm() -> None:
    content = b"\xff\xfe\x00" * 20_000 + b"\ncode=session_sealed\n" + "é€".encode() * 20_000
    told = read_stream(known(), io.BytesIO(content), lambda _: None, window=WINDOW, margin=MARGIN)
    assert told.decoding is not None
    assert told.decoding.incidents[0].fits[0].code == "session_sealed"


def test_a_letter_cut_by_a_piece_is_whole() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(1)

    text = '{"error":{"code":"rate_limited","message":"Zu viele €","status":429}}'
    told = read_stream(known(), Slow(text.encode()), lambda _: None)
    assert told.decoding is not None
    assert told.decoding.incidents[0].fits[0].message == "Zu viele €"


class Endless(io.BytesIO):
    """A log of so many bytes, made as it is read."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._line = b"2026-11-22T07:41:36Z ERROR code=session_sealed id=12345\n" + b"ok\n" * 300
        self._left = size // len(self._line)

    def read(self, size: int | None = -1) -> bytes:
        if not self._left:
            return b""
        self._left -= 1
        return self._line


def peak(size: int) -> int:
    tracemalloc.start()
    try:
        told = read_stream(known(), Endless(size), lambda _: None, window=WINDOW, margin=MARGIN)
        assert told.counts[0].number == size // (300 * 3 + 56)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_text() -> None:
    peak(10_000)
    assert peak(150_000) < 2 * peak(40_000)


def test_progress_is_told() -> None:
    heard: list[int] = []
    read_stream(known(), io.BytesIO(b"x" * 600_000), heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 600_000


def test_the_command_counts_what_a_log_holds(explain: Command) -> None:
    text = "code=session_sealed\n" * 3 + "INFO fine\n" * 70 + "code=forbidden_thing\n"
    said = explain("-", piped=text)
    assert said.code == 0
    assert "3 errors, of one kind" in said.out
    assert "3x artifacta/session_sealed" in said.out
    assert "line 3" in said.out
    assert said.err == ""
