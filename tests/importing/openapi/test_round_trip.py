"""What Errorbook writes as OpenAPI components reads back as the catalog says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from errorbook.catalog import Api, load
from errorbook.catalog.facts import example_message, status_meaning
from errorbook.importing.gathered import Gathered
from errorbook.outputs.openapi import openapi_text
from tests.importing.openapi.imported import api_of, read, untold

ROOT = Path(__file__).parents[3]
APIS = ("artifacta", "artworks")


@pytest.fixture(scope="module", params=APIS)
def both(request: pytest.FixtureRequest) -> tuple[Api, Api, Gathered]:
    catalog = load(ROOT / "errors.yaml").catalog
    gathered = read(openapi_text(catalog, request.param))
    return catalog.apis[request.param], api_of(gathered), gathered


def test_the_api_is_itself_again(both: tuple[Api, Api, Gathered]) -> None:
    written, found, gathered = both

    assert (found.title, found.version) == (written.title, written.version)
    assert list(found.errors) == list(written.errors)
    assert untold(gathered) == ""


def test_the_envelopes_are_themselves_again(both: tuple[Api, Api, Gathered]) -> None:
    written, found, _ = both

    assert [one.body for one in found.envelopes] == [one.body for one in written.envelopes]


def test_errors_are_themselves_again(both: tuple[Api, Api, Gathered]) -> None:
    written, found, _ = both

    for code, error in written.errors.items():
        assert facts_of(found, code) == facts_of(written, code), code
        assert found.errors[code].message == example_message(error), code


def test_statuses_mean_what_they_meant(both: tuple[Api, Api, Gathered]) -> None:
    written, found, _ = both

    for status in found.statuses:
        assert status_meaning(found, status) == status_meaning(written, status)


def facts_of(api: Api, code: str) -> Any:
    """Return what the components say of an error."""
    error = api.errors[code]
    fields = {"status", "meaning", "causes", "fix", "actions", "retry", "deprecated", "sunset"}
    return error.model_dump(include=fields), {
        name: detail.model_dump() for name, detail in error.details.items()
    }
