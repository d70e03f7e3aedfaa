"""Links with the scheme ``error:`` lead to the error from any page, or are reported."""

from __future__ import annotations

import pytest

from tests.site.project import SMALL, TWO, Project

SHOP = "/// errors | codes\n    api: shop\n///\n"
CARD = "/// errors | error\n    code: unpaid\n///\n"
CAFE = "/// errors | codes\n    api: cafe\n///\n"


@pytest.fixture
def two(project: Project) -> Project:
    project.write("errors.yaml", TWO)
    project.pages({"shop.md": f"# Shop\n\n{SHOP}", "cafe.md": f"# Cafe\n\n{CAFE}"})
    return project


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("[owed](error:unpaid)", ("owed", "shop/#unpaid")),
        ("[owed](error:shop/unpaid)", ("owed", "shop/#unpaid")),
        ("[owed](<error:shop/unpaid>)", ("owed", "shop/#unpaid")),
        ('[owed](error:unpaid "Title")', ("owed", "shop/#unpaid")),
        ("[**o**_wed_](error:unpaid)", ("owed", "shop/#unpaid")),
        ("<error:unpaid>", ("unpaid", "shop/#unpaid")),
        ("<error:shop/sold_out>", ("sold_out", "shop/#sold_out")),
        ("<error:cafe/sold_out>", ("sold_out", "cafe/#sold_out")),
        ("[owed][it]\n\n[it]: error:unpaid", ("owed", "shop/#unpaid")),
        ("[it][]\n\n[it]: error:cafe/closed", ("it", "cafe/#closed")),
        ("**<error:unpaid>**", ("unpaid", "shop/#unpaid")),
        ("_[owed](error:unpaid)_", ("owed", "shop/#unpaid")),
        ("- item <error:unpaid>", ("unpaid", "shop/#unpaid")),
        ("> <error:unpaid>", ("unpaid", "shop/#unpaid")),
        ("| a |\n|---|\n| <error:unpaid> |", ("unpaid", "shop/#unpaid")),
        ("| a |\n|---|\n| [owed](error:unpaid) |", ("owed", "shop/#unpaid")),
        ("!!! note\n\n    <error:unpaid>", ("unpaid", "shop/#unpaid")),
        ("[owed](error:un%70aid)", ("owed", "shop/#unpaid")),
        ('<a href="error:unpaid">owed</a>', ("owed", "shop/#unpaid")),
        ("<a class='x' href='error:cafe/closed'>shut</a>", ("shut", "cafe/#closed")),
        ('<div>\n<a href="error:unpaid">owed</a>\n</div>', ("owed", "shop/#unpaid")),
    ],
)
def test_a_link_leads_to_the_error(two: Project, written: str, link: tuple[str, str]) -> None:
    options = ["tables", "admonition", "attr_list"]
    built = two.build(f"# Home\n\n{written}\n", markdown_extensions=options)
    assert built.warnings == []
    assert built.main().links() == [link]


def test_a_link_in_a_heading_leaves_its_text_to_the_table_of_contents(two: Project) -> None:
    page = two.build("# Home\n\n## After <error:cafe/sold_out>\n").page()
    assert page.one("nav").links() == [("Home", "#home"), ("After sold_out", "#after-sold_out")]
    assert ("sold_out", "cafe/#sold_out") in page.one("main").links()


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("---\nerrors: cafe\n---\n\n<error:sold_out>\n", "cafe/#sold_out"),
        ("---\nerrors: shop\n---\n\n<error:sold_out>\n", "shop/#sold_out"),
        ("---\nerrors: shop\n---\n\n<error:cafe/sold_out>\n", "cafe/#sold_out"),
        ("/// errors | explorer\n    api: cafe\n///\n\n[x](error:sold_out)\n", "cafe/#sold_out"),
    ],
)
def test_a_bare_code_is_that_of_the_pages_api(two: Project, page: str, link: str) -> None:
    built = two.build(page)
    assert built.warnings == []
    assert built.main().links()[-1][1] == link


def test_a_link_to_an_error_on_the_same_page_stays_on_it(two: Project) -> None:
    built = two.build(f"<error:unpaid>\n\n{SHOP}")
    assert built.main().links()[0] == ("unpaid", "#unpaid")


@pytest.mark.parametrize(
    ("page", "use_directory_urls", "link"),
    [
        ("index.md", True, "shop/#unpaid"),
        ("index.md", False, "shop.html#unpaid"),
        ("other.md", True, "../shop/#unpaid"),
        ("other.md", False, "shop.html#unpaid"),
        ("a/b/c.md", True, "../../../shop/#unpaid"),
        ("a/b/c.md", False, "../../shop.html#unpaid"),
        ("a/index.md", True, "../shop/#unpaid"),
        ("a/index.md", False, "../shop.html#unpaid"),
    ],
)
def test_a_link_is_relative_to_its_page(
    two: Project, page: str, use_directory_urls: bool, link: str
) -> None:
    two.pages({"index.md": "# Home\n", page: "<error:unpaid>\n"})
    built = two.build(use_directory_urls=use_directory_urls)
    stem = page.removesuffix(".md")
    is_folder = use_directory_urls and not stem.endswith("index")
    path = f"{stem}/index.html" if is_folder else f"{stem}.html"
    assert built.main(path).links() == [("unpaid", link)]


@pytest.mark.parametrize(
    ("use_directory_urls", "link"), [(True, "../#unpaid"), (False, "index.html#unpaid")]
)
def test_a_link_finds_the_first_page_of_a_site(
    project: Project, use_directory_urls: bool, link: str
) -> None:
    project.pages({"index.md": SHOP, "other.md": "<error:unpaid>\n"})
    path = "other/index.html" if use_directory_urls else "other.html"
    built = project.build(use_directory_urls=use_directory_urls)
    assert built.main(path).links() == [("unpaid", link)]


@pytest.mark.parametrize(
    ("pages", "home"),
    [
        ({"a.md": SHOP, "b.md": "/// errors | sections\n///\n"}, "b/#unpaid"),
        ({"a.md": CARD, "b.md": SHOP}, "b/#unpaid"),
        ({"a.md": SHOP, "b.md": SHOP}, "a/#unpaid"),
        ({"a.md": CARD, "b.md": CARD + SHOP}, "b/#unpaid"),
        ({"a.md": "/// errors | statuses\n///\n", "b.md": SHOP}, "b/#unpaid"),
        ({"a.md": "```\n" + SHOP + "```\n", "b.md": SHOP}, "b/#unpaid"),
    ],
)
def test_the_home_of_an_error_is_the_page_that_says_most(
    project: Project, pages: dict[str, str], home: str
) -> None:
    project.pages(pages)
    assert project.build("<error:unpaid>\n").main().links() == [("unpaid", home)]


def test_the_navigation_decides_between_equal_pages(project: Project) -> None:
    project.pages({"a.md": SHOP, "b.md": SHOP})
    nav = ["index.md", "b.md", "a.md"]
    assert project.build("<error:unpaid>\n", nav=nav).main().links() == [("unpaid", "b/#unpaid")]


@pytest.mark.parametrize(
    ("written", "rule", "told"),
    [
        (
            "[x](error:unpayd)",
            "unknown-error-link",
            "there is no error 'unpayd' (did you mean 'unpaid'?)",
        ),
        ("<error:unpayd>", "unknown-error-link", "did you mean 'unpaid'?"),
        ("[x](error:shop/unpayd)", "unknown-error-link", "did you mean 'shop/unpaid'?"),
        (
            "[x](error:sold_out)",
            "unknown-error-link",
            "is a code of shop and cafe (write shop/sold_out)",
        ),
        ("[x](error:cafe/unpaid)", "unknown-error-link", "there is no error 'cafe/unpaid'"),
        ("[x](error:)", "unknown-error-link", "there is no error ''"),
        ("<error:>", "unknown-error-link", "there is no error ''"),
        ("<error:un paid>", "unknown-error-link", "did you mean 'unpaid'?"),
        ("[x][y]\n\n[y]: error:unpayd", "unknown-error-link", "did you mean 'unpaid'?"),
        ('<a href="error:unpayd">x</a>', "unknown-error-link", "did you mean 'unpaid'?"),
        ("[x](error:cafe/closed)", "homeless-error", "no page shows the error 'cafe/closed'"),
    ],
)
def test_a_link_that_leads_nowhere_is_reported(
    project: Project, written: str, rule: str, told: str
) -> None:
    project.write("errors.yaml", TWO)
    project.pages({"shop.md": SHOP})
    (warning,) = project.build(f"# Home\n\n{written}\n").warnings
    line = 5 if written.startswith("[x][y]") else 3
    assert f"docs/index.md:{line}:1: warning[{rule}]" in warning
    assert told in warning


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("error:gone", "it is gone; use 'unpaid'"),
        ("error:shop/gone", "it is gone; use 'shop/unpaid'"),
        ("error:lost", "there is no error 'lost'"),
    ],
)
def test_a_link_to_a_retired_code_is_told_what_took_its_place(
    project: Project, written: str, told: str
) -> None:
    retired = "    retired:\n      gone: {replaced_by: unpaid}\n      lost: {}\n"
    project.write("errors.yaml", SMALL + retired)
    (warning,) = project.build(f"[x]({written})\n").warnings
    assert told in warning


def test_a_link_that_leads_nowhere_is_text(project: Project) -> None:
    page = 'Text [x](error:unpayd) <error:nope> <a href="error:nope">y</a>\n'
    main = project.build(page).main()
    assert main.links() == []
    assert main.text == "Text x nope y"


def test_each_dead_link_is_reported_on_its_own_line(project: Project) -> None:
    page = (
        "Code: `error:a`\n\n[x](error:a)\n\n    error:a\n\n<error:ab> <error:a>\n\n[y](error:a)\n"
    )
    warnings = project.build(page).warnings
    lines = [int(warning.split(":")[2]) for warning in warnings if "'a'" in warning]
    assert lines == [3, 7, 9]


@pytest.mark.parametrize(
    "code",
    [
        "`<error:nope>`",
        "`[x](error:nope)`",
        "```\n<error:nope>\n```",
        "    [x](error:nope)",
        "<!-- <error:nope> -->",
        "Write error:nope for a link.",
    ],
)
def test_what_is_no_link_is_left_alone(project: Project, code: str) -> None:
    built = project.build(f"# Home\n\n{code}\n")
    assert built.warnings == []
    assert built.main().links() == []


def test_other_links_are_left_to_mkdocs(project: Project) -> None:
    project.pages({"other.md": "# Other\n"})
    main = project.build("[a](other.md) [b](https://example.org/error:x) <me@example.org>\n").main()
    assert [address for _, address in main.links()] == [
        "other/",
        "https://example.org/error:x",
        "mailto:me@example.org",
    ]


LINKED = SMALL.replace(
    "No copy is left.",
    '"See <error:unpaid>, [x](error:shop/unpaid), [y](guide/limits.md#top), [z](img/a.png), '
    '[w](https://example.org/), [v](#here) and [u](/abs)."',
)


@pytest.mark.parametrize(
    ("page", "addresses"),
    [
        (
            "index.md",
            ["errors/#unpaid"] * 2
            + ["guide/limits/#top", "img/a.png", "https://example.org/", "#here", "/abs"],
        ),
        (
            "a/b.md",
            ["../../errors/#unpaid"] * 2
            + [
                "../../guide/limits/#top",
                "../../img/a.png",
                "https://example.org/",
                "#here",
                "/abs",
            ],
        ),
    ],
)
def test_links_in_the_catalog_are_relative_to_the_page_that_shows_them(
    project: Project, page: str, addresses: list[str]
) -> None:
    project.write("errors.yaml", LINKED)
    project.pages({"index.md": "", "errors.md": SHOP, "guide/limits.md": "# Top\n"})
    project.pages({page: "/// errors | error\n    code: sold_out\n    parts: [meaning]\n///\n"})
    path = page.replace(".md", "/index.html") if page != "index.md" else "index.html"
    assert [address for _, address in project.build().main(path).links()] == addresses


def test_prose_of_an_api_means_its_own_codes_on_any_page(two: Project) -> None:
    two.write("errors.yaml", TWO.replace("No cake is left.", "As <error:sold_out> says."))
    block = "/// errors | error\n    api: cafe\n    code: sold_out\n    parts: [meaning]\n///\n"
    two.pages({"shop.md": "", "cafe.md": CAFE})
    page = f"---\nerrors: shop\n---\n\n{block}"
    assert two.build(page).main().links() == [("sold_out", "#cafe-sold_out")]
