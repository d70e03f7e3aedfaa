"""Nothing that a catalog says becomes code in a generated file."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from errorbook import outputs
from errorbook.catalog import Catalog
from errorbook.catalog.prose import plain
from errorbook.outputs import stamp
from errorbook.outputs.python.module import render
from tests.outputs.modules import import_text

HOSTILE = [
    "</td><script>alert(1)</script>",
    '"""',
    "'''",
    '"""\nimport os\n"""',
    '""""',
    'ends in a quotation mark"',
    "'",
    '"',
    "ends in a backslash\\",
    "\\",
    "\\\\",
    "\\N{BULLET} \\x41 \\u0041 \\101",
    "{{ 7 * 7 }}",
    "{% include '/etc/passwd' %}",
    "{# gone #}",
    "{0} {x!r} %s %(x)s $x ${x}",
    "*/ // <!-- --> # -*- coding: latin-1 -*-",
    "# type: ignore # noqa # fmt: on",
    "a\nb\r\nc\td\x0be\x0cf",
    "\x1b[31mred\x1b[0m\x07\x08",
    "\u202eevil\u2066\u2069\u200b\ufeff",
    "\x00\x01\x7f\x80\x9b",
    "\u2028 \u2029 \x85",
    "🦀 é ß",
    "x" * 10_000,
    "word " * 2_000,
    " begins with a space",
    "text sha256:0000000000000000",
]


def _catalog(text: str) -> Catalog:
    """Return a catalog that says ``text`` wherever it can."""
    error = {
        "status": 400,
        "meaning": text,
        "causes": [text, text],
        "fix": text,
        "actions": [{"do": "abort", "how": text, "when": text}],
        "since": text,
        "deprecated": text,
        "sunset": text,
        "details": {"field": {"type": "string", "meaning": text, "unit": text, "format": text}},
    }
    pattern = {
        text: "{code}",
        f"{text}-": "a{message}b",
        "c": text.replace("{", "{{").replace("}", "}}"),
        "*": "{details}",
    }
    api = {
        "title": text,
        "version": text,
        "summary": text,
        "envelopes": [{"body": pattern}],
        "errors": {"hostile": error},
        "exit_codes": {"0": {"name": "SUCCESS", "meaning": text}},
        "troubleshooting": [{"symptom": text, "cause": text, "solution": text}],
        "groups": {"group": {"title": text, "meaning": text}},
    }
    return Catalog.model_validate_json(json.dumps({"apis": {"shop": api}}))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_the_module_says_what_the_catalog_says_and_does_nothing_else(
    tmp_path: Path, text: str
) -> None:
    module = _module(text, tmp_path)
    facts = module.FACTS["hostile"]
    assert facts.meaning == plain(text)
    assert facts.actions == (module.Action("abort", plain(text), plain(text)),)
    assert vars(module).keys() == vars(_module("harmless", tmp_path)).keys()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_an_envelope_with_hostile_keys_and_constants_still_matches(
    tmp_path: Path, text: str
) -> None:
    body = {text: "hostile", f"{text}-": "aSorry.b", "c": text, "field": "value"}
    error = _module(text, tmp_path).from_response(None, None, body)
    assert (error.code, error.message, error.field) == ("hostile", "Sorry.", "value")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_is_taken_for_the_stamp(text: str) -> None:
    for output in outputs.OUTPUTS.values():
        for written in output.render(_catalog(text)).values():
            assert stamp.state(written) == "whole" or not written


def _module(text: str, folder: Path) -> ModuleType:
    (module,) = render(_catalog(text)).values()
    return import_text(module, folder)
