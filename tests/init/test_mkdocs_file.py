from __future__ import annotations

from pathlib import Path

import pytest

from errorbook.init.mkdocs_file import MkDocsFile, Page
from errorbook.init.refusal import Refusal
from tests.init.conftest import Write

PAGES = [Page("Errors", "errors.md"), Page("Explorer", "explorer.md")]
MATERIAL = """\
site_name: Shop docs   # for people
theme:
  name: material
  custom_dir: overrides

plugins:
  - search:
      lang: en
  - !ENV [PLUGIN, tags]
hooks:
  - hooks/tweak.py
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
nav:
  - Home: index.md
  - Guide:
      - guide/index.md
"""


def edited(folder: Path, catalog: str = "errors.yaml") -> tuple[str, list[str]]:
    found = MkDocsFile(folder, "mkdocs.yml").edited("hooks/errors.py", catalog, PAGES)
    return found.content.decode(), found.left


def test_a_site_of_material_gets_a_hook_and_two_pages(folder: Path, write: Write) -> None:
    write("mkdocs.yml", MATERIAL)
    wanted = MATERIAL.replace("tweak.py\n", "tweak.py\n  - hooks/errors.py\n")
    wanted += "  - Errors: errors.md\n  - Explorer: explorer.md\n"
    assert edited(folder) == (wanted, [])


def test_a_site_without_nav_and_plugins_gets_none(folder: Path, write: Write) -> None:
    write("mkdocs.yml", "site_name: Shop\n")
    assert edited(folder) == ("site_name: Shop\nhooks:\n  - hooks/errors.py\n", [])


def test_a_catalog_with_another_name_is_named(folder: Path, write: Write) -> None:
    write("mkdocs.yml", "site_name: Shop\nextra: {a: b}\n")
    text, _ = edited(folder, "shop.errors.json")
    assert "extra: {a: b, errorbook: {catalog: shop.errors.json}}\n" in text


def test_a_page_that_the_nav_has_is_not_added_again(folder: Path, write: Write) -> None:
    write("mkdocs.yml", "nav: [index.md, {Errors: errors.md}]\n")
    assert "nav: [index.md, {Errors: errors.md}, {Explorer: explorer.md}]" in edited(folder)[0]


def test_what_has_no_place_is_left_to_its_writer(folder: Path, write: Write) -> None:
    text = "hooks: !ENV HOOKS\nextra: !ENV EXTRA\nnav: !ENV NAV\n"
    write("mkdocs.yml", text)
    found, left = edited(folder, "shop.errors.json")
    assert found == text
    assert [one.partition(" yourself")[0] for one in left] == [
        "add hooks/errors.py to the hooks of mkdocs.yml",
        "add extra: {errorbook: {catalog: shop.errors.json}} to mkdocs.yml",
        "add errors.md to the nav of mkdocs.yml",
        "add explorer.md to the nav of mkdocs.yml",
    ]


def test_hooks_that_are_inherited_are_not_hidden(folder: Path, write: Write) -> None:
    write("base.yml", "site_name: Base\ndocs_dir: pages\nhooks: [a.py]\nnav: [index.md]\n")
    write("mkdocs.yml", "INHERIT: base.yml\nsite_url: https://shop.example/\n")
    found = MkDocsFile(folder, "mkdocs.yml")
    assert (found.site_name, found.docs_dir) == ("Base", "pages")
    text, left = edited(folder)
    assert text.endswith("hooks:\n  - a.py\n  - hooks/errors.py\n")
    assert left == [
        "add errors.md to the nav that mkdocs.yml inherits",
        "add explorer.md to the nav that mkdocs.yml inherits",
    ]


def test_a_byte_order_mark_and_line_ends_stay(folder: Path, write: Write) -> None:
    write("mkdocs.yml", "\ufeffsite_name: Shop\r\n")
    assert edited(folder)[0] == "\ufeffsite_name: Shop\r\nhooks:\r\n  - hooks/errors.py\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "plugins: [search, errorbook]\n",
        "plugins: [{errorbook: {catalog: a.yaml}}]\n",
        "plugins: {search: {}, errorbook: {}}\n",
        "hooks: [hooks/errors.py]\n",
        "hooks: [tools/mine.py]\n",
        "markdown_extensions: [errorbook]\n",
        "INHERIT: base.yml\n",
    ],
)
def test_it_is_seen_that_errorbook_is_at_work(folder: Path, write: Write, text: str) -> None:
    write("tools/mine.py", "from errorbook.site.plugin import hook_events\n")
    write("base.yml", "plugins: [errorbook]\n")
    write("mkdocs.yml", text)
    assert MkDocsFile(folder, "mkdocs.yml").is_set_up


@pytest.mark.parametrize("text", ["plugins: [search]\n", "hooks: [tools/other.py]\n", "a: b\n"])
def test_it_is_seen_that_it_is_not(folder: Path, write: Write, text: str) -> None:
    write("tools/other.py", "def on_files(files): ...\n")
    write("mkdocs.yml", text)
    assert not MkDocsFile(folder, "mkdocs.yml").is_set_up


@pytest.mark.parametrize("said", ["../docs", "/docs"])
def test_pages_stay_within_the_project(folder: Path, write: Write, said: str) -> None:
    write("mkdocs.yml", f"docs_dir: {said}\n")
    with pytest.raises(Refusal, match="docs_dir"):
        _ = MkDocsFile(folder, "mkdocs.yml").docs_dir


@pytest.mark.parametrize("said", ["!ENV [DOCS, docs]", "[a]", "~"])
def test_the_pages_are_where_they_usually_are(folder: Path, write: Write, said: str) -> None:
    write("mkdocs.yml", f"docs_dir: {said}\n")
    found = MkDocsFile(folder, "mkdocs.yml")
    assert (found.docs_dir, found.hides_docs_dir) == ("docs", True)


@pytest.mark.parametrize(
    ("said", "folder_of_site"),
    [
        ("", "site"),
        ("site_dir: build/html/\n", "build/html"),
        ("site_dir: ./out\n", "out"),
        ("site_dir: my built; echo hi\n", None),
        ("site_dir: ${{ github.event.head_commit.message }}\n", None),
        ("site_dir: -x\n", None),
        ("site_dir: $(id)\n", None),
        ('site_dir: "a\\nb"\n', None),
        ("site_dir: sïte\n", None),
        ("site_dir: ../out\n", None),
        ("site_dir: !ENV [OUT, out]\n", None),
    ],
)
def test_a_folder_of_the_site_is_a_plain_path(
    folder: Path, write: Write, said: str, folder_of_site: str | None
) -> None:
    write("mkdocs.yml", f"site_name: Shop\n{said}")
    assert MkDocsFile(folder, "mkdocs.yml").site_dir == folder_of_site


def test_options_that_are_there_get_no_catalog_beside_them(folder: Path, write: Write) -> None:
    write("mkdocs.yml", "hooks: []\nextra: {errorbook: {cast_pages: false}}\n")
    _, left = edited(folder, "shop.errors.json")
    assert left == [
        "add extra: {errorbook: {catalog: shop.errors.json}} to mkdocs.yml yourself: "
        "'errorbook' is there with other options"
    ]


def test_what_comes_through_a_merge_key_is_not_hidden(folder: Path, write: Write) -> None:
    text = "base: &base\n  hooks: [a.py]\n<<: *base\nsite_name: Shop\n"
    write("mkdocs.yml", text)
    found, left = edited(folder)
    assert found == text
    assert [one.partition(" yourself")[0] for one in left] == [
        "add hooks/errors.py to the hooks of mkdocs.yml"
    ]
    write("mkdocs.yml", "base: &base\n  plugins: [errorbook]\n<<: [{a: b}, *base]\n")
    assert MkDocsFile(folder, "mkdocs.yml").is_set_up


def test_a_parent_that_is_not_there_is_said(folder: Path, write: Write) -> None:
    write("mkdocs.yml", "INHERIT: ../base.yml\n")
    with pytest.raises(Refusal, match=r"\.\./base\.yml, which INHERIT names, is not there"):
        MkDocsFile(folder, "mkdocs.yml")
