"""What each view shows of a catalog."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.site.html_tree import Element
from tests.site.project import CATALOG, Project

FULL = (Path(__file__).parent / "full.yaml").read_text("utf-8")
NONE = "none"


@pytest.fixture
def shop(project: Project) -> Project:
    project.write("errors.yaml", FULL)
    return project


def block(view: str, options: str = "") -> str:
    body = "".join(f"    {line.strip()}\n" for line in options.splitlines() if line.strip())
    return f"/// errors | {view}\n{body}///\n"


def shown(project: Project, view: str, options: str = "", *, api: str = "shop") -> Element:
    """Return a page of ``api`` that holds one block; nothing is wrong with it."""
    built = project.build(f"---\nerrors: {api}\n---\n\n# Title\n\n{block(view, options)}")
    assert built.warnings == []
    return built.main()


def parts(project: Project, options: str) -> str:
    return shown(project, "error", options).one("div", of="eb-error").text


def test_response_shows_the_fields_of_the_envelope(shop: Project) -> None:
    assert shown(shop, "response").rows(of="eb-fields") == [
        ["Field", "Meaning", "Stable"],
        ["error.code", "Names the error.", "Yes: build on it"],
        ["error.message", "For people.", "No: may change"],
        ["error.*", "Depends on the code.", "not promised"],
    ]


def test_response_shows_the_first_error_as_an_example(shop: Project) -> None:
    example = shown(shop, "response").one("div", of="eb-example")
    lines = [one.text for one in example.all("p")]
    assert lines[0] == "HTTP/1.1 409 Conflict"
    assert "X-Error: SOLD_OUT" in lines
    assert json.loads(example.one("pre").raw_text) == {
        "error": {"code": "SOLD_OUT", "message": "Walden is sold out for 3 days.", "days": 3}
    }


def test_response_shows_the_named_error_alone(shop: Project) -> None:
    page = shown(shop, "response", "error: unpaid")
    assert '"unpaid"' in page.one("pre").text
    assert page.all("table") == []


def test_contract_says_every_promise(shop: Project) -> None:
    contract = shown(shop, "contract").one("div", of="eb-contract")
    assert contract.one("p").text == "Codes of v2 stay."
    assert len(contract.all("li")) == 5


def test_statuses_have_a_row_each_with_or_without_codes(shop: Project) -> None:
    assert shown(shop, "statuses").rows(of="eb-statuses") == [
        ["HTTP", "Meaning", "Cause", "Codes"],
        ["201", "Created", "The order was placed.The order was changed.", NONE],
        ["401", "Unauthorized", "", "key_missing"],
        ["402", "Payment Required", "", "unpaid"],
        ["409", "The order clashes.", "", "SOLD_OUT"],
        ["410", "Gone", "", "SOLD_OUT"],
    ]


@pytest.mark.parametrize(
    ("status", "rows"),
    [("409", ["409"]), ("[402, 2xx]", ["201", "402"]), ("4xx", ["401", "402", "409", "410"])],
)
def test_statuses_can_be_narrowed_down(shop: Project, status: str, rows: list[str]) -> None:
    table = shown(shop, "statuses", f"status: {status}").rows(of="eb-statuses")
    assert [row[0] for row in table[1:]] == rows


def test_codes_shows_four_columns_unless_told_otherwise(shop: Project) -> None:
    assert shown(shop, "codes").rows() == [
        ["Code", "HTTP", "Meaning", "What to do"],
        [
            "SOLD_OUT Deprecated since 2025-01-15 Gone from 2026-01-15 Use unpaid Evolving",
            "409 410",
            "No copy is left, see the other.",
            "Wait, then retry if there is time: Wait days days.Use another way",
        ],
        ["unpaid", "402", "The order is not paid.", "Fix the request Pay first."],
        ["key_missing", "401", "", ""],
    ]


def test_where_no_action_is_known_the_fix_says_what_to_do(project: Project) -> None:
    """It is no action: a check that compares actions must not read it as one."""
    project.write(
        "errors.yaml",
        "apis: {shop: {errors: {unpaid: {fix: 'Pay `order`, <b>then</b> retry.'}, odd: {}}}}\n",
    )
    table = shown(project, "codes", "columns: [action]")
    assert table.rows()[1:] == [["Pay order, <b>then</b> retry."], [""]]
    assert table.all("span", of="eb-do") == []


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("status", ["409 410", "402", "401"]),
        ("meaning", ["No copy is left, see the other.", "The order is not paid.", ""]),
        (
            "retry",
            [
                "Yes, unchanged, after days or the header Retry-After, with growing pauses, "
                "with an idempotency key, at most 5 attempts",
                "After a change",
                "Unknown",
            ],
        ),
        ("exception", ["SoldOutError", "ShopError", "KeyMissingError"]),
        ("exit_code", ["3 REFUSED", "3 REFUSED", "7 NO_KEY"]),
        ("group", ["Orders", "access", ""]),
        ("operations", ["place_order, cancel_order", "any", "any"]),
        ("since", ["1.10", "", ""]),
    ],
)
def test_codes_has_a_column_for_each_fact(shop: Project, column: str, cells: list[str]) -> None:
    table = shown(shop, "codes", f"columns: [{column}]").rows()
    assert [row for (row,) in table[1:]] == cells


def test_columns_stand_in_the_order_they_are_named_in(shop: Project) -> None:
    table = shown(shop, "codes", "columns: [since, code, status]").rows()
    assert table[0] == ["Since", "Code", "HTTP"]


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        ("group: orders", ["SOLD_OUT"]),
        ("group: [access, orders]", ["SOLD_OUT", "unpaid"]),
        ("group: none", ["key_missing"]),
        ("status: 410", ["SOLD_OUT"]),
        ("status: [401, 402]", ["unpaid", "key_missing"]),
        ("status: 4xx", ["SOLD_OUT", "unpaid", "key_missing"]),
        ("operation: place_order", ["SOLD_OUT", "unpaid", "key_missing"]),
        ("codes: [key_missing, SOLD_OUT]", ["SOLD_OUT", "key_missing"]),
        ("codes: unpaid", ["unpaid"]),
        ("status: 402\ngroup: access", ["unpaid"]),
        ("rows: 2-3", ["unpaid", "key_missing"]),
    ],
)
def test_filters_choose_rows_in_the_order_of_the_catalog(
    shop: Project, filters: str, codes: list[str]
) -> None:
    table = shown(shop, "codes", f"columns: [code]\n{filters}").rows()
    assert [row[0].split()[0] for row in table[1:]] == codes


def test_an_operation_leaves_out_what_only_others_answer(shop: Project) -> None:
    shop.write("errors.yaml", FULL.replace("[place_order, cancel_order]", "[place_order]"))
    table = shown(shop, "codes", "columns: [code]\noperation: cancel_order").rows()
    assert table[1:] == [["unpaid"], ["key_missing"]]


def test_filters_that_leave_nothing_say_so(shop: Project) -> None:
    assert shown(shop, "codes", "status: 500").rows()[1:] == [["No error matches."]]


def test_sections_are_headings_with_what_is_known_below(shop: Project) -> None:
    page = shown(shop, "sections")
    headings = [(one.tag, one.attributes["id"], one.text) for one in page.all(of="eb-heading")]
    assert headings == [
        ("h2", "SOLD_OUT", "SOLD_OUT"),
        ("h2", "unpaid", "unpaid"),
        ("h2", "key_missing", "key_missing"),
    ]
    first, second, third = [one.text for one in page.all("div", of="eb-error")]
    assert first.startswith("409 410 No copy is left, see the other.")
    assert "Causes" not in second
    assert "Retry Unknown" in third


def test_sections_are_one_level_below_the_heading_before(shop: Project) -> None:
    page = shop.build(
        "---\nerrors: shop\n---\n\n# Title\n\n### Below\n\n"
        + block("sections", "codes: unpaid")
        + "\n## Above\n\n"
        + block("sections", "api: cafe\ncodes: closed")
    ).main()
    assert [one.tag for one in page.all(of="eb-heading")] == ["h4", "h3"]


def test_sections_in_two_blocks_have_the_same_level(shop: Project) -> None:
    page = shop.build(block("sections", "api: cafe") + "\n" + block("sections", "api: shop")).main()
    assert {one.tag for one in page.all(of="eb-heading")} == {"h2"}


def test_the_level_of_sections_can_be_chosen(shop: Project) -> None:
    page = shown(shop, "sections", "level: 5")
    assert {one.tag for one in page.all(of="eb-heading")} == {"h5"}


def test_sections_stand_in_the_table_of_contents_and_in_search(shop: Project) -> None:
    built = shop.build(
        "# Title\n\n" + block("sections", "api: shop"), plugins=["search", "errorbook"]
    )
    assert ("SOLD_OUT", "#SOLD_OUT") in built.page().one("nav").links()
    assert "No copy is left" in built.search()["#SOLD_OUT"]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("meaning", "409 410 No copy is left, see the other. Deprecated since 2025-01-15"),
        ("example", '"message": "Walden is sold out for 3 days."'),
        ("causes", "Causes The last copy was sold.Copies are held back."),
        ("fix", "Fix Order closed instead."),
        ("actions", "Wait, then retry if there is time: Wait days days.Use another way"),
        ("retry", "Retry Yes, unchanged, after days or the header Retry-After"),
        ("operations", "Answered only by place_order Place an order POST /orders, cancel_order"),
        ("exception", "Exception SoldOutError"),
        ("exit_code", "Exit code 3 REFUSED"),
    ],
)
def test_an_error_has_a_part_for_each_fact(shop: Project, part: str, text: str) -> None:
    assert text in " ".join(parts(shop, f"code: SOLD_OUT\nparts: [{part}]").split())


def test_details_are_a_table(shop: Project) -> None:
    page = shown(shop, "error", "code: SOLD_OUT\nparts: [details]")
    assert page.rows(of="eb-details") == [
        ["Detail", "Type", "Meaning"],
        ["days", "integer, days", "When copies come."],
        ["isbn", "string, isbn, optional", ""],
    ]


def test_parts_stand_in_the_order_they_are_named_in(shop: Project) -> None:
    text = parts(shop, "code: SOLD_OUT\nparts: [exit_code, fix]")
    assert text.index("Exit code") < text.index("Fix")


def test_a_whole_error_is_a_card_under_its_code(shop: Project) -> None:
    card = shown(shop, "error", "code: unpaid").one("div", of="eb-card")
    assert card.attributes["id"] == "unpaid"
    assert card.one("p", of="eb-card-title").text == "unpaid"


def test_exceptions_begin_with_the_base_class(shop: Project) -> None:
    assert shown(shop, "exceptions").rows(of="eb-exceptions") == [
        ["Exception", "Raised for", "Attributes of its own"],
        [
            "ShopError",
            "Base class of all errors. Raised itself for unpaid, and for every code that is not "
            "listed here.",
            NONE,
        ],
        ["SoldOutError", "SOLD_OUT", ".days integer, days.isbn string, isbn"],
        ["KeyMissingError", "key_missing", NONE],
    ]


@pytest.mark.parametrize(
    ("detail", "shown"),
    [("from", ".from_"), ("retry-after", ".retry_after_"), ("_x", ".details['_x']")],
)
def test_attributes_are_called_as_the_class_calls_them(
    shop: Project, detail: str, shown: str
) -> None:
    shop.write("errors.yaml", FULL.replace("isbn:", f"{detail}:"))
    table = shop.build(block("exceptions", "api: shop")).main().rows(of="eb-exceptions")
    assert f"{shown} string" in table[2][2]


def test_exit_codes_say_what_ends_in_them(shop: Project) -> None:
    assert shown(shop, "exit-codes").rows(of="eb-exit-codes") == [
        ["Exit code", "Name", "Meaning", "For"],
        ["0", "SUCCESS", "All went well.", "success"],
        ["3", "REFUSED", "The order was refused.", "4xx, SOLD_OUT, wrong use of the command"],
        ["7", "NO_KEY", "", NONE],
    ]


def test_troubleshooting_goes_from_symptom_to_solution(shop: Project) -> None:
    assert shown(shop, "troubleshooting").rows(of="eb-troubleshooting") == [
        ["Symptom", "Likely cause", "Solution", "Codes"],
        ["Nothing is ordered.", "The key is missing.", "Send X-Key.", "key_missing, unpaid"],
        ["It takes long.", "", "", NONE],
    ]


def test_troubleshooting_can_be_about_some_codes(shop: Project) -> None:
    table = shown(shop, "troubleshooting", "codes: unpaid").rows(of="eb-troubleshooting")
    assert [row[0] for row in table[1:]] == ["Nothing is ordered."]


def test_the_explorer_holds_a_table_for_those_who_cannot_run_it(shop: Project) -> None:
    explorer = shown(shop, "explorer").one("error-explorer")
    assert explorer.attributes["data-api"] == "shop"
    assert explorer.rows()[0] == ["Code", "HTTP", "Meaning", "What to do", "Exception", "Exit code"]
    assert explorer.ids() == []


def test_the_explorer_of_all_apis_holds_a_table_of_each(shop: Project) -> None:
    explorer = shown(shop, "explorer", "api: all").one("error-explorer")
    assert explorer.attributes["data-api"] == ""
    assert [one.text for one in explorer.all("p", of="eb-label")] == ["Bookshop API", "cafe"]
    assert len(explorer.all("table")) == 2


def test_the_explorer_of_a_page_without_an_api_is_of_all(shop: Project) -> None:
    built = shop.build(block("explorer"))
    assert built.warnings == []
    assert len(built.main().all("table")) == 2


@pytest.mark.parametrize("api", ["artifacta", "artworks"])
@pytest.mark.parametrize("view", ["response", "codes", "sections", "exceptions", "explorer"])
def test_both_references_have_the_views_that_any_api_has(
    project: Project, api: str, view: str
) -> None:
    project.write("errors.yaml", CATALOG)
    assert shown(project, view, api=api).text


@pytest.mark.parametrize(
    ("view", "api", "told"),
    [
        ("response", "cafe", "cafe has no envelopes"),
        ("contract", "cafe", "cafe has no contract"),
        ("exit-codes", "cafe", "cafe has no exit_codes"),
        ("troubleshooting", "cafe", "cafe has no troubleshooting"),
        ("statuses", "shop\n    status: 5xx", "shop has no statuses"),
        ("sections", "shop\n    status: 5xx", "shop has no errors that the filters leave"),
        (
            "error",
            "shop\n    code: unpaid\n    parts: [causes, fix]",
            "'unpaid' has no causes or fix",
        ),
    ],
)
def test_a_block_that_would_show_nothing_is_reported(
    shop: Project, view: str, api: str, told: str
) -> None:
    (warning,) = shop.build(f"# Title\n\n/// errors | {view}\n    api: {api}\n///\n").warnings
    assert "docs/index.md:3:1: warning[nothing-to-show]" in warning
    assert told in warning


@pytest.mark.parametrize(
    ("view", "options", "rule", "told"),
    [
        ("codes", "", "no-api", "one of: shop, cafe"),
        ("codes", "api: shp", "unknown-api", "did you mean 'shop'?"),
        ("explorer", "api: al", "unknown-api", "did you mean 'all'?"),
        ("codes", "api: shop\ngroup: order", "unknown-group", "did you mean 'orders'?"),
        ("codes", "api: shop\noperation: order", "unknown-operation", "did you mean"),
        ("codes", "api: shop\ncodes: [unpayd]", "unknown-error", "did you mean 'unpaid'?"),
        ("error", "api: cafe\ncode: SOLD_OUT", "unknown-error", "cafe has no error 'SOLD_OUT'"),
        ("response", "api: shop\nerror: sold_out", "unknown-error", "did you mean 'SOLD_OUT'?"),
        ("troubleshooting", "api: shop\ncodes: x", "unknown-error", "shop has no error 'x'"),
        ("codes", "api: shop\nmax_rows: 2", "no-group-pages", "shop has no pages by group"),
    ],
)
def test_what_the_catalog_does_not_have_is_reported_with_the_nearest(
    shop: Project, view: str, options: str, rule: str, told: str
) -> None:
    (warning,) = shop.build(f"# Title\n\n{block(view, options)}").warnings
    assert f"docs/index.md:3:1: warning[{rule}]" in warning
    assert told in warning


@pytest.mark.parametrize(
    "page",
    ["/// errors | codess\n///\n", "/// errors | codes\n    api: shp\n///\n", "[x](error:y)\n"],
)
def test_every_problem_fails_a_strict_build(shop: Project, page: str) -> None:
    assert shop.build(page, strict=True).aborted


def test_problems_are_warnings_of_the_plugin(
    shop: Project, caplog: pytest.LogCaptureFixture
) -> None:
    shop.build("/// errors | codess\n///\n")
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("mkdocs.plugins.errorbook", "WARNING")


def test_a_page_without_problems_passes_a_strict_build(shop: Project) -> None:
    assert not shop.build(block("codes", "api: shop"), strict=True).aborted


def test_a_broken_block_shows_what_is_wrong_and_how_it_was_written(shop: Project) -> None:
    source = "/// errors | codes\n    api: shop\n    zebra: <b>&amp;</b>\n///"
    problem = shop.build(f"Text\n\n{source}\n\nText\n").main().one("div", of="eb-problem")
    assert "has no option 'zebra'" in problem.text
    assert problem.one("pre").raw_text == source


def test_the_rest_of_the_page_stays_when_a_block_is_not_closed(shop: Project) -> None:
    page = shop.build("/// errors | codes\n    api: shop\n\n## Next\n\nText\n").main()
    assert page.one("h2").text == "Next"
    assert "is not closed" in page.one("div", of="eb-problem").text


@pytest.mark.parametrize(("declared", "told"), [("shp", "'shop'"), ("[shop]", "shop"), ("3", "")])
def test_front_matter_that_names_no_api_is_reported(
    shop: Project, declared: str, told: str
) -> None:
    (warning,) = shop.build(f"---\ntitle: T\nerrors: {declared}\n---\n\nText\n").warnings
    assert "docs/index.md:3:1: warning[unknown-api]" in warning
    assert told in warning


def test_internal_errors_are_not_shown(shop: Project) -> None:
    internal = FULL.replace(
        "      key_missing:\n", "      key_missing:\n        visibility: internal\n"
    )
    assert internal != FULL
    shop.write("errors.yaml", internal)
    built = shop.build(block("explorer", "api: all") + block("codes", "api: shop"))
    assert "key_missing" not in built.text()
    assert "key_missing" not in built.text("assets/errorbook/explorer-index.js")


def test_a_class_that_python_cannot_have_is_reported_where_classes_are_shown(
    project: Project,
) -> None:
    project.write("errors.yaml", "apis:\n  shop:\n    errors:\n      ü: {status: 400}\n")
    assert project.build(block("codes")).warnings == []
    (warning,) = project.build(block("exceptions")).warnings
    assert "errors.yaml:4:7: warning[bad-class-name]" in warning
