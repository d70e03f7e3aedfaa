"""CommonMark of descriptions as prose of a catalog."""

from __future__ import annotations

import pytest

from errorbook.catalog.prose import link_targets, plain
from errorbook.importing.openapi.prose import inline, prose_of, says_nothing


@pytest.mark.parametrize(
    ("written", "prose"),
    [
        ("The `id` is *not* **known**.", "The `id` is *not* **known**."),
        ("The ``id`` is _not_ __known__.", "The `id` is *not* **known**."),
        ("a snake_case_name and 2 * 3 * 4", "a snake_case_name and 2 \\* 3 \\* 4"),
        ("see [the docs](https://a.example/b)", "see [the docs](https://a.example/b)"),
        (
            "see [the docs](/b) or [x](javascript:alert(1))",
            "see the docs or \\[x\\](javascript:alert(1))",
        ),
        ("see <https://a.example/b>", "see [https://a.example/b](https://a.example/b)"),
        ("![a sign](https://a.example/b.png) here", "a sign here"),
        ("<p>It <strong>is</strong> <code>gone</code>.</p>", "It is `gone`."),
        ("1 \\* 2 \\_ 3 &lt;b&gt;", "1 \\* 2 _ 3 \\<b>"),
        ("two\nlines\u200b here", "two lines here"),
    ],
)
def test_inline(written: str, prose: str) -> None:
    assert inline(written) == prose


@pytest.mark.parametrize(
    "target", ["javascript:x", "error:gone", "data:text/html,x", "//a.example"]
)
def test_no_link_leads_elsewhere_than_the_web(target: str) -> None:
    for written in (f"[x]({target})", f"[x](<{target}>)", f"<{target}>", f"*[x]({target})*"):
        assert list(link_targets(inline(written))) == []


def test_the_first_paragraph_is_taken() -> None:
    told = prose_of("# Gone\n\nThe pet\nhas left.\n\n- Look again.\n")

    assert (told.text, told.is_cut) == ("The pet has left.", True)


def test_a_list_within_a_paragraph_ends_it() -> None:
    told = prose_of("The pet has left. This may be because:\n- it was shy\n- it was bored")

    assert (told.text, told.is_cut) == ("The pet has left.", True)


def test_of_a_long_paragraph_the_first_sentence_is_taken() -> None:
    told = prose_of("The pet has left, e.g. For the woods. " + "It was shy. " * 60)

    assert (told.text, told.is_cut) == ("The pet has left, e.g. For the woods.", True)


@pytest.mark.parametrize(
    "text",
    [
        *("Not Found", "not found.", "404 Not Found", "NotFound", "Bad request response", "Error"),
        *("Internal server error.", "Unauthorized", "Default error response.", "", "RFC 7807"),
    ],
)
def test_a_reason_phrase_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["No such pet.", "Pet not found", "The key was revoked."])
def test_a_sentence_says_something(text: str) -> None:
    assert not says_nothing(text)


def test_markup_of_any_size_is_read_in_time() -> None:
    for part in ("[", "**a ", "`", "<a ", '[a](b "', "_a", "\\", "&lt;", "- a\n", "x: "):
        assert plain(prose_of(part * 5_000).text) is not None
