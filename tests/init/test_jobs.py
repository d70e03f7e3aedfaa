"""The jobs that `init` writes: what they run, what they publish, and what stays beside them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.fetch.running import Command
from tests.init.conftest import Write

WORKFLOW = ".github/workflows/errors.yml"


def workflow(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((folder / WORKFLOW).read_text("utf-8"))["jobs"]
    return found


@pytest.mark.parametrize("said", ["my built; echo hi", "${{ github.event.head_commit.message }}"])
def test_no_text_of_a_site_becomes_a_command(
    folder: Path, run: Command, write: Write, said: str
) -> None:
    write("mkdocs.yml", f"site_name: Shop\nsite_dir: {said}\nhooks: [hooks/errors.py]\n")
    told = run("init", "--publish")
    assert told.code == 0
    assert "note: the job does not look at the built pages: site_dir of mkdocs.yml" in told.out
    assert "note: --publish changed nothing" in told.out
    text = (folder / WORKFLOW).read_text("utf-8")
    assert "errorbook check --format github\n" in text
    assert said not in text + (folder / ".gitignore").read_text("utf-8")


def test_another_folder_of_the_site_is_the_one_everywhere(
    folder: Path, run: Command, write: Write
) -> None:
    write("mkdocs.yml", "site_name: Shop\nsite_dir: build/html\nhooks: [hooks/errors.py]\n")
    ignored = write(".gitignore", "# no *.orig, no build/html here\n")
    run("init", "--yes")
    assert "errorbook check --html build/html --format github\n" in (folder / WORKFLOW).read_text()
    assert ignored.read_text().endswith("here\n/build/html/\n*.orig\n__pycache__/\n")


def test_nothing_is_published_unless_asked(folder: Path, run: Command) -> None:
    run("init")
    text = (folder / WORKFLOW).read_text()
    assert set(workflow(folder)) == {"errors"}
    assert "pages" not in text
    assert "write" not in text


def test_pages_of_github_are_published_from_the_default_branch(folder: Path, run: Command) -> None:
    assert run("init", "--publish").code == 0
    jobs = workflow(folder)
    *_, upload = (step for step in jobs["errors"]["steps"] if "uses" in step)
    assert (upload["uses"], upload["with"]) == (
        "actions/upload-pages-artifact@v3",
        {"path": "site"},
    )
    assert (
        upload["if"]
        == jobs["publish"]["if"]
        == "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"
    )
    assert jobs["publish"]["needs"] == "errors"
    assert jobs["publish"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["publish"]["environment"]["url"] == "${{ steps.pages.outputs.page_url }}"
    assert yaml.safe_load((folder / WORKFLOW).read_text())["permissions"] == {"contents": "read"}


def test_pages_of_gitlab_are_published_from_the_default_branch(folder: Path, run: Command) -> None:
    assert run("init", "--publish", "--ci", "gitlab").code == 0
    job = yaml.safe_load((folder / ".gitlab-ci.yml").read_text())["pages"]
    assert job["script"][-1] == "mkdocs build --strict --site-dir public"
    assert job["artifacts"] == {"paths": ["public"]}
    assert job["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_a_job_that_is_there_does_not_begin_to_publish(run: Command, forge: str) -> None:
    run("init", "--ci", forge)
    said = run("init", "--ci", forge, "--publish")
    assert said.code == 0
    assert "note: --publish changed nothing: ." in said.out


def test_an_api_alone_has_no_site_to_publish(run: Command) -> None:
    said = run("init", "--for", "api", "--publish")
    assert "note: --publish changed nothing: there is no job that builds the site\n" in said.out


def test_a_word_in_a_comment_sets_nothing_up(folder: Path, run: Command, write: Write) -> None:
    jobs = write(".gitlab-ci.yml", "# no errorbook yet\na: {script: [b]}\n")
    hooks = write(".pre-commit-config.yaml", "repos: []  # errorbook?\n")
    assert run("init", "--yes").code == 0
    assert 'local: "/.gitlab/errors.yml"' in jobs.read_text()
    assert "entry: errorbook check" in hooks.read_text()
    before = jobs.read_text(), hooks.read_text()
    assert "left .gitlab-ci.yml, which is there already\n" in run("init", "--yes").out
    assert before == (jobs.read_text(), hooks.read_text())
    assert (folder / ".gitlab/errors.yml").is_file()


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (".gitlab-ci.yml", "spec: {inputs: {}}\n---\na: {script: [b]}\n", "include /.gitlab/"),
        (".gitlab-ci.yml", "a: [\n", "include /.gitlab/errors.yml in .gitlab-ci.yml yourself"),
        (".pre-commit-config.yaml", "- a\n", "add errorbook check to .pre-commit-config.yaml"),
    ],
)
def test_a_side_matter_stops_nothing(  # noqa: PLR0913, PLR0917  # what is there, and what is said
    folder: Path, run: Command, write: Write, path: str, text: str, said: str
) -> None:
    file = write(path, text)
    told = run("init", "--yes")
    assert (told.code, file.read_text()) == (1, text)
    assert f"to do: {said}" in told.out
    assert "it is no YAML that can be added to" in told.out
    assert (folder / "errors.yaml").is_file()
    assert (folder / ".gitlab/errors.yml").is_file() is (path == ".gitlab-ci.yml")


JOBS = {
    "all": [
        "mkdocs build --strict",
        "errorbook check --html site --format github",
        "pytest tests/test_docs_match_sdk.py",
        'errorbook diff --branch "$GITHUB_BASE_REF" --format github',
    ],
    "api": [
        "errorbook check --format github",
        'errorbook diff --branch "$GITHUB_BASE_REF" --format github',
    ],
    "docs": ["mkdocs build --strict", "errorbook check --html site --format github"],
    "sdk": ["errorbook check --format github", "pytest tests/test_docs_match_sdk.py"],
}


@pytest.mark.parametrize("purpose", JOBS)
def test_a_job_runs_what_there_is(folder: Path, run: Command, write: Write, purpose: str) -> None:
    write("../api.yaml", "apis: {shop: {errors: {gone: {status: 410}}}}\n")
    write("requirements.txt", "mkdocs-material\n")
    source = ("--catalog", "../api.yaml") if purpose in ("docs", "sdk") else ()
    assert run("init", "--for", purpose, *source).code == 0
    workflow = yaml.safe_load((folder / ".github/workflows/errors.yml").read_text("utf-8"))
    install, *commands = [
        step["run"] for step in workflow["jobs"]["errors"]["steps"] if "run" in step
    ]
    assert commands == JOBS[purpose]
    assert (
        ("[site]" in install) is ("-r requirements.txt" in install) is (purpose in ("all", "docs"))
    )
    assert ("pytest" in install) is (purpose in ("all", "sdk"))


def test_the_ci_is_that_of_the_repository(folder: Path, run: Command, write: Write) -> None:
    write(".git/config", '[remote "origin"]\n\turl = git@gitlab.example.com:shop/docs.git\n')
    run("init", "--title", "Shop")
    script = yaml.safe_load((folder / ".gitlab-ci.yml").read_text())["errors"]["script"]
    assert script[1:] == [
        "mkdocs build --strict",
        "errorbook check --html site",
        "pytest tests/test_docs_match_sdk.py",
    ]
    assert not (folder / ".github").exists()


def test_below_the_root_of_a_repository_no_ci_would_find_its_file(
    folder: Path, run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".git").mkdir()
    said = run("init", "inner")
    assert said.code == 0
    assert "cd inner" in said.out
    assert "note: no job of a CI" in said.out
    assert not (folder / "inner/.github").exists()
    monkeypatch.chdir(folder / "inner")
    assert run("init", "--ci", "github").code == 0
    assert (folder / "inner/.github/workflows/errors.yml").is_file()
