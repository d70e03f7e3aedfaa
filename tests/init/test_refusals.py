"""What `init` refuses: in one line that says what to do, and without a file written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.fetch.running import Command, files
from tests.init.conftest import Write

PLAIN_SITE = "site_name: Bookshop\n"
OUTSIDE = "extra: {{errorbook: {{catalog: {}}}}}\n"


@pytest.mark.parametrize(
    ("path", "text", "words", "why"),
    [
        ("mkdocs.yml", "a: [b\n", (), "mkdocs.yml is no YAML"),
        ("mkdocs.yml", "\xff: [\n", (), "mkdocs.yml is no YAML"),
        ("mkdocs.yml", "docs_dir: ../x\n", (), "docs_dir leads outside"),
        ("docs", "a file", (), "docs is a file where a folder is needed"),
        ("tests", "a file", (), "tests is a file where a folder is needed"),
        ("errors.schema.json", "{}", (), "errors.schema.json is in the way"),
        ("errors.yaml/x", "", (), "errors.yaml is there and is no file"),
        ("errorbook.yaml/x", "", (), "errorbook.yaml is there and is no file"),
        ("errorbook.yaml", "generate: 1\n", (), "run errorbook validate"),
        ("errorbook.yaml", "generate: [{output: x, to: y}]\n", (), "run errorbook validate"),
        ("errorbook.yaml", "catalog: a.yaml\n", (), "a.yaml, the catalog of errorbook.yaml"),
        ("mkdocs.yml/x", "", (), "mkdocs.yml is there and is no file"),
        (
            "mkdocs.yml",
            OUTSIDE.format("../errors.yaml"),
            (),
            "../errors.yaml', which leads outside",
        ),
        ("mkdocs.yml", OUTSIDE.format("'a:b.yaml'"), (), "has a character that not every system"),
        (
            "mkdocs.yml",
            OUTSIDE.format("!ENV CATALOG"),
            (),
            "by what is no plain text: name it in",
        ),
        ("x", "", ("--url", "https://["), "An address begins with https://"),
        ("x", "", ("x",), "x is a file: name a folder"),
        ("x", "", ("a/b",), "There is no folder a to make b in"),
        ("x", "", ("--for", "sdk"), "--catalog FILE|ADDRESS"),
        ("x", "", ("--catalog", "a.json"), "--catalog goes with --for docs and --for sdk"),
        ("x", "", ("--api", "A"), "An API's id"),
    ],
)
def test_what_is_in_the_way(  # noqa: PLR0913, PLR0917  # what is there, and what is said
    folder: Path,
    run: Command,
    write: Write,
    path: str,
    text: str,
    words: tuple[str, ...],
    why: str,
) -> None:
    write(path, text)
    before = files(folder)
    said = run("init", *words)
    assert (said.code, said.out, files(folder)) == (2, "", before)
    assert why in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("name", ["docs", "hooks", ".github"])
def test_a_link_that_leads_out(folder: Path, run: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "outside").mkdir()
    (folder / name).symlink_to(tmp_path / "outside")
    said = run("init")
    assert (said.code, list((tmp_path / "outside").iterdir())) == (2, [])
    assert f"{name} is a symbolic link, which is never followed" in said.err


def test_a_link_to_nothing_is_no_site(folder: Path, run: Command) -> None:
    (folder / "mkdocs.yml").symlink_to("nothing.yml")
    said = run("init")
    assert (said.code, files(folder)) == (2, {})
    assert "mkdocs.yml is there and is no file, or a link to none: move it away" in said.err


def test_hooks_of_somebody_else_have_every_name(folder: Path, run: Command, write: Write) -> None:
    for name in ("errors", "error_pages"):
        write(f"hooks/{name}.py", "def on_files(files): ...\n")
    assert run("init").code == 0
    assert "- hooks/errorbook_pages.py\n" in (folder / "mkdocs.yml").read_text()
    for name in ("mkdocs.yml", "hooks/errorbook_pages.py"):
        (folder / name).write_bytes(b"x: y\n")
    said = run("init", "--yes")
    assert (said.code, said.err.count("\n")) == (2, 1)
    assert "hooks/errorbook_pages.py are somebody else's: rename one of them" in said.err


def test_a_linked_file_is_not_written_through(folder: Path, run: Command, write: Write) -> None:
    site = write("../site.yml", PLAIN_SITE)
    (folder / "mkdocs.yml").symlink_to(site)
    said = run("init", "--yes")
    assert (said.code, site.read_text()) == (2, PLAIN_SITE)
    assert "mkdocs.yml is a symbolic link" in said.err


def test_a_catalog_that_is_not_valid_is_told_whole(run: Command, write: Write) -> None:
    write("errors.yaml", "apis: {shop: {errors: {gone: {status: 9, x: y}}}}\n")
    said = run("init")
    assert (said.code, said.out.count("errors.yaml:1:")) == (2, 2)


def test_a_folder_that_cannot_be_written(
    folder: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode, **__: not mode & os.W_OK)
    said = run("init")
    assert (said.code, files(folder)) == (3, {})
    assert said.err.startswith("errorbook: could not complete: .: Permission denied")
    assert said.err.count("\n") == 1


def test_a_catalog_that_cannot_be_had(folder: Path, run: Command) -> None:
    said = run("init", "--for", "docs", "--catalog", "../nothing.json")
    assert (said.code, files(folder)) == (3, {})
    assert "there is no file '../nothing.json'" in said.err
