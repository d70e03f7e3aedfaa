"""errorbook.yaml: what it may say, and which files follow from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from errorbook.catalog import load
from errorbook.problems import ErrorbookError
from errorbook.project import ExpectedFile, expected_files, find, open_workspace

CATALOG = """\
apis:
  shop: {errors: {sold_out: {status: 409}}}
  bank: {errors: {broke: {}, hush: {visibility: internal}}}
"""
Said = Callable[[str], list[str]]

PACKAGE = ["errors.json", "errors.py", "py.typed"]
"""The files of the package of one API."""


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "errors.yaml").write_text(CATALOG, encoding="utf-8")
    return tmp_path


@pytest.fixture(name="said")
def _said(folder: Path) -> Said:
    """What is said about a project: place, rule and message of each problem."""

    def said(text: str) -> list[str]:
        with pytest.raises(ErrorbookError) as caught:
            _files(folder, text)
        return [str(problem) for problem in caught.value.problems]

    return said


def _files(folder: Path, text: str) -> tuple[ExpectedFile, ...]:
    file = folder / "errorbook.yaml"
    file.write_text(text, encoding="utf-8")
    workspace = open_workspace(file, None, folder)
    return expected_files(workspace.project, workspace.catalog.catalog)


def _target(to: str) -> str:
    return f"generate:\n  - {{output: python, to: {to}}}\n"


def test_files_follow_from_targets_in_order(folder: Path) -> None:
    text = "generate:\n- {output: schema, to: .}\n- {output: python, to: sdk/python/}\n"
    assert [file.path for file in _files(folder, text)] == [
        "errors.schema.json",
        *(f"sdk/python/bank/{name}" for name in PACKAGE),
        *(f"sdk/python/shop/{name}" for name in PACKAGE),
    ]


def test_a_target_may_be_restricted_to_some_apis(folder: Path) -> None:
    text = "generate: [{output: python, to: sdk, apis: [shop]}]"
    assert [file.path for file in _files(folder, text)] == [f"sdk/shop/{name}" for name in PACKAGE]


def test_internal_errors_reach_no_file(folder: Path) -> None:
    bank = _files(folder, _target("sdk"))[0]
    assert "broke" in bank.text
    assert "hush" not in bank.text.casefold()


def test_the_catalog_may_stand_elsewhere(folder: Path) -> None:
    (folder / "api").mkdir()
    (folder / "errors.yaml").rename(folder / "api/catalog.yaml")
    assert len(_files(folder, "catalog: api/catalog.yaml\n" + _target("sdk"))) == 2 * len(PACKAGE)


def test_another_catalog_may_be_read_instead(folder: Path) -> None:
    other = folder / "other.yaml"
    other.write_text("apis: {only: {}}", encoding="utf-8")
    project = folder / "errorbook.yaml"
    project.write_text("catalog: gone.yaml\n" + _target("sdk"), encoding="utf-8")
    workspace = open_workspace(project, other, folder)
    files = expected_files(workspace.project, workspace.catalog.catalog)
    assert [file.path for file in files] == [f"sdk/only/{name}" for name in PACKAGE]


@pytest.mark.parametrize(
    "text", ["", "# only a comment\n", "generate: []\n", "catalog: errors.yaml\n"]
)
def test_a_project_may_generate_nothing(folder: Path, text: str) -> None:
    assert _files(folder, text) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "generat: []",
            "1:1: error[unknown-key]: unknown key 'generat' (did you mean 'generate'?)",
        ),
        (
            "generate: [{output: python, too: sdk}]",
            "1:29: error[unknown-key]: unknown key 'too' (did you mean 'to'?)",
        ),
        (
            "generate: [{output: pyton, to: sdk}]",
            "1:21: error[unknown-output]: no output is called 'pyton' (did you mean 'python'?)",
        ),
        ("generate: [{output: python}]", "1:12: error[missing-key]: 'to' is missing (add it)"),
        (
            "generate: python",
            "1:11: error[wrong-type]: expected a list, found 'python' "
            "(write it [in brackets], or one entry a line after '- ')",
        ),
        (
            "generate: [{output: python, to: 3}]",
            "1:33: error[wrong-type]: expected a text, found the number 3 (quote it)",
        ),
        (
            "generate: [{output: python, to: sdk, apis: [shpo]}]",
            "1:45: error[unknown-api]: the catalog has no API 'shpo' (did you mean 'shop'?)",
        ),
        (
            "- generate",
            "1:1: error[wrong-type]: expected a mapping that begins with 'generate:', found a list",
        ),
        (
            "apis: {}",
            "1:1: error[unknown-key]: unknown key 'apis' "
            "(APIs stand in errors.yaml; to use this file as the catalog, name it with --catalog)",
        ),
    ],
)
def test_a_slip_is_said_with_its_place(said: Said, text: str, problem: str) -> None:
    assert f"errorbook.yaml:{problem}" in said(text)


def test_problems_of_project_and_catalog_are_said_together(folder: Path, said: Said) -> None:
    (folder / "errors.yaml").write_text("apis: {shop: {erors: {}}}", encoding="utf-8")
    rules = [line.split("[")[1].split("]")[0] for line in said("generat: []")]
    assert rules == ["unknown-key", "unknown-key"]


def test_names_that_an_sdk_cannot_have_are_problems_of_the_catalog(
    folder: Path, said: Said
) -> None:
    (folder / "errors.yaml").write_text("apis: {a: {errors: {timeout: {}}}}", encoding="utf-8")
    assert said(_target("sdk"))[0].startswith("errors.yaml:1:21: error[builtin-class-name]")


@pytest.mark.parametrize(
    "to",
    [
        "..",
        "../elsewhere",
        "sdk/../../elsewhere",
        "/elsewhere",
        "//server/share",
        "~/sdk",
        "'C:/sdk'",
        "'C:sdk'",
        "'sdk\\python'",
        "''",
        "' '",
        "'sdk:stream'",
        '"sdk\\n"',
        '"sdk\\0"',
        ".git/hooks",
        "sub/.GIT",
    ],
)
def test_a_target_lies_inside_the_project(said: Said, to: str) -> None:
    (problem,) = said(_target(to))
    assert problem.startswith("errorbook.yaml:2:26: error[bad-target]: ")
    assert problem.isprintable()


def test_a_target_does_not_lie_behind_a_symbolic_link(folder: Path, said: Said) -> None:
    outside = folder / "outside"
    outside.mkdir()
    (folder / "sdk").mkdir()
    (folder / "sdk/python").symlink_to(outside, target_is_directory=True)
    problems = said(_target("sdk/python"))
    assert problems[0].startswith(
        "errorbook.yaml:2:26: error[target-behind-link]: 'sdk/python' is a symbolic link"
    )


def test_a_link_in_the_place_of_a_file_is_not_followed(folder: Path, said: Said) -> None:
    (folder / "sdk/shop").mkdir(parents=True)
    (folder / "sdk/shop/errors.py").symlink_to(folder / "errors.yaml")
    (problem,) = said(_target("sdk"))
    assert "target-behind-link" in problem


def test_the_project_itself_may_be_reached_by_a_link(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(folder, target_is_directory=True)
    assert len(_files(link, _target("sdk"))) == 2 * len(PACKAGE)


def test_two_targets_do_not_write_one_file(said: Said) -> None:
    text = "generate:\n- {output: schema, to: out}\n- {output: schema, to: ./out/}\n"
    (problem,) = said(text)
    assert problem.startswith("errorbook.yaml:3:3: error[target-clash]: ")
    assert "'out/errors.schema.json'" in problem


def test_files_that_differ_only_in_case_are_one_file(said: Said) -> None:
    text = "generate:\n- {output: schema, to: out}\n- {output: schema, to: OUT}\n"
    assert "target-clash" in said(text)[0]


def test_a_project_that_cannot_be_read_is_a_problem(folder: Path) -> None:
    (folder / "errorbook.yaml").mkdir()
    with pytest.raises(ErrorbookError) as caught:
        open_workspace(folder / "errorbook.yaml", None, folder)
    assert [problem.rule for problem in caught.value.problems] == ["unreadable"]


def test_problems_name_files_as_seen_from_where_the_user_is(folder: Path) -> None:
    (folder / "deep/er").mkdir(parents=True)
    (folder / "errorbook.yaml").write_text("generat: []", encoding="utf-8")
    with pytest.raises(ErrorbookError) as caught:
        open_workspace(folder / "errorbook.yaml", None, folder / "deep/er")
    assert caught.value.problems[0].place.path == "../../errorbook.yaml"


def test_the_nearest_project_is_found_above(folder: Path) -> None:
    (folder / "deep/er").mkdir(parents=True)
    assert find(folder / "deep/er") == folder / "errors.yaml"
    (folder / "errorbook.yaml").write_text("", encoding="utf-8")
    assert find(folder / "deep/er") == folder / "errorbook.yaml"


def test_the_search_ends_at_the_repository(folder: Path) -> None:
    inner = folder / "inner"
    (inner / "deep").mkdir(parents=True)
    (inner / ".git").write_text("gitdir: elsewhere", encoding="utf-8")
    assert find(inner / "deep") is None


def test_expected_files_change_nothing_on_disk(folder: Path) -> None:
    _files(folder, _target("sdk"))
    assert {path.name for path in folder.iterdir()} == {".git", "errorbook.yaml", "errors.yaml"}


def test_the_project_of_this_repository_is_valid() -> None:
    root = Path(__file__).parents[1]
    workspace = open_workspace(root / "errorbook.yaml", None, root)
    assert workspace.catalog.catalog == load(root / "errors.yaml").catalog
    assert expected_files(workspace.project, workspace.catalog.catalog)
