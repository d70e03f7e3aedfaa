"""Which formats are wanted, and where each goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook.reports.formats import FORMATS, Wanted, wanted


def test_text_is_wanted_where_nothing_is_said() -> None:
    assert wanted(()) == (Wanted("text"),)


def test_several_may_be_wanted_each_in_its_file() -> None:
    words = ("text", "json:a.json", "sarif:out/b:c.sarif")
    assert wanted(words) == (
        Wanted("text"),
        Wanted("json", Path("a.json")),
        Wanted("sarif", Path("out/b:c.sarif")),
    )


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_may_be_wanted(name: str) -> None:
    assert wanted((name,)) == (Wanted(name),)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("jsno",), "did you mean 'json'"),
        (("",), "no format is called ''"),
        (("json:",), "names no file"),
        (("json:a\0b",), "names no file that there can be"),
        (("json", "text"), "one place"),
        (("json:out", "text:./out"), "one place"),
        (("json:out", "text:a/../out"), "one place"),
    ],
)
def test_what_means_nothing_is_told(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(ValueError, match=r".") as error:
        wanted(words)
    assert said in str(error.value)


def test_a_link_and_what_it_leads_to_are_one_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("link").symlink_to("real")
    with pytest.raises(ValueError, match="one place"):
        wanted(("json:link", "text:real"))
