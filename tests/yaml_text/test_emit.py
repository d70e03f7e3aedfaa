"""Plain data as YAML: it is read back the same, and looks as a person would have written it."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from errorbook.catalog.yaml_reader import read_yaml
from errorbook.yaml_text.emit import WIDTH, entry_lines
from errorbook.yaml_text.order import FREE, file_shape
from errorbook.yaml_text.scalars import as_read, key_text, scalar

HOSTILE = (
    *("", " ", "a ", " a", "a: b", "a #b", "a:", "-", "- a", "-a", "?", "? a", ":", ": a", ","),
    *("[", "]", "{a}", "#", "&a", "*a", "!a", "|", ">", "'", '"', "%", "@", "`", "=", "<<", "---"),
    *("...", "--- a", "yes", "No", "on", "OFF", "true", "False", "null", "~", "y", "0401", "0x1f"),
    *(
        "1:30",
        "1.10",
        "1e3",
        ".5",
        ".inf",
        ".nan",
        "+1",
        "-1",
        "0o17",
        "1_000",
        "2026-11-22",
        "404",
    ),
    *(
        "a\nb",
        "a\n",
        "\na",
        "a\n\n",
        " a\nb",
        "a \nb",
        "a\n b",
        "\n",
        "a\n \nb",
        "\ta",
        "a\tb",
        "a\r",
    ),
    *("\x00", "\x1b[31m", "\x85", "\u2028", "a\u2029b", "\ufeffa", "\u202e", "\xa0a", "\U0001f600"),
    *("a\\b", 'a"b', "a'b", "word " * 40, "x" * 300, "a  b " * 30 + "c", "a: b " * 30 + "c"),
    *("#a " * 50 + "b", "- a " * 40 + "b", "\u200d", "https://example.com/#a", "4xx", "{code}"),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18) + 1, 10**18 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.sampled_from(HOSTILE),
)
KEYS = st.one_of(st.text(max_size=10), st.sampled_from(HOSTILE))
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(KEYS, inner, max_size=3),
    ),
    max_leaves=12,
)


def written(key: str, value: Any, *, shape: Any = FREE, brackets: bool | None = None) -> str:
    return "\n".join(entry_lines(key, value, shape, 0, brackets=brackets)) + "\n"


def read(text: str) -> dict[str, Any]:
    data, problems = read_yaml(text.encode(), "errors.yaml")
    assert problems == [], text
    assert data is not None
    return data


@pytest.mark.parametrize("text", HOSTILE)
def test_every_reader_takes_a_text_for_that_text(text: str) -> None:
    for value in (text, [text], {"do": text}, [[text]], [{"do": text}]):
        for brackets in (None, True, False):
            made = written("value", value, brackets=brackets)
            assert read(made) == {"value": value}
            assert yaml.safe_load(made) == {"value": value}


@pytest.mark.parametrize("text", HOSTILE)
def test_every_reader_takes_a_key_for_that_text(text: str) -> None:
    assert read(f"{key_text(text)}: 1\n") == {text: 1}
    assert read("{" + key_text(text, in_flow=True) + ": 1}\n") == {text: 1}
    if text != "404":  # plain, as a status is
        assert yaml.safe_load(f"{key_text(text)}: 1\n") == {text: 1}


@given(DATA, st.sampled_from([None, True, False]))
@settings(max_examples=80)
def test_whatever_it_is_it_is_read_back(value: Any, brackets: bool | None) -> None:
    shape = file_shape().at("apis").at("shop")
    expected = json.dumps(as_read(value))
    for one in (FREE, shape, shape.at("errors").at("code")):
        made = written("value", value, shape=one, brackets=brackets)
        found = json.dumps(read(made)["value"], sort_keys=True)
        assert found == json.dumps(json.loads(expected), sort_keys=True)


def test_what_yaml_cannot_hold_becomes_a_text() -> None:
    assert as_read({"a": [1e20, 10**30, "\ud800"]}) == {"a": ["1e+20", str(10**30), "\ufffd"]}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("404", '"404"'),
        (404, "404"),
        ("no", '"no"'),
        ("4xx", "4xx"),
        ("{code}", '"{code}"'),
        ("Wait: now", '"Wait: now"'),
        ("It's done.", "It's done."),
        (True, "true"),
    ],
)
def test_a_text_is_quoted_only_where_it_has_to_be(value: Any, text: str) -> None:
    assert scalar(value) == text


def test_it_looks_like_what_a_person_writes() -> None:
    error = {
        "retry": {"after": ["header:Retry-After"], "when": "as_is"},
        "meaning": "The caller sends requests faster than its plan allows. " * 2 + "Slow down.",
        "details": {"limit": {"type": "integer", "example": 5, "required": True}},
        "status": 429,
        "actions": [{"how": "Wait for as long as the response says.", "do": "wait"}],
        "causes": ["Too fast."],
    }
    data = {"errors": {"0401": error, "gone": {"status": [404, 410]}}, "envelopes": [{"body": {}}]}
    data["envelopes"] = [{"body": {"error": {"code": "{code}", "*": "{details}"}}}]
    made = written("shop", data, shape=file_shape().at("apis").at("shop"))
    assert (
        made
        == """\
shop:
  envelopes:
    - body:
        error:
          code: "{code}"
          "*": "{details}"

  errors:
    "0401":
      status: 429
      meaning: >-
        The caller sends requests faster than its plan allows. The caller sends requests faster than
        its plan allows. Slow down.
      causes:
        - Too fast.
      actions:
        - do: wait
          how: Wait for as long as the response says.
      retry: {when: as_is, after: [header:Retry-After]}
      details:
        limit: {type: integer, required: true, example: 5}

    gone:
      status: [404, 410]
"""
    )
    assert all(len(line) <= WIDTH for line in made.splitlines())
