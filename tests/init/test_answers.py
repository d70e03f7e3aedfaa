from __future__ import annotations

from pathlib import Path

import pytest

from errorbook.init import answers
from errorbook.init.refusal import Refusal
from errorbook.init.surroundings import look_around
from tests.fetch.running import Command
from tests.init.conftest import Write


@pytest.mark.parametrize(
    ("name", "title", "api"),
    [
        ("bookshop-docs", "Bookshop API", "bookshop"),
        ("Big_Shop-api-docs", "Big Shop API", "big_shop"),
        ("docs", "Example API", "example"),
        ("über", "Über API", "uber"),
        ("2nd", "2nd API", "example"),
    ],
)
def test_title_and_id_follow_from_the_folder(
    tmp_path: Path, name: str, title: str, api: str
) -> None:
    (tmp_path / name).mkdir()
    likely = answers.likely_title(look_around(tmp_path / name))
    assert (likely, answers.likely_id(likely)) == (title, api)


def test_a_site_names_the_api_before_the_project_and_the_folder(folder: Path, write: Write) -> None:
    write("pyproject.toml", '[project]\nname = "paper-sdk"\n')
    assert answers.likely_title(look_around(folder)) == "Paper API"
    write("mkdocs.yml", "site_name: Ink Docs\n")
    assert answers.likely_title(look_around(folder)) == "Ink API"


def test_nothing_of_a_name_acts_on_the_terminal(folder: Path, write: Write) -> None:
    write("mkdocs.yml", 'site_name: "a\\e[31m\\u202eb"\n')
    assert answers.likely_title(look_around(folder)) == "A[31mb API"


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("book-shop", "book_shop"),
        ("class", "class_api"),
        ("json", "json_api"),
        ("docs", "docs_api"),
    ],
)
def test_a_package_is_no_word_of_python(name: str, package: str) -> None:
    assert answers.likely_package(name) == package
    assert answers.checked_package(package) == package


def test_the_package_that_is_being_written_is_known(folder: Path, write: Write) -> None:
    write("pyproject.toml", '[project]\nname = "Paper-SDK"\n')
    assert look_around(folder).package is None
    write("src/paper_sdk/__init__.py", "")
    assert look_around(folder).package == "paper_sdk"


def test_a_package_that_python_has_a_module_of_is_no_obstacle(
    folder: Path, write: Write, run: Command
) -> None:
    write("pyproject.toml", '[project]\nname = "queue"\n')
    write("queue/__init__.py", "")
    assert run("init").code == 0
    assert (folder / "sdk/python/queue_api/errors.py").is_file()


@pytest.mark.parametrize("text", ["", " ", "a\nb", "a\x1b[1m", "x" * 101])
def test_a_title_is_one_visible_line(text: str) -> None:
    with pytest.raises(Refusal):
        answers.checked_title(text)


@pytest.mark.parametrize("text", ["", "Shop", "1a", "a b", "a/b", "a\n"])
def test_an_id_is_that_of_a_catalog(text: str) -> None:
    with pytest.raises(Refusal):
        answers.checked_id(text)


@pytest.mark.parametrize("text", ["", "a-b", "class", "a..b", "json", "errorbook", "a/b"])
def test_a_package_can_be_imported(text: str) -> None:
    with pytest.raises(Refusal):
        answers.checked_package(text)


@pytest.mark.parametrize(
    "text",
    ["x", "ftp://x", "https://a b", 'https://a"b', "https://a/?b", "https://[", "https:///a"],
)
def test_an_address_is_one(text: str) -> None:
    with pytest.raises(Refusal):
        answers.checked_url(text)


def test_an_address_ends_in_a_slash_or_is_not_known_yet() -> None:
    known = [answers.checked_url(one) for one in (" https://a.example/b ", "http://a/", " ")]
    assert known == ["https://a.example/b/", "http://a/", ""]
