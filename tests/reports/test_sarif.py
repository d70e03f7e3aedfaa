"""SARIF: valid by the schema of OASIS, and in it everything that was found and left out."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from errorbook.reports.outcome import Outcome
from errorbook.reports.sarif import MOST, SCHEMA, report
from tests.reports.nasty import NASTY
from tests.reports.outcomes import entry, nasty_outcome, outcome
from tests.reports.strict import sarif_complaints


def _run(one: Outcome) -> dict[str, Any]:
    said = report(one)
    assert sarif_complaints(said) == []
    (run,) = json.loads(said)["runs"]
    found: dict[str, Any] = run
    return found


def test_the_schema_would_refuse_what_is_wrong() -> None:
    document = json.loads(report(outcome(entry())))
    document["runs"][0]["results"][0]["level"] = "fatal"
    assert sarif_complaints(json.dumps(document)) == [
        "$.runs[0].results[0].level: 'fatal' is not one of ['none', 'note', 'warning', 'error']"
    ]


def test_the_document_says_what_it_is() -> None:
    document = json.loads(report(outcome()))
    assert (document["version"], document["$schema"]) == ("2.1.0", SCHEMA)
    run = _run(outcome())
    assert run["results"] == []
    assert run["automationDetails"] == {"id": "errorbook/check/"}
    assert run["invocations"][0]["executionSuccessful"] is True


def test_a_finding_is_a_result_of_a_rule_at_a_place() -> None:
    run = _run(outcome(entry()))
    (result,) = run["results"]
    assert result["ruleId"] == "stale-file"
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "stale-file"
    assert result["level"] == "error"
    assert result["message"]["text"] == ("is not what the catalog says\nrun: errorbook generate")
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "sdk/errors.py", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 12, "startColumn": 5},
            }
        }
    ]
    assert result["properties"] == {"subject": "shop/sold_out", "part": "generated files"}
    assert "suppressions" not in result


def test_a_file_without_a_line_has_no_region() -> None:
    (result,) = _run(outcome(entry(line=0)))["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


@pytest.mark.parametrize("level", ["error", "warning", "note"])
def test_levels_are_those_of_sarif(level: Any) -> None:
    (result,) = _run(outcome(entry(level)))["results"]
    assert result["level"] == level


def test_what_somebody_lets_pass_is_suppressed_and_says_why() -> None:
    (result,) = _run(outcome(entry(passed="accepted for now")))["results"]
    assert result["suppressions"] == [
        {"kind": "external", "status": "accepted", "justification": "accepted for now"}
    ]


def test_what_was_not_checked_makes_the_run_unsuccessful() -> None:
    (invocation,) = _run(outcome(not_checked=("site: gone",)))["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert (told["descriptor"]["id"], told["level"]) == ("not-checked", "error")
    assert told["message"]["text"] == "site: gone"


def test_fingerprints_stay_when_lines_move_and_equal_ones_are_counted() -> None:
    prints = [one["partialFingerprints"] for one in _run(outcome(entry(), entry()))["results"]]
    moved = [one["partialFingerprints"] for one in _run(outcome(entry(line=1), entry()))["results"]]
    assert prints == moved
    assert [one["primaryLocationLineHash"][-2:] for one in prints] == [":1", ":2"]


def test_a_rule_is_named_once() -> None:
    run = _run(outcome(entry(), entry("warning", "other")))
    assert len(run["tool"]["driver"]["rules"]) == 1


def test_a_link_in_a_message_is_none() -> None:
    one = nasty_outcome("see [this](http://evil.example) or [1] and a[0](x)")
    (first, *_) = _run(one)["results"]
    assert first["message"]["text"].splitlines()[0] == (
        r"see \[this](http://evil.example) or \[1] and a\[0](x)"
    )


def test_paths_are_relative_references_with_forward_slashes() -> None:
    for path in ("a b/ü%?#.py", "c:/x.py", "//host/x.py", "/abs/x y.py", "../x.py", "javascript:1"):
        (result, *_) = _run(nasty_outcome(path))["results"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        parts = urlsplit(location["uri"])
        assert (parts.netloc, parts.query, parts.fragment) == ("", "", "")
        assert parts.scheme == ("file" if path.startswith("/") else "")
        assert unquote(parts.path).lstrip("/") == path.lstrip("/")
        assert ("uriBaseId" in location) is not path.startswith("/")


def test_no_more_results_than_github_keeps() -> None:
    many = [entry(subject=f"s{number}") for number in range(MOST + 2)]
    document = json.loads(report(outcome(*many)))
    (run,) = document["runs"]
    assert len(run["results"]) == MOST
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("2 findings more")


@pytest.mark.parametrize("text", NASTY)
def test_whatever_others_write_the_document_is_valid(text: str) -> None:
    run = _run(nasty_outcome(text))
    assert len(run["results"]) == 4
    for result in run["results"]:
        assert all(line.isprintable() for line in result["message"]["text"].split("\n"))
        for location in result["locations"]:
            uri = location["physicalLocation"]["artifactLocation"]["uri"]
            assert uri.isascii()
            assert uri.isprintable()
            assert not set(uri) & set(' "<>\\^`{|}#?')
