"""Time is linear in the length of a text, whatever it holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from tests.decode.homes import NEEDS_NODE, Node, Python, catalog

SIZE = 1 << 13
FACTOR = 8
LIMIT = 3
"""How much longer than FACTOR times as long it may take: a square would take FACTOR times that."""
TRIES = 6
QUICK = 0.15
"""Seconds in which no square of so many characters is done."""

SHORT = [
    *(
        "a",
        "a.",
        "a:",
        "a:a.a/",
        "é.",
        " ",
        "\n",
        '"',
        "'",
        "\\",
        "{",
        "[]",
        '{"',
        "{'",
        "{a'",
        '\\"',
    ),
    *(
        '{"a":',
        '{"a":"b\\"',
        "{a' '\\'",
        "\n> ",
        "\x1b[31m",
        "*** [",
        "exit",
        "exit status 1 ",
        "status",
    ),
    *("HTTP/", "HTTP/1.1 429 x\n", "HTTP/1.1 429 x\nRetry-After: 3\n\n", "error: forbidden "),
    *(
        "rate_limited ",
        "rate_limited\n",
        "code=forbidden closed\n",
        "Artifact ",
        " has been deleted.",
    ),
    *("Artifact x has been deleted.y ", "There is no artifact with the id ", " holds the lock of "),
    *('{"error":"rate_limited","retry_after":45}\n', '{"error":"x_1"} ', '{"error":"no code"}\n'),
    *("{'error': 'forbidden', 'x': None}\n", 'x {\\"error\\":\\"forbidden\\"}\n'),
    "Traceback (most recent call last):\n  x\nartifacta.errors.RateLimitedError: rate_limited: x\n",
    "During handling of the above exception, x\nartifacta.errors.RateLimitedError: x\n",
    "artworks.errors.ArtworksError: x_1: ",
    'HTTP/1.1 400 x\na: {"error":"forbidden"}\n\n',
    'Traceback (most recent call last):\n  x({"error": "forbidden"})\nE: x\n',
    "code: session_sealed\nThis session is sealed. Upload to another one.\n",
    *(
        "RateLimitedError: x\n    at f (a:1:1) {\n",
        "  [cause]: ",
        "    at f (a:1:1) {\n  details: {\n",
    ),
    *("    at a:1:1 {\n  code: '\\'\n}\n", "RateLimitedError: rate_limited: ", "\\n    at "),
    *("    ^\n", "  1 | ^\n", "/:1\n", "a@b:1:1:", "[RateLimitedError: x] {\n", "^ \t|"),
    *("    at f (a:1:1)\nEmitted 'error' event on X at:\n", "Emitted '", "[pod/a", "a[1]: "),
    *(
        "RateLimitedError: x\\n    at ",
        '{"code":"rate_limited","stack":"RateLimitedError: rate_limited"} ',
    ),
    *("HTTP Error ", "returned error: ", "Client error '", "<title>", "artworksartworks_"),
]
"""Texts that are repeated."""
MADE: dict[str, Callable[[int], str]] = {
    **{repr(part): lambda size, part=part: part * (size // len(part)) for part in SHORT},  # type: ignore[misc]  # mypy takes the default for an argument
    "brackets within brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "lists within lists": lambda size: "[1," * (size // 4) + "1" + "]" * (size // 4),
    "a long code": lambda size: '{"error":"' + "b" * size + '"}',
    "a long number": lambda size: '{"error":"forbidden","n":' + "1" * size + "}",
    "a long type": lambda size: '{"title":"x","type":"' + "a" * size + '/b"}',
    "a long date": lambda size: "HTTP/1.1 429\nDate: " + "a b" * (size // 3) + "\n\n",
    "many headers": lambda size: "HTTP/1.1 500\n" + "a: b\n" * (size // 5),
    "many bodies in a list": lambda size: json.dumps([{"error": "forbidden"}] * (size // 24)),
    "bodies in a text": lambda size: json.dumps({"x": '{"error":"q w"} ' * (size // 20)}),
    "errors within errors": lambda size: "\n".join(
        f"{' ' * (2 * depth % 400)}    at f (a:1:1) {{" for depth in range(size // 30)
    ),
    "properties of one error": lambda size: (
        "RateLimitedError: x\n    at f (a:1:1) {\n" + "  details: { a: 'b' },\n" * (size // 23)
    ),
    "causes of one error": lambda size: (
        "RateLimitedError: x\n    at f (a:1:1) {\n  [cause]: x\n"
        + "    RateLimitedError: rate_limited: x\n" * (size // 38)
    ),
    "values that are long": lambda size: (
        ("x\n    at f (a:1:1) {\n  details: " + "'\\" * 8000 + "\n}\n") * (size // 16040 + 1)
    ),
    "dots": lambda size: ("a" + "." * 4000 + " ") * (size // 4002 + 1),
    "backslashes": lambda size: ("{" + "\\" * 4000 + "\n") * (size // 4002 + 1),
    "a module": lambda size: ("x" * 2000 + ":RateLimitedError" * 120 + " ") * (size // 4041 + 1),
}


@pytest.fixture(scope="module", params=["python", pytest.param("node", marks=NEEDS_NODE)])
def home(request: pytest.FixtureRequest) -> Iterator[Python | Node]:
    if request.param == "python":
        yield Python(catalog())
        return
    with Node(catalog()) as node:
        yield node


@pytest.mark.parametrize("name", MADE)
def test_a_text_takes_as_long_as_it_is(home: Python | Node, name: str) -> None:
    short, long = MADE[name](SIZE), MADE[name](SIZE * FACTOR)
    home.decode(short)  # so that what is compiled on first use is
    # On a machine that does other things, both are slow at times, but not each time one alone.
    for _ in range(TRIES):
        took = home.answer(long).seconds
        if took < QUICK:
            return
        once = min(home.answer(short).seconds for _ in range(3))
        if took < once * FACTOR * LIMIT:
            return
    pytest.fail("it takes longer than its length explains")
