"""Findings that are accepted: the file may only shrink, and tells of what it no longer has to."""

from __future__ import annotations

import dataclasses
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from errorbook import cli
from errorbook.checks.accepted import GONE, Known, read, sort_out, write
from errorbook.checks.accepted_content import Content, Entry
from errorbook.checks.accepted_file import content_of, text_of
from errorbook.checks.result import Checked, Context, Reported, fingerprint
from errorbook.problems import ErrorbookError, Place, Problem
from tests.checks.projects import SmallProject

FILE = "errorbook-baseline.json"
INTERNAL = "errorbook-baseline.internal.json"
ACCEPT = ["check", "--write-baseline"]
BARE = "apis: {shop: {errors: {broke: {meaning: There is no money.}}}}"
"""An error without cause (a warning) and fix (an error)."""
CAUSED = "apis: {shop: {errors: {broke: {meaning: There is no money., causes: [Rent.]}}}}"
FULL = CAUSED.replace("]}", "], fix: Save.}")
WORSE = BARE.replace("{broke", "{till_jams: {meaning: The till stays shut.}, broke")
HIDDEN = BARE.replace("{broke", "{secret_one: {meaning: Psst., visibility: internal}, broke")


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    project = SmallProject(tmp_path)
    project.write_project("check: {quality: {}}")
    project.write_catalog(BARE)
    return project


Said = Callable[[], tuple[str, str]]


@pytest.fixture(name="said")
def _said(capsys: pytest.CaptureFixture[str]) -> Said:
    """What was printed since it was asked last: findings, and the lines beside them."""

    def said() -> tuple[str, str]:
        captured = capsys.readouterr()
        return captured.out, captured.err

    return said


def _entries(project: SmallProject, name: str = FILE) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((project.folder / name).read_text())["accepted"]
    return entries


def _rules(project: SmallProject, name: str = FILE) -> list[str]:
    return [entry["rule"] for entry in _entries(project, name)]


def _text(project: SmallProject, name: str = FILE) -> str:
    return (project.folder / name).read_text("utf-8")


def _command(out: str) -> list[str]:
    """Return the arguments of the command that a report says to run."""
    found = re.search(r"\(run: errorbook ([^)]+)\)", out)
    assert found, out
    return shlex.split(found[1])


class TestAccepting:
    def test_what_is_accepted_does_not_fail_and_is_counted(
        self, project: SmallProject, said: Said
    ) -> None:
        assert cli.run(["check"]) == 1
        assert cli.run(ACCEPT) == 0
        assert f"{FILE}: 2 findings accepted" in said()[1]
        assert cli.run(["check"]) == 0
        out, err = said()
        assert out == ""
        assert "no problems (2 accepted)" in err

    def test_the_file_has_one_sorted_entry_a_line_and_nothing_that_moves(
        self, project: SmallProject
    ) -> None:
        cli.run(ACCEPT)
        lines = _text(project).splitlines()
        assert lines[4:6] == [
            '    {"check": "texts", "rule": "no-cause", "file": "errors.yaml", '
            f'"subject": "shop/broke", "fingerprint": "{_print("no-cause")}"}},',
            '    {"check": "texts", "rule": "no-fix", "file": "errors.yaml", '
            f'"subject": "shop/broke", "fingerprint": "{_print("no-fix")}"}}',
        ]
        before = _text(project)
        project.write_catalog(f"# moved\n\n{BARE}")
        assert cli.run(["check"]) == 0
        assert cli.run(ACCEPT) == 0
        assert _text(project) == before

    def test_nothing_can_be_accepted_where_nothing_is_asked_for(
        self, project: SmallProject
    ) -> None:
        project.write_project("")
        assert cli.run(ACCEPT) == 2
        assert not (project.folder / FILE).exists()

    def test_a_project_that_is_not_valid_accepts_nothing(self, project: SmallProject) -> None:
        project.write_catalog("apis: {shop: {erors: {}}}")
        assert cli.run(ACCEPT) == 2
        assert not (project.folder / FILE).exists()

    def test_another_catalog_than_that_of_the_project_is_not_accepted(
        self, project: SmallProject
    ) -> None:
        (project.folder / "other.yaml").write_text(BARE)
        assert cli.run([*ACCEPT, "--catalog", "other.yaml"]) == 2
        assert not (project.folder / FILE).exists()

    def test_what_a_command_mends_is_not_accepted(self, project: SmallProject, said: Said) -> None:
        project.write_project("generate: [{output: schema, to: .}]\ncheck: {quality: {}}")
        assert cli.run(ACCEPT) == 1
        out, err = said()
        assert _rules(project) == ["no-cause", "no-fix"]
        assert "missing-file" in out
        assert "1 finding can only be mended, not accepted" in err
        assert cli.run(["generate"]) == 0
        assert cli.run(["check"]) == 0

    def test_the_folder_it_is_run_from_makes_no_difference(
        self, project: SmallProject, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cli.run(ACCEPT)
        other = project.folder / "somewhere"
        other.mkdir()
        for folder, name in ((other, ".."), (project.folder.parent, project.folder.name)):
            monkeypatch.chdir(folder)
            assert cli.run(["check", "-p", name]) == 0

    def test_a_file_of_another_name_is_written_where_errorbook_yaml_says(
        self, project: SmallProject
    ) -> None:
        project.write_project("check: {quality: {}, baseline: ci/known.json}")
        assert cli.run(ACCEPT) == 0
        assert _rules(project, "ci/known.json") == ["no-cause", "no-fix"]
        assert cli.run(["check"]) == 0

    def test_an_empty_file_keeps_out_what_comes_later(self, project: SmallProject) -> None:
        project.write_catalog(FULL)
        assert cli.run(ACCEPT) == 0
        assert _entries(project) == []
        project.write_catalog(BARE)
        assert cli.run(ACCEPT) == 1
        assert _entries(project) == []


class TestShrinking:
    def test_what_was_mended_is_a_finding_until_the_command_it_names_is_run(
        self, project: SmallProject, said: Said
    ) -> None:
        cli.run(ACCEPT)
        project.write_catalog(CAUSED)
        said()
        assert cli.run(["check"]) == 1
        out, _ = said()
        assert out.startswith(f"{FILE}:5: error[{GONE}]: no-cause of 'shop/broke' is accepted here")
        assert cli.run(_command(out)) == 0
        assert "1 finding accepted, 1 taken out" in said()[1]
        assert _rules(project) == ["no-fix"]
        assert cli.run(["check"]) == 0

    def test_the_command_it_names_works_from_another_folder(
        self, project: SmallProject, said: Said, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cli.run(ACCEPT)
        project.write_catalog(CAUSED)
        monkeypatch.chdir(project.folder.parent)
        said()
        assert cli.run(["check", "-p", project.folder.name]) == 1
        command = _command(said()[0])
        assert command == [*ACCEPT, "-p", project.folder.name]
        assert cli.run(command) == 0
        assert cli.run(["check", "-p", project.folder.name]) == 0

    def test_what_is_new_is_not_accepted_and_what_was_mended_is_taken_out(
        self, project: SmallProject, said: Said
    ) -> None:
        project.write_catalog(WORSE)
        cli.run(ACCEPT)
        project.write_catalog(CAUSED.replace("{broke", "{new_one: {meaning: Hm.}, broke"))
        said()
        assert cli.run(ACCEPT) == 1
        out, err = said()
        assert sorted(re.findall(r"\[([\w-]+)\]: (\S+):", out)) == [
            ("no-cause", "shop/new_one"),
            ("no-fix", "shop/new_one"),
        ]
        assert "2 new findings not accepted" in err
        assert [entry["subject"] for entry in _entries(project)] == ["shop/broke"]

    def test_either_side_of_a_conflict_leads_to_the_same_file(self, project: SmallProject) -> None:
        project.write_catalog(WORSE)
        cli.run(ACCEPT)
        theirs = _text(project)
        project.write_catalog(CAUSED)
        cli.run(ACCEPT)
        ours = _text(project)
        assert ours != theirs
        (project.folder / FILE).write_text(theirs)
        assert cli.run(ACCEPT) == 0
        assert _text(project) == ours

    def test_one_begins_anew_by_deleting_the_file(self, project: SmallProject) -> None:
        cli.run(ACCEPT)
        project.write_catalog(WORSE)
        assert cli.run(ACCEPT) == 1
        (project.folder / FILE).unlink()
        assert cli.run(ACCEPT) == 0
        assert len(_entries(project)) == 4

    def test_what_a_check_finds_that_is_not_run_stays(
        self, project: SmallProject, said: Said
    ) -> None:
        cli.run(ACCEPT)
        before = _text(project)
        project.write_project("generate: [{output: schema, to: .}]")
        cli.run(["generate"])
        said()
        assert cli.run(["check", "-v"]) == 0
        assert "2 accepted findings of what was not looked at" in said()[0]
        assert cli.run(ACCEPT) == 0
        assert _text(project) == before

    def test_another_catalog_says_nothing_of_what_is_gone(self, project: SmallProject) -> None:
        cli.run(ACCEPT)
        (project.folder / "other.yaml").write_text(FULL)
        assert cli.run(["check", "--catalog", "other.yaml"]) == 0


class TestCompleteness:
    def test_the_figure_may_only_rise(self, project: SmallProject, said: Said) -> None:
        project.write_catalog(CAUSED)
        cli.run(ACCEPT)
        project.write_catalog(BARE)
        said()
        assert cli.run(["check"]) == 1
        out, _ = said()
        assert "error[completeness-fell]: shop: its texts are complete to 33.3 %, down from" in out
        assert "66.6 %; missing: broke (causes, fix)" in out
        assert cli.run(ACCEPT) == 1
        assert json.loads(_text(project))["completeness"] == {"shop": 66.6}
        project.write_catalog(CAUSED)
        assert cli.run(["check"]) == 0

    def test_a_figure_that_rose_is_recorded_by_the_command_that_is_named(
        self, project: SmallProject, said: Said
    ) -> None:
        project.write_project("check: {quality: {}}\nlevels: {no-cause: off}")
        cli.run(ACCEPT)
        project.write_catalog(CAUSED)
        said()
        assert cli.run(["check", "-v"]) == 0
        note = re.search(r"up from 33\.3 %; to record it, run: errorbook (.+)", said()[0])
        assert note
        assert cli.run(shlex.split(note[1])) == 0
        assert json.loads(_text(project))["completeness"] == {"shop": 66.6}

    def test_an_api_that_has_no_record_yet_is_told_of(
        self, project: SmallProject, said: Said
    ) -> None:
        cli.run(ACCEPT)
        project.write_catalog(BARE.replace("{shop", "{store: {}, shop"))
        said()
        assert cli.run(["check", "-v"]) == 0
        assert "the texts of store are complete to 100.0 %; to record it, run: " in said()[0]
        assert cli.run(ACCEPT) == 0
        assert json.loads(_text(project))["completeness"] == {"shop": 33.3, "store": 100.0}

    def test_a_figure_below_its_floor_is_not_accepted(
        self, project: SmallProject, said: Said
    ) -> None:
        project.write_project("check: {quality: {completeness: 50}}")
        assert cli.run(ACCEPT) == 1
        assert "completeness-low" in said()[0]
        assert _rules(project) == ["no-cause", "no-fix"]

    def test_what_is_new_is_named_first(self, project: SmallProject, said: Said) -> None:
        cli.run(ACCEPT)
        project.write_catalog(BARE.replace("{broke", "{new_one: {}, broke"))
        said()
        cli.run(["check"])
        assert "missing: new_one (meaning, causes, fix), broke (causes, fix)" in said()[0]

    def test_the_figure_of_an_api_that_is_gone_goes_too(self, project: SmallProject) -> None:
        project.write_catalog(FULL.replace("{shop", "{store: {}, shop"))
        cli.run(ACCEPT)
        assert json.loads(_text(project))["completeness"] == {"shop": 100.0, "store": 100.0}
        project.write_catalog(FULL)
        assert cli.run(ACCEPT) == 0
        assert json.loads(_text(project))["completeness"] == {"shop": 100.0}


class TestAudiences:
    def test_what_is_internal_stands_in_a_file_of_its_own(self, project: SmallProject) -> None:
        project.write_catalog(HIDDEN)
        assert cli.run([*ACCEPT, "--audience", "internal"]) == 0
        assert cli.run(ACCEPT) == 0
        assert "secret_one" not in _text(project)
        assert "secret_one" in _text(project, INTERNAL)
        assert cli.run(["check"]) == 0
        assert cli.run(["check", "--audience", "internal"]) == 0

    def test_what_everybody_accepts_is_not_written_for_the_internal_audience(
        self, project: SmallProject
    ) -> None:
        project.write_catalog(HIDDEN)
        cli.run(ACCEPT)
        assert cli.run([*ACCEPT, "--audience", "internal"]) == 0
        subjects = {entry["subject"] for entry in _entries(project, INTERNAL)}
        assert subjects == {"shop/secret_one"}
        assert cli.run(["check", "--audience", "internal"]) == 0

    def test_a_run_for_one_audience_leaves_the_file_of_the_other_alone(
        self, project: SmallProject, said: Said
    ) -> None:
        project.write_catalog(HIDDEN)
        cli.run(ACCEPT)
        cli.run([*ACCEPT, "--audience", "internal"])
        project.write_catalog(HIDDEN.replace("{meaning: There", "{fix: Save., meaning: There"))
        assert cli.run(["check", "--audience", "internal"]) == 0
        said()
        assert cli.run(["check"]) == 1
        assert "secret" not in "".join(said())
        before = _text(project, INTERNAL)
        assert cli.run(ACCEPT) == 0
        assert _text(project, INTERNAL) == before


class TestRefusing:
    def test_a_file_that_errorbook_yaml_names_has_to_be_there(
        self, project: SmallProject, said: Said
    ) -> None:
        project.write_catalog(FULL)
        project.write_project("check: {quality: {}, baseline: known.json}")
        assert cli.run(["check"]) == 3
        out, _ = said()
        assert "known.json, which errorbook.yaml names, is not there" in out
        found = re.search(r"run: errorbook (.+)", out)
        assert found
        assert cli.run(shlex.split(found[1])) == 0
        assert cli.run(["check"]) == 0

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("", "is not JSON"),
            ("[]", "it has no 'format'"),
            ("{}", "it has no 'format'"),
            ('{"format": true, "accepted": []}', "it has no 'format'"),
            ('{"format": 2}', "has format 2, and this errorbook reads format 1"),
            ('{"format": 1}', "'accepted' is missing"),
            ('{"format": 1, "accepted": [], "more": 1}', "unknown key 'more'"),
            ('{"format": 1, "accepted": [{}]}', "'check' is missing"),
            ('{"format": 1, "accepted": {}}', "expected a list"),
            ('{"format": 1, "format": 1, "accepted": []}', "'format' is set twice"),
            ('{"format": 1, "accepted": [], "completeness": {"shop": 101}}', "101"),
            ('{"format": 1, "accepted": [], "about": "\\ud800"}', "is not JSON"),
            ("<<<<<<< HEAD\n{}\n=======\n>>>>>>> other\n", "the marks of a merge conflict"),
            ("\udcff", "is not JSON"),
            ("[" * 100_000, "is not JSON"),
        ],
    )
    def test_a_file_that_is_not_valid_is_refused_and_kept(
        self, project: SmallProject, said: Said, text: str, complaint: str
    ) -> None:
        content = text.encode(errors="surrogateescape")
        (project.folder / FILE).write_bytes(content)
        for command in (["check"], ACCEPT):
            assert cli.run(command) == 2
            out, _ = said()
            assert re.match(rf"{re.escape(FILE)}(:\d+)*: error\[bad-baseline\]: ", out)
            assert complaint in out
        assert (project.folder / FILE).read_bytes() == content

    def test_an_entry_that_stands_twice_is_refused_at_its_line(
        self, project: SmallProject, said: Said
    ) -> None:
        cli.run(ACCEPT)
        lines = _text(project).split("\n")
        (project.folder / FILE).write_text("\n".join([*lines[:5], *lines[4:]]))
        said()
        assert cli.run(["check"]) == 2
        assert f"{FILE}:6: error[bad-baseline]: 'no-cause' of 'shop/broke' is" in said()[0]

    def test_an_entry_that_was_made_another_is_refused(
        self, project: SmallProject, said: Said
    ) -> None:
        cli.run(ACCEPT)
        (project.folder / FILE).write_text(_text(project).replace("no-fix", "no-action"))
        said()
        assert cli.run(["check"]) == 2
        assert f"{FILE}:6: error[bad-baseline]: the fingerprint" in said()[0]

    @pytest.mark.parametrize(
        ("path", "reason"),
        [
            ("../known.json", "leads outside"),
            ("/known.json", "is not relative"),
            (".git/known.json", "git's own folder"),
            ("known.yaml", "does not end in '.json'"),
            ("", "is empty"),
        ],
    )
    def test_a_file_outside_the_project_is_refused(
        self, project: SmallProject, said: Said, path: str, reason: str
    ) -> None:
        project.write_project(f"check: {{quality: {{}}, baseline: '{path}'}}")
        for command in (ACCEPT, ["check", "--audience", "internal"]):
            assert cli.run(command) == 2
            out, _ = said()
            assert out.startswith("errorbook.yaml:1:32: error[bad-baseline]: the file ")
            assert reason in out

    def test_a_link_is_not_followed(self, project: SmallProject, said: Said) -> None:
        target = project.folder.parent / "elsewhere.json"
        (project.folder / FILE).symlink_to(target)
        assert cli.run(ACCEPT) == 2
        assert "symbolic link" in said()[0]
        assert not target.exists()

    def test_what_cannot_be_written_is_not_complete(
        self, project: SmallProject, said: Said
    ) -> None:
        project.write_project("check: {quality: {}, baseline: file/known.json}")
        (project.folder / "file").write_text("in the way")
        assert cli.run(ACCEPT) == 3
        assert [path.name for path in project.folder.iterdir() if path.name.endswith("tmp")] == []


def _reported(subject: str, rule: str = "dead-anchor", *, may_wait: bool = True) -> Reported:
    problem = Problem(rule, Place("site/index.html"), "it is wrong")
    return Reported(problem, subject, file="site/index.html", may_wait=may_wait)


def _known(*entries: Entry, **changes: Any) -> Known:
    known = Known(FILE, FILE, "errorbook check --write-baseline", Content(entries), is_there=True)
    return dataclasses.replace(known, **changes)


ENTRY = Entry("html", "dead-anchor", "site/index.html", "x")


def _sorted(found: tuple[Reported, ...], known: Known) -> tuple[list[str], int]:
    """Return the rules of what counts, and how much passed."""
    result = sort_out([("html", Checked("1 page", found))], known)
    rules = [one.problem.rule for _, checked in result.parts for one in checked.found]
    return rules, len(result.passed)


def test_a_finding_passes_as_often_as_it_is_accepted() -> None:
    twice = dataclasses.replace(ENTRY, count=2)
    found = tuple(_reported("x") for _ in range(3))
    assert _sorted(found, _known(ENTRY)) == (["dead-anchor", "dead-anchor"], 1)
    assert _sorted(found, _known(twice)) == (["dead-anchor"], 2)
    assert _sorted(found[:2], _known(twice)) == ([], 2)
    assert _sorted(found[:1], _known(twice)) == ([GONE], 1)


def test_another_rule_file_or_subject_is_another_finding() -> None:
    assert _sorted((_reported("y"),), _known(ENTRY)) == (["dead-anchor", GONE], 0)
    assert _sorted((_reported("x", "gone-code"),), _known(ENTRY)) == (["gone-code", GONE], 0)


def test_another_value_is_another_finding() -> None:
    known = _known(dataclasses.replace(ENTRY, value="404"))
    found = _reported("x")
    same, other = (dataclasses.replace(found, value=value) for value in ("404", "500"))
    assert _sorted((same,), known) == ([], 1)
    assert _sorted((other,), known) == (["dead-anchor", GONE], 0)
    assert _sorted((found,), known) == (["dead-anchor", GONE], 0)
    assert len({one.fingerprint for one in (found, same, other)}) == 3


def test_the_file_holds_the_value() -> None:
    content = Content((ENTRY, dataclasses.replace(ENTRY, value="404")))
    text = text_of(content)
    assert text.count('"value": "404"') == text.count('"value"') == 1
    assert content_of(text.encode(), FILE).entries == content.entries
    with pytest.raises(ErrorbookError, match="fingerprint"):
        content_of(text.replace("404", "500").encode(), FILE)


def test_what_may_not_wait_never_passes() -> None:
    assert _sorted((_reported("x", may_wait=False),), _known(ENTRY)) == (["dead-anchor", GONE], 0)


def test_what_was_not_looked_at_wholly_is_not_gone() -> None:
    parts = [("html", Checked("", not_checked=("site is not there",)))]
    result = sort_out(parts, _known(ENTRY))
    assert [one for _, checked in result.parts for one in checked.found] == []


def test_what_another_run_looks_at_is_not_gone() -> None:
    for within, expected in (("site", [GONE]), ("other", []), ("sit", [])):
        parts = [("html", Checked("", within=(within,)))]
        result = sort_out(parts, _known(ENTRY))
        assert [one.problem.rule for _, part in result.parts for one in part.found] == expected


def test_nothing_is_written_of_a_run_that_was_not_complete(project: SmallProject) -> None:
    context = Context(project.workspace(), "public", "errorbook generate", project.folder)
    known = read(context)
    parts = [("html", Checked("", (_reported("x"),), ("site is not there",)))]
    written = write(context, known, parts)
    assert (written.known, (project.folder / FILE).exists()) == (known, False)
    assert written.said == f"{FILE} is not written: not everything could be checked"


def test_what_is_written_is_read_again() -> None:
    entries = (ENTRY, dataclasses.replace(ENTRY, subject='"\u202e\n', count=3))
    content = Content(entries, {"b": 99.9, "a": 100.0})
    text = text_of(content)
    assert text.isascii()
    found = content_of(text.encode(), FILE)
    assert sorted(found.entries) == sorted(entries)
    assert {entry.subject: entry.count for entry in found.entries} == {"x": 1, '"\u202e\n': 3}
    assert found.completeness == content.completeness
    assert text_of(found) == text


def test_how_lines_end_makes_no_difference() -> None:
    text = text_of(Content((ENTRY,)))
    assert content_of(text.replace("\n", "\r\n").encode(), FILE).entries == (ENTRY,)


def test_a_huge_file_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("errorbook.checks.accepted_file.MAX_BYTES", 10)
    with pytest.raises(ErrorbookError, match="larger than the 10 bytes"):
        content_of(text_of(Content()).encode(), FILE)


def _print(rule: str) -> str:
    return fingerprint(rule, "errors.yaml", "shop/broke")
