"""What built pages say of classes in several languages, compared with the catalog."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from errorbook import cli
from tests.site.project import Project

CATALOG: Final = """\
apis:
  shop:
    docs: {url: "https://shop.example/"}
    sdk: {typescript: {}}
    errors:
      too_fast: {status: 429, sdk: {typescript: {exception: HurryError}}}
      unpaid: {status: 402}
"""
PAGE: Final = """\
---
errors: shop
---

# Shop

/// errors | exceptions
///

/// errors | codes
    columns: [code, exception]
///

/// errors | sections
    parts: [exception]
///
"""
TABLE: Final = """\
<main><table><tr><th>Code<th>{first}<th>{second}</tr>
<tr id="shop/too_fast"><td><code>too_fast</code><td>{python}<td>{typescript}</tr>
<tr id="shop/unpaid"><td><code>unpaid</code><td>UnpaidError<td>UnpaidError</tr></table></main>
"""
WRONG: Final = {
    "a table of TypeScript": ('language="typescript">', "HurryError", "TypeScript "),
    "a table of Python": ('language="python">', "TooFastError", "Python "),
    "a line of TypeScript": ('eb-line">', "HurryError", "TypeScript "),
    "a cell of both": ('<span data-language="python typescript">', "UnpaidError", ""),
}
"""A mark, the class after it that is taken out, and whose it is."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site that is in order."""
    project = Project(tmp_path_factory.mktemp("shop"))
    project.write("errors.yaml", CATALOG)
    found = project.build(PAGE, plugins=["search", "errorbook"], site_url="https://shop.example/")
    assert found.warnings == []
    return found.folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "errors.yaml").write_text(CATALOG, "utf-8")
    (tmp_path / "errorbook.yaml").write_text("check: {html: [{site: site}]}\n", "utf-8")
    (tmp_path / "site").mkdir()
    return tmp_path


def run(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    """Return the rules that `errorbook check` reports, and all it prints."""
    cli.run(["check"])
    printed = "".join(capsys.readouterr())
    return re.findall(r": error\[([a-z-]+)\]", printed), printed


def copy(site: Path, to: Path) -> None:
    for page in site.rglob("*.html"):
        target = to / page.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.read_text("utf-8"), "utf-8")


def test_a_site_in_order_has_nothing_wrong(
    built: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy(built, folder / "site")
    assert run(capsys)[0] == []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_class_is_found_in_its_language(
    built: Path, folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mark, right, language = WRONG[name]
    copy(built, folder / "site")
    page = folder / "site/index.html"
    before, found, after = page.read_text("utf-8").partition(mark)
    assert right in after
    page.write_text(before + found + after.replace(right, "WrongError", 1), "utf-8")
    rules, printed = run(capsys)
    assert rules == ["html-wrong-exception"], printed
    assert f"the {language}exception is 'WrongError' here" in printed
    assert f"errors.yaml says {right} " in printed


@pytest.mark.parametrize("code", ["too_fast", "unpaid"])
def test_a_class_that_was_renamed_in_typescript_is_one_finding(
    built: Path, folder: Path, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy(built, folder / "site")
    named = CATALOG.replace("402}", "402, sdk: {typescript: {exception: RushError}}}")
    new = {"too_fast": CATALOG.replace("HurryError", "RushError"), "unpaid": named}
    (folder / "errors.yaml").write_text(new[code], "utf-8")
    rules, printed = run(capsys)
    assert rules == ["html-wrong-exception"], printed
    assert f"shop/{code}: the TypeScript exception is" in printed
    assert "errors.yaml says RushError" in printed


def test_a_class_that_was_renamed_in_every_language_is_one_finding(
    built: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy(built, folder / "site")
    both = "402, sdk: {python: {exception: DueError}, typescript: {exception: DueError}}}"
    (folder / "errors.yaml").write_text(CATALOG.replace("402}", both), "utf-8")
    rules, printed = run(capsys)
    assert rules == ["html-wrong-exception"], printed
    assert "shop/unpaid: the exception is 'UnpaidError' here" in printed


def test_a_language_that_is_told_of_no_longer_is_not_compared(
    built: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy(built, folder / "site")
    text = CATALOG.replace("    sdk: {typescript: {}}\n", "")
    (folder / "errors.yaml").write_text(text, "utf-8")
    assert run(capsys)[0] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Exception", "TypeScript error"),
        ("Exception (Python)", "Exception (TypeScript)"),
        ("Python", "TypeScript"),
        ("Python exception", "Error class in TypeScript"),
    ],
)
def test_columns_of_a_hand_written_table_are_of_their_language(
    folder: Path, first: str, second: str, capsys: pytest.CaptureFixture[str]
) -> None:
    page = folder / "site/errors.html"
    names = {"first": first, "second": second, "python": "TooFastError"}
    page.write_text(TABLE.format(typescript="HurryError", **names), "utf-8")
    right = run(capsys)[0]
    page.write_text(TABLE.format(typescript="TooFastError", **names), "utf-8")
    wrong, printed = run(capsys)
    new = [one for one in wrong if one == "html-wrong-exception"]
    assert "html-wrong-exception" not in right
    assert new == ["html-wrong-exception"], printed
    assert "the TypeScript exception is 'TooFastError' here" in printed


@pytest.mark.parametrize(
    ("line", "is_wrong"),
    [
        ("Exception: TooFastError", False),
        ("Exception: HurryError", False),
        ("Exception: SlowError", True),
        ("TypeScript exception: HurryError", False),
        ("TypeScript exception: TooFastError", True),
        ("Exception (TypeScript): TooFastError", True),
        ("Python exception: HurryError", True),
    ],
)
def test_a_line_below_a_heading_is_of_the_language_that_it_names(
    folder: Path, line: str, *, is_wrong: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    html = (
        f"<main><h2>unpaid</h2><p>Exception: UnpaidError</p><h2>too_fast</h2><p>{line}</p></main>"
    )
    (folder / "site/errors.html").write_text(html, "utf-8")
    rules, printed = run(capsys)
    assert ("html-wrong-exception" in rules) is is_wrong, printed
