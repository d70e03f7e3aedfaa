"""What the pieces of shell of an error do when /bin/sh runs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from errorbook.catalog import Api, Catalog
from errorbook.outputs.shell import curl_line, exit_snippet
from tests.outputs.test_hostile_text import HOSTILE

SERVER = "https://shop.example"
A = {"method": "GET", "path": "/a"}
NASTY = [
    *HOSTILE,
    "$(touch broken)",
    "`touch broken`",
    "; touch broken",
    "' ; touch broken ; '",
    '" ; touch broken ; "',
    "-o broken",
    "--output=broken",
    "| touch broken & # !! ~ * ? [a-z] {a,b}",
    "a\nb",
    "\nEOF\n",
    "${HOME}",
]

Run = Callable[..., subprocess.CompletedProcess[str]]


def api_of(error: dict[str, Any], name: str = "shop", **more: Any) -> Api:
    api = {"errors": {"e": error}, **more}
    return Catalog.model_validate_json(json.dumps({"apis": {name: api}})).apis[name]


def curl(error: dict[str, Any], path: str = "/a", method: str = "GET", **more: Any) -> str:
    operations = {"op": {"method": method, "path": path}}
    text = curl_line("shop", api_of(error, operations=operations, **more), "e")
    assert text is not None
    return text


@pytest.fixture(name="run")
def _run(tmp_path: Path) -> Run:
    """Runs a piece of shell in an empty folder, where curl only prints what it is given."""
    commands = tmp_path / "commands"
    commands.mkdir()
    _command(commands / "curl", "for word do printf '%s\\0' \"$word\"; done")
    _command(commands / "your_command", 'exit "$ENDS_IN"')
    folder = tmp_path / "empty"
    folder.mkdir()

    def run(text: str, **variables: str) -> subprocess.CompletedProcess[str]:
        path = f"{commands}{os.pathsep}{os.defpath}"
        ran = subprocess.run(
            ["/bin/sh", "-c", text],
            cwd=folder,
            env={"PATH": path, "LC_ALL": "C.UTF-8", **variables},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert list(folder.iterdir()) == []
        return ran

    return run


def _command(file: Path, body: str) -> None:
    file.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    file.chmod(0o700)


def _words(ran: subprocess.CompletedProcess[str]) -> list[str]:
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.split("\0")[:-1]


def _printable(text: str) -> str:
    return "".join(char for char in text if char.isprintable())


class TestCurl:
    def test_without_a_server_the_address_is_a_variable(self) -> None:
        text = curl({"status": 404})
        assert text == """curl -i -H 'Prefer: error=shop/e' "${SHOP_URL:?}/a\""""

    @pytest.mark.parametrize("code", ["a/b", "it's", "50%", "日本", '"', "; x=1, y"])
    def test_a_mock_server_finds_the_code_that_is_asked_for(self, code: str, run: Run) -> None:
        api = Catalog.model_validate_json(
            json.dumps(
                {"apis": {"shop": {"operations": {"a": A}, "errors": {code: {"status": 404}}}}}
            )
        ).apis["shop"]
        asked = _words(run(curl_line("shop", api, code) or "", SHOP_URL=SERVER))[2]
        name, _, value = asked.partition(": error=")
        assert (name, unquote(value)) == ("Prefer", f"shop/{code}")
        assert re.fullmatch(r"[\w.~%-]+/[\w.~%-]+", value, re.ASCII)

    def test_an_address_that_nobody_has_set_is_not_asked(self, run: Run) -> None:
        ran = run(curl({"status": 404}))
        assert ran.returncode != 0
        assert "SHOP_URL" in ran.stderr
        assert ran.stdout == ""

    @pytest.mark.parametrize(
        ("name", "variable"), [("shop", "SHOP"), ("my-shop_2", "MY_SHOP_2"), ("2nd", "API_2ND")]
    )
    def test_the_variable_is_named_after_the_api(self, name: str, variable: str, run: Run) -> None:
        text = curl_line(name, api_of({"status": 404}, operations={"a": A}), "e") or ""
        words = _words(run(text, **{f"{variable}_URL": "http://x y"}))
        assert words == ["-i", "-H", f"Prefer: error={name}/e", "http://x y/a"]

    def test_a_request_is_that_of_the_operation(self, run: Run) -> None:
        text = curl({"status": 404}, "/v1/books/{id}", "PUT")
        address = '"${SHOP_URL:?}/v1/books/{id}"'
        assert text == f"curl -i -g -X PUT -H 'Prefer: error=shop/e' {address}"
        assert _words(run(text, SHOP_URL=SERVER)) == [
            *["-i", "-g", "-X", "PUT", "-H", "Prefer: error=shop/e"],
            f"{SERVER}/v1/books/{{id}}",
        ]

    @pytest.mark.parametrize(("method", "options"), [("GET", []), ("HEAD", ["--head"])])
    def test_some_methods_need_no_name(self, method: str, options: list[str], run: Run) -> None:
        text = curl({"status": 404}, "a", method, server=SERVER)
        assert _words(run(text)) == ["-i", *options, f"{SERVER}/a"]

    def test_the_address_of_the_server_is_used(self, run: Run) -> None:
        text = curl({}, "/books", server=f"{SERVER}/v1/")
        assert _words(run(text)) == ["-i", f"{SERVER}/v1/books"]

    def test_the_first_operation_with_method_and_path_is_asked(self) -> None:
        operations = {
            "any": {"method": "GET", "path": "/any"},
            "a": {"title": "A"},
            "half": {"path": "/half"},
            "b": {"method": "GET", "path": "/b"},
        }
        named = ["a", "missing", "half", "b"]
        api = api_of({"operations": named}, operations=operations, server=SERVER)
        assert curl_line("shop", api, "e") == f"curl -i {SERVER}/b"
        api = api_of({}, operations=operations, server=SERVER)
        assert curl_line("shop", api, "e") == f"curl -i {SERVER}/any"

    def test_a_request_that_needs_a_key_gets_one(self, run: Run) -> None:
        text = curl({"status": 500, "retry": {"needs": "idempotency_key"}}, server=SERVER)
        ran = run(text, IDEMPOTENCY_KEY="a b")
        assert _words(ran) == ["-i", "-H", "Idempotency-Key: a b", f"{SERVER}/a"]

    @pytest.mark.parametrize(
        "operations", [{}, {"a": {"title": "A"}}, {"a": {"path": "/a"}}, {"a": {"method": "GET"}}]
    )
    def test_without_an_operation_to_request_only_a_mock_server_is_asked(
        self, operations: dict[str, Any]
    ) -> None:
        """The address of a server alone answers with something else."""
        api = api_of({"status": 404}, operations=operations, server=SERVER)
        assert curl_line("shop", api, "e") is None
        text = curl_line("shop", api_of({"status": 404}, operations=operations), "e")
        assert text == """curl -i -H 'Prefer: error=shop/e' "${SHOP_URL:?}\""""

    def test_an_error_that_no_response_carries_has_none(self) -> None:
        assert curl_line("shop", api_of({}), "e") is None

    @pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
    def test_no_path_leaves_its_quotation_marks(self, text: str, run: Run) -> None:
        path = _printable(text)
        whole = SERVER + (f"/{path.lstrip('/')}" if path else "")
        for more in ({"server": SERVER}, {}):
            line = curl({"status": 404}, text, **more)
            assert line.isprintable()
            assert _words(run(line, SHOP_URL=SERVER))[-1] == whole
            assert len(_words(run(line, SHOP_URL=SERVER))) <= (3 if more else 5)

    @pytest.mark.parametrize("end", ["'$(touch${IFS}broken)'", "`x`", "\\", "a\u202eb", "-;|&"])
    def test_no_server_leaves_its_quotation_marks(self, end: str, run: Run) -> None:
        line = curl({"status": 404}, server=f"http://{end}")
        assert _words(run(line))[-1] == f"http://{_printable(end)}/a"

    def test_brackets_are_no_range_of_addresses(self) -> None:
        assert " -g " in curl({}, "/a[1-9]", server=SERVER)
        assert " -g " not in curl({}, "/a", server=SERVER)


class TestExitCode:
    @pytest.fixture(name="text")
    def _text(self) -> str:
        exit_codes = {"3": {"name": "CLIENT_ERROR", "for": ["4xx"]}}
        text = exit_snippet(api_of({"status": 404}, exit_codes=exit_codes), "e")
        assert text is not None
        return text

    def test_it_is_short(self, text: str) -> None:
        assert text == 'your_command\nif [ "$?" -eq 3 ]; then\n  echo CLIENT_ERROR >&2\nfi'

    def test_it_names_its_own_exit_code(self, text: str, run: Run) -> None:
        assert run(text, ENDS_IN="3").stderr == "CLIENT_ERROR\n"

    @pytest.mark.parametrize("number", ["0", "1", "33"])
    def test_it_is_silent_about_others(self, number: str, text: str, run: Run) -> None:
        assert run(text, ENDS_IN=number).stderr == ""

    def test_an_exit_code_without_a_name_is_told_by_its_number(self, run: Run) -> None:
        text = exit_snippet(api_of({"exit_code": 7}), "e") or ""
        assert run(text, ENDS_IN="7").stderr == "exit code 7\n"

    def test_an_error_without_an_exit_code_has_none(self) -> None:
        assert exit_snippet(api_of({"status": 404}), "e") is None
