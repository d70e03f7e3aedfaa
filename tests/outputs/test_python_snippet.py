"""What the Python snippet of an error does when it runs against the generated module."""

from __future__ import annotations

import ast
import importlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from errorbook.catalog import ACTION_WORDS, Api, Catalog, load
from errorbook.catalog.facts import example_response
from errorbook.catalog.prose import plain
from errorbook.outputs.python import base_class, catch_snippet, module_name, own_class
from tests.outputs.modules import FOLDERS, module_of
from tests.outputs.test_hostile_text import HOSTILE

ROOT = Path(__file__).parents[2]
CATALOG = load(ROOT / "errors.yaml").catalog
ERRORS = [(name, code) for name in FOLDERS for code in CATALOG.apis[name].errors]
ENVELOPE = {"body": {"code": "{code}", "*": "{details}"}}
BASE = {"python": {"exception": "none"}}
CODES = [
    "a b",
    "'",
    '"',
    '"""',
    "\\",
    "$(x)",
    "{0}",
    "%s",
    "#",
    "é",
    "\U0001d535",
    "x" * 128,
    "a\\n",
    "</script>",
]

Ran = tuple[str, list[float], int]


def api_of(error: dict[str, Any], code: str = "e", **more: Any) -> Api:
    api = {"envelopes": [ENVELOPE], "errors": {code: error}, **more}
    return Catalog.model_validate_json(json.dumps({"apis": {"shop": api}})).apis["shop"]


def snippet(error: dict[str, Any], code: str = "e", **more: Any) -> str:
    text = catch_snippet("shop", api_of(error, code, **more), code)
    assert text is not None
    return text


@dataclass
class Reader:
    """Somebody who copies a snippet and puts a call where the dots are."""

    raised: Exception
    fails: int = 1
    """How many calls fail before one succeeds."""
    calls: int = 0
    slept: list[float] = field(default_factory=list)

    def call(self) -> None:
        self.calls += 1
        if self.calls <= self.fails:
            raise self.raised

    def run(self, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(time, "sleep", self.slept.append)
        lines = text.split("\n")
        called = [
            line.replace("...", "call()") if line.strip() == "..." else line for line in lines
        ]
        exec("\n".join(called), {"call": self.call})  # noqa: S102  # that it runs is the point


Read = Callable[..., Reader]


@pytest.fixture(name="read")
def _read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Copies the snippet of an error and runs it, with the module of its API in place."""

    def read(error: dict[str, Any], code: str = "e", *, sent: str = "", **body: Any) -> Reader:
        api = api_of(error, code)
        module = module_of(Catalog(apis={"shop": api}), tmp_path)
        monkeypatch.setitem(sys.modules, "shop", ModuleType("shop"))
        monkeypatch.setitem(sys.modules, "shop.errors", module)
        reader = Reader(module.from_response(None, None, {"code": sent or code, **body}))
        reader.run(catch_snippet("shop", api, code) or "", monkeypatch)
        return reader

    return read


def action(do: str, how: str = "Do it.") -> dict[str, Any]:
    return {"actions": [{"do": do, "how": how}]}


class TestText:
    def test_it_catches_the_class_of_the_code(self) -> None:
        assert snippet(action("use_alternative")) == (
            "from shop.errors import EError\n"
            "\n"
            "try:\n"
            "    ...\n"
            "except EError:\n"
            '    print("Do it.")\n'
            "    raise"
        )

    def test_it_compares_the_code_where_the_base_class_is_raised(self) -> None:
        assert snippet({**action("abort"), "sdk": BASE}) == (
            "from shop.errors import ShopError\n"
            "\n"
            "try:\n"
            "    ...\n"
            "except ShopError as error:\n"
            '    if error.code == "e":\n'
            '        raise SystemExit("Do it.") from error\n'
            "    raise"
        )

    def test_it_waits_as_long_as_the_error_says(self) -> None:
        details = {"after": {"type": "integer", "unit": "seconds"}}
        text = snippet({**action("wait"), "retry": {"after": ["after"]}, "details": details})
        assert text == (
            "import time\n"
            "\n"
            "from shop.errors import EError\n"
            "\n"
            "try:\n"
            "    ...\n"
            "except EError as error:\n"
            "    time.sleep(error.retry_after or 1)\n"
            "    ..."
        )

    def test_a_long_text_stands_in_several_lines(self) -> None:
        how = " ".join(["word"] * 60)
        text = snippet({**action("abort", how), "sdk": BASE})
        assert max(map(len, text.split("\n"))) <= 88
        assert how in _strings(text)

    def test_it_imports_from_the_package_of_the_sdk(self) -> None:
        sdk = {"python": {"package": "a.b", "base": "Oops"}}
        assert snippet({"sdk": BASE}, sdk=sdk).startswith("from a.b.errors import Oops\n")

    @pytest.mark.parametrize("wrong", ["a-b", "a; import os", "class", "", "a..b", "é"])
    def test_there_is_none_where_python_cannot_import(self, wrong: str) -> None:
        api = api_of({}, sdk={"python": {"package": wrong or " "}})
        assert catch_snippet("shop", api, "e") is None
        api = api_of({"sdk": {"python": {"exception": wrong or " "}}})
        assert catch_snippet("shop", api, "e") is None

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_no_text_of_the_catalog_becomes_code(self, text: str) -> None:
        found = snippet(action("abort", text))
        harmless = snippet(action("abort", "word"))
        assert found.replace("\n", "").isprintable()
        assert (" ".join(plain(text).split()) or ACTION_WORDS["abort"]) in _strings(found)
        assert _shape(found) == _shape(harmless)

    @pytest.mark.parametrize("code", CODES, ids=range(len(CODES)))
    def test_no_code_becomes_code(self, code: str) -> None:
        found = snippet({"sdk": BASE}, code)
        assert code in _strings(found)
        assert _shape(found) == _shape(snippet({"sdk": BASE}))


class TestRun:
    """Snippets that run, with a call that fails in place of the dots."""

    @pytest.mark.parametrize(("name", "code"), ERRORS)
    def test_every_error_of_the_catalog_is_caught(
        self, name: str, code: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        api = CATALOG.apis[name]
        monkeypatch.syspath_prepend(str(FOLDERS[name]))
        module = importlib.import_module(module_name(name, api))
        example = example_response(api, code)
        assert example is not None
        reader = Reader(module.from_response(example.status, example.headers, example.body))
        assert type(reader.raised).__name__ == (
            own_class(code, api.errors[code]) or base_class(name, api)
        )
        text = catch_snippet(name, api, code) or ""
        action = api.errors[code].actions[0]
        do = "decide" if action.do == "treat_as_success" and action.when else action.do
        if do in ("wait", "retry", "treat_as_success"):
            reader.run(text, monkeypatch)
            assert reader.calls == (1 if do == "treat_as_success" else 2)
        else:
            ends = SystemExit if do in ("abort", "escalate") else type(reader.raised)
            with pytest.raises(ends):
                reader.run(text, monkeypatch)

    @pytest.mark.parametrize("sdk", [{}, BASE], ids=["own class", "base class"])
    @pytest.mark.parametrize("do", ["abort", "escalate"])
    def test_the_program_ends_with_what_to_do(
        self, read: Read, do: str, sdk: dict[str, Any]
    ) -> None:
        with pytest.raises(SystemExit, match=r"^Do it\.$"):
            read({**action(do), "sdk": sdk})

    @pytest.mark.parametrize("sdk", [{}, BASE], ids=["own class", "base class"])
    @pytest.mark.parametrize("do", ["fix_request", "authenticate", "clean_up", "redo_step"])
    def test_what_to_do_is_told_and_the_error_goes_on(
        self, read: Read, do: str, sdk: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(Exception, match=r"^e$"):
            read({**action(do), "sdk": sdk})
        assert capsys.readouterr().out == "Do it.\n"

    @pytest.mark.parametrize("sdk", [{}, BASE], ids=["own class", "base class"])
    def test_success_is_told_and_the_program_goes_on(
        self, read: Read, sdk: dict[str, Any], capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert read({**action("treat_as_success"), "sdk": sdk}).calls == 1
        assert capsys.readouterr().out == "Do it.\n"

    @pytest.mark.parametrize("sdk", [{}, BASE], ids=["own class", "base class"])
    def test_what_is_a_success_in_some_cases_only_goes_on(
        self, read: Read, sdk: dict[str, Any]
    ) -> None:
        ways = [
            {"do": "treat_as_success", "when": "if it was meant", "how": "Go on."},
            {"do": "abort", "when": "else", "how": "Stop."},
        ]
        with pytest.raises(Exception, match=r"^e$"):
            read({"actions": ways, "sdk": sdk})

    @pytest.mark.parametrize("do", ["abort", "retry", "fix_request", "treat_as_success"])
    def test_another_code_of_the_base_class_goes_on(self, read: Read, do: str) -> None:
        with pytest.raises(Exception, match=r"^other$"):
            read({**action(do), "sdk": BASE}, sent="other")

    @pytest.mark.parametrize("sdk", [{}, BASE], ids=["own class", "base class"])
    def test_the_call_is_repeated(self, read: Read, sdk: dict[str, Any]) -> None:
        assert read({**action("retry"), "sdk": sdk}).calls == 2

    @pytest.mark.parametrize(
        ("unit", "seconds"),
        [("seconds", 30), (None, 30), ("milliseconds", 0.03), ("minutes", 1800), ("moons", 1)],
    )
    def test_it_sleeps_before_it_calls_again(
        self, read: Read, unit: str | None, seconds: float
    ) -> None:
        details = {"after": {"type": "integer", "unit": unit}}
        retry = {"after": ["header:Retry-After", "after"]}
        reader = read({**action("wait"), "retry": retry, "details": details}, after=30)
        assert (reader.slept, reader.calls) == ([seconds], 2)

    @pytest.mark.parametrize(
        "more",
        [
            {},
            {"details": {"after": {"type": "integer"}}, "sdk": BASE},
            {"details": {"after": {"type": "string"}}},
            {"details": {"after": {"type": "integer"}}},
        ],
        ids=["no detail", "base class", "text", "absent from the body"],
    )
    def test_it_sleeps_a_second_where_nothing_says_how_long(
        self, read: Read, more: dict[str, Any]
    ) -> None:
        error = {**action("wait"), "retry": {"after": ["after"]}, **more}
        assert read(error).slept == [1]

    def test_without_an_action_the_fix_or_the_meaning_is_told(
        self, read: Read, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for error in ({"fix": "Mend `it`.", "meaning": "Broken."}, {"meaning": "Broken."}, {}):
            with pytest.raises(Exception, match=r"^e$"):
                read(error)
        assert capsys.readouterr().out == "Mend it.\nBroken.\ne\n"

    def test_an_action_without_words_is_told_by_its_meaning(self, read: Read) -> None:
        with pytest.raises(SystemExit, match=r"^Stop\. Nothing the client can do"):
            read(action("abort", ""))


def _strings(text: str) -> set[object]:
    return {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}


def _shape(text: str) -> str:
    """Return the syntax of ``text`` with every string left out."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)
