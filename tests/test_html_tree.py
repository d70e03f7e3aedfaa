"""HTML as a tree: what browsers make of it, as far as what pages say depends on it."""

from __future__ import annotations

import pytest

from errorbook.checks.html_folder import content_of
from errorbook.html_tree import Element, parse


def shape(element: Element) -> str:
    """Return a tree as text: each tag with what is in it."""
    return "".join(
        one if isinstance(one, str) else f"{one.tag}({shape(one)})" for one in element.children
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<P>one<p>two", "p(one)p(two)"),
        ("<table><tr><td>a<td>b<tr><td>c</table>d", "table(tr(td(a)td(b))tr(td(c)))d"),
        ("<ul><li>a<li>b</ul>", "ul(li(a)li(b))"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))"),
        ("a<br>b<img src=x>c<wbr>d", "abr()bimg()cwbr()d"),
        ("<svg><path d='M0'/><path /></svg>x", "svg(path()path())x"),
        ("<a href=/docs/>x</a>y", "a(x)y"),
        ("a<!-- <b> -->b<!doctype html>c", "abc"),
        ("a<!-- never ends <b>x</b>", "a"),
        ("<script>if (a < b) '<p>'</script>x", "script(if (a < b) '<p>')x"),
        ("</b>a</i>", "a"),
        ("1 < 2 &amp; 3 &lt; 4", "1 < 2 & 3 < 4"),
        ("a<b", "a<b"),
    ],
)
def test_a_page_is_read_as_a_browser_does(html: str, expected: str) -> None:
    assert shape(parse(html)) == expected


def test_attributes_are_read_however_they_are_written() -> None:
    tree = parse("""<a ID=one title='a > b' data-x="&quot;c&quot; > d" hidden id=two>x</a>""")
    link = tree.elements[0]
    assert link.attributes == {"id": "one", "title": "a > b", "data-x": '"c" > d', "hidden": ""}
    assert link.text == "x"


def test_each_element_knows_its_line() -> None:
    tree = parse("<p>\n<b>x</b>\n</p>\n<i>y</i>", line=10)
    assert [(one.tag, one.line) for one in tree.walk()] == [("p", 10), ("b", 11), ("i", 13)]


def test_what_is_not_shown_is_no_text() -> None:
    tree = parse("<p>a <script>b</script><style>c</style><template><b>d</b></template>\n e</p>")
    assert tree.text == "a e"


def test_nothing_is_too_deep() -> None:
    assert parse("<b>" * 100_000 + "x").text == "x"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<body>\n<main>\n<p>a</main></body>", ("<main>\n<p>a", 2)),
        ("<main>a<article>body</article>c</main>", ("<article>body", 1)),
        ("<main>navigation<article><h1>b</h1></article>c</main>", ("<article><h1>b</h1>", 1)),
        ("<main>table<article>b</article>c</main>", ("<main>table<article>b</article>c", 1)),
        ("<article>a</article>\n<article>b</article>", (None, 1)),
        ("<p>a", (None, 1)),
    ],
)
def test_only_the_content_of_a_page_is_its_own(html: str, expected: tuple[str | None, int]) -> None:
    assert content_of(html) == (expected[0] or html, expected[1])
