"""Import of generated modules, as other code does and without a trace."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from errorbook.testing.modules import import_from_disk, import_module
from tests.testing.repository import write


def test_a_module_is_imported_from_its_file(tmp_path: Path) -> None:
    write(tmp_path, {"shop/errors.py": "from shop.base import Base\nclass E(Base): pass\n"})
    write(tmp_path, {"shop/__init__.py": "", "shop/base.py": "class Base(Exception): pass\n"})
    before = (dict(sys.modules), list(sys.path))
    module = import_from_disk("shop.errors", tmp_path, tmp_path / "shop/errors.py")
    assert issubclass(module.E, Exception)
    assert (sys.modules, sys.path) == before


def test_a_package_of_that_name_which_is_imported_already_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = type(sys)("shop")
    monkeypatch.setitem(sys.modules, "shop", mine)
    write(tmp_path, {"shop/__init__.py": "x = 1\n", "shop/errors.py": "from shop import x\n"})
    module = import_from_disk("shop.errors", tmp_path, tmp_path / "shop/errors.py")
    assert module.x == 1
    assert sys.modules["shop"] is mine


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import no_such_module", "No module named 'no_such_module'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("def", "SyntaxError: "),
    ],
)
def test_a_module_that_fails_leaves_nothing_behind(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, {"shop/errors.py": text})
    before = (dict(sys.modules), list(sys.path))
    with pytest.raises(ImportError, match=message):
        import_from_disk("shop.errors", tmp_path, tmp_path / "shop/errors.py")
    assert (sys.modules, sys.path) == before


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImportError, match="is not there"):
        import_from_disk("shop.errors", tmp_path, tmp_path / "shop/errors.py")


def test_a_module_that_nothing_has_is_none() -> None:
    assert import_module("no_such_package.errors") is None
    assert import_module("errorbook.no_such_module") is None
    assert import_module("errorbook.problems") is sys.modules["errorbook.problems"]


def test_a_module_that_imports_what_is_not_there_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"unhappy_shop/errors.py": "import no_such_module\n"})
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        import_module("unhappy_shop.errors")
