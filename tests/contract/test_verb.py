"""`errorbook diff` from end to end: real repositories, options, exit codes and reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from errorbook.catalog.audience import Audience
from errorbook.contract.verb import Policy, diff_command
from errorbook.contract.waivers import Waiver
from errorbook.project import Workspace, find, open_workspace
from tests.baseline.repositories import Repository, repository

Diff = Callable[..., Result]


@pytest.fixture(name="made", scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A repository with one release, checked out on a branch of its own."""
    shop = repository(tmp_path_factory.mktemp("made") / "shop")
    shop.write(["broke", "sold_out"])
    shop.commit("v1.0.0")
    shop.git("checkout", "--quiet", "-b", "feature")
    return shop


@pytest.fixture(name="shop")
def _shop(made: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A copy of it, for one test."""
    shop = made.copy(tmp_path / "shop")
    monkeypatch.chdir(shop.root)
    return shop


@pytest.fixture(name="diff")
def _diff() -> Diff:
    """Runs the verb as the command line does, but for what that makes of exceptions."""

    def diff(*words: str, policy: Policy | None = None) -> Result:
        command = diff_command(_opened, lambda _: policy or Policy())
        return CliRunner().invoke(command, words, standalone_mode=False)

    return diff


def _opened(project: Path | None, catalog: Path | None, audience: Audience) -> Workspace:
    file = project or find(Path.cwd())
    if file is not None and file.name == "errors.yaml":
        file, catalog = None, catalog or file
    return open_workspace(file, catalog, Path.cwd(), audience)


def _waiver(fingerprint: str, expires: str = "2027-01-31") -> Waiver:
    return Waiver(
        rule="code-removed",
        subject="shop/sold_out",
        fingerprint=fingerprint,
        reason="never shipped",
        expires=date.fromisoformat(expires),
    )


def _fingerprint(diff: Diff) -> str:
    (change,) = json.loads(diff("--format", "json").stdout)["changes"]
    assert change["rule"] == "code-removed"
    return str(change["fingerprint"])


def test_nothing_has_changed(shop: Repository, diff: Diff) -> None:
    result = diff()
    assert result.return_value == 0
    assert "errors.yaml against main (merge-base " in result.stdout
    assert "2 codes compared in " in result.stdout
    assert result.stdout.endswith("OK: no changes; no new version is needed\n")
    assert shop.git("status", "--porcelain") == ""


def test_a_commit_that_no_option_names_is_told_how_to_be_named(diff: Diff) -> None:
    refusal = diff("HEAD", "--format", "json").exception
    assert isinstance(refusal, click.UsageError)
    assert refusal.message == "HEAD is no option; to compare with it: --against HEAD"


def test_a_code_that_went_fails_and_one_that_came_does_not(shop: Repository, diff: Diff) -> None:
    shop.write(["broke", "sold_out", "new_one"])
    result = diff()
    assert result.return_value == 0
    assert result.stdout.endswith("OK: 1 safe; needs a new minor version\n")
    shop.write(["broke"])
    result = diff()
    assert result.return_value == 1
    assert "errors.yaml:3  shop/sold_out  code-removed\n" in result.stdout
    assert "FAIL: 1 breaking; needs a new major version\n" in result.stdout


def test_the_line_is_that_of_the_new_catalog_wherever_it_stands(
    shop: Repository, diff: Diff
) -> None:
    shop.write("include: [parts/shop.yaml]\n")
    shop.write("# moved\n\n" + (shop.root / "errors.yaml").read_text(), "parts/none.yaml")
    text = "# moved\n\napis:\n  shop:\n    errors:\n      broke: {status: 410}\n"
    shop.write(text + "      sold_out: {status: 409}\n", "parts/shop.yaml")
    (change,) = json.loads(diff("--format", "json").stdout)["changes"]
    assert (change["subject"], change["file"], change["line"]) == ("broke", "parts/shop.yaml", 6)


def test_a_history_gives_the_right_answer_at_each_step(shop: Repository, diff: Diff) -> None:
    shop.git("checkout", "--quiet", "main")
    shop.write(["broke", "sold_out", "new_one"])
    shop.commit("v1.1.0")
    assert "against v1.0.0 " in diff().stdout, "a release is compared with the one before it"
    shop.git("mv", "errors.yaml", "faults.yaml")
    shop.commit()
    result = diff("--catalog", "faults.yaml")
    assert "note: it was called errors.yaml at v1.1.0" in result.stdout
    assert result.return_value == 0
    shop.git("checkout", "--quiet", "-b", "other")
    shop.write(["new_one"], "faults.yaml")
    result = diff("--catalog", "faults.yaml")
    assert (result.return_value, "2 breaking" in result.stdout) == (1, True)
    assert "1 safe" in diff("--catalog", "faults.yaml", "--against", "v1.0.0").stdout


def test_an_empty_branch_is_none(shop: Repository, diff: Diff) -> None:
    shop.write(["broke"])
    assert diff("--branch", "").stdout.startswith("errors.yaml against main (merge-base ")


def test_a_new_file_is_a_first_version(shop: Repository, diff: Diff) -> None:
    shop.write(["one"], "api/errors.yaml")
    result = diff("--catalog", "api/errors.yaml")
    assert result.return_value == 0
    assert "note: first version: there is no errors.yaml at main" in result.stdout
    assert result.stdout.endswith("nothing to compare with; no new version is needed\n")
    data = json.loads(diff("--catalog", "api/errors.yaml", "--format", "json").stdout)
    assert (data["first_version"], data["codes"], data["changes"]) == (True, 0, [])


def test_nothing_compared_is_never_fine(shop: Repository, diff: Diff) -> None:
    shop.write("apis: {shop: {errors: {secret: {visibility: internal}}}}")
    shop.write("apis: {shop: {}}", "old.yaml")
    result = diff("--against", "old.yaml")
    assert isinstance(result.exception, OSError)
    assert "nothing was compared" in str(result.exception)
    assert "--audience internal" in str(result.exception)
    assert diff("--against", "old.yaml", "--audience", "internal").return_value == 0


def test_what_is_internal_is_told_only_to_those_who_may_read_it(
    shop: Repository, diff: Diff
) -> None:
    shop.write("apis: {shop: {errors: {one: {}, hush: {visibility: internal}}}}")
    shop.commit("v2.0.0")
    shop.write("apis: {shop: {errors: {one: {}}}}")
    public = diff("--against", "v2.0.0")
    assert (public.return_value, "hush" in public.stdout) == (0, False)
    internal = diff("--against", "v2.0.0", "--audience", "internal", "--verbose")
    assert "hush" in internal.stdout
    assert (internal.return_value, "OK: 1 safe" in internal.stdout) == (0, True)


def test_a_code_that_is_withdrawn_is_told_to_everybody(shop: Repository, diff: Diff) -> None:
    text = "apis: {shop: {errors: {broke: {status: 409}, sold_out: {status: 409%s}}}}"
    shop.write(text % ", visibility: internal, meaning: A secret.")
    result = diff("--format", "json")
    assert result.return_value == 1
    changes = json.loads(result.stdout)["changes"]
    assert [one["subject"] for one in changes] == ["sold_out"]
    assert "secret" not in result.stdout


def test_a_clone_without_the_release_is_told_what_to_fetch(
    shop: Repository, tmp_path: Path, diff: Diff, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = shop.clone(tmp_path / "clone", "--depth=1")
    shop.commit()
    monkeypatch.chdir(clone.root)
    result = diff("--against", "v0.9")
    assert isinstance(result.exception, OSError)
    command = "git fetch --depth=1 origin refs/tags/v0.9:refs/tags/v0.9"
    said = str(result.exception)
    assert said.startswith(f"'v0.9' is not in this shallow clone; run: {command}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--against", "v1.0.1"), "did you mean 'v1.0.0'"),
        (("--against=--all",), "begins with '-'"),
        (("--against", "v1.0.0", "--branch", "main"), "--branch goes with"),
        (("--today", "soon"), "--today"),
        (("--format", "jsno"), "did you mean 'json'"),
        (("--format", "json:"), "names no file"),
        (("--format", "json", "--format", "text"), "one place"),
        (("--format", "json:out", "--format", "text:./out"), "one place"),
        (("--profile", "lax"), "profile"),
    ],
)
def test_wrong_usage_is_told(
    shop: Repository, diff: Diff, words: tuple[str, ...], said: str
) -> None:
    result = diff(*words)
    assert isinstance(result.exception, click.UsageError)
    assert said in result.exception.format_message()
    assert shop.git("status", "--porcelain") == ""


def test_dangerous_changes_fail_where_that_is_wanted(shop: Repository, diff: Diff) -> None:
    text = "apis: {shop: {errors: {broke: {status: [409, 410]}, sold_out: {status: 409}}}}"
    shop.write(text)
    result = diff()
    assert (result.return_value, "DANGEROUS 1" in result.stdout) == (0, True)
    assert diff("--fail-on", "dangerous").return_value == 1
    assert diff("--profile", "strict").return_value == 1


def test_a_project_may_find_a_change_worse_or_better(shop: Repository, diff: Diff) -> None:
    shop.write(["broke"])
    assert diff(policy=Policy(levels={"code-removed": "safe"})).return_value == 0
    shop.write(["broke", "sold_out", "new_one"])
    assert diff(policy=Policy(levels={"code-added": "breaking"})).return_value == 1


def test_a_level_of_no_rule_is_told(shop: Repository, diff: Diff) -> None:
    result = diff(policy=Policy(levels={"code-remove": "safe"}))
    assert isinstance(result.exception, click.UsageError)
    assert "did you mean 'code-removed'" in result.exception.format_message()
    assert shop.git("status", "--porcelain") == ""


def test_a_waiver_lets_its_change_pass_until_its_day(shop: Repository, diff: Diff) -> None:
    shop.write(["broke"])
    shop.write("catalog: errors.yaml\n", "errorbook.yaml")
    policy = Policy((_waiver(_fingerprint(diff)),))
    result = diff("--today", "2027-01-31", policy=policy)
    assert result.return_value == 0
    assert "until 2027-01-31: never shipped" in result.stdout
    result = diff("--today", "2027-02-01", policy=policy)
    assert result.return_value == 1
    assert "errorbook.yaml:1:1: error[waiver-expired]" in result.stdout
    assert "FAIL: 1 breaking, 1 bad waiver; needs a new major version" in result.stdout


def test_a_waiver_that_matches_nothing_is_told_and_fails_if_wanted(
    shop: Repository, diff: Diff
) -> None:
    shop.write("catalog: errors.yaml\n", "errorbook.yaml")
    policy = Policy((_waiver("C-000000"),))
    result = diff(policy=policy)
    assert (result.return_value, "warning[waiver-unused]" in result.stdout) == (0, True)
    assert diff("--strict-waivers", policy=policy).return_value == 1


def test_several_reports_are_written_at_once(shop: Repository, diff: Diff) -> None:
    shop.write(["broke"])
    names = {"json": "a.json", "markdown": "b.md", "github": "c.txt", "text": "d.txt"}
    result = diff(*(word for one in names.items() for word in ("--format", ":".join(one))))
    assert (result.return_value, result.stdout) == (1, "")
    assert result.stderr == "FAIL: 1 breaking; needs a new major version\n"
    texts = {name: (shop.root / file).read_text("utf-8") for name, file in names.items()}
    assert json.loads(texts["json"])["format"] == 1
    assert all("sold_out" in text for text in texts.values())
    assert "\x1b" not in texts["text"]


def test_a_link_to_a_report_stays_a_link(shop: Repository, diff: Diff) -> None:
    link = shop.root / "link.json"
    link.symlink_to("real.json")
    diff("--format", "json:link.json")
    assert link.is_symlink()
    assert json.loads((shop.root / "real.json").read_text("utf-8"))["format"] == 1


def test_a_file_that_cannot_be_written_is_no_finding(shop: Repository, diff: Diff) -> None:
    assert isinstance(diff("--format", f"json:{shop.root}/none/a.json").exception, OSError)


def test_a_former_catalog_that_is_invalid_today_is_compared_and_said(
    shop: Repository, diff: Diff
) -> None:
    shop.write("apis: {shop: {errors: {broke: {status: 409, colour: red}, sold_out: {}}}}", "o")
    shop.write(["broke"])
    result = diff("--against", "o")
    assert result.return_value == 1
    assert "note: the catalog of o has 1 problem by today's rules" in " ".join(
        result.stdout.split()
    )
