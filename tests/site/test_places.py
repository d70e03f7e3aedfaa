"""Blocks work wherever Markdown does, and are reported where they cannot."""

from __future__ import annotations

import pytest

from tests.site.project import Project

TABLE = "/// errors | codes\n///\n"
EXTENSIONS = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.blocks.details",
    "pymdownx.blocks.tab",
    "pymdownx.blocks.admonition",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    {"pymdownx.tabbed": {"alternate_style": True}},
]


def indented(text: str, by: str = "    ") -> str:
    return "".join(by + line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    ("page", "parent"),
    [
        (TABLE, "main"),
        ("Text right before.\n" + TABLE + "Text right behind.\n", "main"),
        ("!!! note\n\n" + indented(TABLE), "div"),
        ("??? note\n\n" + indented(TABLE), "details"),
        ("- one\n\n" + indented(TABLE) + "\n- two\n", "li"),
        ("- one\n" + indented(TABLE) + "- two\n", "li"),
        ("- /// errors | codes\n  ///\n- two\n", "li"),
        ("1. one\n\n    - two\n\n" + indented(TABLE, " " * 8), "li"),
        (indented(TABLE, "> "), "blockquote"),
        ("> Text\n>\n" + indented(TABLE, "> ") + "> Text\n", "blockquote"),
        ("Term\n:   Text\n\n" + indented(TABLE), "dd"),
        ('=== "One"\n\n' + indented(TABLE) + '\n=== "Two"\n\n    Text\n', "div"),
        ("/// tab | One\n" + TABLE + "///\n\n/// tab | Two\nText\n///\n", "div"),
        ("//// details | More\n    type: note\n\n" + TABLE + "\n////\n", "details"),
        ("/// note | Title\n\nText\n\n" + TABLE + "\n///\n", "div"),
        ("<div markdown>\n\n" + TABLE + "\n</div>\n", "div"),
        ("<details markdown='1'><summary>More</summary>\n\n" + TABLE + "\n</details>\n", "details"),
        ("Text[^1]\n\n[^1]:\n    Text\n\n" + indented(TABLE), "li"),
    ],
)
def test_a_block_is_set_where_it_stands(project: Project, page: str, parent: str) -> None:
    built = project.build("# Title\n\n" + page, markdown_extensions=EXTENSIONS)
    main = built.page().one("main")
    assert built.warnings == []
    assert main.rows()[1][0] == "sold_out"
    assert "///" not in main.text
    assert any(one.all("table", of="eb-table") for one in built.page().all(parent))
    assert main.ids().count("unpaid") == 1


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (indented(TABLE), "/// errors | codes\n///"),
        (
            "Text\n\n    before\n\n" + indented(TABLE) + "\n    behind\n",
            "before\n\n/// errors | codes\n///\n\nbehind",
        ),
        ("- one\n\n" + indented(TABLE, " " * 8), "/// errors | codes\n///"),
        ("```\n" + TABLE + "```\n", "/// errors | codes\n///"),
        ("```text title='x'\n" + TABLE + "```\n", "/// errors | codes\n///"),
        ("````\n```\n" + TABLE + "```\n````\n", "```\n/// errors | codes\n///\n```"),
        ("- one\n\n    ~~~\n" + indented(TABLE) + "    ~~~\n", "/// errors | codes\n///"),
        ("!!! note\n\n    ```\n" + indented(TABLE) + "    ```\n", "/// errors | codes\n///"),
        ("```\n/// erors | codez\n```\n", "/// erors | codez"),
        ("`/// errors | codes`", "/// errors | codes"),
        ("<pre><code>\n/// errors | codes &amp;\n///\n</code></pre>", "/// errors | codes &\n///"),
    ],
)
def test_code_shows_a_block_as_it_was_written(project: Project, page: str, code: str) -> None:
    built = project.build("# Title\n\n" + page, markdown_extensions=EXTENSIONS)
    assert built.warnings == []
    assert built.main().all("code")[-1].raw_text.strip() == code
    assert built.main().all("table", of="eb-table") == []


def test_a_block_in_code_owns_no_ids(project: Project) -> None:
    built = project.build(indented(TABLE) + "\nText\n\n" + TABLE)
    assert built.main().one("table", of="eb-table").ids() == ["sold_out", "unpaid"]


def test_a_comment_hides_its_blocks(project: Project) -> None:
    built = project.build("# Title\n\n<!--\n/// errors | codess\n-->\n\n" + TABLE)
    assert built.warnings == []
    assert len(built.main().all("table")) == 1


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("tab", ["    ", "\t"])
def test_line_ends_and_tabs_are_the_writers_choice(
    project: Project, newline: str, tab: str
) -> None:
    page = "# Title\n\n/// errors | codes\n    columns: [code]\n    codes: unpaid\n///\n\nText\n"
    project.write_bytes("docs/index.md", page.replace("    ", tab).replace("\n", newline).encode())
    built = project.build()
    assert built.warnings == []
    assert built.main().rows() == [["Code"], ["unpaid"]]


FRONT_MATTER = [
    ("", 3),
    ("---\ntitle: Title\n---\n", 6),
    ("---\ntitle: Title\n---\n\n\n", 8),
    ("--- \ntitle: Title\nerrors: shop\n...\n", 7),
    ("---\ntitle: |\n  a\n  ---\n---\n", 8),
    ("title: Title\nauthor: Me\n\n", 6),
    ("---\n- no mapping\n---\n", 6),
    ("---\n\n", 5),
    ("\ufeff", 3),
]


@pytest.mark.parametrize(("front", "line"), FRONT_MATTER)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_count_from_the_first_of_the_file(
    project: Project, front: str, line: int, newline: str
) -> None:
    page = front + "Text\n\n/// errors | codess\n///\n"
    project.write_bytes("docs/index.md", page.replace("\n", newline).encode())
    (warning,) = project.build().warnings
    assert f"docs/index.md:{line}:1:" in warning


def test_lines_are_those_of_the_source_when_an_extension_adds_to_it(project: Project) -> None:
    project.write("part.md", "One\n\nTwo\n\n/// errors | codee\n///\n")
    page = '---\ntitle: T\n---\n\n# Title\n\n--8<-- "part.md"\n\nText\n\n/// errors | codess\n///\n'
    snippets = {"pymdownx.snippets": {"base_path": [str(project.folder)]}}
    inserted, own = project.build(page, markdown_extensions=[snippets]).warnings
    assert "docs/index.md:7:1:" in inserted
    assert "docs/index.md:11:1:" in own


def test_lines_are_those_of_the_source_when_another_plugin_takes_from_it(project: Project) -> None:
    project.write(
        "drop.py",
        "def on_page_markdown(markdown, **_):\n    return markdown.replace('Drop\\n\\n', '')\n",
    )
    page = "/// errors | codess\n///\n\nDrop\n\n/// errors | codee\n///\n"
    before, behind = project.build(page, hooks=["drop.py"]).warnings
    assert "docs/index.md:1:1:" in before
    assert "docs/index.md:6:1:" in behind


def test_the_column_is_that_of_the_block(project: Project) -> None:
    (warning,) = project.build("- one\n\n    /// errors | codess\n    ///\n").warnings
    assert "docs/index.md:3:5:" in warning


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("<div>\n/// errors | codes\n///\n</div>\n", 2),
        ("<div>\n\n/// errors | codes\n///\n\n</div>\n", 3),
        ("Text\n    /// errors | codes\n    ///\n", 2),
        ("# /// errors | codes\n", 1),
        ("| a |\n|---|\n| /// errors \\| codes |\n", 3),
    ],
)
def test_a_block_where_none_can_stand_is_reported(project: Project, page: str, line: int) -> None:
    (warning,) = project.build(page, markdown_extensions=EXTENSIONS).warnings
    assert f"docs/index.md:{line}:" in warning
    assert "block-not-shown" in warning


def test_a_page_in_a_folder_is_named_by_its_path(project: Project) -> None:
    project.pages({"index.md": "", "a/b.md": "/// errors | codess\n///\n"})
    (warning,) = project.build().warnings
    assert "docs/a/b.md:1:1:" in warning


def test_another_folder_of_pages_is_named_from_that_of_the_configuration(
    project: Project,
) -> None:
    project.write("web/pages/index.md", "/// errors | codess\n///\n")
    (warning,) = project.build(docs_dir="web/pages").warnings
    assert "web/pages/index.md:1:1:" in warning
