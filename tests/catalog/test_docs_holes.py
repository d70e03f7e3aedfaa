"""The hole ``{docs_url}``: what a body says of its documentation is what everybody else says."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest

from errorbook.catalog import Catalog, CatalogError, load
from errorbook.catalog.addresses import docs_url
from errorbook.catalog.facts import example_response
from errorbook.outputs import OUTPUTS

BODY = {"type": "{docs_url}", "status?": "{status}", "detail?": "{message}", "*": "{details}"}


def api(**said: Any) -> dict[str, Any]:
    return {
        "version": "v1",
        "docs": {"url": "https://docs.example/ref/"},
        "envelopes": [{"body": BODY, "content_type": "application/problem+json"}],
        "errors": {"gone": {"status": 410}, "Sold.Out-1": {"status": 409}},
        **said,
    }


def loaded(folder: Path, **said: Any) -> Catalog:
    file = folder / "errors.yaml"
    file.write_text(json.dumps({"apis": {"shop": api(**said)}}), "utf-8")
    return load(file, name="errors.yaml").catalog


def problems(folder: Path, **said: Any) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        loaded(folder, **said)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "docs",
    [
        {"url": "https://docs.example/ref/"},
        {"url": "https://docs.example", "error": "{version}/{code}.html"},
        {"url": "https://docs.example/{x}", "error": "errors/#{code}"},
    ],
)
def test_an_example_carries_the_address(tmp_path: Path, docs: dict[str, str]) -> None:
    shop = loaded(tmp_path, docs=docs).apis["shop"]
    for code in shop.errors:
        example = example_response(shop, code)
        assert example is not None
        assert isinstance(example.body, dict)
        assert example.body["type"] == docs_url("shop", shop, code)


def test_what_generated_code_makes_of_the_address_is_the_error(tmp_path: Path) -> None:
    catalog = loaded(tmp_path)
    (source,) = [
        text for path, text in OUTPUTS["python"].render(catalog).items() if path.endswith(".py")
    ]
    (tmp_path / "shop_errors.py").write_text(source, "utf-8")
    module = runpy.run_path(str(tmp_path / "shop_errors.py"))
    body = {"type": "https://docs.example/ref/shop/errors/Sold.Out-1/", "detail": "None left."}
    error = module["from_response"](409, {}, body)
    assert (error.code, error.message) == ("Sold.Out-1", "None left.")
    assert error.docs_url == body["type"]


def test_a_published_catalog_says_the_same(tmp_path: Path) -> None:
    catalog = loaded(tmp_path)
    (text,) = OUTPUTS["catalog"].render(catalog).values()
    (tmp_path / "errors.json").write_text(text, "utf-8")
    assert load(tmp_path / "errors.json").catalog == catalog


def test_headers_have_it_too(tmp_path: Path) -> None:
    envelope = {"body": {"c": "{code}"}, "headers": {"Link": '<{docs_url}>; rel="help"'}}
    shop = loaded(tmp_path, envelopes=[envelope]).apis["shop"]
    example = example_response(shop, "gone")
    assert example is not None
    assert example.headers["Link"] == '<https://docs.example/ref/shop/errors/gone/>; rel="help"'


def test_doubled_braces_are_braces(tmp_path: Path) -> None:
    envelope = {"body": {"c": "{code}", "d": "{docs_url}", "e": "{{docs_url}}"}}
    shop = loaded(tmp_path, envelopes=[envelope]).apis["shop"]
    example = example_response(shop, "gone")
    assert example is not None
    assert isinstance(example.body, dict)
    assert example.body["e"] == "{docs_url}"


def test_without_an_address_there_is_nothing_to_say(tmp_path: Path) -> None:
    told = "\n".join(problems(tmp_path, docs={}))
    assert "error[unknown-address]: {docs_url} has no address to begin with" in told
    assert "docs: {url: …}" in told


def test_a_code_that_addresses_spell_otherwise_is_refused(tmp_path: Path) -> None:
    (told,) = problems(tmp_path, errors={"gone": {"status": 410}, "a/b": {"status": 409}})
    assert "error[address-without-code]: the address of 'a/b' is spelt" in told
    assert "shop/errors/a~2f~b/" in told


def test_such_a_code_is_fine_where_no_body_says_its_address(tmp_path: Path) -> None:
    plain = {"body": {"code": "{code}"}}
    catalog = loaded(tmp_path, envelopes=[plain], errors={"a/b": {"status": 409}})
    assert list(catalog.apis["shop"].errors) == ["a/b"]
