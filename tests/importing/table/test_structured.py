"""Plain data: which of it is a list of errors, and where a file stops being readable."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from errorbook.importing.readers import UnreadableError
from tests.importing.table.reading import gathered, told


@pytest.mark.parametrize(
    ("name", "text", "mark"),
    [
        ("a.json", '[{"a": 1},\n x]', (2, 2)),
        ("a.toml", "a = 1\nb =\n", (2, 4)),
        ("a.yaml", "- a\n- *b\n", (2, 3)),
        ("a.yaml", "[a, *b]\n", (1, 5)),
    ],
)
def test_a_file_that_is_no_list_says_where(name: str, text: str, mark: tuple[int, int]) -> None:
    with pytest.raises(UnreadableError) as raised:
        gathered(text, name)
    assert raised.value.mark == mark
    assert "line" not in str(raised.value)


def test_the_example_of_the_page_is_read_as_it_says() -> None:
    page = (Path(__file__).parents[3] / "docs" / "import.md").read_text("utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert told(example, "a.json") == {
        "errors.E1001.message": "Disk full",
        "errors.E1002.message": "No such file",
        "errors.E1002.status": 404,
    }


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ({"E1": 404, "E2": {"status": 409}}, {"E1": 404, "E2": 409}),
        ({"api_version": 1, "my_list": {"E1": {"status": 409}}}, {"E1": 409}),
        ({"v": "1", "errors": {"E1": {"status": 409}, "http": "x"}}, None),
        ({"code": "E1", "status": 404}, None),
    ],
)
def test_a_record_is_no_list_and_a_mixture_may_be_one(
    text: object, codes: dict[str, int] | None
) -> None:
    if codes is None:
        with pytest.raises(UnreadableError, match="no list of errors"):
            gathered(json.dumps(text), "a.json")
        return
    expected = {f"errors.{code}.status": status for code, status in codes.items()}
    assert told(json.dumps(text), "a.json") == expected
