"""Errors as responses: what HTTP does not allow must not get into one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from h11 import Response

from errorbook.catalog import Catalog
from errorbook.mock.answers import Answer, error_answer, json_answer
from tests.mock.catalogs import catalog_of, hostile

BODY = {"error": {"code": "{code}", "message?": "{message}", "status": "{status}"}}


def api_with(error: dict[str, Any], **envelope: Any) -> Catalog:
    envelopes = {"envelopes": [envelope]} if envelope else {}
    return catalog_of({"shop": {**envelopes, "errors": {"sold_out": error}}})


def answered(catalog: Catalog, status: int = 409) -> tuple[dict[str, str], str]:
    """Return the header fields, as `h11` lets them pass, and the body."""
    answer = error_answer(catalog.apis["shop"], "sold_out", status)
    fields = answer.fields({})
    sent = Response(status_code=answer.status, headers=fields)
    return {name.decode(): value.decode() for name, value in sent.headers}, answer.body.decode()


class TestBody:
    def test_it_is_the_documented_one_with_its_content_type(self) -> None:
        details = {"days": {"type": "integer", "example": 3}}
        error = {"message": "Back in {days} days.", "details": details}
        body = {"code": "{code}", "message": "{message}", "*": "{details}"}
        catalog = api_with(error, body=body, content_type="application/problem+json")
        headers, sent = answered(catalog)
        assert headers["content-type"] == "application/problem+json"
        assert headers["content-length"] == str(len(sent.encode()))
        expected = {"code": "sold_out", "message": "Back in 3 days.", "days": 3}
        assert json.loads(sent) == expected

    @pytest.mark.parametrize("status", [409, 410, 500])
    def test_it_repeats_the_status_that_is_sent(self, status: int) -> None:
        _, sent = answered(api_with({"status": [409, 410]}, body=BODY), status)
        assert json.loads(sent)["error"]["status"] == status

    @pytest.mark.parametrize("status", [204, 205, 304])
    def test_some_statuses_have_none(self, status: int) -> None:
        headers, sent = answered(api_with({}, body=BODY, headers={"X-Code": "{code}"}), status)
        assert sent == ""
        assert headers.get("content-length") == ("0" if status == 205 else None)
        assert "content-type" not in headers
        assert headers["x-code"] == "sold_out"

    def test_an_envelope_of_headers_has_none(self) -> None:
        headers, sent = answered(api_with({}, headers={"X-Code": "{code}"}))
        assert (headers, sent) == ({"x-code": "sold_out", "content-length": "0"}, "")

    @pytest.mark.parametrize(
        ("error", "text"),
        [
            ({"message": "Back in {days} days."}, "Back in days days.\n"),
            ({}, "Conflict\n"),
        ],
    )
    def test_without_envelopes_it_is_the_message(self, error: dict[str, Any], text: str) -> None:
        retry = {"retry": {"when": "as_is", "after": "header:Retry-After"}}
        headers, sent = answered(api_with(error | retry))
        assert sent == text
        assert headers["content-type"] == "text/plain; charset=utf-8"
        assert headers["retry-after"] == "1"

    def test_without_anything_it_is_the_status(self) -> None:
        assert answered(api_with({}), 599)[1] == "599\n"

    def test_letters_stay_and_half_of_one_becomes_an_escape(self) -> None:
        fields = {"x": {"example": "日本"}, "y": {"example": "\ud800"}}
        catalog = api_with({}, body={"c": "{code}", "x": "{x}"}, fields={"x": fields["x"]})
        assert "日本" in answered(catalog)[1]
        assert json.loads(json_answer(200, "\ud800").body) == "\ud800"

    def test_of_several_envelopes_it_is_the_first_with_a_place_for_code_and_details(self) -> None:
        envelopes = [
            {"body": {"number": "{code:integer}", "*": "{details}"}},
            {"body": {"plain": "{code}"}, "content_type": "application/plain+json"},
            {"body": {"word": "{code}", "*": "{details}"}},
        ]
        detail = {"details": {"days": {"type": "integer", "required": True, "example": 3}}}
        api = catalog_of(
            {"shop": {"envelopes": envelopes, "errors": {"7": {}, "a": {}, "b": detail}}}
        ).apis["shop"]
        bodies = {code: error_answer(api, code, 400) for code in api.errors}
        assert json.loads(bodies["7"].body) == {"number": 7}
        assert json.loads(bodies["a"].body) == {"plain": "a"}
        assert bodies["a"].headers["Content-Type"] == "application/plain+json"
        assert json.loads(bodies["b"].body) == {"word": "b", "days": 3}


class TestHeaders:
    def test_retry_after_is_that_of_the_detail(self) -> None:
        error = {
            "retry": {"when": "as_is", "after": ["wait", "header:Retry-After"]},
            "details": {"wait": {"type": "integer", "unit": "seconds", "example": 7}},
        }
        assert answered(api_with(error, body=BODY))[0]["retry-after"] == "7"

    @pytest.mark.parametrize(
        ("pattern", "value"),
        [
            ("{code}; x", "sold_out; x"),
            ("a\r\nSet-Cookie: b", "a  Set-Cookie: b"),
            ("\x00a\x1b[31m\x7f", "a [31m"),
            ("  spaces  ", "spaces"),
            ("tab\tbed", "tab\tbed"),
            ("日本 é", "日本 é"),
            ("\ud800", "?"),
            ("\u2028\x85a", "a"),
            ("", ""),
        ],
    )
    def test_a_value_becomes_one_that_http_allows(self, pattern: str, value: str) -> None:
        answer = Answer(409, {"X-Error": pattern.replace("{code}", "sold_out")})
        sent = Response(status_code=409, headers=answer.fields({})).headers
        assert dict(sent)[b"x-error"].decode() == value

    @pytest.mark.parametrize("name", ["", "two words", "a:b", "日本", "a\r\nb", "(a)"])
    def test_a_name_that_http_forbids_is_left_out(self, name: str) -> None:
        headers, _ = answered(api_with({}, headers={name: "{code}", "X-Good": "1"}))
        assert headers == {"x-good": "1", "content-length": "0"}

    @pytest.mark.parametrize(
        "name",
        [
            *("Content-Length", "Transfer-Encoding", "Connection", "Content-Encoding"),
            *("Access-Control-Allow-Origin", "Preference-Applied", "Content-Security-Policy"),
        ],
    )
    def test_what_the_server_decides_no_catalog_does(self, name: str) -> None:
        catalog = api_with({}, body=BODY, headers={name: "{code}", name.upper(): "7"})
        without = api_with({}, body=BODY, headers={"X-Code": "{code}"})
        expected, _ = answered(without)
        assert answered(catalog)[0] | {"x-code": "sold_out"} == expected

    def test_those_of_the_catalog_count_before_those_beside_it(self) -> None:
        answer = Answer(200, {"cache-control": "public"})
        fields = dict(answer.fields({"Cache-Control": "no-store", "X-Other": "1"}))
        assert fields == {b"cache-control": b"public", b"x-other": b"1", b"content-length": b"0"}

    def test_a_content_type_among_the_headers_counts_before_the_envelope_s(self) -> None:
        catalog = api_with({}, body=BODY, headers={"content-type": "application/x"})
        assert answered(catalog)[0]["content-type"] == "application/x"

    def test_a_browser_takes_no_error_for_a_page(self) -> None:
        headers, _ = answered(api_with({}, body=BODY, content_type="text/html"))
        assert headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert headers["x-content-type-options"] == "nosniff"


def test_no_error_of_a_hostile_catalog_breaks_a_response() -> None:
    for api in hostile().apis.values():
        for code in api.errors:
            answer = error_answer(api, code, 400)
            Response(status_code=400, headers=answer.fields({}))
