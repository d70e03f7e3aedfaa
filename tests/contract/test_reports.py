"""A report says the same in every format, and nothing of a catalog acts in any of them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import click
import pytest
import yaml
from markdown_it import MarkdownIt

from errorbook.contract.report import Report
from errorbook.contract.report_json import json_report
from errorbook.contract.report_markdown import MARK, changelog, markdown_report
from errorbook.contract.report_outcome import outcome
from errorbook.contract.report_text import WIDTH, text_report
from errorbook.problems import Place, Problem
from errorbook.reports import github
from tests.contract.reports import HOSTILE, change, hostile_change, report, waived_report

SAFE = change("code-added", "safe", "new_one")
REWORDED = change("message-reworded", "safe", "broke")
DANGEROUS = change("retry-changed", "dangerous", "broke")
MIXED = report(SAFE, DANGEROUS, change(), REWORDED)


def github_report(one: Report) -> str:
    return github.report(outcome(one))


def _text(one: Report, *, verbose: bool = False) -> str:
    return "\n".join(map(click.unstyle, text_report(one, verbose=verbose)))


@pytest.mark.parametrize(
    ("one", "bump", "failed"),
    [
        (report(), "none", False),
        (report(REWORDED), "patch", False),
        (report(SAFE), "minor", False),
        (report(DANGEROUS), "minor", False),
        (MIXED, "major", True),
        (replace(report(DANGEROUS), fail_on="dangerous"), "minor", True),
        (waived_report(), "none", False),
    ],
)
def test_changes_say_which_version_they_need_and_whether_they_fail(
    one: Report, bump: str, *, failed: bool
) -> None:
    assert (one.bump, one.has_failed) == (bump, failed)


def test_text_says_what_was_compared_and_lists_the_worst_first() -> None:
    assert _text(MIXED).splitlines() == [
        "errors.yaml against v1.0 (4f2c1a9): 412 codes compared in 0.09 s",
        "",
        "BREAKING 1",
        "  errors.yaml:12  shop/sold_out  code-removed",
        "    was -> is",
        "    sold_out is not what it was.",
        "    breaks: HTTP clients, Python",
        "    fix: keep sold_out",
        f"    {change().fingerprint}",
        "",
        "DANGEROUS 1",
        "  errors.yaml:11  shop/broke  retry-changed",
        "    was -> is",
        "    broke is not what it was.",
        "    breaks: HTTP clients, Python",
        "    fix: keep broke",
        f"    {DANGEROUS.fingerprint}",
        "",
        "SAFE 2  --verbose lists them",
        "  1 code-added, 1 message-reworded",
        "",
        "FAIL: 1 breaking, 1 dangerous, 2 safe; needs a new major version",
        "A change that has to be gets a waiver in errorbook.yaml, with rule, subject,",
        "fingerprint, reason and the day it expires.",
    ]


def test_verbose_text_lists_safe_changes_as_a_changelog_does() -> None:
    text = _text(report(SAFE, REWORDED), verbose=True)
    assert "  - Add shop/new_one\n  - shop/broke: broke is not what it was.\n" in text


def test_verbose_text_shows_the_waivers_of_what_fails() -> None:
    one = replace(report(change(), SAFE), today=date(2026, 11, 2))
    assert "expires: --verbose shows it.\n" in f"{_text(one)}\n".replace("\nexp", " exp")
    text = _text(one, verbose=True)
    (waiver,) = yaml.safe_load(text[text.index("waivers:") :])["waivers"]
    assert waiver == {
        "rule": "code-removed",
        "subject": "shop/sold_out",
        "fingerprint": change().fingerprint,
        "reason": "",
        "expires": date(2027, 1, 31),
    }


def test_waived_changes_stand_apart_with_day_and_reason() -> None:
    text = _text(waived_report())
    assert f"{change().fingerprint}  code-removed  shop/sold_out, until 2027-01-31: never" in text
    assert text.endswith("OK: 1 waived; no new version is needed")
    assert "BREAKING" not in text


@pytest.mark.parametrize("severity", ["breaking", "safe"])
def test_text_keeps_within_its_columns_and_nothing_in_it_acts(severity: str) -> None:
    assert severity in ("breaking", "safe")
    one = report(hostile_change("breaking" if severity == "breaking" else "safe"))
    lines = _text(replace(one, notes=(HOSTILE,)), verbose=True).splitlines()
    assert all(line.isprintable() for line in lines)
    assert not any(line.lstrip().startswith("::") for line in lines)
    assert "##[" not in "".join(lines)
    assert all(len(line) <= WIDTH or " " not in line.strip() for line in lines[5:])


@pytest.mark.parametrize("width", range(60, 100))
def test_the_time_stands_behind_its_number_or_is_left_out(width: int) -> None:
    """Where it does not fit: a line must not be longer than a terminal, nor begin with its unit."""
    said = "errors.yaml against v1.0 (4f2c1a9): 412 codes compared in 0.09 s"
    against = "v1.0" + "0" * (width - len(said))
    first, second, *_ = _text(replace(MIXED, against=against)).splitlines()
    assert len(first) < WIDTH
    told = f"{first} {second}".rstrip()
    assert told.endswith((" compared in 0.09 s", " compared"))
    assert told.endswith(" s") or len(first) + len(" in 0.09 s") >= WIDTH


def test_json_is_versioned_ascii_and_whole() -> None:
    text = json_report(replace(MIXED, waived=waived_report().waived, notes=("a note",)))
    assert text.isascii()
    data = json.loads(text)
    assert (data["format"], data["bump"], data["failed"], data["codes"]) == (1, "major", True, 412)
    assert data["counts"] == {"breaking": 1, "dangerous": 1, "safe": 2, "waived": 1}
    assert [one["severity"] for one in data["changes"]] == ["breaking", "dangerous", "safe", "safe"]
    assert data["changes"][0] | {"who": None} == {
        "rule": "code-removed",
        "severity": "breaking",
        "api": "shop",
        "subject": "sold_out",
        "before": "was",
        "after": "is",
        "breaks": ["wire", "python"],
        "message": "sold_out is not what it was.",
        "hint": "keep sold_out",
        "fingerprint": change().fingerprint,
        "file": "errors.yaml",
        "line": 12,
        "column": 7,
        "who": None,
    }
    assert data["waived"][0]["waiver"] == {"reason": "never shipped", "expires": "2027-01-31"}
    assert data["notes"] == ["a note"]


def test_json_does_not_tell_how_long_it_took() -> None:
    assert json_report(MIXED) == json_report(replace(MIXED, seconds=9.0))


def test_github_gets_an_annotation_at_the_line() -> None:
    first, second, third = github_report(MIXED).splitlines()
    assert first.startswith(
        "::error file=errors.yaml,line=12,col=7,"
        "title=breaking%3A code-removed shop/sold_out::was -> is%0Asold_out is not what it was."
    )
    assert second.startswith("::warning file=errors.yaml,line=11,")
    assert third.startswith("::notice title=errorbook diff%3A errors.yaml against v1.0::FAIL: 1 ")


def test_github_gets_no_more_than_it_shows_and_the_worst_first() -> None:
    many = [change(subject=f"code_{number}") for number in range(15)]
    some = [change("retry-changed", "dangerous", f"code_{number}") for number in range(30)]
    lines = github_report(report(*some, *many)).splitlines()
    levels = [line.split(" ")[0] for line in lines]
    assert levels == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"]
    assert "25 more are not shown" in lines[-1]


def test_nothing_of_a_catalog_is_a_command_of_its_own_or_ends_a_property() -> None:
    one = report(hostile_change(), hostile_change("dangerous"))
    lines = github_report(replace(one, against=HOSTILE)).splitlines()
    assert len(lines) == 3
    for line in lines:
        properties = line.split("::")[1]
        assert line.isprintable()
        assert re.fullmatch(r"\w+ (?:\w+=[^:,]*,?)+", properties)


def test_markdown_has_a_mark_a_headline_and_a_table() -> None:
    text = markdown_report(MIXED)
    assert text.startswith(f"{MARK}\n")
    assert "### Error catalog: 1 breaking, 1 dangerous, 2 safe; needs a new major version" in text
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert [row.split(" | ")[0] for row in rows] == ["| Impact", "| breaking", "| dangerous"]
    assert "`shop/sold_out`" in rows[1]
    assert "`errors.yaml:12`" in rows[1]
    assert "- Add `shop/new_one`\n" in text


def test_markdown_fits_in_a_comment_and_keeps_the_worst() -> None:
    many = [change("retry-changed", "dangerous", f"code_{number}") for number in range(2000)]
    safe = [change("code-added", "safe", f"new_{number}") for number in range(2000)]
    text = markdown_report(report(*safe, *many, change()))
    assert len(text) < 65_000
    assert text.index("`shop/sold_out`") < text.index("`shop/code_0`")
    assert re.search(r"\n[\d,]+ more are in the log\.\n", text)
    assert text.endswith("needs a new major version\n")


@pytest.mark.parametrize("severity", ["breaking", "safe"])
def test_markdown_of_a_hostile_catalog_is_inert(severity: str) -> None:
    one = hostile_change("breaking" if severity == "breaking" else "safe")
    problem = Problem("waiver-unused", Place("errorbook.yaml", 3, 1), HOSTILE, HOSTILE)
    whole = replace(waived_report(), found=report(one).found, notes=(HOSTILE,), problems=(problem,))
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown_report(whole))
    tags = set(re.findall(r"<(/?[a-z0-9]+)", html))
    assert tags.isdisjoint({"img", "a", "script"})
    bare = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert not re.search(r"@\w", bare)
    assert "\x1b" not in html
    assert "\u202e" not in html
    cells = [row.count("<td>") for row in html.split("<tr>") if "<td>" in row]
    assert set(cells) <= {5}


def test_a_changelog_has_a_line_for_each_change() -> None:
    assert list(changelog(report(SAFE, change()))) == [
        "- Remove `shop/sold_out`",
        "- Add `shop/new_one`",
    ]
