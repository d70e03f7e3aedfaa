"""Whatever a catalog says, it stays text: no markup, no code, no mark of Markdown's own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.site.html_tree import Element, parse
from tests.site.project import Built, Project

HARMLESS = "word"
PAYLOADS = [
    "</td><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</code></pre></div><iframe src=//x>",
    "<!-- <b> -->",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "{{ 7*7 }} {% raw %} {# x #}",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "x {: onclick=alert(1) } {#evil} { .evil }",
    "_{onclick=alert(1)}",
    "javascript:alert(1)",
    "*/ alert(1) ${x}",
    "\\u003cscript\\u003e \\x3c",
    "]]> <![CDATA[ <?php ?>",
    "/// errors | codes",
    "| a | b |",
    "# heading",
]
LINKS = ["[x](javascript:alert)", "[x](JaVaScRiPt:x)", "[x](//evil.example)", "<error:nope>"]
"""Links that prose may not hold; a title or code may, for there they are no links."""
CONTROLS = [
    "a\n\n# b\n\n```\n",
    "a\r\n\r\n    b",
    "a\tb",
    "a\x1b[31mb",
    "a\u202eb\u2066c",
    "a\u2028b\u2029c",
    "a\x7fb\x85c",
    "a\ufeffb",
]
MARKS = ["\x02wzxhzdk:0\x03", "\x02errorbook:0\x03", "\x02klzzwxh:0000\x03", "\x02amp\x03"]
VIEWS = """\
# Title

/// errors | response
///

/// errors | contract
///

/// errors | statuses
///

/// errors | codes
    columns: [code, status, meaning, action, retry, exception, exit_code, group, operations, since]
///

/// errors | sections
    parts: [example, meaning, causes, fix, actions, retry, details, operations, exit_code]
///

/// errors | error
    code: plain
///

/// errors | exceptions
///

/// errors | exit-codes
///

/// errors | troubleshooting
///

/// errors | explorer
///
"""


def catalog_of(text: str, code: str, detail: str = "extra") -> str:
    """Return a catalog that says ``text`` wherever a text can be said."""
    error: dict[str, Any] = {
        "status": 400,
        "meaning": text,
        "message": "{hole} {detail}",
        "placeholders": {"hole": {"example": text, "meaning": text}},
        "causes": [text, text],
        "fix": text,
        "actions": [
            {"do": "abort", "how": text, "when": text},
            {"do": "wait", "how": text, "when": text},
        ],
        "details": {
            "detail": {
                "type": "string",
                "unit": text,
                "format": text,
                "example": text,
                "meaning": text,
                "required": True,
            },
            detail: {"type": "string", "meaning": text},
        },
        "operations": [text],
        "group": "group",
        "since": text,
        "deprecated": text,
        "sunset": text,
    }
    shop = {
        "title": text,
        "version": text,
        "summary": text,
        "contract": {"promise": text, "codes": "permanent"},
        "operations": {text: {"title": text, "path": text}},
        "envelopes": [
            {
                "body": {
                    "error": "{code}",
                    "text": "{message}",
                    "about": "{extra?}",
                    "*": "{details}",
                },
                "headers": {"X-Code": "{code}"},
                "fields": {
                    "code": {"meaning": text, "example": text},
                    "message": {"meaning": text},
                },
            }
        ],
        "statuses": {"400": {"meaning": text, "causes": [text]}},
        "groups": {"group": {"title": text, "meaning": text}},
        "errors": {
            "plain": error,
            code: {**error, "replaced_by": "plain", "sdk": {"python": {"exception": "none"}}},
        },
        "exit_codes": {"1": {"name": "FAILED", "meaning": text, "for": [code, "4xx"]}},
        "troubleshooting": [{"symptom": text, "cause": text, "solution": text, "errors": [code]}],
    }
    shop["envelopes"][0]["body"].pop("about")  # type: ignore[index]  # it is a list of mappings
    return json.dumps({"apis": {"shop": shop}})


def built(project: Project, text: str, code: str, detail: str = "extra") -> Built:
    project.write("errors.yaml", catalog_of(text, code, detail))
    options = ["attr_list", "abbr", "tables", "md_in_html", {"toc": {"permalink": True}}]
    result = project.build(VIEWS, markdown_extensions=options)
    assert result.warnings == []
    return result


def skeleton(page: Element) -> list[tuple[str, list[str]]]:
    """Return every element with the names of its attributes; colours in examples left out."""
    return [
        (one.tag, sorted(one.attributes))
        for one in page.walk()
        if one.tag not in ("wbr", "span") or one.attributes.keys() - {"class"}
    ]


def replaced(text: str, payloads: tuple[str, ...]) -> str:
    for payload in sorted(payloads, key=len, reverse=True):
        text = text.replace(json.dumps(payload, ensure_ascii=False)[1:-1], HARMLESS)
        text = text.replace(payload, HARMLESS)
    return text


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(Project(tmp_path_factory.mktemp("harmless")), HARMLESS, f"{HARMLESS}1")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_changes_nothing_but_the_text(
    project: Project, harmless: Built, payload: str
) -> None:
    result = built(project, payload, f"{HARMLESS}1")
    assert skeleton(result.page()) == skeleton(harmless.page())
    assert replaced(result.page().raw_text, (payload,)) == harmless.page().raw_text


@pytest.mark.parametrize("code", [*PAYLOADS, *LINKS])
def test_a_hostile_code_changes_nothing_but_the_text(
    project: Project, harmless: Built, code: str
) -> None:
    result = built(project, HARMLESS, code)
    assert skeleton(result.page()) == skeleton(harmless.page())
    shown = result.page().raw_text.replace(code, f"{HARMLESS}1")
    assert (
        shown.replace(json.dumps(code, ensure_ascii=False)[1:-1], f"{HARMLESS}1")
        == harmless.page().raw_text
    )


@pytest.mark.parametrize("name", [*PAYLOADS, *LINKS])
def test_a_detail_with_a_hostile_name_changes_nothing_but_the_text(
    project: Project, harmless: Built, name: str
) -> None:
    result = built(project, HARMLESS, f"{HARMLESS}1", name)
    assert skeleton(result.page()) == skeleton(harmless.page())
    assert name in {one.raw_text for one in result.main().all("th", of="eb-cell-code")}


@pytest.mark.parametrize("payload", CONTROLS)
def test_control_characters_act_on_nothing(project: Project, harmless: Built, payload: str) -> None:
    assert skeleton(built(project, payload, "x").page()) == skeleton(harmless.page())


@pytest.mark.parametrize("mark", MARKS)
def test_marks_of_markdown_call_up_nothing(project: Project, harmless: Built, mark: str) -> None:
    result = built(project, mark, f"{HARMLESS}1")
    assert skeleton(result.page()) == skeleton(harmless.page())
    shown = mark.replace("\x02", "\ufffd").replace("\x03", "\ufffd")
    assert shown in result.page().text
    assert "\x02" not in result.text()


@pytest.mark.parametrize(
    ("prose", "tags"),
    [
        ("![img](x)", {"a"}),
        ("![img](https://example.org/x.png)", {"a"}),
        ("**`<b>`** *x*", {"strong", "code", "em"}),
        ('[a](https://example.org/"onclick="x)', {"a"}),
        ("[a](mailto:me@example.org?subject=<b>)", set()),
        ("[`x`](error:plain)", {"a", "code"}),
    ],
)
def test_prose_may_hold_code_emphasis_and_links_and_nothing_else(
    project: Project, prose: str, tags: set[str]
) -> None:
    project.write("errors.yaml", catalog_of(prose, "x"))
    page = (
        project.build("/// errors | contract\n///\n\n/// errors | codes\n///\n").main().all("p")[0]
    )
    assert {one.tag for one in page.walk()} == tags
    assert {name for one in page.walk() for name in one.attributes} <= {"href"}


def site_of_titles(project: Project, theme: dict[str, Any]) -> Built:
    """Build a site whose groups have hostile titles, and whose pages by group show them."""
    groups = {f"g{number}": {"title": title} for number, title in enumerate([*PAYLOADS, *LINKS])}
    errors = {
        f"e{number}": {
            "group": f"g{number % len(groups)}",
            "meaning": PAYLOADS[number % len(PAYLOADS)],
        }
        for number in range(301)
    }
    shop = {"groups": groups, "errors": errors}
    project.write("errors.yaml", json.dumps({"apis": {"shop": shop}}))
    page = "/// errors | codes\n///\n\n/// errors | sections\n    group: g0\n///\n"
    return project.build(page, theme=theme, plugins=["search", "errorbook"])


@pytest.fixture(scope="module", params=["material", "mkdocs", "readthedocs"])
def titles(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    theme = {"name": request.param, **({"font": False} if request.param == "material" else {})}
    return site_of_titles(Project(tmp_path_factory.mktemp(request.param)), theme)


@pytest.mark.parametrize(("number", "title"), list(enumerate([*PAYLOADS, *LINKS])))
def test_the_title_of_a_group_stays_text_in_every_theme(
    titles: Built, number: int, title: str
) -> None:
    page = titles.page(f"shop/errors/group/g{number}/index.html")
    shown = " ".join(title.split())
    assert shown in page.one("title").text
    assert all(shown in one.text for one in page.all("h1") if one.text)
    assert not [one for one in page.all("script") if one.raw_text.strip().startswith("alert")]
    assert not [one for one in page.walk() if {"onerror", "onmouseover"} & one.attributes.keys()]
    assert page.all("iframe") == []


def test_the_search_index_of_the_theme_holds_text_that_is_inert(project: Project) -> None:
    theme = {"name": "material", "font": False}
    texts = site_of_titles(project, theme).search().values()
    assert any("alert" in text for text in texts)
    for text in texts:
        assert not {one.tag for one in parse(text).walk()} & {
            "script",
            "img",
            "iframe",
            "b",
            "i",
            "a",
        }
