"""The page of an error: what it shows, where its edit link leads, and how it is found."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from errorbook.catalog import Catalog
from errorbook.outputs import errors_json
from tests.site.html_tree import Element
from tests.site.project import SMALL, TWO, Built, Project
from tests.site.test_hostile_text import CONTROLS, HARMLESS, MARKS, PAYLOADS, catalog_of, skeleton

BOOK = """\
apis:
  shop:
    title: Bookshop
    version: v2
    envelopes:
      - body: {error: {code: "{code}", "*": "{details}"}}
    operations:
      place_order: {title: Place an order, method: POST, path: /orders}
    groups:
      orders: {title: Orders}
    errors:
      sold_out:
        status: [409, 410]
        group: orders
        meaning: No copy is left, see <error:unpaid>.
        causes: [The last copy was sold., It was *never* printed.]
        fix: Order `another` one.
        actions: [{do: wait, how: Wait a day.}]
        retry: {when: as_is, after: [days]}
        details: {days: {type: integer, unit: days, example: 3, required: true}}
        operations: [place_order]
        since: "1.10"
      unpaid: {status: 402, group: orders, renamed_from: [not_paid]}
      reserved: {status: 409}
      late:
        status: 410
        deprecated: "1.9"
        replaced_by: sold_out
    exit_codes:
      3: {name: REFUSED, for: [4xx]}
    troubleshooting:
      - {symptom: Nothing comes., cause: It is sold., solution: Wait., errors: [sold_out]}
      - {symptom: The bill is wrong., errors: [unpaid]}
    retired:
      out_of_print:
        status: 404
        removed: "1.8"
        meaning: The book is printed no more.
        reason: Nobody met it.
        replaced_by: sold_out
      never_used: {}
      not_paid: {removed: "1.9", replaced_by: unpaid}
    sdk: {python: {package: bookshop}}
"""
PLUGINS = ["search", "errorbook"]
SITE = "https://example.org/docs/"
INDEX = "# Shop\n\n/// errors | codes\n///\n"
PAGE = "shop/errors/{}/index.html"
THEME = """\
<html><head><title>{{ page.title }}</title>
<meta name="description" content="{{ page.meta.description }}"></head>
<body>{% if page.edit_url %}<a class="edit" href="{{ page.edit_url }}">edit</a>{% endif %}
{% for one in (page.previous_page, page.next_page) if one %}<a class="beside">x</a>{% endfor %}
<nav>{% for one in nav.pages %}<a href="{{ one.url }}">{{ one.title }}</a>{% endfor %}</nav>
<main>{{ page.content }}</main></body></html>
"""


@pytest.fixture
def shop(project: Project) -> Project:
    project.write("errors.yaml", BOOK)
    project.write("theme/main.html", THEME)
    return project


def build(project: Project, index: str = INDEX, **options: Any) -> Built:
    built = project.build(index, **{"plugins": PLUGINS, "site_url": SITE, **options})
    assert built.warnings == []
    return built


def page_of(built: Built, code: str) -> Element:
    return built.main(PAGE.format(code))


def labelled(page: Element) -> dict[str, str]:
    """Return the facts below the first heading, by their labels."""
    lines = [one for one in page.all("p", of="eb-line") if one.all("strong")]
    labels = [line.one("strong").text for line in lines]
    return {
        label: line.text.removeprefix(label).strip()
        for label, line in zip(labels, lines, strict=True)
    }


def test_a_page_has_every_part_in_order(shop: Project) -> None:
    page = page_of(build(shop), "sold_out")
    headings = [one for one in page.walk() if one.tag in ("h1", "h2")]
    assert [(one.tag, one.attributes["id"], one.text) for one in headings] == [
        ("h1", "error", "sold_out"),
        ("h2", "example", "Example response"),
        ("h2", "causes", "Causes"),
        ("h2", "fix", "Fix"),
        ("h2", "actions", "What a client does"),
        ("h2", "details", "Details"),
        ("h2", "code", "In code"),
        ("h2", "operations", "Operations"),
        ("h2", "troubleshooting", "Troubleshooting"),
        ("h2", "related", "Related errors"),
    ]
    assert len(page.ids()) == len(headings)


def test_a_page_leaves_out_what_nobody_knows(shop: Project) -> None:
    page = page_of(build(shop), "unpaid")
    assert page.ids() == ["error", "example", "code", "troubleshooting", "related"]


def test_a_page_says_what_the_error_is(shop: Project) -> None:
    page = page_of(build(shop), "sold_out")
    assert page.one("p", of="eb-meaning").text == "409 410 No copy is left, see unpaid."
    assert labelled(page) == {
        "API": "Bookshop v2",
        "Retry": "Yes, unchanged, after days",
        "Exception": "SoldOutError",
        "Exit code": "3 REFUSED",
        "Group": "Orders",
        "Since": "1.10",
        "For programs": "Markdown, JSON",
    }
    assert ("Bookshop v2", "../../../") in page.links()
    assert ("unpaid", "../unpaid/") in page.links()


def test_a_page_says_what_to_do_about_it(shop: Project) -> None:
    page = page_of(build(shop), "sold_out")
    example = page.one(of="eb-example")
    assert example.all("p")[0].text == "HTTP/1.1 409 Conflict"
    body = {"error": {"code": "sold_out", "days": 3}}
    assert json.loads(example.one("pre").raw_text) == body
    causes = [one.text for one in page.one("ul", of="eb-causes").all("li")]
    assert causes == ["The last copy was sold.", "It was never printed."]
    assert "Order another one." in [one.text for one in page.all("p")]
    assert page.one(of="eb-action").text == "Wait, then retry Wait a day."
    assert page.rows(of="eb-details")[1] == ["days", "integer, days", ""]
    assert "place_order Place an order POST /orders" in [one.text for one in page.all("li")]
    snippets = [one.one("code").raw_text for one in page.all("div", of="highlight")[1:]]
    assert any("import SoldOutError" in one and "except SoldOutError" in one for one in snippets)
    compile(next(one for one in snippets if "except" in one), "snippet", "exec")


def test_a_page_has_its_own_rows_of_the_troubleshooting_matrix(shop: Project) -> None:
    rows = page_of(build(shop), "sold_out").rows(of="eb-troubleshooting")
    assert rows[1:] == [["Nothing comes.", "It is sold.", "Wait.", "sold_out"]]


def test_a_page_names_what_is_easily_confused_with_it(shop: Project) -> None:
    page = page_of(build(shop), "sold_out")
    start = page.raw_text.index("Easily confused with")
    related = " ".join(page.raw_text[start:].split())
    assert "Easily confused with reserved, late:" in related
    assert "Also in Orders unpaid" in related
    assert {"../reserved/", "../late/", "../unpaid/"} <= {address for _, address in page.links()}


def test_a_deprecated_error_has_a_banner_with_what_takes_its_place(shop: Project) -> None:
    banner = page_of(build(shop), "late").one(of="eb-lifecycle")
    assert {"admonition", "warning"} <= banner.classes
    assert banner.one("p", of="admonition-title").text.startswith("Deprecated since 1.9")
    assert banner.links() == [("sold_out", "../sold_out/")]
    assert page_of(build(shop), "sold_out").all(of="eb-lifecycle") == []


def test_a_retired_code_keeps_a_page_that_names_what_took_its_place(shop: Project) -> None:
    built = build(shop)
    page = page_of(built, "out_of_print")
    assert page.ids() == ["error"]
    assert page.one("h1").text == "out_of_print"
    assert page.one(of="admonition-title").text == "Retired in 1.8"
    for said in ("404 The book is printed no more.", "Nobody met it."):
        assert said in page.text
    assert page.one(of="eb-lifecycle").links() == [("sold_out", "../sold_out/")]
    bare = page_of(built, "never_used")
    assert bare.one(of="admonition-title").text == "Retired"
    assert [text for text, _ in bare.links()] == ["Bookshop v2", "Markdown", "JSON"]


@pytest.mark.parametrize("site_url", [SITE, None])
def test_a_former_code_redirects_without_a_script(shop: Project, site_url: str | None) -> None:
    page = build(shop, site_url=site_url).page(PAGE.format("not_paid"))
    refresh, canonical = "0; url=../unpaid/", "../unpaid/"
    if site_url:
        canonical = f"{site_url}shop/errors/unpaid/"
    metas = [one.attributes for one in page.all("meta")]
    assert {"http-equiv": "refresh", "content": refresh} in metas
    assert {"name": "robots", "content": "noindex"} in metas
    assert page.one("link").attributes == {"rel": "canonical", "href": canonical}
    assert [address for _, address in page.links()] == ["../unpaid/"]
    assert page.all("script") == []


def test_a_page_links_to_its_other_forms_and_to_what_lists_them(shop: Project) -> None:
    built = build(shop)
    for code in ("sold_out", "out_of_print"):
        links = [one.attributes for one in built.page(PAGE.format(code)).all("link")]
        assert links == [
            {"rel": "alternate ", "type": "text/markdown", "href": "index.md"},
            {"rel": "alternate ", "type": "application/json", "href": "index.json"},
            {"rel": "describedby", "href": "../llms.txt"},
        ]
    assert json.loads(built.text("shop/errors/sold_out/index.json"))["code"] == "sold_out"
    assert "# `sold_out`" in built.text("shop/errors/sold_out/index.md")
    assert built.page().all("link") == []


def test_a_page_has_a_title_and_a_description_of_its_own(shop: Project) -> None:
    page = build(shop).page(PAGE.format("sold_out"))
    assert page.one("title").text == "sold_out - Bookshop"
    assert page.one("meta").attributes["content"] == "No copy is left, see unpaid."


@pytest.mark.parametrize("is_cast", [True, False])
@pytest.mark.parametrize("nav", [[{"Shop": "index.md"}], None])
def test_pages_are_in_no_navigation(
    shop: Project, caplog: pytest.LogCaptureFixture, nav: Any, is_cast: bool
) -> None:
    plugins = ["search", {"errorbook": {"cast_pages": is_cast}}]
    with caplog.at_level(logging.INFO, "mkdocs"):
        built = build(shop, plugins=plugins, **({"nav": nav} if nav else {}))
    assert "Building documentation to directory" in caplog.text
    assert "not included in the" not in caplog.text
    for path in ("index.html", PAGE.format("unpaid"), PAGE.format("out_of_print")):
        page = built.page(path)
        assert [text for text, _ in page.one("nav").links()] == ["Shop"]
        assert page.all("a", of="beside") == []


def test_pages_are_in_the_sitemap(shop: Project) -> None:
    sitemap = build(shop).text("sitemap.xml")
    for code in ("sold_out", "unpaid", "reserved", "late", "out_of_print", "never_used"):
        assert sitemap.count(f"<loc>{SITE}shop/errors/{code}/</loc>") == 1
    assert "not_paid" not in sitemap
    assert sitemap.count("<loc>") == sitemap.count("</url>") == 7


def test_pages_are_found_by_search(shop: Project) -> None:
    found = build(shop).search()
    assert "sold_out" in found["shop/errors/sold_out/"]
    assert "The last copy was sold." in found["shop/errors/sold_out/#causes"]
    assert "printed no more" in found["shop/errors/out_of_print/#error"]
    assert not [address for address in found if "not_paid" in address]


@pytest.mark.parametrize(("count", "is_searched"), [(50, True), (51, False)])
def test_so_many_codes_are_left_to_the_explorer(
    project: Project, count: int, is_searched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That the number is the one that is promised, the crawl of a larger site shows."""
    monkeypatch.setattr("errorbook.site.own_pages.MOST_SEARCHED", 50)
    errors: dict[str, Any] = {f"e{number}": {} for number in range(count)}
    project.write("errors.yaml", json.dumps({"apis": {"shop": {"errors": errors}}}))
    built = build(project, "# Shop\n")
    assert (f"shop/errors/e{count - 1}/" in built.search()) is is_searched
    assert f"/shop/errors/e{count - 1}/</loc>" in built.text("sitemap.xml")


def test_only_the_apis_that_are_named_have_pages(project: Project) -> None:
    project.write("errors.yaml", TWO)
    plugin = {"errorbook": {"error_pages": ["cafe"]}}
    page = "/// errors | sections\n    api: shop\n///\n\n<error:cafe/closed> <error:shop/unpaid>\n"
    built = build(project, page, plugins=[plugin])
    assert (built.folder / "cafe/errors/closed/index.html").exists()
    assert not (built.folder / "shop").exists()
    assert ("closed", "cafe/errors/closed/") in built.main().links()
    assert ("unpaid", "#unpaid") in built.main().links()
    assert "shop/errors" not in built.text("sitemap.xml")


def test_nothing_has_a_page_where_none_are_wanted(project: Project) -> None:
    plugin = {"errorbook": {"error_pages": False}}
    built = build(project, "/// errors | sections\n///\n", plugins=["search", plugin])
    assert not (built.folder / "shop").exists()
    assert built.text("sitemap.xml").count("<loc>") == 1
    assert (
        "#unpaid"
        in json.loads(built.text("errors.json"))["apis"]["shop"]["errors"]["unpaid"]["derived"][
            "link"
        ]
    )


def test_an_api_that_is_not_there_has_no_pages(project: Project) -> None:
    plugin = {"errorbook": {"error_pages": ["shup"]}}
    built = project.build("# Shop\n", plugins=[plugin])
    assert built.aborted
    assert "error_pages: there is no API 'shup' (did you mean 'shop'?)" in built.warnings[0]


API: dict[str, Any] = {"errors": {"a": {}}}
EDITED: dict[str, Any] = {
    "repo_url": "https://git.example/us/docs",
    "edit_uri": "edit/main/docs/",
}


def edit_link(built: Built, code: str) -> str | None:
    links = built.page(PAGE.format(code)).all("a", of="edit")
    return links[0].attributes["href"] if links else None


@pytest.mark.parametrize("is_cast", [True, False])
def test_the_edit_link_leads_to_the_line_of_the_catalog(shop: Project, is_cast: bool) -> None:
    options = {**EDITED, "plugins": [{"errorbook": {"cast_pages": is_cast}}]}
    built = build(shop, **options)
    lines = BOOK.split("\n")
    for code in ("sold_out", "unpaid", "reserved", "late", "out_of_print"):
        line = next(at for at, line in enumerate(lines, 1) if line.strip().startswith(f"{code}:"))
        assert (
            edit_link(built, code) == f"https://git.example/us/docs/edit/main/errors.yaml#L{line}"
        )


def test_the_edit_link_leads_to_the_file_that_is_included(shop: Project) -> None:
    shop.write("errors.yaml", f"include: [more/late.yaml]\n{SMALL}")
    more = "apis:\n  shop:\n    errors:\n\n      closed: {status: 503}\n"
    shop.write("more/late.yaml", more)
    built = build(shop, **EDITED)
    base = "https://git.example/us/docs/edit/main"
    assert edit_link(built, "closed") == f"{base}/more/late.yaml#L5"
    assert edit_link(built, "sold_out") == f"{base}/errors.yaml#L6"


def test_a_published_catalog_has_no_lines_to_edit(shop: Project) -> None:
    (text,) = errors_json.render(Catalog.model_validate({"apis": {"shop": API}})).values()
    shop.write("errors.json", text)
    built = build(shop, **EDITED, plugins=[{"errorbook": {"catalog": "errors.json"}}])
    assert edit_link(built, "a") is None
    assert built.page().all("a", of="edit") != []


def test_nothing_is_to_be_edited_without_a_place_for_it(shop: Project) -> None:
    assert edit_link(build(shop), "sold_out") is None


def site_of(project: Project, text: str, **options: Any) -> Built:
    project.write("theme/main.html", THEME)
    project.write("errors.yaml", catalog_of(text, "code1"))
    return build(project, "# Shop\n", **options)


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return site_of(Project(tmp_path_factory.mktemp("harmless")), HARMLESS)


@pytest.mark.parametrize("is_cast", [True, False])
@pytest.mark.parametrize("payload", [*PAYLOADS, *CONTROLS, *MARKS])
def test_hostile_text_stays_text_on_every_page(
    project: Project, harmless: Built, payload: str, is_cast: bool
) -> None:
    hostile = site_of(project, payload, plugins=[{"errorbook": {"cast_pages": is_cast}}])
    for path in map(PAGE.format, ("plain", "code1")):
        assert skeleton(hostile.page(path)) == skeleton(harmless.page(path))


@pytest.mark.parametrize("is_cast", [True, False])
@pytest.mark.parametrize("code", [one for one in PAYLOADS if len(one) < 60])
def test_a_hostile_code_stays_text_in_title_and_headings(
    project: Project, code: str, is_cast: bool
) -> None:
    project.write("theme/main.html", THEME)
    api = {
        "title": code,
        "errors": {code: {"meaning": code, "sdk": {"python": {"exception": "none"}}}},
    }
    project.write("errors.yaml", json.dumps({"apis": {"shop": api}}))
    built = build(project, "# Shop\n", plugins=[{"errorbook": {"cast_pages": is_cast}}])
    (file,) = (built.folder / "shop/errors").glob("*/index.html")
    page = built.page(file.relative_to(built.folder).as_posix())
    shown = " ".join(code.split())
    assert page.one("title").text == f"{shown} - {shown}"
    assert page.one("h1").text == shown
    assert page.all("script") == page.all("iframe") == page.all("img") == []
    assert not [
        one for one in page.walk() if {"onerror", "onmouseover", "onclick"} & one.attributes.keys()
    ]
    assert set(page.one("meta").attributes) == {"name", "content"}


def test_the_folder_of_the_pages_leads_to_the_page_that_lists_them(project: Project) -> None:
    project.write("errors.yaml", TWO)
    listing = {"list.md": "/// errors | codes\n    api: shop\n///\n"}
    built = project.pages(listing).build("# Home\n", plugins=["errorbook"])
    assert 'url=../../list/"' in built.text("shop/errors/index.html")
    assert not (built.folder / "cafe/errors/index.html").exists()


def test_links_to_pages_of_the_docs_hold_in_every_format(project: Project) -> None:
    project.write(
        "errors.yaml",
        SMALL.replace("No copy is left.", "See [how](guide/limits.md#most) and `a`."),
    )
    pages = {"guide/limits.md": "# Limits\n\n## Most\n"}
    built = project.pages(pages).build("# Home\n", plugins=["errorbook"])
    page = "shop/errors/sold_out/index"
    assert 'href="../../../guide/limits/#most"' in built.text(f"{page}.html")
    assert "](../../../guide/limits/#most)" in built.text(f"{page}.md")
    assert "guide/limits.md" not in built.text("shop/errors/openapi.json")
    assert "guide/limits.md" in built.text("errors.json")


def test_a_page_that_is_left_out_takes_no_place(project: Project) -> None:
    project.write("docs/shop/errors/sold_out.md", "# Mine\n")
    project.write("docs/llms.txt", "Mine\n")
    excluded = "shop/errors/sold_out.md\nllms.txt\n"
    built = project.build("# Home\n", plugins=["errorbook"], exclude_docs=excluded)
    assert "No copy is left." in built.text("shop/errors/sold_out/index.html")
    assert "Mine" not in built.text("llms.txt")


@pytest.mark.parametrize("is_cast", [True, False])
def test_names_that_no_sdk_can_have_are_told(project: Project, is_cast: bool) -> None:
    project.write("errors.yaml", SMALL.replace("unpaid:", "Sold_Out:"))
    plugins = [{"errorbook": {"cast_pages": is_cast}}]
    (warning,) = project.build("# Home\n", plugins=plugins).warnings
    assert "warning[class-name-clash]" in warning


def test_a_page_around_the_block_keeps_its_own_first_heading(project: Project) -> None:
    page = "---\nerror: shop/unpaid\n---\n\n# Mine\n\n## First\n\n/// errors | page\n///\n"
    main = (
        project.pages({"pay.md": page})
        .build("# Home\n", plugins=["errorbook"])
        .main("pay/index.html")
    )
    assert [one.text for one in main.all("h1")] == ["Mine"]
    assert "In code" in [one.text for one in main.all("h3")]


def test_elsewhere_the_block_begins_with_the_code(project: Project) -> None:
    page = "# Home\n\n/// errors | page\n    code: unpaid\n///\n"
    main = project.build(page, plugins=["errorbook"]).main()
    assert [one.text for one in main.all("h2")] == ["unpaid"]
    assert "In code" in [one.text for one in main.all("h3")]


@pytest.mark.parametrize(
    ("options", "link"),
    [
        (
            {"edit_uri_template": "https://git.example/edit/docs/{path}?plain=1"},
            "https://git.example/edit/docs/../errors.yaml?plain=1",
        ),
        ({"edit_uri": "?query=docs/"}, "https://git.example/us/docs?query=docs/../errors.yaml"),
    ],
)
def test_an_edit_link_with_more_behind_the_path_leads_to_the_file(
    shop: Project, options: dict[str, str], link: str
) -> None:
    said = {key: text for key, text in EDITED.items() if key != "edit_uri"}
    assert edit_link(build(shop, **{**said, **options}), "unpaid") == link
