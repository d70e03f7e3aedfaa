"""What Errorbook generated reads back to what the catalog says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errorbook.catalog import Api, load
from errorbook.catalog.facts import exit_code
from errorbook.catalog.prose import plain
from errorbook.importing import python
from errorbook.importing.combine import combined
from errorbook.importing.readers import Wish
from errorbook.importing.sources import Source
from errorbook.outputs import OUTPUTS
from errorbook.outputs.python.naming import base_class, module_path, parents, raised_class
from tests.importing.python.read import Said

ROOT = Path(__file__).parents[3]
MODULES = {"artifacta": "examples/artifacta/src/artifacta", "artworks": "sdk/python/artworks"}

MARKET = """
apis:
  market:
    sdk: {python: {base: MarketError, parents: {orders: OrderError, 4xx: ClientError}}}
    groups: {orders: {title: Orders, meaning: What is about an order.}}
    exit_codes: {5: {name: CLIENT_ERROR, for: [4xx]}, 9: {name: LATE}}
    errors:
      unpaid: {status: 402, group: orders, meaning: "Not paid, yet."}
      sent:
        status: [409, 410]
        group: orders
        details: {days: {type: integer, unit: days, meaning: Since then.}, to: {type: string}}
        retry: {when: as_is, after: ["header:Retry-After"], max_attempts: 3}
        exit_code: 9
        sdk: {python: {exception: AlreadySent, constant: IS_SENT}}
      Closed: {}
"""


@pytest.mark.parametrize("name", MODULES)
def test_our_own_modules(name: str) -> None:
    api = load(ROOT / "errors.yaml").catalog.apis[name]
    folder = ROOT / MODULES[name]
    assert _read_back(Said(python.read(Source(folder, folder.name, b""), Wish()))) == _said_by(
        name, api
    )


def test_a_module_with_parents_groups_and_names_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "errors.yaml").write_text(MARKET, encoding="utf-8")
    catalog = load(tmp_path / "errors.yaml").catalog
    files = OUTPUTS["python"].render(catalog)
    text = files[module_path("market", catalog.apis["market"])]
    said = Said(python.read(Source(None, "errors.py", text.encode()), Wish()))
    assert _read_back(said) == _said_by("market", catalog.apis["market"])
    assert said.facts["errors.sent.sdk.python.exception"] == "AlreadySent"
    assert said.facts["errors.sent.sdk.python.constant"] == "IS_SENT"
    assert said.facts["groups.orders"] == {"title": "Orders"}
    assert said.facts["groups.orders.meaning"] == "What is about an order."
    assert said.facts["exit_codes.5.for"] == ["4xx"]
    assert combined([said.gathered]).problems == []


def _read_back(said: Said) -> dict[str, object]:
    """Return what was read as the model of an API has it."""
    tree: dict[str, object] = {}
    for claim in combined([said.gathered]).by_path.values():
        where = tree
        for key in claim.path[:-1]:
            inner = where.setdefault(key, {})
            assert isinstance(inner, dict)
            where = inner
        where.setdefault(claim.path[-1], claim.value)
    return _facts("", Api.model_validate_json(_json(tree)))


def _said_by(name: str, api: Api) -> dict[str, object]:
    return _facts(name, api)


def _facts(name: str, api: Api) -> dict[str, object]:
    """Return what a generated module holds of an API, prose without its markup."""
    base = base_class(name, api)
    facts: dict[str, object] = {
        "base": base,
        "parents": parents(api),
        "exit codes": {
            number: (one.name, sorted(one.applies_to)) for number, one in api.exit_codes.items()
        },
    }
    for code, error in api.errors.items():
        own = raised_class(name, api, code)
        facts[code] = {
            "class": own,
            "status": error.status,
            "meaning": plain(error.meaning),
            "actions": [(one.do, plain(one.how), plain(one.when)) for one in error.actions],
            "retry": error.retry.model_dump(exclude={"after"}),
            "after": [one.lower() for one in error.retry.after],
            "exit code": exit_code(api, code),
            "group": error.group if error.group in parents(api) else None,
            "causes": [plain(one) for one in error.causes] if own != base else [],
            "fix": plain(error.fix) if own != base else "",
            "details": {
                key: (detail.type, detail.unit, plain(detail.meaning))
                for key, detail in error.details.items()
                if key != "retry_after"  # every class has it, as a number of seconds
            }
            if own != base
            else {},
        }
    return facts


def _json(tree: dict[str, object]) -> str:
    return json.dumps(tree)
