"""The address of an error: a name that every file system takes, and that never moves."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from errorbook.catalog.addresses import docs_url, file_name, folder, places
from errorbook.catalog.models import LONGEST_CODE, Api, Docs, Error, Retired
from tests.catalog.catalogs import BOUNDED

RESERVED = (
    *("con", "prn", "aux", "nul", *(f"{one}{n}" for one in ("com", "lpt") for n in range(10))),
    *("index", "group", "llms.txt", "openapi.json", "body.schema.json", "problem-types.json"),
)
DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\N{SUPERSCRIPT ONE}\N{SUPERSCRIPT TWO}"
    r"\N{SUPERSCRIPT THREE}])\Z",
    re.IGNORECASE,
)
UNSAFE = ("..", ".", "...", "a/b", "../x", "a\\b", "c:", "a b", "%2e", "#", "?", "a.", ".a")
TEMPLATES = (
    *("{api}/errors/{code}/", "errors/{code}.html", "errors/{code}", "{code}/"),
    *("{api}/{version}/e-{code}/", "{code}.html"),
)

words = st.sampled_from(["a", "b", "con", "index", "group", "llms.txt", "nul.txt", "~2", "é", "ß"])
alike = st.builds(
    lambda word, flips: "".join(
        letter.upper() if flip else letter for letter, flip in zip(word, flips, strict=False)
    ),
    words,
    st.lists(st.booleans(), min_size=9, max_size=9),
)
text = st.text(
    st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=LONGEST_CODE
).filter(str.isprintable)
code = st.one_of(
    alike,
    st.sampled_from([*RESERVED, *UNSAFE]),
    st.text("aA~2/.-", min_size=1, max_size=5),
    st.text("xX", min_size=118, max_size=LONGEST_CODE),
    text,
)
codes = st.lists(code, unique=True, max_size=12)
templates = st.sampled_from(TEMPLATES)


def api(errors: Sequence[str], retired: Sequence[str] = (), error: str = TEMPLATES[0]) -> Api:
    docs = Docs(url="https://example.org/docs", error=error)
    return Api(
        docs=docs,
        version="v1",
        errors={one: Error() for one in errors},
        retired={one: Retired() for one in retired},
    )


def paths(errors: list[str], retired: list[str], template: str) -> dict[str, str]:
    found = places("shop", api(errors, retired, template))
    return {one: place.path for one, place in found.items()}


@BOUNDED
@given(codes, codes, templates)
@example(["Con", "con", "CON"], ["cOn"], TEMPLATES[0])
def test_every_code_has_a_file_that_every_system_takes(
    errors: list[str], retired: list[str], template: str
) -> None:
    retired = [one for one in retired if one not in errors]
    found = places("shop", api(errors, retired, template))
    assert list(found) == [*errors, *retired]
    stems = [place.stem for place in found.values()]
    assert len({normal(stem or "") for stem in stems}) == len(stems)
    for stem in stems:
        assert stem is not None
        assert re.fullmatch(r"[A-Za-z0-9._~/-]+", stem)
        for step in PurePosixPath(f"{stem}.schema.json").parts:
            assert step not in ("", ".", "..")
            assert len(step.encode()) <= 255
            assert not step.endswith((".", " "))
            assert not is_device(step)


def normal(path: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFC", path).casefold())


def is_device(step: str) -> bool:
    """Tell whether Windows takes a name for a device, whatever its extension is."""
    return DEVICE.match(step.partition(".")[0].rstrip(" ")) is not None


@BOUNDED
@given(codes, st.lists(code, min_size=1, max_size=3), templates)
@example(["foo"], ["Foo", "FOO"], TEMPLATES[0])
@example(["Foo"], ["foo"], TEMPLATES[1])
def test_an_address_stays_where_it_is_when_codes_are_added(
    errors: list[str], added: list[str], template: str
) -> None:
    grown = list(dict.fromkeys([*errors, *added]))
    before, after = paths(errors, [], template), paths(grown, [], template)
    assert {one: after[one] for one in before} == before


@BOUNDED
@given(codes, codes, st.lists(code, min_size=1, max_size=3))
@example([], ["foo"], ["Foo"])
def test_the_address_of_a_retired_code_stays_where_it_is_when_codes_are_added(
    errors: list[str], retired: list[str], added: list[str]
) -> None:
    retired = [one for one in retired if one not in errors]
    grown = [one for one in dict.fromkeys([*errors, *added]) if one not in retired]
    before = paths(errors, retired, TEMPLATES[0])
    after = paths(grown, retired, TEMPLATES[0])
    assert {one: after[one] for one in before} == before


@BOUNDED
@given(codes, st.data())
def test_an_address_stays_where_it_is_when_a_code_is_retired(
    errors: list[str], data: st.DataObject
) -> None:
    distinct = list({file_name(one).casefold(): one for one in errors}.values())
    gone = data.draw(st.lists(st.sampled_from(distinct), unique=True)) if distinct else []
    left = [one for one in distinct if one not in gone]
    assert paths(distinct, [], TEMPLATES[0]) == paths(left, gone, TEMPLATES[0])


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("rate_limited", "rate_limited"),
        ("E-1.2", "E-1.2"),
        ("a/b", "a~2f~b"),
        ("a b", "a~20~b"),
        ("~", "~7e~"),
        ("\U0001f4a5", "~1f4a5~"),
        ("..", "~2e~~2e~"),
        ("a.", "a~2e~"),
        (".a", "~2e~a"),
        ("con", "~63~on"),
        ("CON.txt", "~43~ON~2e~txt"),
        ("con.x", "~63~on.x"),
        ("console", "console"),
        ("com10", "com10"),
        ("index", "~69~ndex"),
        ("indexed", "indexed"),
        ("llms.txt", "llms~2e~txt"),
        ("Index.HTML", "Index~2e~HTML"),
        ("404", "404"),
        ("4040", "4040"),
        ("x" * 120, "x" * 120),
    ],
)
def test_a_name_shows_its_code_as_far_as_it_can(written: str, name: str) -> None:
    assert file_name(written) == name


def test_long_names_differ_where_the_codes_do() -> None:
    names = {file_name("x" * 127 + last) for last in "abc"}
    assert {len(name) for name in names} == {120}
    assert len(names) == 3


def test_the_second_of_two_codes_that_differ_in_case_has_a_number() -> None:
    found = paths(["Sold", "sold", "SOLD", "other"], [], "{code}/")
    assert list(found.values()) == ["Sold/", "sold~2/", "SOLD~3/", "other/"]


@pytest.mark.parametrize(
    ("template", "path", "stem", "beside"),
    [
        ("{api}/errors/{code}/", "shop/errors/a/", "shop/errors/a/index", "shop/errors/"),
        ("errors/{code}.html", "errors/a.html", "errors/a", "errors/"),
        ("errors/{code}", "errors/a", "errors/a/index", "errors/"),
        ("{code}/", "a/", "a/index", ""),
        ("/{version}/e-{code}/", "v1/e-a/", "v1/e-a/index", "v1/"),
        ("errors/#{code}", "errors/#a", None, "errors/"),
    ],
)
def test_the_template_says_where_pages_stand(
    template: str, path: str, stem: str | None, beside: str
) -> None:
    shop = api(["a"], [], template)
    place = places("shop", shop)["a"]
    assert (place.path, place.stem, folder("shop", shop)) == (path, stem, beside)
    assert docs_url("shop", shop, "a") == f"https://example.org/docs/{path}"


def test_former_codes_have_an_address_and_unknown_ones_have_none() -> None:
    shop = Api(
        docs=Docs(url="https://example.org"),
        errors={"new": Error.model_validate({"renamed_from": "old"})},
    )
    assert docs_url("shop", shop, "old") == "https://example.org/shop/errors/old/"
    assert docs_url("shop", shop, "nobody") is None
    assert docs_url("shop", Api(errors={"new": Error()}), "new") is None
