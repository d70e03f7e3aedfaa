"""Every command that README or a page shows is run here, or is in the table with a reason.

What is not run is parsed, where it is one of errorbook's. A page that shows something new fails
with the line that tests/docs/commands.yaml lacks.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
from pathlib import Path

import click
import pytest

from errorbook import cli
from tests.baseline.repositories import Repository
from tests.docs.shown import (
    ROOT,
    TABLE,
    Page,
    Step,
    blocks,
    commands_of,
    page_paths,
    table,
    words,
)

NEVER, PAGES = table()
READING = frozenset({"explain", "validate", "schema", "--version", "--help"})
"""What may run in this repository itself: it writes nothing."""
PROJECT = """\
generate:
  - {output: python, to: sdk/python, apis: [artifacta]}
  - {output: catalog, to: public}
  - {output: catalog, to: internal, audience: internal}
"""
SHOWN = [name for name in page_paths() if commands_of(name)]


def _never(command: str) -> bool:
    return any(command.startswith(one.run) for one in NEVER)


@pytest.mark.parametrize("name", SHOWN)
def test_every_command_of_a_page_is_in_the_table(name: str) -> None:
    asked = [one for one in commands_of(name) if not _never(one)]
    listed = [step.run for step in PAGES[name].steps] if name in PAGES else []
    assert asked == listed, _lacking(name, asked, listed)


def _lacking(name: str, asked: list[str], listed: list[str]) -> str:
    new = [one for one in asked if one not in listed]
    gone = [one for one in listed if one not in asked]
    lines = [f"{name} and {TABLE} differ: the steps of the page are these, in this order:"]
    lines += [f"      - {{run: {one!r}, exit: 0}}" for one in asked]
    lines += [f"  new: {one}" for one in new] + [f"  no longer shown: {one}" for one in gone]
    return "\n".join([*lines, "  give `exit`, or `why` if it cannot be run here"])


def test_the_table_knows_no_other_page() -> None:
    asked = {name for name in SHOWN if any(not _never(one) for one in commands_of(name))}
    assert sorted(PAGES.keys() - asked) == []


def test_whatever_is_not_run_is_still_shown_and_has_a_test_of_its_like() -> None:
    shown = [one for name in SHOWN for one in commands_of(name)]
    assert [one for one in NEVER if not any(each.startswith(one.run) for each in shown)] == []
    left_out = [*NEVER, *(one for page in PAGES.values() for one in page.steps if one.why)]
    for one in left_out:
        file, _, name = one.test.partition("::")
        text = (ROOT / file).read_text("utf-8")
        assert re.search(rf"^ *def {name or 'test_'}", text, re.MULTILINE), one
        assert one.why


def test_what_is_never_run_is_parsed_where_it_is_ours() -> None:
    ours = {one for name in SHOWN for one in commands_of(name) if _never(one)}
    for command in sorted(ours):
        _parse(words(command))


@pytest.mark.parametrize("name", PAGES)
def test_the_commands_of_a_page_end_as_it_says(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    page = PAGES[name]
    monkeypatch.chdir(_prepared(page, tmp_path))
    for step in page.steps:
        for edit in step.first:
            _edit(name, edit)
        if step.why:
            _parse(words(step.run))
        else:
            command = _replaced(step.run, step.instead)
            code = _run(words(command), page, monkeypatch)
            told = capsys.readouterr()
            assert code == step.exit, f"{step.run}: {code}\n{told.out}{told.err}"


def _replaced(command: str, instead: dict[str, str]) -> str:
    for shown, there in instead.items():
        command = command.replace(shown, there)
    return command


def _prepared(page: Page, folder: Path) -> Path:
    if page.where == "repository":
        return ROOT
    if page.where == "project":
        shutil.copy(ROOT / "errors.yaml", folder)
        shutil.copytree(ROOT / "rules", folder / "rules")
        (folder / "errorbook.yaml").write_text(PROJECT, encoding="utf-8")
        assert cli.run(["generate", "-p", str(folder)]) == 0
    else:
        assert page.where == "empty", f"{TABLE}: in: repository, project or empty"
    return folder


def _edit(page: str, edit: dict[str, str]) -> None:
    """Write a file of the scratch project, put a block of the page below a line, or release all."""
    if "release" in edit:
        repository = Repository(Path.cwd())
        repository.git("init", "--quiet", "--initial-branch=main")
        repository.commit(edit["release"])
        return
    file = Path(edit["file"])
    if "text" in edit:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(edit["text"], encoding="utf-8")
        return
    (block,) = ["\n".join(lines) for _, lines in blocks(page) if edit["block"] in "\n".join(lines)]
    text = file.read_text("utf-8")
    found = re.search(rf"^{re.escape(edit['below'])}\n", text, re.M)
    assert found, f"{file} has no line {edit['below']!r}"
    file.write_text(f"{text[: found.end()]}{block}\n{text[found.end() :]}", encoding="utf-8")


def _run(command: list[str], page: Page, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a command in this process: errorbook's, `mkdir`, `cd`, and what is piped in."""
    piped = b""
    if "|" in command:
        at = command.index("|")
        assert command[0] == "echo", command
        piped, command = f"{command[1]}\n".encode(), command[at + 1 :]
    if "<" in command:
        at = command.index("<")
        piped, command = Path(command[at + 1]).read_bytes(), command[:at]
    if command[0] in ("mkdir", "cd"):
        folder = Path(command[1])
        if command[0] == "mkdir":
            folder.mkdir()
        else:
            monkeypatch.chdir(folder)
        return 0
    arguments = _arguments(command)
    assert arguments is not None, f"{command[0]} is not run here: say why, in {TABLE}"
    writes = page.where == "repository" and arguments[0] not in READING
    assert not writes, f"{command} may write: run it in a project"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped)))
    return cli.run(arguments)


def _arguments(command: list[str]) -> list[str] | None:
    if command[:1] == ["errorbook"]:
        return command[1:]
    return command[3:] if command[:3] == ["python", "-m", "errorbook"] else None


def _parse(command: list[str]) -> None:
    """Take a command of errorbook's apart as it would, without running it."""
    arguments = _arguments(command)
    if arguments and not arguments[0].startswith("-"):
        verb, *rest = arguments
        assert verb in cli.app.commands, f"there is no command {verb!r}"
        cli.app.commands[verb].make_context(verb, list(rest), **cli.app.context_settings)


def _examples() -> list[str]:
    """Return the examples of every `--help`: what stands before two spaces is the command."""
    found: list[str] = []
    for one in (cli.app, *cli.app.commands.values()):
        for line in (one.epilog or "").splitlines():
            if line.strip().startswith("errorbook "):
                found.append(re.split(r" {2,}", line.strip())[0])
    return found


@pytest.mark.parametrize("example", _examples())
def test_the_examples_of_help_are_commands(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("sdk", "api", "docs"):  # what the examples name as there
        (tmp_path / folder).mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for folder in ("sdk", "api"):
        (tmp_path / "work" / folder).mkdir()
    command = words(example)
    ends = [command.index(one) for one in ("|", "<", ">") if one in command]
    if command[0] == "errorbook":
        _parse(command[: min(ends, default=len(command))])


def test_a_command_that_is_wrong_is_refused() -> None:
    with pytest.raises(click.UsageError):
        _parse(["errorbook", "check", "--nonsense"])
    with pytest.raises(AssertionError, match="no command"):
        _parse(["errorbook", "chek"])
    assert Step("x").exit == 0
