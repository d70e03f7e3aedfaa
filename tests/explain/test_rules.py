"""Errorbook's own rules, explained behind those of a project, or without any."""

from __future__ import annotations

from pathlib import Path

import pytest

from errorbook.rules import shipped
from tests.explain.running import Command

PROJECT = "apis: {shop: {errors: {sealed: {exit_code: 3}, stale-file: {meaning: Not fresh.}}}}"


@pytest.fixture(name="folder", autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, explain: Command) -> Path:
    folder = tmp_path / "project"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def test_a_rule_is_explained_without_a_project(explain: Command) -> None:
    said = explain("unknown-group")

    assert said.code == 0
    assert said.out.startswith("unknown-group · Errorbook commands\n")
    assert "describe it under `groups`" in said.out
    assert "Exception" not in said.out


def test_a_rule_is_explained_where_the_catalog_is_not_valid(explain: Command, folder: Path) -> None:
    (folder / "errors.yaml").write_text("apis: [", "utf-8")

    assert explain("not-yaml").out.startswith("not-yaml · ")
    assert explain("not-yaml", "--json").json["errors"][0]["api"] == "errorbook"
    said = explain("sealed")
    assert (said.code, "error[not-yaml]" in said.out) == (2, True)


def test_what_is_no_rule_still_needs_a_project(explain: Command) -> None:
    said = explain("sealed")

    assert said.code == 2
    assert "There is no errorbook.yaml or errors.yaml" in said.err


def test_the_project_comes_first_and_a_rule_of_that_name_is_told_too(
    explain: Command, folder: Path
) -> None:
    (folder / "errors.yaml").write_text(PROJECT, "utf-8")

    matches = explain("stale-file", "--json").json["matches"]
    assert [one["api"] for one in matches] == ["shop", "errorbook"]
    assert explain("errorbook/stale-file").out.startswith("stale-file · Errorbook commands\n")
    assert explain("shop/stale-file").out.startswith("stale-file · shop\n")


def test_a_beginning_means_rules_only_where_the_project_has_none(
    explain: Command, folder: Path
) -> None:
    (folder / "errors.yaml").write_text(PROJECT, "utf-8")

    assert {one["api"] for one in explain("stale", "--json").json["matches"]} == {"shop"}
    assert {one["api"] for one in explain("include-", "--json").json["matches"]} == {"errorbook"}
    assert len(explain("--all", "--json").json["matches"]) == 2


def test_an_exit_code_is_that_of_the_project_and_of_errorbook(
    explain: Command, folder: Path
) -> None:
    (folder / "errors.yaml").write_text(PROJECT, "utf-8")

    said = explain("exit", "3", "--json").json
    assert [one["code"] for one in said["matches"]] == ["sealed"]
    assert [one["name"] for one in said["exit_codes"]] == ["INCOMPLETE"]


def test_an_option_may_ask_for_the_rules_alone(explain: Command, folder: Path) -> None:
    assert len(explain("--api", "errorbook", "--json").json["matches"]) > 100
    (folder / "errors.yaml").write_text(PROJECT, "utf-8")
    assert explain("--api", "errorbook", "stale").code == 0
    assert explain("--api", "errorbok", "stale").code == 2


def test_a_misspelt_rule_is_offered(explain: Command, folder: Path) -> None:
    (folder / "errors.yaml").write_text(PROJECT, "utf-8")

    said = explain("unknwon-group")
    assert said.code == 1
    assert "errorbook/unknown-group" in said.err


def test_a_catalog_that_is_named_is_all_that_is_asked(explain: Command, folder: Path) -> None:
    (folder / "other.yaml").write_text(PROJECT, "utf-8")

    assert explain("unknown-group", "--catalog", "other.yaml").code == 1


def test_without_the_rules_everything_else_is_explained(
    explain: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "errors.yaml").write_text(PROJECT, "utf-8")
    monkeypatch.setattr(shipped, "FILE", folder / "errors.json")
    shipped.shipped_rules.cache_clear()
    try:
        assert explain("sealed").code == 0
        assert explain("unknown-group").code == 1
        assert shipped.prose_of("code-removed", "meaning") == ""
    finally:
        shipped.shipped_rules.cache_clear()
