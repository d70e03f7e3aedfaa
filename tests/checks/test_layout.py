"""Texts that a formatter has rewritten say the same; whatever says something else does not."""

from __future__ import annotations

import pytest

from errorbook.checks.layout import is_same

PYTHON = '''\
"""Module."""

# A comment.
class One(Base):
    """Text.

    More of it.
    """

    names: tuple[str, ...] = ("a", "b")


def one(first: int, *, second: str = "x, y") -> dict[str, int]:
    return {"a": first, "b": 2}  # why
'''
FORMATTED = """\
'''Module.'''
# A  comment.
class One(Base):
  '''Text.

  More of it.
  '''
  names: tuple[str, ...] = (
      'a',
      'b',
  )
def one(
    first: int,
    *,
    second: str = 'x, y',
) -> dict[str, int]:
    return {'a': first, 'b': (2)} #why
"""
JSON = '{"one": [1, 2, {"a b": "c, d"}],\n "two": "é"}\n'
MARKDOWN = """\
# Title

Some *text* and **more**.

- one
- two

| A | B |
| --- | --- |
| `x` | y \\| z |

```json
{"a":  1}
```
"""


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("a.py", PYTHON, FORMATTED),
        ("a.pyi", PYTHON, FORMATTED),
        ("a.json", JSON, '{ "one": [ 1, 2,\n  { "a b": "c, d" } ],\n  "two": "é"\n}'),
        ("a.json", JSON, JSON.replace("é", "\\u00e9")),
        (
            "a.md",
            MARKDOWN,
            "# Title\n\n\nSome _text_ and **more**.  \n\n* one\n* two\n\n"
            "| A   | B      |\n| --- | ------ |\n| `x` | y \\| z |\n\n"
            '```json\n{"a":  1}\n```',
        ),
        ("a.md", "One two three.\n\n- a b\n- c\n", "One\ntwo\nthree.\n\n- a\n  b\n- c\n"),
        ("a.yaml", "a: 1\nb: 2\n", "a: 1 \nb: 2"),
        ("llms.txt", "# A\n\n- b\n", "# A\n\n* b\n\n"),
    ],
)
def test_a_formatter_changes_nothing(name: str, one: str, other: str) -> None:
    assert one != other
    assert is_same(name, one, other)


@pytest.mark.parametrize(
    ("name", "text", "old", "new"),
    [
        ("a.py", PYTHON, '"x, y"', '"x,y"'),
        ("a.py", PYTHON, '("a", "b")', '("a" "b")'),
        ("a.py", PYTHON, '("a", "b")', '("b", "a")'),
        ("a.py", PYTHON, "# A comment.", "# Another comment."),
        ("a.py", PYTHON, "# A comment.\n", ""),
        ("a.py", PYTHON, "More of it.", "More, of it."),
        ("a.py", PYTHON, "first, ", "-first, "),
        ("a.py", PYTHON, "return {", "return ({"),
        ("a.json", JSON, '"c, d"', '"c,d"'),
        ("a.json", JSON, "[1, 2", "[12"),
        ("a.json", JSON, "1, 2", "2, 1"),
        ("a.json", JSON, "1, 2", "1, -2"),
        ("a.json", JSON, "{", ""),
        ("a.json", JSON, "1,", "true,"),
        ("a.json", JSON, "1,", "1.0,"),
        ("a.md", MARKDOWN, "Some *text*", "Some text"),
        ("a.md", MARKDOWN, "- one\n- two", "- one\n\ntwo"),
        ("a.md", MARKDOWN, "- one\n- two", "- one - two"),
        ("a.md", MARKDOWN, "Some *text* and", "Some *text*\n\nand"),
        ("a.md", MARKDOWN, "# Title\n\n", "# Title "),
        ("a.md", "# Title\ntext\n", "\ntext", " text"),
        ("a.md", "| a |\ntext\n", "\ntext", " text"),
        ("a.md", MARKDOWN, "`x`", "`x y`"),
        ("a.md", MARKDOWN, '{"a":  1}', '{"a": 1}'),
        ("a.md", MARKDOWN, "# Title", "Title"),
        ("a.yaml", "a:\n  b: 1\n", "  b", "b"),
    ],
)
def test_a_change_is_one(name: str, text: str, old: str, new: str) -> None:
    assert old in text
    assert not is_same(name, text, text.replace(old, new, 1))


@pytest.mark.parametrize("name", ["a.py", "a.json"])
@pytest.mark.parametrize("text", ["\0 x", "(" * 3000 + "x", "x = '", "[" * 200_000])
def test_what_cannot_be_read_is_compared_as_text(name: str, text: str) -> None:
    assert is_same(name, text, text)
    assert not is_same(name, text, f"{text} ")


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("a.py", "x = 1\n", f"x = {'- ' * 50_000}1\n"),
        ("a.py", "x = 1\n", f"x = {'(' * 50_000}1{')' * 50_000}\n"),
        ("a.py", "x = 1\n", f"x = 1{' ' * 500_000}#\n"),
        ("a.md", "| a |\n", f"| a {' ' * 500_000}a\n"),
        ("a.md", "a\n", f"{'_' * 500_000}a\n"),
    ],
)
def test_whatever_stands_there_it_takes_no_time(name: str, one: str, other: str) -> None:
    assert not is_same(name, one, other)
