"""Errors have ids that stay, that are there once, and that links of every kind find."""

from __future__ import annotations

import json

import pytest

from errorbook.catalog.addresses import anchor_of
from tests.site.project import SMALL, TWO, Project

CODES = "/// errors | codes\n{}///\n"
SHOP = CODES.format("    api: shop\n")
CAFE = CODES.format("    api: cafe\n")
SECTIONS = "/// errors | sections\n    api: shop\n///\n"
CARD = "/// errors | error\n    api: shop\n    code: unpaid\n///\n"
ODD_CODES = [
    "rate_limited",
    "0401",
    "E-1.2:3",
    "a b",
    "x/y",
    "ü",
    "a#b",
    "a?b",
    "<b>",
    "a&b",
    "&lt;",
    "\"'",
    "%41",
    "a~b",
    "\\",
    "{x}",
    "_{onclick=alert(1)}",
    "*a*",
    "__init__",
    "[a](b)",
    "a|b",
    "`a`",
    "\U0001f600",
]


def catalog_of(codes: list[str]) -> str:
    errors = {code: {"status": 400, "sdk": {"python": {"exception": "none"}}} for code in codes}
    return json.dumps({"apis": {"shop": {"errors": errors}}}, ensure_ascii=False)


def test_an_error_has_its_code_as_its_id(project: Project) -> None:
    assert project.build(SHOP).main().ids() == ["sold_out", "unpaid"]


def test_a_second_api_on_a_page_is_prefixed(project: Project) -> None:
    project.write("errors.yaml", TWO)
    assert project.build(SHOP + CAFE).main().ids() == [
        "sold_out",
        "unpaid",
        "cafe-sold_out",
        "cafe-closed",
    ]


def test_the_api_of_the_front_matter_is_the_one_without_a_prefix(project: Project) -> None:
    project.write("errors.yaml", TWO)
    page = project.build("---\nerrors: cafe\n---\n\n" + SHOP + CAFE).main()
    assert page.ids() == ["shop-sold_out", "shop-unpaid", "sold_out", "closed"]


def test_a_code_that_looks_like_another_apis_id_keeps_its_own(project: Project) -> None:
    project.write("errors.yaml", TWO.replace("unpaid", "cafe-closed"))
    page = project.build(SHOP + CAFE).main()
    assert page.ids() == ["sold_out", "cafe-closed", "cafe-sold_out", "cafe/closed"]


@pytest.mark.parametrize(
    ("page", "owner"),
    [
        (SHOP + SECTIONS, "tr"),
        (SECTIONS + SHOP, "h2"),
        (CARD + SHOP + SECTIONS, "div"),
        (SHOP + SHOP, "tr"),
        (CARD + CARD, "div"),
    ],
)
def test_the_first_block_that_shows_an_error_owns_its_id(
    project: Project, page: str, owner: str
) -> None:
    built = project.build("# Title\n\n" + page)
    assert built.warnings == []
    assert built.main().at("unpaid").tag == owner


def test_other_views_own_no_ids(project: Project) -> None:
    page = "".join(
        f"/// errors | {view}\n///\n\n" for view in ("statuses", "exceptions", "explorer")
    )
    assert project.build(page).main().ids() == []


def test_a_heading_with_the_slug_of_an_error_gets_another_id(project: Project) -> None:
    built = project.build("# Errors\n\n## Unpaid\n\nText\n\n" + SHOP)
    assert built.warnings == []
    assert built.main().at("unpaid").tag == "tr"
    assert built.main().at("unpaid_1").text == "Unpaid"


@pytest.mark.parametrize(
    "written",
    [
        "## Heading {#unpaid}",
        "## Heading { .x #unpaid }",
        '<a id="unpaid"></a>',
        "<div id='unpaid'>\nText\n</div>",
        "Text <span id=unpaid>text</span>",
        '<a name="unpaid"></a>',
    ],
)
@pytest.mark.parametrize("block", [SHOP, SECTIONS])
def test_an_id_that_is_written_a_second_time_is_reported(
    project: Project, written: str, block: str
) -> None:
    page = f"Text about unpaid, see [there](#unpaid).\n\n{written}\n\n{block}"
    (warning,) = project.build(page, markdown_extensions=["attr_list"]).warnings
    assert "docs/index.md:3:1: warning[duplicate-anchor]" in warning


def test_ids_in_code_are_no_ids(project: Project) -> None:
    page = '```html\n<a id="unpaid"></a>\n```\n\n`<a id="unpaid">`\n\n' + SHOP
    assert project.build(page).warnings == []


@pytest.mark.parametrize("view", ["codes", "sections"])
@pytest.mark.parametrize("use_directory_urls", [True, False])
def test_links_of_every_kind_find_every_code(
    project: Project, view: str, use_directory_urls: bool
) -> None:
    project.write("errors.yaml", catalog_of(ODD_CODES))
    anchors = [anchor_of(code) for code in ODD_CODES]
    links = [f"[x](../errors.md#{anchor})\n" for anchor in anchors]
    names = [f'<a href="error:shop/{_in_html(code)}">x</a>\n' for code in ODD_CODES]
    project.pages(
        {
            "index.md": "",
            "errors.md": f"/// errors | {view}\n///\n",
            "in/links.md": "\n".join([*links, *names]),
        }
    )
    options = ["attr_list", "tables", {"toc": {"permalink": True}}]
    built = project.build(use_directory_urls=use_directory_urls, markdown_extensions=options)
    assert built.warnings == []
    errors = "errors/index.html" if use_directory_urls else "errors.html"
    assert built.main(errors).ids() == anchors
    base = "../../errors/" if use_directory_urls else "../errors.html"
    target = [f"{base}#{anchor}" for anchor in anchors]
    path = "in/links/index.html" if use_directory_urls else "in/links.html"
    assert [address for _, address in built.main(path).links()] == [*target, *target]


def _in_html(code: str) -> str:
    return "".join(char if char.isalnum() else f"&#{ord(char)};" for char in code)


@pytest.mark.parametrize("view", ["codes", "sections"])
def test_every_code_is_shown_as_it_is_written(project: Project, view: str) -> None:
    project.write("errors.yaml", catalog_of(ODD_CODES))
    page = project.build(
        f"/// errors | {view}\n///\n", markdown_extensions=["attr_list", "abbr", "smarty"]
    ).page()
    cells = page.all("th", of="eb-cell-code") if view == "codes" else page.all(of="eb-heading")
    assert [cell.raw_text for cell in cells] == ODD_CODES
    if view == "sections":
        assert [one.raw_text for one in page.one("nav").all("a")] == ODD_CODES


def test_an_id_says_the_code_it_stands_for() -> None:
    assert len({anchor_of(code) for code in [*ODD_CODES, "a~20~b", "x~2f~y"]}) == len(ODD_CODES) + 2


@pytest.mark.parametrize(
    "link", ["[x](errors.md#unpaid)", "[x](errors.md#sold_out)", "[x](#here)\n\n## Here"]
)
def test_mkdocs_finds_the_ids_of_tables(project: Project, link: str) -> None:
    project.pages({"index.md": f"# Home\n\n{link}\n", "errors.md": SHOP})
    assert project.build(strict=True).warnings == []


def test_mkdocs_still_reports_an_id_that_is_not_there(project: Project) -> None:
    project.pages({"index.md": "[x](errors.md#unpayd)\n", "errors.md": SHOP})
    (warning,) = project.build().warnings
    assert "does not contain an anchor '#unpayd'" in warning


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("rate_limited", "rate_<wbr>limited"),
        ("A_B_C", "A_<wbr>B_<wbr>C"),
        ("payments.card/declined", "payments.<wbr>card/<wbr>declined"),
        ("_x", "_<wbr>x"),
        ("__init__", "__<wbr>init__"),
        ("TTLExceeded", "TTLExceeded"),
    ],
)
@pytest.mark.parametrize("view", ["codes", "sections"])
def test_codes_break_between_their_words(
    project: Project, code: str, shown: str, view: str
) -> None:
    project.write("errors.yaml", SMALL.replace("sold_out", code))
    assert f"<code>{shown}</code>" in project.build(f"/// errors | {view}\n///\n").text()
