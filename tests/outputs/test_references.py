"""Links of prose in files that are read far from the documentation."""

from __future__ import annotations

import json

import pytest

from errorbook.catalog import Catalog
from errorbook.outputs.references import resolver, whole_address

APIS = {
    "shop": {"docs": {"url": "https://x.example/d/"}, "errors": {"a": {}, "a/b": {}, "both": {}}},
    "cafe": {"docs": {"url": "https://y.example"}, "errors": {"closed": {}, "both": {}}},
    "bar": {"errors": {"full": {}}},
}
CATALOG = Catalog.model_validate_json(json.dumps({"apis": APIS}))


@pytest.mark.parametrize(
    ("reference", "address"),
    [
        ("a", "https://x.example/d/shop/errors/a/"),
        ("a/b", "https://x.example/d/shop/errors/a~2f~b/"),
        ("a%2Fb", "https://x.example/d/shop/errors/a~2f~b/"),
        ("both", "https://x.example/d/shop/errors/both/"),
        ("cafe/both", "https://y.example/cafe/errors/both/"),
        ("closed", "https://y.example/cafe/errors/closed/"),
        ("full", None),
        ("none", None),
        ("cafe/none", None),
    ],
)
def test_a_reference_leads_to_the_published_documentation(
    reference: str, address: str | None
) -> None:
    assert resolver(CATALOG, "shop")(reference) == address


def test_a_code_of_several_other_apis_leads_nowhere() -> None:
    assert resolver(CATALOG, "bar")("both") is None


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("guide/limits.md", "https://x.example/d/guide/limits.md"),
        ("https://z.example/", "https://z.example/"),
        ("mailto:a@z.example", "mailto:a@z.example"),
        ("/top", "/top"),
        ("#here", "#here"),
    ],
)
def test_a_path_is_below_the_documentation(target: str, address: str) -> None:
    assert whole_address(CATALOG.apis["shop"], target) == address
    assert whole_address(CATALOG.apis["bar"], target) == target
