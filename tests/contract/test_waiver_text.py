"""The waiver that a report offers is one that lets its change pass."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from errorbook.catalog.yaml_reader import read_yaml
from errorbook.contract.waiver_text import waiver_lines
from errorbook.contract.waivers import Waiver, sort_out
from tests.contract.reports import HOSTILE, change

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    "subject", ["sold_out", "no", "0401", "1:30", "a.b", "Größe", "#x", '"', "- {a: b}", HOSTILE]
)
@pytest.mark.parametrize("api", ["shop", "no"])
def test_a_waiver_with_a_reason_lets_its_change_pass(api: str, subject: str) -> None:
    one = replace(change(), api=api, subject=subject)
    text = "\n".join(["waivers:", *waiver_lines(one, TODAY)])

    data, problems = read_yaml(text.encode(), "errorbook.yaml")

    assert problems == []
    assert data is not None
    (entry,) = data["waivers"]
    assert entry["reason"] == ""
    waiver = Waiver.model_validate_json(json.dumps({**entry, "reason": "never shipped"}))
    assert sort_out([one], [waiver], TODAY).counted == ()
    assert sort_out([one], [waiver], date(2026, 6, 2)).counted == (one,)


def test_a_waiver_is_plain_text_on_lines_of_its_own() -> None:
    lines = waiver_lines(replace(change(), subject=HOSTILE), TODAY)
    assert len(lines) == 5
    assert all(line.isascii() and line.isprintable() for line in lines)
    assert "  subject: shop/sold_out" in waiver_lines(change(), TODAY)


def test_a_waiver_of_an_api_as_a_whole_names_it() -> None:
    assert '  subject: "no"' in waiver_lines(replace(change(), api="no", subject=""), TODAY)
