"""Python and the explorer's JavaScript decide the same of any text, and neither fails."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.decode.forms import FORMS, samples
from tests.decode.homes import NEEDS_NODE, SHARED, Node, Python, catalog, differences

PYTHON = Python(catalog())
CODES = ["rate_limited", "forbidden", "closed", "1402", "7", "E.12/b", "overdrawn", "asleep", "x_1"]
FRAGMENTS = [
    *CODES,
    *('{"error":"', '","message":"No."}', '{"error":{"code":"', '"}}', '{"fault":{"code":', "}}"),
    *('{"type":"https://e.example/', '","title":"No."}', "{'error': '", "'}", "[", "]", "{", "}"),
    *(
        '{"version":2.0,"errors":[{"code":',
        '1402.0,"detail":"x"}]}',
        '{"doors":"',
        '"}',
        "1e3",
        "-1",
    ),
    *('"', "'", "\\", '\\"', '{\\"error\\":\\"', '\\"}', ",", ":", ": ", "=", "(", ")", ".", "/"),
    *("\n", "\r\n", "\n\n", " ", "\t", "> ", "  | ", "\ufeff", "\xa0", "é", "\U0001f512", "İ", "ß"),
    *("HTTP/1.1 503 Busy\n", "HTTP/2 200\n", "< HTTP/2 429\n", "X-Depot-Error: queue_full\n"),
    *(
        "Retry-After: 5\n",
        "Date: Fri, 02 Jan 2026 03:04:05 GMT\n",
        "X-RateLimit-Reset: 1767323105\n",
    ),
    *("Retry-After: Fri Jan  2 03:05:05 2026\n", "* left intact\n", "{ [45 bytes data]\n"),
    *("Traceback (most recent call last):\n", '  File "x.py", line 1, in f\n', "    raise it\n"),
    *(
        "    at f (a.js:1:2)\n",
        "    at f (a.js:1:2) {\n",
        "  code: 'rate_limited',\n",
        "}\n",
        "  }\n",
    ),
    *("  details: { a: 'b', c: [ 1 ] },\n", "  [cause]: ", "  [errors]: [\n", "    ^\n", "] {\n"),
    *(
        "  status: 429,\n",
        "  requestId: 'r',\n",
        "  retryAfter: 3,\n",
        "QuotaExceededError: ",
        "[Object]",
    ),
    *(" (request req_1)", "\\n    at ", "f@a.js:1:2\n", "api-1  | ", "/app/x.js:3\n", "   1 | x\n"),
    *("artifacta.errors.", "artworks.errors.", "RateLimitedError", "ArtworksError", ": "),
    *("During handling of the above exception, another exception occurred:\n", "Exception Group "),
    *(
        "error: ",
        "code=",
        "code is ",
        "exit status 1",
        "rc=9",
        "status=404",
        "403 Client Error",
        "Client error '429 ",
        "HTTP Error 404",
        "returned error: 404",
        "<title>404 ",
        'HTTP/1.1" 404 ',
        "None",
    ),
    *(
        "There is no artifact with the id ",
        "Artifact ",
        " has been deleted.",
        " holds the lock of ",
    ),
    *("The queue ", " is full.", "2026-01-02T03:04:05Z ", "2026-01-02 03:04:06,7 ", "\x1b[31m"),
    *(
        "wait_minutes",
        '"wait_ms":',
        '"until":"2026-01-02T03:04:05Z"',
        "NaN",
        "1e999",
        "\\x41",
        "\\u12",
    ),
]
PASTES = [
    *(case["paste"] for case in SHARED["cases"] if "9007199254740993" not in case["paste"]),
    *(form(sample) for sample in samples(catalog()) for form in FORMS.values()),
]
# Beyond U+FFFF a character counts for two in JavaScript and for one in Python, so that what is cut
# after so many of them is not cut at the same place.
letters = st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"])
pieces = st.sampled_from(FRAGMENTS) | st.sampled_from(PASTES) | st.text(letters, max_size=3)
mixtures = st.lists(pieces, max_size=14).map("".join)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats() | st.sampled_from(CODES),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["error", "code", "fault", "message", "status", "type", "wait_ms"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(catalog()) as node:
        yield node


@settings(max_examples=160, deadline=None, derandomize=True)
@given(mixtures)
@example("[" * 100_000)
@example('{"a":' * 5_000 + "1" + "}" * 5_000)
@example('{"error":"forbidden","n":' + "9" * 10_000 + "}")
@example('{"error":"forbidden","n":"\ud800"}')
@example("\ud83d forbidden \udc00 error: forbidden \ud800")
def test_nothing_makes_it_fail(text: str) -> None:
    assert PYTHON.decode(text)["kind"]


@NEEDS_NODE
@settings(max_examples=160, deadline=None, derandomize=True)
@given(mixtures)
def test_both_decide_the_same_of_mixtures(node: Node, text: str) -> None:
    assert list(differences(PYTHON.decode(text), node.decode(text))) == []


@NEEDS_NODE
@settings(max_examples=120, deadline=None, derandomize=True)
@given(json_values, st.booleans())
def test_both_decide_the_same_of_bodies(node: Node, body: object, as_text: bool) -> None:
    text = json.dumps({"body": json.dumps(body)} if as_text else body)
    assert list(differences(PYTHON.decode(text), node.decode(text))) == []


@NEEDS_NODE
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("session_sealed", "error"),
        ("HTTP Error 404", "several"),
        ("exit 9", "several"),
        ("nothing known", "query"),
    ],
)
def test_no_query_where_there_are_none(node: Node, text: str, kind: str) -> None:
    decided = PYTHON.answer(text, always=True).decision
    assert decided["kind"] == kind
    assert list(differences(decided, node.answer(text, always=True).decision)) == []


@NEEDS_NODE
def test_as_many_incidents_as_there_are(node: Node) -> None:
    (count,) = node.decode("rate_limited\n" * 150_000)["counts"]
    assert count["count"] == 150_000


@NEEDS_NODE
def test_both_decide_the_same_of_every_paste_and_its_parts(node: Node) -> None:
    for paste in PASTES:
        for text in (
            paste,
            paste[: len(paste) // 2],
            paste[len(paste) // 3 :],
            f"{paste}\n{paste}",
        ):
            assert list(differences(PYTHON.decode(text), node.decode(text))) == [], text
