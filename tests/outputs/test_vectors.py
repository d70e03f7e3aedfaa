"""The files of test vectors: their form, and what is tried."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from errorbook.catalog import Catalog, load
from errorbook.catalog.audience import seen_by
from errorbook.outputs import OUTPUTS, stamp
from errorbook.outputs.expectations import Response, expectation
from tests.outputs.modules import catalog_of

ROOT = Path(__file__).parents[2]
FILES = [
    "errors.yaml",
    "tests/outputs/hard.yaml",
    "tests/site/full.yaml",
    "tests/sdk/catalogs.yaml",
]
TEXT = """
apis:
  shop:
    envelopes: [{body: {code: "{code}", "message?": "{message}", "*": "{details}"}}]
    errors:
      busy:
        status: [503, 429]
        message: Wait {pause} s.
        retry: {when: as_is, after: [pause, "header:Retry-After"]}
        details: {pause: {type: integer, unit: seconds, example: 5}}
      hushed: {status: 500, visibility: internal, details: {inner: {type: string}}}
"""


def rendered(catalog: Catalog) -> dict[str, str]:
    return dict(OUTPUTS["vectors"].render(catalog))


def vectors_of(text: str, folder: Path) -> dict[tuple[str | None, str], dict[str, Any]]:
    """Return the vectors of the only API of a catalog, by error and case."""
    (file,) = rendered(seen_by(catalog_of(text, folder), "public")).values()
    return {(one["error"], one["case"]): one for one in json.loads(file)["vectors"]}


@pytest.mark.parametrize("file", FILES)
def test_the_files_are_stamped_ascii_and_the_same_every_time(file: str) -> None:
    catalog = load(ROOT / file).catalog
    files = rendered(catalog)
    assert list(files) == [f"{name}.json" for name in catalog.apis]
    assert files == rendered(catalog)
    for text in files.values():
        assert stamp.state(text) == "whole"
        assert stamp.state(text.replace("null", "true", 1)) == "edited"
        assert text.isascii()
        assert text.endswith("}\n")


@pytest.mark.parametrize("file", FILES)
def test_the_keys_are_those_that_are_documented(file: str) -> None:
    for name, text in rendered(load(ROOT / file).catalog).items():
        found = json.loads(text)
        assert list(found) == ["format", "$comment", "api", "base", "vectors"]
        assert (found["format"], f"{found['api']}.json") == (1, name)
        for vector in found["vectors"]:
            keys = ["error", "case", "response", "expected", "absent"]
            assert list(vector) == keys[: len(vector)]
            assert list(vector["response"])[:2] == ["status", "headers"]
            assert list(vector["response"])[2:] in (["body"], ["text"])


@pytest.mark.parametrize("file", FILES)
def test_every_error_has_vectors_and_no_two_have_one_name(file: str) -> None:
    catalog = load(ROOT / file).catalog
    for api, text in zip(catalog.apis.values(), rendered(catalog).values(), strict=True):
        vectors = json.loads(text)["vectors"]
        names = [(one["error"], one["case"]) for one in vectors]
        assert len(set(names)) == len(names)
        tried = {one["expected"]["code"] for one in vectors if one["error"] is not None}
        assert tried == (set(api.errors) if api.envelopes else set())


@pytest.mark.parametrize("file", FILES)
def test_what_is_expected_is_what_the_catalog_says_of_the_response(file: str) -> None:
    catalog = load(ROOT / file).catalog
    for name, text in rendered(catalog).items():
        for vector in json.loads(text)["vectors"]:
            said = vector["response"]
            pairs = tuple((key, value) for key, value in said["headers"])
            response = Response(said["status"], pairs, said.get("body"), said.get("text"))
            api = name.removesuffix(".json")
            assert expectation(api, catalog.apis[api], response) == vector["expected"]


def test_short_values_stand_on_one_line(tmp_path: Path) -> None:
    (text,) = rendered(seen_by(catalog_of(TEXT, tmp_path), "public")).values()
    lines = text.split("\n")
    assert '        "body": {"code": "busy", "message": "Wait 5 s.", "pause": 5}' in lines
    assert max(len(line) for line in lines if "$comment" not in line) <= 120


def test_the_cases_of_one_error(tmp_path: Path) -> None:
    vectors = vectors_of(TEXT, tmp_path)
    assert [case for error, case in vectors if error == "busy"] == [
        "as documented",
        "with 429",
        "the least there is",
        "with more than is known",
        "with odd headers",
        "details of other types",
        "details of close types",
        "to wait by pause, a number",
        "to wait by pause, a number in a text",
        "to wait by pause, below zero",
        "to wait by Retry-After, in seconds",
        "to wait by Retry-After, until a date",
        "to wait by Retry-After, until a date that has passed",
        "to wait by Retry-After, below zero",
        "to wait by Retry-After, which says nothing",
        "to wait by the first of several",
        "with a status of another",
        "without a status",
    ]


def test_what_the_cases_of_one_error_send(tmp_path: Path) -> None:
    vectors = vectors_of(TEXT, tmp_path)
    bodies = {case: one["response"].get("body") for (error, case), one in vectors.items() if error}
    assert bodies["the least there is"] == {"code": "busy"}
    assert bodies["details of other types"]["pause"] == "x"
    assert bodies["with more than is known"]["x_new"] == {"since": [2, None]}
    assert bodies["to wait by pause, a number"] == {
        "code": "busy",
        "message": "Wait 30 s.",
        "pause": 30,
    }
    assert "pause" not in bodies["to wait by Retry-After, until a date"]


def test_how_long_to_wait(tmp_path: Path) -> None:
    waits = {
        case: one["expected"]["retry_after"]
        for (error, case), one in vectors_of(TEXT, tmp_path).items()
        if error and case.startswith("to wait")
    }
    assert waits == {
        "to wait by pause, a number": 30,
        "to wait by pause, a number in a text": 30,
        "to wait by pause, below zero": None,
        "to wait by Retry-After, in seconds": 30,
        "to wait by Retry-After, until a date": 30,
        "to wait by Retry-After, until a date that has passed": 0,
        "to wait by Retry-After, below zero": None,
        "to wait by Retry-After, which says nothing": None,
        "to wait by the first of several": 30,
    }


def test_odd_headers_hold_what_nobody_may_keep(tmp_path: Path) -> None:
    vector = vectors_of(TEXT, tmp_path)["busy", "with odd headers"]
    (secret,) = vector["absent"]
    names = [name for name, value in vector["response"]["headers"] if secret in value]
    assert names == ["SET-COOKIE"]
    assert vector["expected"]["request_id"] == "req_4f2a9c"


def test_sensitive_details_are_tried_in_every_form(tmp_path: Path) -> None:
    text = """
apis:
  bank:
    envelopes:
      - body: {code: "{code}", "message?": "{message}", "*": "{details}"}
      - {headers: {X-Code: "{code}", X-Card: "{card}"}}
    errors:
      declined: {details: {card: {type: string, sensitive: true}}}
"""
    vectors = vectors_of(text, tmp_path)
    for case in ("sensitive details", "sensitive details in form 2"):
        vector = vectors["declined", case]
        (secret,) = vector["absent"]
        assert secret in json.dumps(vector["response"])
        assert secret not in json.dumps(vector["expected"])


def test_internal_errors_are_there_for_those_who_may_see_them(tmp_path: Path) -> None:
    (text,) = rendered(catalog_of(TEXT, tmp_path)).values()
    assert "hushed" in text
    (text,) = rendered(seen_by(catalog_of(TEXT, tmp_path), "public")).values()
    assert "hushed" not in text
    assert "inner" not in text


def test_a_code_of_the_future_is_one_that_is_not_known(tmp_path: Path) -> None:
    text = "apis: {a: {envelopes: [{body: '{code}'}], errors: {code_of_the_future: {}}}}"
    vectors = vectors_of(text, tmp_path)
    codes = {
        one["expected"]["code"]
        for (_, case), one in vectors.items()
        if "of the future with" in case
    }
    assert codes == {"code_of_the_future_"}


def test_an_api_without_a_form_has_vectors_too(tmp_path: Path) -> None:
    vectors = vectors_of("apis: {a: {errors: {e: {status: 400}}}}", tmp_path)
    assert (None, "another form with 400") in vectors
    assert all(one["expected"]["code"] is None for one in vectors.values())
