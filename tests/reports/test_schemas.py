"""The schemas of reports: printed by the verb, written as files, and the same both times."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from errorbook import cli
from errorbook.catalog import Catalog
from errorbook.outputs import OUTPUTS, stamp
from errorbook.reports.schemas import SCHEMAS, schema_text
from tests.reports.strict import complaints


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_stamped_and_printed_by_the_verb(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["schema", name]) == 0
    printed = capsys.readouterr().out
    assert printed == schema_text(name)
    assert stamp.state(printed) == "whole"
    Draft202012Validator.check_schema(json.loads(printed))


def test_every_schema_is_a_file_of_the_output() -> None:
    files = OUTPUTS["report-schemas"].render(Catalog(apis={}))
    assert files == {f"{name}.schema.json": schema_text(name) for name in SCHEMAS}


def test_a_schema_that_there_is_not_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema", "report"]) == 2
    assert "check-report" in capsys.readouterr().err


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_no_report_is_refused(name: str) -> None:
    assert complaints(name, "{}")
    assert complaints(name, '{"format": 2, "more": 1}')
