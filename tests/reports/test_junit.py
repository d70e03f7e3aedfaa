"""JUnit's XML: well formed whatever is in it, and nothing passes that was not looked at."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from errorbook.reports.junit import report
from errorbook.reports.outcome import Outcome
from tests.reports.nasty import NASTY
from tests.reports.outcomes import entry, nasty_outcome, outcome

_ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testcase": {"classname", "name", "time", "file", "line"},
    "failure": {"message", "type"},
    "error": {"message", "type"},
    "skipped": {"message"},
    "system-out": set[str](),
}
"""What the schemas of Jenkins and GitLab's reader know, as far as it is written here."""
_CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}


def _read(one: Outcome) -> ET.Element:
    """Return the document, after a look at its form and its numbers."""
    root = ET.fromstring(report(one).encode())  # noqa: S314  # what the test itself has made
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) <= _ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= _CHILDREN.get(element.tag, set())
    for suite in (root, *root.iter("testsuite")):
        cases = list(suite.iter("testcase"))
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(list(suite.iter("failure"))))
        assert suite.get("errors") == str(len(list(suite.iter("error"))))
        names = [case.get("name") for case in suite.findall("testcase")]
        assert len(set(names)) == len(names)
    return root


def _results(root: ET.Element) -> list[tuple[str | None, str]]:
    cases = root.iter("testcase")
    return [(one.get("name"), one[0].tag if len(one) else "passed") for one in cases]


def test_a_finding_is_a_test_that_failed() -> None:
    root = _read(outcome(entry(lines=("--- a", "+b"))))
    assert _results(root) == [("stale-file shop/sold_out in sdk/errors.py", "failure")]
    (case,) = root.iter("testcase")
    assert (case.get("file"), case.get("line")) == ("sdk/errors.py", "12")
    assert case.get("classname") == "errorbook.check.generated files"
    (failure,) = root.iter("failure")
    assert failure.get("message") == "is not what the catalog says"
    assert failure.text == (
        "sdk/errors.py:12:5: is not what the catalog says\nrun: errorbook generate\n"
        f"{entry().fingerprint}\n--- a\n+b"
    )


def test_where_nothing_was_found_a_test_says_what_was_looked_at() -> None:
    assert _results(_read(outcome())) == [("nothing found in 4 generated files", "passed")]


def test_where_nothing_was_compared_nothing_passes() -> None:
    nothing = replace(outcome(), looked_at=(("generated files", ""),))
    assert _results(_read(nothing)) == [("nothing compared", "skipped")]


def test_what_was_not_checked_is_an_error() -> None:
    root = _read(replace(outcome(not_checked=("site: no such folder",)), looked_at=()))
    assert _results(root) == [("site: no such folder", "error")]
    (error,) = root.iter("error")
    assert error.get("type") == "not-checked"


def test_warnings_pass_and_what_is_accepted_is_skipped() -> None:
    root = _read(outcome(entry("warning", "a"), entry(subject="b", passed="accepted for now")))
    assert [result for _, result in _results(root)] == ["skipped", "system-out"]


def test_equal_findings_have_names_of_their_own() -> None:
    names = [name for name, _ in _results(_read(outcome(entry(), entry())))]
    assert names == [
        "stale-file shop/sold_out in sdk/errors.py",
        "stale-file shop/sold_out in sdk/errors.py (2)",
    ]


@pytest.mark.parametrize("text", NASTY)
def test_whatever_others_write_the_document_is_well_formed(text: str) -> None:
    root = _read(nasty_outcome(text))
    results = [result for _, result in _results(root)]
    assert sorted(results) == ["error", "failure", "skipped", "system-out", "system-out"]
    said = [one for element in root.iter() for one in (*element.attrib.values(), element.text)]
    assert all("\x1b" not in (one or "") and "\u202e" not in (one or "") for one in said)
