"""What `init` asks somebody who is there to answer, and what it says comes next."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from errorbook import cli
from errorbook.catalog import load
from errorbook.init import verb
from tests.fetch.running import Command
from tests.init.conftest import Write


def test_it_asks_what_it_cannot_know(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verb, "is_terminal", lambda: True)
    given = "Paper API\nPaper!\npaper\n\nnowhere\nhttps://paper.example\n"
    said = CliRunner().invoke(cli.app, ["init"], input=given)
    assert "Title of the API [Bookshop API]: " in said.output
    assert "Error: An API's id is lower-case letters" in said.output
    assert "Error: An address begins with https://" in said.output
    assert "Python package of its SDK [paper]: " in said.output
    api = load(folder / "errors.yaml").catalog.apis["paper"]
    assert (api.title, api.docs.url) == ("Paper API", "https://paper.example/")


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_change_is_made_after_a_yes(
    write: Write, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr(verb, "is_terminal", lambda: True)
    site = write("mkdocs.yml", "site_name: Shop\nsite_url: https://shop.example\n")
    said = CliRunner().invoke(cli.app, ["init"], input=f"\n\n\n{answer}\n")
    assert "Change mkdocs.yml? [y/N]: " in said.output
    assert "Address of the docs" not in said.output
    assert ("hooks/errors.py" in site.read_text()) is (answer == "y")


def test_the_docs_need_to_know_where_the_catalog_is(
    folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verb, "is_terminal", lambda: True)
    write("../api.yaml", "apis: {shop: {errors: {gone: {status: 410}}}}\n")
    CliRunner().invoke(cli.app, ["init", "--for", "docs"], input="../api.yaml\n")
    assert (folder / "shop.errors.json").is_file()


def test_what_the_next_commands_need_is_said(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    said = run("init", "inner").out.partition("\nNext:\n")[2].splitlines()
    assert [line.split("  ")[1] for line in said] == [
        "cd inner",
        'pip install "errorbook[site]" pytest',
        "mkdocs serve",
        "errorbook check",
    ]
