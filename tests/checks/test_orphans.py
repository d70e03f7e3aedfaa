"""Generated files that nothing generates any more: found, told, and removed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from errorbook import cli
from tests.baseline.repositories import Repository

CATALOG = """\
apis:
  shop:
    errors:
      sold_out: {{status: 409}}
      unpaid: {{status: 402{unpaid}}}
"""
RENAMED = """\
apis:
  shop:
    sdk: {python: {package: store}}
    errors: {sold_out: {status: 409}, unpaid: {status: 402}}
"""
OTHER = "apis: {store: {errors: {sold_out: {}}}}"
PROJECT = """\
generate:
  - {{output: error-pages, to: {to}}}
  - {{output: python, to: src}}
"""


Run = Callable[[str], "Ended"]


class Ended(NamedTuple):
    exit_code: int
    output: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_verb(verb: str) -> Ended:
        code = cli.run([verb])
        return Ended(code, "".join(capsys.readouterr()))

    return run_verb


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path)
    assert run("generate").exit_code == 0
    return tmp_path


def write(folder: Path, unpaid: str = "", to: str = "out") -> None:
    (folder / "errors.yaml").write_text(CATALOG.format(unpaid=unpaid), "utf-8")
    (folder / "errorbook.yaml").write_text(PROJECT.format(to=to), "utf-8")


def pages(folder: Path, below: str = "out/shop/errors") -> list[str]:
    return sorted(path.name for path in (folder / below).iterdir())


def test_what_is_in_order_has_none(repository: Path, run: Run) -> None:
    assert run("check").exit_code == 0
    assert pages(repository) == ["sold_out", "unpaid"]


def test_a_page_of_an_error_that_became_internal_is_told_and_removed(
    repository: Path, run: Run
) -> None:
    write(repository, unpaid=", visibility: internal")
    checked = run("check")
    assert checked.exit_code == 1
    told = "out/shop/errors/unpaid/index.md: error[orphaned-file]: is generated from nothing"
    assert told in checked.output
    assert checked.output.count("error[orphaned-file]") == 2
    generated = run("generate")
    assert "removed out/shop/errors/unpaid/index.json" in generated.output
    assert pages(repository) == ["sold_out"]
    assert run("check").exit_code == 0


def test_one_that_was_edited_is_kept_aside(repository: Path, run: Run) -> None:
    page = repository / "out/shop/errors/unpaid/index.md"
    page.write_text(page.read_text("utf-8") + "Mine.\n", "utf-8")
    write(repository, unpaid=", visibility: internal")
    assert "kept your edits in out/shop/errors/unpaid/.index.md.orig" in run("generate").output
    assert page.with_name(".index.md.orig").read_text("utf-8").endswith("Mine.\n")
    assert run("check").exit_code == 0
    assert not page.exists()


def test_files_of_others_are_left_alone(repository: Path, run: Run) -> None:
    for name in ("notes.md", ".hidden/index.md", "shop/errors/unpaid/mine.md"):
        file = repository / "out" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("# Mine\n", "utf-8")
    other = repository / "out/errors.py"
    other.write_bytes((repository / "src/shop/errors.py").read_bytes())
    write(repository, unpaid=", visibility: internal")
    run("generate")
    left = {path.relative_to(repository).as_posix() for path in repository.rglob("*.md")}
    assert {"out/notes.md", "out/.hidden/index.md", "out/shop/errors/unpaid/mine.md"} <= left
    assert other.exists()


def test_a_link_is_not_followed(
    repository: Path, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "index.md"
    elsewhere.write_bytes((repository / "out/shop/errors/unpaid/index.md").read_bytes())
    (repository / "out/link.md").symlink_to(elsewhere)
    assert run("check").exit_code == 0
    assert elsewhere.exists()


def test_in_the_folder_of_the_project_only_folders_in_use_are_looked_at(
    repository: Path, run: Run
) -> None:
    write(repository, to=".")
    assert run("generate").exit_code == 0
    (repository / "elsewhere").mkdir()
    (repository / "elsewhere/index.md").write_bytes(
        (repository / "shop/errors/unpaid/index.md").read_bytes()
    )
    write(repository, to=".", unpaid=", visibility: internal")
    run("generate")
    assert pages(repository, "shop/errors") == ["sold_out"]
    assert (repository / "elsewhere/index.md").exists()


def test_a_module_that_moved_within_its_target_is_told_with_what_belongs_to_it(
    repository: Path, run: Run
) -> None:
    (repository / "src/shop/mine.py").write_text("# Mine.\n", "utf-8")
    (repository / "src/errors.json").write_bytes((repository / "src/shop/errors.json").read_bytes())
    (repository / "errors.yaml").write_text(RENAMED, "utf-8")
    checked = run("check")
    for name in ("errors.json", "errors.py", "py.typed"):
        assert f"src/shop/{name}: error[orphaned-file]" in checked.output
    run("generate")
    assert pages(repository, "src/shop") == ["mine.py"]
    assert (repository / "src/errors.json").exists()
    assert run("check").exit_code == 0


def test_files_of_an_api_that_is_gone_are_removed_if_the_last_commit_has_it(
    repository: Path, run: Run
) -> None:
    git = Repository(repository)
    git.git("init")
    git.commit("all")
    (repository / "errors.yaml").write_text(OTHER, "utf-8")
    assert "src/shop/errors.py: error[orphaned-file]" in run("check").output
    run("generate")
    assert not (repository / "src/shop").exists()
    assert not (repository / "out/shop").exists()


def test_files_of_an_api_whose_target_left_it_out_are_removed(repository: Path, run: Run) -> None:
    both = "apis: {shop: {errors: {sold_out: {}}}, store: {errors: {sold_out: {}}}}"
    (repository / "errors.yaml").write_text(both, "utf-8")
    assert run("generate").exit_code == 0
    git = Repository(repository)
    git.git("init")
    git.commit("all")
    project = repository / "errorbook.yaml"
    project.write_text("generate: [{output: python, to: src, apis: [shop]}]", "utf-8")
    run("generate")
    assert pages(repository, "src") == ["shop"]


@pytest.mark.parametrize("is_repository", [True, False])
def test_the_package_of_another_catalog_is_a_warning_and_stays(
    repository: Path, run: Run, tmp_path_factory: pytest.TempPathFactory, *, is_repository: bool
) -> None:
    """One that was copied from the project of somebody else looks like one of ours."""
    other = tmp_path_factory.mktemp("acme")
    (other / "errors.yaml").write_text("apis: {acme: {errors: {sold_out: {}}}}", "utf-8")
    (other / "errorbook.yaml").write_text("generate: [{output: python, to: .}]", "utf-8")
    assert cli.run(["generate", "-p", str(other)]) == 0
    shutil.copytree(other / "acme", repository / "src/acme")
    (repository / "src/acme/client.py").write_text("# Mine.\n", "utf-8")
    if is_repository:
        git = Repository(repository)
        git.git("init")
        git.commit("all")
    checked = run("check")
    assert checked.exit_code == 0
    told = "src/acme/errors.py: warning[unclaimed-file]: is generated by errorbook from another"
    assert told in checked.output
    removing = "git rm -- src/acme/errors.py src/acme/errors.json src/acme/py.typed"
    assert removing in checked.output
    assert "removed" not in run("generate").output
    assert pages(repository, "src/acme") == ["client.py", "errors.json", "errors.py", "py.typed"]


def test_two_projects_in_one_folder_leave_each_others_files_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    catalog = "apis: {shop: {errors: {sold_out: {}}}, cafe: {errors: {closed: {}}}}"
    (tmp_path / "errors.yaml").write_text(catalog, "utf-8")
    for name, api in (("a", "shop"), ("b", "cafe")):
        project = f"generate: [{{output: python, to: src, apis: [{api}]}}]"
        (tmp_path / f"{name}.yaml").write_text(project, "utf-8")
    for name in ("a", "b", "a"):
        assert cli.run(["generate", "-p", f"{name}.yaml"]) == 0
        assert cli.run(["check", "-p", f"{name}.yaml"]) == 0
    assert pages(tmp_path, "src") == ["cafe", "shop"]


def test_files_that_an_archive_keeps_are_not_told_from_those_of_others(
    repository: Path, run: Run
) -> None:
    shutil.copytree(repository / "out/shop", repository / "out/v1/shop")
    write(repository, unpaid=", visibility: internal")
    run("generate")
    assert pages(repository) == ["sold_out"]
    assert pages(repository, "out/v1/shop/errors") == ["sold_out", "unpaid"]


def test_a_target_that_moved_leaves_a_warning_where_it_was(repository: Path, run: Run) -> None:
    git = Repository(repository)
    git.git("init")
    nested = repository / "nested/src/shop"
    shutil.copytree(repository / "src/shop", nested)
    (repository / "nested/errorbook.yaml").write_text("", "utf-8")
    git.commit("all")
    project = repository / "errorbook.yaml"
    project.write_text("generate: [{output: python, to: lib}]", "utf-8")
    run("generate")
    git.git("add", "-A")
    checked = run("check")
    assert checked.exit_code == 0
    assert checked.output.count("[unclaimed-file]") == 1
    assert "src/shop/errors.py: warning[unclaimed-file]: is generated" in checked.output
    (command,) = re.findall(r"run: (git rm [^)]*)", checked.output)
    git.git(*command.split()[1:])
    assert "unclaimed" not in run("check").output


@pytest.mark.parametrize("owner", ["errorbook.yaml", ".git", "pyvenv.cfg"])
def test_folders_of_others_are_not_looked_into(repository: Path, run: Run, owner: str) -> None:
    other = repository / "src/other"
    (repository / "src/shop").rename(other)
    (other / owner).write_text("", "utf-8")
    (repository / "errors.yaml").write_text(RENAMED, "utf-8")
    run("generate")
    assert (other / "errors.py").exists()
    assert run("check").exit_code == 0
