"""Sources that are broken, huge or meant to do harm: read as far as they can be, and never run."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from errorbook.importing import python
from errorbook.importing.readers import UnreadableError, Wish, reader
from errorbook.importing.sources import Source
from errorbook.outputs.stamp import GENERATED
from tests.importing.python.read import module, package

GONE = "class ApiError(Exception): ...\nclass GoneError(ApiError): code = 'gone'\n"


def test_nothing_of_a_source_is_run(tmp_path: Path) -> None:
    trap = f"open({str(tmp_path / 'trap')!r}, 'w').close()\n"
    said = package(
        tmp_path / "acme_trap",
        {"__init__.py": trap, "errors.py": trap + GONE + f"CODES = {{'x': {trap.strip()}}}\n"},
    )
    assert said.of("gone") == {}
    assert not (tmp_path / "trap").exists()
    assert "acme_trap" not in sys.modules


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("class A(Exception:\n", "line 1 is no Python"),
        ("\0", "cannot be parsed|is no Python"),
        ("x = " + "(" * 5_000, "nested|is no Python|cannot be parsed"),
        ("x = " + "-" * 200_000 + "1", "nested|is no Python|cannot be parsed"),
        ("x = 1\n", "no exceptions with codes"),
        ("", "no exceptions with codes"),
        ("# -*- coding: utf-7 -*-\n", "encoding that is not supported"),
        (f"{GONE}#{'x' * 5_000_000}", "more than 5,000,000 bytes"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason) as error:
        module(text)
    assert "\n" not in str(error.value)


def test_names_that_lead_in_circles_end() -> None:
    said = module(
        GONE + "A = B\nB = A\nfrom .errors import *\nclass C(D): ...\nclass D(C): ...\n"
        "Code = Code2 = Code\n" + "".join(f"N{n + 1} = N{n}\n" for n in range(3_000))
    )
    assert said.of("gone") == {}


def test_a_code_that_no_catalog_can_have_is_none() -> None:
    said = module(
        GONE + "class Bad(ApiError): code = 'ba\\x00d'\nclass Long(ApiError): code = "
        f"'{'x' * 200}'\n"
    )
    assert [path for path in said.facts if path.count(".") == 1 and "errors" in path] == [
        "errors.gone"
    ]


def test_a_link_out_of_the_package_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    outside.write_text(GONE.replace("gone", "stolen"), encoding="utf-8")
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "link.py").symlink_to(outside)
    said = package(folder, {"errors.py": GONE})
    assert "errors.stolen" not in said.facts
    assert said.untold == ["acme/link.py: is a symbolic link, which is never followed"]


def test_thousands_of_errors_are_quick() -> None:
    classes = "".join(
        f"class E{n}(ApiError):\n    code = 'e{n}'\n    status = 400\n    seconds: int\n"
        for n in range(1_500)
    )
    start = time.process_time()
    said = module(f"class ApiError(Exception): ...\n{classes}")
    assert len(said.facts) > 1_500 * 3
    assert time.process_time() - start < 10


def test_thousands_of_members_with_comments_are_quick() -> None:
    members = "".join(f"    C{n} = 'c{n}'  # It went {n}.\n" for n in range(9_000))
    start = time.process_time()
    said = module(f"from enum import Enum\nclass Code(str, Enum):\n{members}")
    assert said.of("c8999")["meaning"] == "It went 8999."
    assert time.process_time() - start < 3


def test_thousands_of_generated_rows_are_quick() -> None:
    rows = "".join(f"    'e{n}': {{'exception': 'E', 'exit_code': 9}},\n" for n in range(9_000))
    start = time.process_time()
    said = module(f"# {GENERATED}\nclass E(Exception): ...\n_ROWS = {{\n{rows}}}\n")
    assert said.of("e8999")["exit_code"] == 9
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("errors.py", b"", True),
        ("errors.pyi", b"", True),
        ("errors.md", GONE.encode(), False),
        ("-", GONE.encode(), True),
        ("-", b"code,status\n", False),
    ],
)
def test_what_looks_like_python(name: str, content: bytes, expected: bool) -> None:
    assert python.is_one(Source(None, name, content)) is expected


def test_a_folder_with_modules_is_one(tmp_path: Path) -> None:
    assert not python.is_one(Source(tmp_path, "acme", b""))
    (tmp_path / "errors.py").write_text(GONE, encoding="utf-8")
    assert reader("python").is_one(Source(tmp_path, "acme", b""))
    assert reader("python").read(Source(tmp_path, "acme", b""), Wish()).facts
