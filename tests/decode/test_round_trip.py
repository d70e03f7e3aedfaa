"""Every error of every catalog, in every form it may be pasted in, decodes to itself.

Two errors may read the same in a form: a message or a code that two APIs share, the message being
one that a server may also leave out. Then each must be among those that fit, and what fits best
must be able to read the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from bench import synthetic

from errorbook.catalog import Catalog
from tests.decode.forms import FORMS, Sample, samples
from tests.decode.homes import NEEDS_NODE, Node, Python, catalog

CATALOGS = ("shared", "synthetic")


@cache
def named(name: str) -> Catalog:
    if name == "shared":
        return catalog()
    return Catalog.model_validate_json(json.dumps(synthetic.catalog(100)))


@cache
def every(name: str) -> list[Sample]:
    return samples(named(name))


@cache
def written(name: str, form: str) -> dict[str, str]:
    """Return every error in a form, by api/code."""
    texts = {sample.ref: FORMS[form](sample) for sample in every(name)}
    return {ref: text for ref, text in texts.items() if text}


@cache
def readings(name: str, form: str) -> dict[str, set[str]]:
    """Return what every error may read like, with its message and without, by api/code."""
    return {
        sample.ref: {FORMS[form](sample), FORMS[form](replace(sample, is_silent=True))}
        for sample in every(name)
    }


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((name, home), marks=[NEEDS_NODE] if home == "node" else [])
        for name in CATALOGS
        for home in ("python", "node")
    ],
    ids=" in ".join,
)
def home(request: pytest.FixtureRequest) -> Iterator[tuple[str, Python | Node]]:
    """The name of a catalog, and one of the decoder's homes that knows it."""
    name, kind = request.param
    if kind == "python":
        yield name, Python(named(name))
        return
    with Node(named(name)) as node:
        yield name, node


def refs(fits: list[dict[str, Any]]) -> list[str]:
    return [f"{fit['api']}/{fit['code']}" for fit in fits]


@pytest.mark.parametrize("form", FORMS)
def test_every_error_decodes_to_itself(home: tuple[str, Python | Node], form: str) -> None:
    name, decoder = home
    texts, could = written(name, form), readings(name, form)
    wrong = []
    for ref, text in texts.items():
        decided = decoder.decode(text)
        found = refs(decided.get("fits", []))
        if decided["kind"] != "error" or ref not in found or text not in could[found[0]]:
            wrong.append((ref, decided["kind"], found))
    assert wrong == []


@pytest.mark.parametrize("form", FORMS)
def test_what_reads_like_no_other_is_told_for_certain(
    home: tuple[str, Python | Node], form: str
) -> None:
    name, decoder = home
    texts, could = written(name, form), readings(name, form)
    alone = {
        ref: text
        for ref, text in texts.items()
        if not any(text in others for other, others in could.items() if other != ref)
    }
    assert alone
    first = {ref: refs(decoder.decode(text)["fits"])[0] for ref, text in alone.items()}
    assert [ref for ref in alone if first[ref] != ref] == []


@pytest.mark.parametrize("form", [form for form in FORMS if "log" in form])
def test_of_all_of_them_in_one_log_each_is_counted(
    home: tuple[str, Python | Node], form: str
) -> None:
    name, decoder = home
    lines = written(name, form)
    decided = decoder.decode("\n".join([*lines.values(), *lines.values()]))
    counted = {ref for one in decided["counts"] for ref in one["fits"]}
    assert sum(one["count"] for one in decided["counts"]) == 2 * len(lines)
    assert set(lines) <= counted


def test_every_error_has_every_form_but_those_it_has_nothing_for() -> None:
    for name in CATALOGS:
        for form in FORMS:
            lacking = [one for one in every(name) if one.ref not in written(name, form)]
            assert all(one.response.body is None or not one.message for one in lacking)
