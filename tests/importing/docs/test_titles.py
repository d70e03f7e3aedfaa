"""Titles of sections: codes in brackets, raw HTML, and what led to nothing."""

from __future__ import annotations

import pytest

from tests.importing.docs.reading import said, untold


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("### Rate limited (`too_many`)", None),
        ("### Rate limited (`too_many`, 429)", 429),
        ("### 429 Rate limited (`too_many`)", 429),
        ("### not_allowed (405)", 405),
    ],
)
def test_a_code_in_a_title(title: str, status: int | None) -> None:
    found = said("errors.md", f"# Errors\n\n{title}\n\nSlow down.\n")
    code = "not_allowed" if "not_allowed" in title else "too_many"
    assert found[f"errors.{code}.meaning"] == "Slow down."
    assert found.get(f"errors.{code}.status") == status
    assert not any(path.startswith("statuses") for path in found)


def test_a_code_that_is_the_reason_phrase_of_its_status() -> None:
    found = said("errors.md", "# Errors\n\n### not_found (404)\n\nGone.\n")
    assert found["errors.not_found.status"] == 404


def test_sections_that_led_to_nothing_are_told_once() -> None:
    table = "| Code | HTTP |\n|--|--|\n| `a_b` | 400 |\n"
    sections = "### closed\n\nThe shop is closed.\n\n### Shut now\n\n- It is shut.\n"
    page = f"# Errors\n\n{table}\n{sections}\n## Error handling\n\nBe calm.\n\n### Late\n\nx\n"
    assert untold("errors.md", page) == [
        "7: sections below a title about errors were left out: "
        "no code is in their titles: closed, Shut now"
    ]


def test_titles_of_html_within_markdown() -> None:
    parts = "<p><strong>Cause:</strong> No money.</p>\n<p><strong>Solution:</strong> Earn it.</p>\n"
    page = f"# Errors\n\n<h3>PAY-001 \u2014 Payment failed</h3>\n\n{parts}"
    found = said("errors.md", page)
    assert found["errors.PAY-001.meaning"] == "Payment failed"
    assert found["errors.PAY-001.causes"] == ["No money."]
    assert found["errors.PAY-001.fix"] == "Earn it."
