"""`errorbook import`, as it is called: what it writes, what it says and how it ends."""

from __future__ import annotations

import errno
import io
import json
import os
import stat
from pathlib import Path
from typing import NoReturn

import pytest

from errorbook.importing import sources
from tests.importing.conftest import Folder
from tests.unprivileged import can_read, unprivileged

LIST = "code,status,meaning,retry\nsealed,409,It is sealed.,no\nlimited,429,Too fast.,yes\n"


def test_a_new_catalog_is_written_with_a_head_and_is_valid(folder: Folder) -> None:
    folder.write(list_csv=LIST)
    said = folder.run("import", "list.csv", "--api", "shop")

    assert said.code == 0
    assert said.out.splitlines() == [
        "list.csv: 2 errors, read as table",
        "errors.yaml (shop): added 2 new errors, 6 values; 0 values known before, 0 conflicts",
        "still missing in shop, of 2 errors:",
        "    no message: 2",
        "    no causes: 2",
        "    no fix: 2",
        "    no actions: 2",
        "next: errorbook validate, then errorbook init",
    ]
    assert folder.read().startswith("# yaml-language-server: $schema=errors.schema.json\n#\n# ")
    assert folder.run("validate").code == 0
    assert folder.run("format", "--check").code == 0
    sealed = folder.catalog().apis["shop"].errors["sealed"]
    assert (sealed.status, sealed.meaning, sealed.retry.when) == ((409,), "It is sealed.", "never")


def test_importing_again_changes_nothing_to_the_byte(folder: Folder) -> None:
    folder.write(list_csv=LIST)
    folder.run("import", "list.csv", "--api", "shop")
    before = (folder.path / "errors.yaml").stat().st_mtime_ns, folder.read()
    said = folder.run("import", "list.csv")

    assert said.code == 0
    assert "errors.yaml (shop): nothing new; 6 values known before, 0 conflicts" in said.out
    assert ((folder.path / "errors.yaml").stat().st_mtime_ns, folder.read()) == before


def test_a_class_that_python_has_is_no_conflict_the_next_time(folder: Folder) -> None:
    folder.write(list_csv="code,exception\ntimeout,TimeoutError\nlost,ConnectionError\n")
    folder.run("import", "list.csv", "--api", "shop")
    errors = folder.catalog().apis["shop"].errors
    assert errors["timeout"].sdk["python"].exception == "none"
    before = folder.read()
    assert (folder.run("import", "list.csv").code, folder.read()) == (0, before)


def test_an_empty_catalog_is_made_anew(folder: Folder) -> None:
    folder.write(errors_yaml="# nothing yet\n", list_csv=LIST)
    assert folder.run("import", "list.csv", "--api", "shop").code == 0
    assert len(folder.catalog().apis["shop"].errors) == 2


def test_the_catalog_of_the_project_above_is_written(folder: Folder) -> None:
    folder.write(
        errorbook_yaml="catalog: api/errors.yaml\n",
        api__errors_yaml="apis: {shop: {}}\n",
        deep__list_csv=LIST,
    )
    os.chdir(folder.path / "deep")
    said = folder.run("import", "list.csv")
    assert (said.code, "../api/errors.yaml (shop): added 2" in said.out) == (0, True)
    assert said.out.endswith("next: errorbook validate\n")
    assert "sealed" in folder.read("api/errors.yaml")


def test_another_file_is_written_where_that_is_asked_for(folder: Folder) -> None:
    folder.write(list_csv=LIST, errors_yaml="apis: {shop: {}}\n")
    assert folder.run("import", "list.csv", "--api", "shop", "--to", "new/other.yaml").code == 0
    assert "sealed" in folder.read("new/other.yaml")
    assert "sealed" not in folder.read()


def test_diff_shows_and_writes_nothing(folder: Folder) -> None:
    folder.write(list_csv=LIST)
    said = folder.run("import", "list.csv", "--api", "shop", "--diff")
    assert said.code == 1
    assert "would add 2 new errors" in said.out
    assert "\n    +      sealed:\n" in said.out
    assert not (folder.path / "errors.yaml").exists()

    folder.run("import", "list.csv", "--api", "shop")
    said = folder.run("import", "list.csv", "--diff")
    assert (said.code, "    +" in said.out) == (0, False)


def test_what_is_piped_in_is_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    said = folder.run("import", "-", "--api", "shop")
    assert (said.code, said.out.splitlines()[0]) == (0, "<stdin>: 2 errors, read as table")


def test_a_report_for_programs_is_one_document(folder: Folder) -> None:
    folder.write(
        errors_yaml="apis: {shop: {errors: {sealed: {status: 410}, old: {}}}}\n",
        list_csv="code,status,zzz\nsealed,409,1\ntimeout,504,1\n",
    )
    said = folder.run("import", "list.csv", "--format", "json")
    report = json.loads(said.out)
    assert (said.code, report["written"], report["files"]) == (1, True, ["errors.yaml"])
    assert report["sources"] == [
        {"name": "list.csv", "reader": "table", "errors": 2, "absent": 1},
    ]
    assert (report["new_errors"], report["kept"]) == (["timeout"], 0)
    assert [one["path"][1:] for one in report["changes"]] == [
        ["timeout"],
        ["timeout", "status"],
        ["timeout", "sdk", "python", "exception"],
    ]
    assert [one["rule"] for one in report["conflicts"]] == ["import-conflict"]
    assert [one["rule"] for one in report["untold"]] == ["import-untold", "import-unusable"]
    assert report["missing"]["status"] == ["old"]


def test_the_api_is_named_after_the_title_of_a_source(folder: Folder) -> None:
    folder.write(
        openapi_json=json.dumps(
            {
                "openapi": "3.1.0",
                "info": {"title": "The Shop", "version": "1"},
                "paths": {},
                "components": {},
            }
        ),
        list_csv=LIST,
    )
    said = folder.run("import", "list.csv", "openapi.json")
    assert "errors.yaml (the_shop): added 2 new errors" in said.out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ((), "Missing argument 'SOURCE...'"),
        (("list.csv",), "no source says which API this is: name it with --api ID"),
        (("list.csv", "--api", "The Shop"), "did you mean the_shop?"),
        (("none.csv",), "none.csv does not exist: name the file to import"),
        (("list.csv", "--column", "status"), "write FIELD=HEADER, as in status=HTTP"),
        (("list.csv", "--column", "stauts=HTTP"), "did you mean 'status'?"),
        (("folder",), "folder is a folder without Python in it: name a file, or a package"),
        (("what.bin",), "what.bin is nothing that can be told by its looks"),
    ],
)
def test_a_wrong_call_gets_one_line(folder: Folder, arguments: tuple[str, ...], line: str) -> None:
    folder.write(list_csv=LIST, what_bin="\0\1", folder__read_md="")
    said = folder.run("import", *arguments)
    assert (said.code, line in said.err) == (2, True), said
    assert not (folder.path / "errors.yaml").exists()


def test_a_title_of_which_no_id_can_be_made_asks_for_one(folder: Folder) -> None:
    info = {"title": "\u65e5\u672c\u8a9e", "version": "1"}
    folder.write(openapi_json=json.dumps({"openapi": "3.1.0", "info": info}), list_csv=LIST)
    said = folder.run("import", "list.csv", "openapi.json")
    assert (said.code, "name it with --api ID" in said.err) == (2, True), said


def test_several_apis_have_to_be_told_apart(folder: Folder) -> None:
    folder.write(list_csv=LIST, errors_yaml="apis: {shop: {}, store: {}}\n")
    said = folder.run("import", "list.csv")
    assert (said.code, "name it with --api ID (one of: shop, store)" in said.err) == (2, True)
    assert folder.run("import", "list.csv", "--api", "store").code == 0
    assert [len(api.errors) for api in folder.catalog().apis.values()] == [0, 2]


def test_a_source_that_cannot_be_read_so_stops_everything(folder: Folder) -> None:
    folder.write(list_csv=LIST, bad_json="{")
    said = folder.run("import", "list.csv", "bad.json", "--api", "shop")
    assert (said.code, not (folder.path / "errors.yaml").exists()) == (2, True)
    assert said.out.startswith("bad.json:1:2: error[import-unreadable]: this is not JSON")


def test_sources_without_an_error_write_nothing(folder: Folder) -> None:
    folder.write(page_md="# Welcome\n\nHello.\n", list_csv="code,status\n,404\n")
    said = folder.run("import", "page.md", "list.csv", "--api", "shop")
    assert (said.code, not (folder.path / "errors.yaml").exists()) == (2, True)
    assert "page.md: error[import-unreadable]: nothing in it was understood" in said.out
    assert "list.csv:2: warning[import-untold]: a row without a code" in said.out
    folder.write(full_csv=LIST)
    assert folder.run("import", "page.md", "full.csv", "--api", "shop").code == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("apis: {shop: {errors: {a: {stauts: 4}}}}\n", "unknown-key"),
        ('{"format": 1, "apis": {}}', "is made from an errors.yaml"),
    ],
)
def test_a_catalog_that_cannot_be_edited_is_left(
    folder: Folder, content: str, message: str
) -> None:
    folder.write(list_csv=LIST, errors_yaml=content)
    said = folder.run("import", "list.csv", "--api", "shop")
    assert (said.code, message in said.out) == (2, True)
    assert folder.read() == content


def test_a_file_that_is_too_large_is_not_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 10)
    folder.write(list_csv=LIST)
    said = folder.run("import", "list.csv", "--api", "shop")
    assert (said.code, "list.csv is larger than the 10 bytes" in said.err) == (2, True)


def test_a_file_that_may_not_be_read_could_not_be_completed(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write(list_csv=LIST)
    Path("list.csv").chmod(0)
    with unprivileged():
        if can_read(Path("list.csv")):  # its mode holds nobody on this system
            monkeypatch.setattr(Path, "open", _refused)
        assert folder.run("import", "list.csv", "--api", "shop").code == 3


def _refused(path: Path, *_: object, **__: object) -> NoReturn:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def test_a_catalog_that_cannot_be_written_could_not_be_completed(folder: Folder) -> None:
    folder.write(list_csv=LIST, blocked="a file where a folder would have to be")
    said = folder.run("import", "list.csv", "--api", "shop", "--to", "blocked/errors.yaml")
    assert (said.code, "could not complete" in said.err) == (3, True), said


def test_what_a_file_holds_does_not_act_on_the_terminal(folder: Folder) -> None:
    folder.write(list_csv="code,\x1b[31mred\nnot a \x1b[2Jcode,1\n")
    said = folder.run("import", "list.csv", "--api", "shop")
    assert "\x1b" not in said.out
    assert "\\x1b" in said.out


def test_many_problems_that_are_alike_are_one_line(folder: Folder) -> None:
    folder.write(list_csv="code,status\n" + ",404\n" * 9 + "a,404\n")
    said = folder.run("import", "list.csv", "--api", "shop")
    lines = [line for line in said.out.splitlines() if "list.csv" in line]
    assert lines[1].startswith("list.csv:2: warning[import-untold]: a row without a code")
    assert lines[2] == "    the same 8 times more (list.csv: lines 3, 4, 5, 6, …)"


def test_the_modes_of_a_catalog_stay(folder: Folder) -> None:
    folder.write(list_csv=LIST, errors_yaml="apis: {shop: {}}\n")
    file = folder.path / "errors.yaml"
    file.chmod(0o600)
    folder.run("import", "list.csv")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
