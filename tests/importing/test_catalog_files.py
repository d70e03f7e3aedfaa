"""The files of a catalog: how they are read, and that what cannot be written is not."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from errorbook.yaml_text import document
from tests.importing.conftest import Folder

LIST = "code,status\nc_d,500\n"


def test_a_catalog_may_end_with_a_text_and_without_a_line_break(folder: Folder) -> None:
    catalog = "apis:\n  shop:\n    errors:\n      a_b:\n        meaning: |\n          It is gone."
    folder.write(errors_yaml=catalog, list_csv=LIST)
    assert folder.run("import", "list.csv").code == 0
    errors = folder.catalog().apis["shop"].errors
    assert (errors["a_b"].meaning, errors["c_d"].status) == ("It is gone.", (500,))


def test_what_cannot_be_written_rightly_is_told_and_is_no_crash(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write(errors_yaml="apis: {shop: {errors: {a: {}}}}\n", list_csv=LIST)
    monkeypatch.setattr(document, "_says", lambda *_: False)
    said = folder.run("import", "list.csv")
    assert (said.code, said.err) == (
        3,
        "errorbook: could not complete: errors.yaml: what was made says something else; "
        "nothing was changed\n",
    )
    assert folder.read() == "apis: {shop: {errors: {a: {}}}}\n"


def test_a_folder_in_the_place_of_the_catalog_is_told_as_by_other_verbs(folder: Folder) -> None:
    folder.write(list_csv=LIST)
    (folder.path / "errors.yaml").mkdir()
    said = folder.run("import", "list.csv", "--api", "shop")
    other = folder.run("validate")
    assert (said.code, said.out) == (other.code, other.out)
    assert "errors.yaml: error[unreadable]: cannot be read: " in said.out


def test_a_catalog_that_may_not_be_read_says_whom_to_ask(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> NoReturn:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    folder.write(errors_yaml="apis: {shop: {}}\n", list_csv=LIST)
    monkeypatch.setattr(Path, "read_bytes", refused)
    said = folder.run("import", "list.csv")
    assert said.code == 2
    assert "(ask its owner for the permission to read it)" in said.out
    assert str(folder.path) not in said.out + said.err
