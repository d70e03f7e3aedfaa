"""When two values of an API say the same, and how they are shown where they do not."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from errorbook.importing.catalog_files import catalog_files
from errorbook.importing.gathered import Gathered
from errorbook.importing.outcome import Heard, imported
from errorbook.problems import Place
from tests.importing.conftest import Folder

LONG = "x" * 60


@pytest.mark.parametrize(
    ("known", "body", "expected"),
    [
        ('{code: "{code}", "id?": "{request_id}"}', {"code": "{code}"}, None),
        ('{code: "{code}", "id?": "{request_id}"}', {"code": "{code}", "id": "{request_id}"}, None),
        ('{code: "{code}"}', {"code": "{code}", "id": "{request_id}"}, "envelopes is "),
        (
            f'{{{LONG}: one, code: "{{code}}", id: "{{request_id}}"}}',
            {LONG: "one", "code": "{code}"},
            "envelopes.0.body.id is nothing here and '{request_id}' at errors.yaml:1",
        ),
    ],
)
def test_an_envelope_without_what_is_optional_is_no_other(
    folder: Folder, known: str, body: JsonValue, expected: str | None
) -> None:
    folder.write(errors_yaml=f"apis: {{shop: {{envelopes: [{{body: {known}}}]}}}}\n")
    gathered = Gathered()
    gathered.add(("envelopes",), [{"body": body}], Place("source", 7))
    files = catalog_files(folder.path / "errors.yaml", "errors.yaml")
    heard = [Heard("source", "docs", gathered)]
    conflicts = imported(heard, files, "shop", "catalog").report.conflicts
    assert len(conflicts) == (expected is not None)
    assert not conflicts or conflicts[0].message.startswith(expected or "")


def test_of_two_sources_the_wider_envelope_is_taken(folder: Folder) -> None:
    narrow: JsonValue = {"code": "{code}"}
    wide: JsonValue = {"code": "{code}", "id?": "{request_id}"}
    files = catalog_files(folder.path / "errors.yaml", "errors.yaml")
    for first, second in ((narrow, wide), (wide, narrow)):
        heard = []
        for body in (first, second):
            gathered = Gathered()
            gathered.add(("envelopes",), [{"body": body}], Place("source"))
            gathered.add(("errors", "a"), {}, Place("source"))
            heard.append(Heard("source", "docs", gathered))
        outcome = imported(heard, files, "shop", "catalog")
        values = {one.within: one.value for one in outcome.report.changes}
        assert values[("envelopes",)] == [{"body": wide}]
        assert not outcome.report.conflicts
