"""Views as Markdown: what they show, what they refuse, and that nothing of the catalog acts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from errorbook.catalog import Catalog, load
from errorbook.markers import read_markers
from errorbook.outputs.markdown_options import VIEWS, NotShownError
from errorbook.outputs.markdown_views import markdown_view
from errorbook.site import options as site_options

SHOP = """\
apis:
  shop:
    title: Shop
    docs: {url: "https://docs.example.com/"}
    envelopes: [{body: {error: "{code}", "*": "{details}"}}]
    groups: {stock: {title: The stock}}
    statuses: {409: {meaning: A conflict, causes: [one, "two | three"]}}
    exit_codes: {0: {name: OK, for: [success]}, 4: {name: REFUSED, meaning: No., for: [4xx]}}
    troubleshooting: [{symptom: Empty, cause: Sold, solution: Wait, errors: [sold_out]}]
    retired: {gone: {}}
    errors:
      sold_out:
        status: 409
        group: stock
        meaning: "No *copy* is left, see <error:unpaid>, [more](guide/) and [it](https://e.com)."
        causes: [It sold.]
        fix: Print more.
        actions: [{do: wait, how: A day., when: in May}, {do: abort, when: in June}]
        retry: {when: as_is, max_attempts: 3}
        operations: [order]
        since: "2.0"
        details: {left: {type: integer, meaning: Copies left.}}
      unpaid: {status: 402, deprecated: "3.0", sdk: {python: {exception: none}}}
"""
SEVERAL = "apis: {shop: {errors: {a: {}}}, store: {title: Store, errors: {b: {}, c: {}}}}"


def _catalog(folder: Path, text: str) -> Catalog:
    (folder / "errors.yaml").write_text(text, encoding="utf-8")
    return load(folder / "errors.yaml").catalog


@pytest.fixture(name="shop")
def _shop(tmp_path: Path) -> Catalog:
    return _catalog(tmp_path, SHOP)


def _rows(catalog: Catalog, view: str, **options: str) -> list[list[str]]:
    """Return the cells of the rows of a table, as GitHub shows them, in HTML."""
    html = MarkdownIt("commonmark").enable("table").render(_view(catalog, view, **options))
    assert html.startswith("<table>")
    rows = html.split("<tr>")[2:]
    return [[cell.split("</td>")[0] for cell in row.split("<td>")[1:]] for row in rows]


def _view(catalog: Catalog, view: str, **options: str) -> str:
    return markdown_view(
        catalog, view, {name: tuple(one.split(",")) for name, one in options.items()}
    )


def test_a_table_of_codes(shop: Catalog) -> None:
    first, second = _rows(shop, "codes")
    link = '<a href="https://docs.example.com/shop/errors/{0}/"><code>{0}</code></a>'
    assert first == [
        link.format("sold_out"),
        "409",
        f"No <em>copy</em> is left, see {link.format('unpaid')}, "
        '<a href="https://docs.example.com/guide/">more</a> and <a href="https://e.com">it</a>.',
        "<strong>Wait, then retry</strong>, in May: A day.<br><strong>Abort</strong>, in June",
    ]
    assert second == [f"{link.format('unpaid')} (Deprecated since 3.0)", "402", "", ""]


def test_its_columns_are_chosen(shop: Catalog) -> None:
    assert _rows(shop, "codes", columns="exception,exit_code,group") == [
        ["<code>SoldOutError</code>", "<code>4</code> REFUSED", "The stock"],
        ["<code>ShopError</code>", "<code>4</code> REFUSED", ""],
    ]
    assert _rows(shop, "codes", columns="operations,since,retry") == [
        ["<code>order</code>", "2.0", "Yes, unchanged, at most 3 attempts"],
        ["any", "", "Not known"],
    ]


def test_where_no_action_is_known_the_fix_says_what_to_do() -> None:
    shop = Catalog.model_validate(
        {"apis": {"shop": {"errors": {"unpaid": {"fix": "Pay `order`."}, "odd": {}}}}}
    )
    cells = [row[0] for row in _rows(shop, "codes", columns="action")]
    assert cells == ["Pay <code>order</code>.", ""]


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ({"status": "402"}, ["unpaid"]),
        ({"status": "4xx"}, ["sold_out", "unpaid"]),
        ({"group": "stock"}, ["sold_out"]),
        ({"group": "none"}, ["unpaid"]),
        ({"codes": "unpaid"}, ["unpaid"]),
        ({"operation": "order"}, ["sold_out", "unpaid"]),
    ],
)
def test_filters_choose_its_rows(shop: Catalog, options: dict[str, str], codes: list[str]) -> None:
    rows = _rows(shop, "codes", columns="code", **options)
    assert [row[0].split("<code>")[1].split("</code>")[0] for row in rows] == codes


def test_the_other_tables(shop: Catalog) -> None:
    statuses = _rows(shop, "statuses", status="409")
    assert statuses[0][:3] == ["409", "A conflict", "one<br>two | three"]
    assert "sold_out" in statuses[0][3]
    exits = _rows(shop, "exit-codes")
    assert exits == [
        ["<code>0</code>", "<code>OK</code>", "", "success"],
        ["<code>4</code>", "<code>REFUSED</code>", "No.", "<code>4xx</code>"],
    ]
    assert _rows(shop, "troubleshooting", codes="sold_out")[0][:3] == ["Empty", "Sold", "Wait"]
    base, own = _rows(shop, "exceptions")
    assert base[0] == "<code>ShopError</code>"
    assert "raised itself for" in base[1]
    assert "unpaid" in base[1]
    assert (own[0], own[2]) == ("<code>SoldOutError</code>", "<code>left</code>")


def test_one_error_in_parts(shop: Catalog) -> None:
    whole = _view(shop, "error", code="sold_out")
    for said in ("HTTP 409", "**Causes**\n\n- It sold.", "**Fix**\n\nPrint more.", "| `left` |"):
        assert said in whole
    assert '"error": "sold_out"' in whole
    parts = _view(shop, "error", code="sold_out", parts="exception,exit_code")
    assert parts.split("\n\n")[1:] == [
        "**Exception:** `SoldOutError`",
        "**Exit code:** `4` REFUSED",
    ]


def test_a_summary_counts(shop: Catalog, tmp_path: Path) -> None:
    assert _view(shop, "summary") == "Shop has 2 errors in 1 group. 1 code retired."
    several = _catalog(tmp_path, SEVERAL)
    assert _view(several, "summary") == "2 APIs with 3 errors: shop, Store."
    assert _view(several, "summary", api="store") == "Store has 2 errors."


@pytest.mark.parametrize(
    ("view", "options", "message", "hint"),
    [
        ("cods", {}, "no view 'cods'", "'codes'"),
        ("codes", {"colums": "code"}, "no option 'colums'", "'columns'"),
        ("codes", {"columns": "code,statu"}, "'statu'", "'status'"),
        ("codes", {"columns": "code,code"}, "twice", ""),
        ("codes", {"status": "4x"}, "'4x'", "4xx"),
        ("codes", {"status": "500"}, "no errors", ""),
        ("codes", {"group": "stok"}, "no group 'stok'", "'stock'"),
        ("codes", {"codes": "soldout"}, "no error 'soldout'", "'sold_out'"),
        ("codes", {"operation": "ordr"}, "no operation 'ordr'", "'order'"),
        ("codes", {"api": "shp"}, "no API 'shp'", "'shop'"),
        ("codes", {"api": "shop,shop"}, "takes one value", ""),
        ("error", {}, "which error", "code="),
        ("error", {"code": "gone"}, "no error 'gone'", ""),
        ("statuses", {"status": "5xx"}, "no statuses", ""),
    ],
)
def test_what_there_is_not_is_refused_with_what_was_meant(
    shop: Catalog, view: str, options: dict[str, str], message: str, hint: str
) -> None:
    with pytest.raises(NotShownError) as caught:
        _view(shop, view, **options)
    assert message in str(caught.value)
    assert hint in caught.value.hint


def test_of_several_apis_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotShownError, match="which API") as caught:
        _view(_catalog(tmp_path, SEVERAL), "codes")
    assert "shop, store" in caught.value.hint


HOSTILE = (
    "<!-- /errorbook --> | x\n<script>\n```\n# a `\x1b[31m\u202e "
    "![i](javascript:x) [l](javascript:y)"
)


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_of_a_catalog_is_markup(tmp_path: Path, view: str) -> None:
    said: Any = {"errors": {"sold_out": dict.fromkeys(("meaning", "fix", "message"), HOSTILE)}}
    said["errors"]["sold_out"] |= {"causes": [HOSTILE], "status": 409, "since": "1 | <b>"}
    said["errors"]["sold_out"]["actions"] = [{"do": "wait", "how": HOSTILE, "when": HOSTILE}]
    said["exit_codes"] = {3: {"name": "OK", "meaning": HOSTILE, "for": ["4xx"]}}
    said["troubleshooting"] = [{"symptom": HOSTILE, "cause": HOSTILE, "solution": HOSTILE}]
    said["statuses"] = {409: {"meaning": HOSTILE, "causes": [HOSTILE]}}
    said |= {"title": "<b>|", "envelopes": [{"body": {"error": "{code}", "text": "{message}"}}]}
    catalog = Catalog.model_validate_json(json.dumps({"apis": {"shop": said}}))
    options = {"code": ("sold_out",)} if view == "error" else {}
    shown = markdown_view(catalog, view, options)
    html = MarkdownIt("commonmark").enable("table").render(shown)
    for tag in ("<script", "<b>", "<img", 'href="javascript', "<!--", "<h1"):
        assert tag not in html
    assert shown.replace("\n", "").isprintable()
    marked = read_markers(f"<!-- errorbook: {view} -->\n{shown}\n<!-- /errorbook -->\n")
    assert [one.text for one in marked.texts] == [shown]
    assert marked.problems == ()


def test_names_are_those_of_blocks() -> None:
    for view, options in VIEWS.items():
        if view != "summary":
            assert set(options) <= set(site_options.VIEWS[view])


def test_the_page_has_every_view_with_its_options() -> None:
    page = (Path(__file__).parents[2] / "docs/check.md").read_text("utf-8")
    table = page.partition("| View | Shows | Its own options |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `([\w-]+)` \|.*\|(.*)\|$", table, re.MULTILINE)
    filters = "`group` `status` `operation` `codes`"
    said = {view: re.findall(r"`(\w+)`", own.replace("filters", filters)) for view, own in rows}
    assert {view: sorted(options) for view, options in said.items()} == {
        view: sorted({*options} - {"api"}) for view, options in VIEWS.items()
    }


TYPESCRIPT = "{typescript: {exception: DueError}}"
LANGUAGES = SHOP.replace("sdk: {python: {exception: none}}", f"sdk: {TYPESCRIPT}")
LANGUAGES += "    sdk: {typescript: {parents: {409: ConflictError}}}\n"


def test_exceptions_have_a_table_for_each_language(tmp_path: Path) -> None:
    text = markdown_view(_catalog(tmp_path, LANGUAGES), "exceptions", {})
    python, typescript = text.removeprefix("**Python**\n\n").split("\n\n**TypeScript**\n\n")
    assert "UnpaidError" in python
    assert "DueError" not in python
    assert "ConflictError" not in python
    assert "| `DueError` |" in typescript
    assert "| `ConflictError` | base class for" in typescript


def test_an_exception_stands_with_its_language_where_they_differ(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path, LANGUAGES)
    text = markdown_view(catalog, "codes", {"columns": ("code", "exception")})
    assert "| `UnpaidError` (Python), `DueError` (TypeScript) |" in text
    assert "| `SoldOutError` |" in text
