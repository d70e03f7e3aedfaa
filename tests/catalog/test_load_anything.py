"""Whatever stands in the file: it loads, or every problem is said at a place that exists.

Nothing else may happen: no other exception, no crash, no hanging.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from errorbook.catalog import CatalogError, LoadedCatalog, load
from errorbook.catalog.yaml_reader import read_yaml
from errorbook.problems import printable
from tests.catalog.catalogs import BOUNDED, errors

OWN = (Path(__file__).parents[2] / "errors.yaml").read_bytes()
LINE_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
LONGEST = 1.0
"""Seconds that one small file may take."""

Check = Callable[[bytes], None]


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Return what loads a content, and fails unless that ends as it must."""
    path = tmp_path_factory.mktemp("catalog") / "errors.yaml"
    path.with_name("beside.yaml").write_text("apis: {beside: {}}\n", "utf-8")

    def check_content(content: bytes) -> None:
        path.write_bytes(content)
        start = time.process_time()
        try:
            assert isinstance(load(path, name="errors.yaml"), LoadedCatalog)
        except CatalogError as error:
            _check_problems(error, content)
        assert time.process_time() - start < LONGEST

    return check_content


def _check_problems(error: CatalogError, content: bytes) -> None:
    assert error.problems
    lines = LINE_BREAK.split(content.decode("utf-8-sig", "replace"))
    for problem in error.problems:
        place = problem.place
        assert place.path in ("errors.yaml", "beside.yaml")
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert problem.rule
        assert problem.message
        assert printable(str(problem)) == str(problem)
        assert len(str(problem)) < 2_000


SIGNS = st.text("aA1 \n\t:-?,[]{}#&*!|>'\"%@`~<=.\\\u00fc\u2028\x07\ufeff", max_size=60)
LINES = st.lists(
    st.sampled_from(
        [
            *["apis:", "  demo:", "    errors:", "      a:", "        status: 404", "include: [x]"],
            *[
                "- ",
                "  - x",
                "? y",
                ": z",
                "# c",
                "---",
                "...",
                "\t",
                "&a x",
                "*a",
                "!t x",
                "<<: *a",
            ],
            *["a: {b: c", "}", "[", "]", '"open', "'open", "|", "  >", "%YAML 1.1", "a: b: c"],
        ]
    ),
    max_size=14,
).map("\n".join)
FIELDS = st.sampled_from(
    [
        *["apis", "include", "demo", "errors", "envelopes", "body", "headers", "fields", "code"],
        *["status", "meaning", "message", "placeholders", "details", "type", "example", "retry"],
        *["when", "after", "actions", "do", "how", "groups", "group", "exit_codes", "name", "for"],
        *[
            "1",
            "404",
            "01",
            "troubleshooting",
            "symptom",
            "retired",
            "replaced_by",
            "sdk",
            "python",
        ],
        *["exception", "docs", "url", "error", "contract", "*", "code?", "x", "", " ", "\0"],
    ]
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 600),
    st.floats(allow_nan=False, width=16),
    st.text(max_size=6),
    FIELDS,
    st.sampled_from(
        [
            *[
                "{code}",
                "{message}",
                "{code:integer}",
                "{details}",
                "{x",
                "{a}{b}",
                "never",
                "as_is",
            ],
            *["string", "integer", "abort", "retry", "[a](error:b)", "<error:x/y>", "beside.yaml"],
            *[
                "[x](javascript:y)",
                "../x",
                "/etc/passwd",
                "2026-01-01",
                "header:X",
                "4xx",
                "success",
            ],
        ]
    ),
)
STRUCTURES = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(FIELDS, inner, max_size=5),
    max_leaves=30,
)


@settings(BOUNDED, max_examples=100)
@given(st.binary(max_size=200))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"\xef\xbb\xbf\xef\xbb\xbfa: b")
@example(b"\x00")
@example(b"a: \xc2\x85b")
def test_any_bytes(check: Check, content: bytes) -> None:
    check(content)


@settings(BOUNDED, max_examples=200)
@given(SIGNS | LINES | st.text(max_size=60))
@example("a: [")
@example("---")
@example("%YAML 1.1")
@example("{")
@example('"\\ud800"')
@example("a: !<x> b")
@example("? ")
@example("&a : *a")
@example("&a [&a [*a]]")
@example("- &a {? *a : b}")
@example("\u2028apis:\u2028  Bad: {}")
def test_any_text(check: Check, content: str) -> None:
    check(content.encode("utf-8", "surrogatepass"))


@settings(BOUNDED, max_examples=60)
@given(STRUCTURES, st.booleans())
def test_any_structure(check: Check, data: Any, flow: bool) -> None:
    check(yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True).encode())


@settings(BOUNDED, max_examples=60)
@given(st.dictionaries(FIELDS, STRUCTURES, max_size=8))
def test_any_body_of_an_api(check: Check, data: dict[str, Any]) -> None:
    check(json.dumps({"apis": {"demo": data}}).encode())


@settings(BOUNDED, max_examples=50)
@given(st.dictionaries(FIELDS, STRUCTURES, max_size=8))
def test_any_body_of_an_error(check: Check, data: dict[str, Any]) -> None:
    check(errors(f"a: {json.dumps(data)}\nb: {{}}\n").encode())


def _own_data() -> dict[str, Any]:
    data, problems = read_yaml(OWN, "errors.yaml")
    assert data is not None
    assert problems == []
    return data


def _containers(data: Any) -> list[Any]:
    if not isinstance(data, dict | list):
        return []
    items = data.values() if isinstance(data, dict) else data
    return [data, *(one for item in items for one in _containers(item))]


def _mutate(draw: st.DrawFn, container: Any) -> None:
    """Delete, replace, rename, repeat or move one entry of ``container``."""
    if not container:
        return
    keys = list(container) if isinstance(container, dict) else list(range(len(container)))
    key = draw(st.sampled_from(keys))
    change = draw(st.sampled_from(["delete", "replace", "rename", "repeat", "wrap"]))
    if change == "delete":
        del container[key]
    elif change == "replace":
        container[key] = draw(STRUCTURES)
    elif change == "wrap":
        container[key] = draw(st.sampled_from([[container[key]], {"x": container[key]}]))
    elif isinstance(container, list):
        container.append(container[key])
    else:
        name = draw(FIELDS | st.sampled_from([key[1:], key + "s", key.upper()]))
        container[name] = container[key] if change == "repeat" else container.pop(key)


@st.composite
def mutated_catalogs(draw: st.DrawFn) -> dict[str, Any]:
    data = _own_data()
    for _ in range(draw(st.integers(1, 4))):
        containers = _containers(data)
        _mutate(draw, containers[draw(st.integers(0, len(containers) - 1))])
    return data


@settings(BOUNDED, max_examples=50)
@given(mutated_catalogs())
def test_any_slip_in_the_data_of_a_catalog(check: Check, data: dict[str, Any]) -> None:
    check(json.dumps(data, ensure_ascii=False).encode())


@st.composite
def edited_texts(draw: st.DrawFn) -> bytes:
    content = OWN
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.sampled_from([0, 0, 1, 2, 20, 200]))
        new = draw(st.sampled_from([b"", b"\t", b"\xff", b"\n", b"  "]) | SIGNS.map(str.encode))
        content = content[:at] + new[:4] + content[at + length :]
    return content


@settings(BOUNDED, max_examples=60)
@given(edited_texts())
def test_any_slip_in_the_text_of_a_catalog(check: Check, content: bytes) -> None:
    check(content)


@pytest.mark.parametrize("content", [OWN, errors("a: {}\n").encode()], ids=["own", "small"])
def test_a_catalog_cut_off_anywhere(check: Check, content: bytes) -> None:
    for length in range(0, len(content), max(1, len(content) // 60)):
        check(content[:length])
