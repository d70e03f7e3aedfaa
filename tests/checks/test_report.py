"""What a check found, told in every format: the same, exactly, and inert."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import click
import pytest

from errorbook.checks.report import CheckReport, outcome
from errorbook.checks.report_json import json_report
from errorbook.checks.report_markdown import MARK, markdown_report
from errorbook.checks.report_text import text_report
from errorbook.checks.result import Checked, Reported
from errorbook.problems import Place, Problem
from errorbook.reports import github, gitlab, junit, sarif
from tests.reports.nasty import NASTY
from tests.reports.strict import complaints
from tests.reports.test_markdown import rendered

CATALOG = "errors.yaml: 2 APIs, 18 errors"
STALE = Reported(
    Problem("stale-file", Place("sdk/a.py", 3), "is stale", "run: errorbook generate"),
    diff=("--- a", "-old", "+new", " ::error::x"),
    is_mended=True,
)
FOREIGN = Reported(
    Problem("foreign-file", Place("b.py"), "is yours", "move it, then run: errorbook generate")
)
UNCLEAR = Reported(
    Problem("no-fix", Place("errors.yaml", 7, 5), "says no fix", "write one", "warning"),
    subject="shop/sold_out",
)
FILES = ("generated files", Checked("10 generated files", (STALE,)))
TEXTS = ("texts", Checked("18 errors", (UNCLEAR,), notes=("texts are 90 % complete",)))
SITE = ("built HTML", Checked("", not_checked=("site/: there is no such folder",)))


def _report(*parts: tuple[str, Checked], accepted: tuple[Reported, ...] = ()) -> CheckReport:
    return CheckReport(CATALOG, "errorbook generate", parts, accepted=accepted)


def _clean(part: tuple[str, Checked]) -> tuple[str, Checked]:
    return part[0], replace(part[1], found=())


def _text(report: CheckReport, *, verbose: bool = False) -> list[str]:
    return [click.unstyle(line) for line in text_report(report, verbose=verbose)]


@pytest.mark.parametrize(
    ("report", "verdict"),
    [
        (_report(), ", valid; nothing else is named to be checked"),
        (replace(_report(), unseen="; 1 left"), ", valid; nothing compared; 1 left"),
        (_report(("a", Checked("1 file", (FOREIGN,)))), "1 file: 1 problem"),
        (_report(FILES, ("b", Checked("1 text", is_blocked=True))), "1 text: 1 problem"),
        (_report(_clean(FILES)), "10 generated files up to date"),
        (_report(_clean(FILES), _clean(TEXTS)), "10 generated files, 18 errors: no problems"),
        (_report(FILES), "10 generated files: 1 problem; to mend: errorbook generate"),
        (_report(TEXTS), "18 errors: 1 warning"),
        (
            _report(FILES, TEXTS, SITE, accepted=(UNCLEAR,)),
            "10 generated files, 18 errors: 1 problem, 1 warning (1 accepted), "
            "not checked: site/: there is no such folder; to mend: errorbook generate",
        ),
        (_report(_clean(FILES), accepted=(STALE,)), "10 generated files: no problems (1 accepted)"),
        (_report(SITE), "nothing compared, not checked: site/: there is no such folder"),
        (_report(("a", Checked("1 site", not_checked=tuple("abcde")))), "a; b; c and 2 more"),
    ],
)
def test_the_verdict_says_exactly_what_was_done(report: CheckReport, verdict: str) -> None:
    assert report.verdict.startswith(CATALOG)
    assert report.verdict.endswith(verdict)


@pytest.mark.parametrize(
    "report", [_report(SITE), _report(FILES, SITE), _report(_clean(FILES), SITE)]
)
def test_what_was_left_out_is_said_in_every_format_and_nothing_passes(report: CheckReport) -> None:
    reason = "site/: there is no such folder"
    one = outcome(report)
    assert f"not checked: {reason}" in _text(report)
    data = json.loads(json_report(report))
    assert (data["complete"], data["not_checked"]) == (False, [reason])
    assert f"- **not checked**: {reason}\n" in markdown_report(report)
    assert "1 part not checked\n" in markdown_report(report)
    assert github.report(one).startswith(f"::error title=not checked::{reason}\n")
    assert json.loads(gitlab.report(one))[0]["description"] == f"not checked: {reason}"
    (run,) = json.loads(sarif.report(one))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    root = ET.fromstring(junit.report(one))  # noqa: S314  # made right here
    assert root.get("errors") == "1"
    for text in (json_report(report), report.verdict, markdown_report(report)):
        assert "up to date" not in text


def test_text_has_a_line_for_each_problem_and_its_diff() -> None:
    assert _text(_report(FILES)) == [
        "sdk/a.py:3: error[stale-file]: is stale (run: errorbook generate)",
        "    --- a",
        "    -old",
        "    +new",
        "     : :error::x",
    ]


def test_several_checks_have_headings() -> None:
    lines = _text(_report(FILES, TEXTS))
    assert lines[0] == "generated files (10 generated files): 1 finding"
    assert lines[6:] == [
        "",
        "texts (18 errors): 1 finding",
        "errors.yaml:7:5: warning[no-fix]: says no fix (write one)",
    ]


def test_verbose_text_also_tells_what_is_fine_or_accepted() -> None:
    lines = _text(_report(_clean(FILES), TEXTS, SITE, accepted=(STALE,)), verbose=True)
    assert "generated files (10 generated files): nothing found" in lines
    assert "built HTML: nothing compared" in lines
    assert "note: texts are 90 % complete" in lines
    assert lines[-2] == "sdk/a.py:3: error[stale-file]: is stale (run: errorbook generate)"
    assert lines[-3] == "accepted: accepted for now"
    assert _text(_report(_clean(FILES), accepted=(STALE,))) == []


@pytest.mark.parametrize(
    "report",
    [
        _report(),
        _report(FILES, TEXTS, SITE, accepted=(STALE,)),
        replace(_report(FILES), is_invalid=True, catalog=""),
    ],
)
def test_json_is_as_its_schema_says(report: CheckReport) -> None:
    assert complaints("check-report", json_report(report)) == []


def test_json_has_everything() -> None:
    data = json.loads(json_report(_report(FILES, TEXTS, accepted=(UNCLEAR,))))
    assert data["counts"] == {"error": 1, "warning": 1, "accepted": 1}
    assert (data["failed"], data["complete"], data["valid"]) == (True, True, True)
    assert data["checks"][0]["findings"] == [
        {
            "rule": "stale-file",
            "severity": "error",
            "message": "is stale",
            "hint": "run: errorbook generate",
            "subject": "",
            "value": "",
            "fingerprint": STALE.fingerprint,
            "file": "sdk/a.py",
            "line": 3,
            "column": 0,
            "diff": list(STALE.diff),
        }
    ]
    assert data["accepted"][0]["subject"] == "shop/sold_out"


def test_markdown_is_the_body_of_a_comment() -> None:
    text = markdown_report(_report(TEXTS, FILES, accepted=(UNCLEAR,)))
    assert text.startswith(
        f"{MARK}\n\n### Error catalog: 1 problem, 1 warning (1 accepted)\n\n"
        f"{CATALOG}; compared: 18 errors, 10 generated files\n"
    )
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert rows[1].startswith(
        "| error | stale-file | is stale<br>*run: errorbook generate* | `sdk/"
    )
    assert rows[2].startswith("| warning | no-fix | says no fix")
    assert "run `errorbook generate` and commit the result.\n" in text
    assert "To see this locally, run `errorbook check`.\n" in text
    assert "```diff\n--- a\n-old\n+new\n" in text
    html = rendered(text)
    assert html.count("<details>") == html.count("</details>") == 2


def test_a_command_that_would_refuse_is_not_given() -> None:
    blocked = _report(FILES, ("b", Checked("1 file", (FOREIGN,), is_blocked=True)))
    assert json.loads(json_report(_report(FILES)))["command"] == "errorbook generate"
    for report in (blocked, _report(("a", Checked("1 file", (FOREIGN,)))), _report(TEXTS)):
        assert json.loads(json_report(report))["command"] is None
        assert complaints("check-report", json_report(report)) == []
        assert "To mend" not in markdown_report(report)


def test_markdown_of_what_is_fine_says_no_more_than_that() -> None:
    text = markdown_report(_report(_clean(FILES)))
    assert text == (
        f"{MARK}\n\n### Error catalog: no problems\n\n{CATALOG}; compared: 10 generated files\n"
    )
    assert "### Error catalog: valid, nothing else to check\n" in markdown_report(_report())


def test_markdown_fits_in_a_comment_and_keeps_the_worst() -> None:
    diff = tuple(f"+{'@someone `' * 15}{number}" for number in range(40))
    found = [replace(UNCLEAR, subject=f"{number}") for number in range(400)]
    found += [replace(STALE, diff=diff) for _ in range(200)]
    left_out = tuple(f"{number}: not there" for number in range(10))
    text = markdown_report(_report(("texts", Checked("1 site", tuple(found), left_out))))
    assert len(text) < 65_000
    assert text.index("| error |") < text.index("| warning |")
    assert re.search(r"\n[\d,]+ more are in the log\.\n", text)
    assert rendered(text).count("<details>") == rendered(text).count("</details>")


def _nasty(text: str) -> CheckReport:
    problem = Problem(text, Place(text, 3, 1), text, f"{text} errorbook generate")
    found = Reported(problem, text, (text, f" {text}", f"+{text}"))
    checked = Checked(text, (found,), (text,), (text,))
    return CheckReport(text, "errorbook generate", ((text, checked),), accepted=(found,), why=text)


@pytest.mark.parametrize("text", NASTY)
def test_nothing_of_others_acts_in_any_format(text: str) -> None:
    report = _nasty(text)
    lines = [*_text(report, verbose=True), report.verdict]
    assert all(line.isprintable() for line in lines)
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines[:-1])
    assert complaints("check-report", json_report(report)) == []
    html = rendered(markdown_report(report))
    assert html.count("<details>") == html.count("</details>") == 2
    assert not {"img", "script", "a"} & set(re.findall(r"<([a-z]+)", html))
    bare = re.sub(r"<code.*?</code>", "", html, flags=re.DOTALL)
    assert not re.search(r"(?<!\w)@\w", bare)
    assert html.count("<!--") == 1
    for shared in (github, gitlab, junit, sarif):
        assert "\x1b" not in shared.report(outcome(report))
