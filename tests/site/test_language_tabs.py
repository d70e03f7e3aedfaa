"""Several languages in tabs: on pages of errors, in tables of exceptions, in lines and cells."""

from __future__ import annotations

import re
from typing import Any

import pytest

from errorbook.outputs.languages import LANGUAGES
from errorbook.site.explorer import STYLES
from errorbook.site.tabs import MOST_STYLED
from tests.site.html_tree import Element
from tests.site.project import ROOT, Built, Project

ONE = """\
apis:
  shop:
    envelopes: [{body: {error: "{code}", "*": "{details}"}}]
    groups: {money: {}}
    errors:
      too_fast:
        status: 429
        retry: {when: as_is}
        details: {wait_in_seconds: {type: integer, required: true}}
      unpaid: {status: 402, group: money}
      gone: {status: 404, sdk: {python: {exception: none}}}
    exit_codes: {3: {name: REFUSED, for: [4xx]}}
"""
GONE = "gone: {status: 404, sdk: {python: {exception: none}}}"
PYTHON = "{package: shop, base: ShopError, parents: {money: MoneyError}}"
TYPESCRIPT = "{base: 'sdk/base.js:BaseError', parents: {402: PaymentError}}"
ALONE = f"{ONE}    sdk: {{python: {PYTHON}}}\n"
BOTH = f"{ONE}    sdk: {{python: {PYTHON}, typescript: {TYPESCRIPT}}}\n"
DIFFERENT = BOTH.replace("group: money}", "group: money, sdk: {typescript: {exception: DueError}}}")
LABELS = "exceptions: {languages: Sprache, in_language: '{language}: {name}'}"
HEADER = "---\nerrors: shop\n---\n\n# Title\n\n"
OWN: dict[str, Any] = {"plugins": ["search", "errorbook"], "site_url": "https://example.org/"}


def block(view: str, options: str = "") -> str:
    return f"/// errors | {view}\n{options}///\n\n"


def built(project: Project, catalog: str, page: str, **options: Any) -> Built:
    project.write("errors.yaml", catalog)
    found = project.build(HEADER + page, **options)
    assert found.warnings == []
    return found


def titles(tabs: Element) -> list[str]:
    return [one.text for one in tabs.all("label")]


def blocks(tabs: Element) -> dict[str, Element]:
    return dict(zip(titles(tabs), tabs.all("div", of="tabbed-block"), strict=True))


def rows(tabs: Element, title: str) -> list[list[str]]:
    return blocks(tabs)[title].rows(of="eb-exceptions")


def test_each_language_has_its_table_of_exceptions(project: Project) -> None:
    tabs = built(project, DIFFERENT, block("exceptions")).main().one("div", of="tabbed-set")
    python = [row[0] for row in rows(tabs, "Python")]
    typescript = [row[0] for row in rows(tabs, "TypeScript")]
    assert titles(tabs) == ["Python", "TypeScript"]
    assert python == ["Exception", "ShopError", "MoneyError", "TooFastError", "UnpaidError"]
    assert typescript[:3] == ["Exception", "ShopError", "PaymentError"]
    assert typescript[3:] == ["TooFastError", "DueError", "GoneError"]


def test_attributes_are_called_as_their_language_does(project: Project) -> None:
    tabs = built(project, BOTH, block("exceptions")).main().one("div", of="tabbed-set")
    told = {title: {row[0]: row[2] for row in rows(tabs, title)} for title in titles(tabs)}
    assert told["Python"]["TooFastError"] == ".wait_in_seconds integer"
    assert told["TypeScript"]["TooFastError"] == ".waitInSeconds integer"


def test_the_base_class_of_the_sdk_is_named_in_its_language_alone(project: Project) -> None:
    tabs = built(project, BOTH, block("exceptions")).main().one("div", of="tabbed-set")
    told = {title: rows(tabs, title)[1][1] for title in titles(tabs)}
    assert "BaseError" in told["TypeScript"]
    assert "BaseError" not in told["Python"]


@pytest.mark.parametrize("view", ["exceptions", "codes", "sections"])
def test_one_language_has_no_tabs_and_is_not_named(project: Project, view: str) -> None:
    page = built(project, ALONE, block(view)).text()
    assert "tabbed" not in page
    assert "data-language" not in page
    assert "<input" not in page


def test_code_to_copy_stands_in_tabs_between_request_and_exit_code(project: Project) -> None:
    page = built(project, BOTH, "", **OWN).main("shop/errors/too_fast/index.html")
    tabs = page.one("div", of="tabbed-set")
    (part,) = [one for one in page.all("div", of="eb-part") if tabs in one.children]
    order = [
        one.text if one.tag == "p" else "tabs"
        for one in part.children
        if isinstance(one, Element) and (one.tag == "p" or one is tabs)
    ]
    assert order[-2:] == ["tabs", "Exit code"]
    assert "except TooFastError" in blocks(tabs)["Python"].text
    assert "error instanceof TooFastError" in blocks(tabs)["TypeScript"].text


def test_code_in_one_language_has_a_label(project: Project) -> None:
    page = built(project, ALONE, "", **OWN).main("shop/errors/too_fast/index.html")
    assert page.all("div", of="tabbed-set") == []
    assert "Python" in [one.text for one in page.all("p", of="eb-label")]


def test_a_class_that_all_languages_have_stands_once(project: Project) -> None:
    page = built(project, DIFFERENT, "", **OWN).main("shop/errors/too_fast/index.html")
    (line,) = [one for one in page.all("p", of="eb-line") if "Error" in one.text]
    assert line.text == "Exception TooFastError"


def test_classes_that_differ_stand_with_their_languages(project: Project) -> None:
    found = built(
        project,
        DIFFERENT,
        block("codes", "    columns: [code, exception]\n")
        + block("error", "    code: unpaid\n    parts: [exception]\n"),
        **OWN,
    )
    both = "UnpaidError (Python), DueError (TypeScript)"
    page, own = found.main(), found.main("shop/errors/unpaid/index.html")
    assert ["unpaid", both] in page.rows(of="eb-codes")
    assert f"Exception {both}" in [one.text for one in page.all("p", of="eb-line")]
    assert f"Exception {both}" in [one.text for one in own.all("p", of="eb-line")]


def test_a_language_that_nothing_is_raised_in_is_left_out(project: Project) -> None:
    catalog = BOTH.replace(PYTHON, "{base: none}")
    page = built(project, catalog, block("exceptions")).main()
    assert page.all("div", of="tabbed-set") == []
    assert "PaymentError" in [row[0] for row in page.rows(of="eb-exceptions")]


def test_ids_are_unique_however_many_sets_stand_on_a_page(project: Project) -> None:
    several = block("exceptions") * 2 + block("page", "    code: too_fast\n")
    page = built(project, BOTH, f"{several}=== \"Python\"\n\n    x\n", **{
        "markdown_extensions": ["pymdownx.tabbed"], **OWN,
    }).main()  # fmt: skip
    inputs = [one.attributes for one in page.all("input")]
    ids = page.ids()
    assert len(page.all("div", of="eb-tabs")) == 3
    assert len(ids) == len(set(ids))
    assert {one.attributes["for"] for one in page.all("label")} == {one["id"] for one in inputs}
    for tabs in page.all("div", of="eb-tabs"):
        chosen = ["checked" in one.attributes for one in tabs.all("input")]
        assert chosen == [True, False]
        assert len({one.attributes["name"] for one in tabs.all("input")}) == 1


def test_the_search_finds_what_two_languages_say_alike_once(project: Project) -> None:
    def excluded(catalog: str) -> list[bool]:
        page = built(project, catalog, block("exceptions")).main()
        tabs = page.all("div", of="tabbed-block")
        return ["data-search-exclude" in one.attributes for one in tabs]

    same = BOTH.replace(GONE, "gone: {status: 404}").replace("402: ", "money: ")
    assert excluded(BOTH) == [False, False]
    assert excluded(same) == [False, True]


def test_what_says_of_which_language_it_is_says_so_to_programs(project: Project) -> None:
    tabs = built(project, BOTH, block("exceptions")).main().one("div", of="tabbed-set")
    told = [one.attributes["data-language"] for one in tabs.all("div", of="tabbed-block")]
    assert told == ["python", "typescript"]
    assert tabs.attributes["role"] == "group"
    assert tabs.attributes["aria-label"] == "Language"


def test_labels_of_a_site_are_used(project: Project) -> None:
    project.write("labels.yaml", LABELS)
    page = built(
        project,
        DIFFERENT,
        block("exceptions") + block("error", "    code: unpaid\n    parts: [exception]\n"),
        plugins=[{"errorbook": {"error_pages": False, "labels": "labels.yaml"}}],
    ).main()
    assert page.one("div", of="tabbed-set").attributes["aria-label"] == "Sprache"
    assert "Exception Python: UnpaidError, TypeScript: DueError" in [
        one.text for one in page.all("p", of="eb-line")
    ]


def test_a_template_of_a_site_makes_the_table_of_each_language(project: Project) -> None:
    table = "<p class=own>{{ base }} {{ rows[0].exception }}</p>"
    project.write("own/exceptions.html.jinja", table)
    page = built(
        project,
        DIFFERENT.replace("base: ShopError", "base: StoreError"),
        block("exceptions", "    codes: [unpaid]\n"),
        plugins=[{"errorbook": {"error_pages": False, "templates": "own"}}],
    ).main()
    assert [one.text for one in page.all("p", of="own")] == [
        "StoreError UnpaidError",
        "ShopError DueError",
    ]


def test_the_style_sheet_can_show_every_language() -> None:
    css = (ROOT / "src/errorbook/site/assets" / STYLES[0]).read_text("utf-8")
    shown = re.findall(r"input:nth-child\((\d+)\):checked ~ \.tabbed-content", css)
    assert [int(one) for one in shown] == list(range(1, MOST_STYLED + 1))
    assert len(LANGUAGES) <= MOST_STYLED
