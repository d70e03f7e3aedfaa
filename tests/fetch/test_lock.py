"""errorbook.lock: the same on every machine, and never believed before it is looked at."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from errorbook.fetch.lock import MAX_BYTES, Lock, Pin, digest, read_lock
from errorbook.problems import ErrorbookError
from errorbook.project_file import LOCK_FILE

SHA = "0" * 64
PIN = {"source": "../api/errors.json", "apis": {"shop": None}, "format": "1.0", "sha256": SHA}


def _read(folder: Path, text: str) -> Lock:
    (folder / LOCK_FILE).write_text(text, encoding="utf-8")
    return read_lock(folder, LOCK_FILE)


def _refused(folder: Path, text: str) -> str:
    with pytest.raises(ErrorbookError) as caught:
        _read(folder, text)
    assert {problem.rule for problem in caught.value.problems} == {"unreadable-lock"}
    return str(caught.value)


def _with(name: str = "errors.json", **changed: Any) -> str:
    return json.dumps({"version": 1, "files": {name: {**PIN, **changed}}}, indent=1)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    pins = {name: Pin.model_validate({**PIN, "commit": "a" * 40}) for name in ("b.json", "a.json")}
    lock = Lock(files=pins)
    assert _read(tmp_path, lock.text) == lock
    assert lock.text == Lock(files=dict(reversed(pins.items()))).text
    assert lock.text.index("a.json") < lock.text.index("b.json")
    assert lock.text.endswith("}\n")


def test_without_a_file_there_is_nothing_pinned(tmp_path: Path) -> None:
    assert read_lock(tmp_path, LOCK_FILE) == Lock()


def test_a_pin_replaces_that_of_the_same_file() -> None:
    first, second = (Pin.model_validate({**PIN, "format": one}) for one in ("1.0", "1.1"))
    lock = Lock().with_pins({"a": first, "b": first}).with_pins({"a": second})
    assert {name: pin.format for name, pin in lock.files.items()} == {"a": "1.1", "b": "1.0"}


def test_how_lines_end_makes_no_difference() -> None:
    assert digest(b"a\r\nb\r\n") == digest(b"a\nb\n") != digest(b"a\nb")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("{\n<<<<<<< ours", "errorbook.lock:2:1: "),
        ("", "errorbook.lock:1:1: "),
        ("[]", "errorbook.lock:1:1: "),
        ("[" * 100_000, "errorbook.lock:1:1: "),
        (" " * (MAX_BYTES + 1), "errorbook.lock: "),
        (_with(extra=1), "errorbook.lock:"),
        (_with(sha256="0"), "errorbook.lock:10:"),
        (_with(commit="-x"), "errorbook.lock:"),
        (_with(format="1"), "errorbook.lock:9:"),
        (_with(source=""), "errorbook.lock:5:"),
        (_with("../errors.json"), "errorbook.lock:4:"),
        (_with("/errors.json"), "errorbook.lock:4:"),
        (_with(".git/config.json"), "errorbook.lock:4:"),
        (_with(".github/ci.json"), "errorbook.lock:4:"),
        (_with("ci.yml"), "errorbook.lock:4:"),
        ('{"files": {"x": 1}}', "errorbook.lock:1:"),
    ],
)
def test_what_is_no_lock_is_refused_with_its_place(tmp_path: Path, text: str, where: str) -> None:
    assert _refused(tmp_path, text).startswith(where)


def test_names_that_differ_in_case_alone_are_refused(tmp_path: Path) -> None:
    text = json.dumps({"version": 1, "files": {"a.json": PIN, "A.json": PIN}})
    assert "case of its letters" in _refused(tmp_path, text)


def test_a_lock_of_a_newer_errorbook_says_what_to_do(tmp_path: Path) -> None:
    assert "upgrade errorbook" in _refused(tmp_path, '{"version": 2, "other": []}')
