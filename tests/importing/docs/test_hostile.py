"""Pages that mislead, or are larger than any page is."""

from __future__ import annotations

import pytest

from errorbook.importing import docs
from errorbook.importing.docs import html, markdown
from errorbook.importing.docs.blocks import Box, Paragraph, Table
from errorbook.importing.readers import UnreadableError
from tests.importing.docs.reading import said, untold

TABLE = "<table><tr><th>Code</th><th>Status</th></tr><tr><td>{}</td><td>404</td></tr></table>"


def test_a_code_with_hidden_characters_is_none() -> None:
    rows = "| a\u202eb_c | x |\n| `d_\u200be` | x |\n| g_h | x |\n"
    page = f"# Errors\n\n| Code | Meaning |\n|-|-|\n{rows}"
    assert {key for key in said("a.md", page) if key.count(".") == 1} == {"errors.g_h"}
    assert untold("a.md", page) == ["5: 2 rows have no code that can be told, at line 5, 6"]


@pytest.mark.parametrize(
    "page",
    [
        "# Errors\n\n## a\u202eb_c\n\nIt is gone.\n",
        "# Errors\n\n## Gone\n\nCode: `a\u202eb_c`\n\nIt is gone.\n",
        "# Errors\n\n- `a\u202eb_c`: It is gone.\n",
        "# Errors\n\n- **a\u00adb_c**: It is gone.\n",
    ],
)
def test_no_title_label_or_item_with_hidden_characters_is_a_code(page: str) -> None:
    assert said("a.md", page) == {}


def test_hidden_characters_at_the_end_of_a_title_do_no_harm() -> None:
    assert "errors.a_b" in said("a.md", "# Errors\n\n## a_b\u200b\n\nIt is gone.\n")


def test_a_table_within_inline_elements_is_one() -> None:
    page = f"<h1>Errors</h1><font><b>{TABLE.format('a_b')}</b></font>{TABLE.format('c_d')}"
    found = said("a.html", page)
    assert found["errors.a_b.status"] == found["errors.c_d.status"] == 404


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("500 requests per minute", None),
        ("100 things to know", None),
        ("404", 404),
        ("404 Not Found", 404),
        ("404 Not Found: the artifact", 404),
        ("429 - Slow down", 429),
        ("500 errors", 500),
        ("HTTP 503", 503),
    ],
)
def test_a_number_that_begins_a_title_is_a_status_or_none(title: str, status: int | None) -> None:
    page = f"# Errors\n\n## {title}\n\nThere is more to it.\n"
    expected = {} if status is None else {f"statuses.{status}.meaning": "There is more to it."}
    assert said("a.md", page) == expected


def test_an_item_with_a_label_of_its_own_among_causes() -> None:
    page = "# Errors\n\n## `a_b`\n\nGone.\n\n### Causes\n- **HTTP status:** 404\n\n- More.\n"
    found = said("a.md", page)
    assert (found["errors.a_b.status"], found["errors.a_b.causes"]) == (404, ["More."])


def test_a_page_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert docs._LONGEST <= 100_000_000
    monkeypatch.setattr(docs, "_LONGEST", 5)
    with pytest.raises(UnreadableError, match="longer than 5 characters"):
        said("a.md", "# Errors")


def test_a_table_has_only_so_many_columns() -> None:
    (table,) = html.parse("<table><tr>" + "<td colspan=9999>x</td>" * 3 + "</tr></table>")
    assert isinstance(table, Table)
    assert [len(row) for row in table.rows] == [64]


def test_a_cell_does_not_span_rows_of_another_part() -> None:
    first = "<tbody><tr><td rowspan=3>a</td><td>b</td></tr></tbody>"
    (table,) = html.parse(f"<table>{first}<tbody><tr><td>c</td><td>d</td></tr></tbody></table>")
    assert isinstance(table, Table)
    assert [[cell.plain for cell in row] for row in table.rows] == [["a", "b"], ["c", "d"]]


def test_boxes_end_at_a_depth() -> None:
    block = markdown.parse("> " * 60 + "x")[0]
    depth = 0
    while isinstance(block, Box):
        block, depth = block.blocks[0], depth + 1
    assert isinstance(block, Paragraph)
    assert depth < 20


def test_an_item_of_markup_alone_says_nothing() -> None:
    page = "# Errors\n\n## `a_b`\n\n**Causes:**\n\n- one\n- </script>\n"
    assert said("a.md", page)["errors.a_b.causes"] == ["one"]


def test_a_code_that_is_called_like_a_key_of_the_catalog() -> None:
    page = "# Errors\n\n| Code | Status |\n|-|-|\n| `sdk` | 404 |\n"
    assert said("a.md", page)["errors.sdk.status"] == 404
