"""What docs/install.md says of versions, extras, completion and generated files is so."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from typing import Final

import pytest

from errorbook.project import expected_files, open_workspace
from tests.packaging.builds import ROOT
from tests.packaging.environments import environment
from tests.packaging.pythons import SHELLS, VERSIONS

PAGE: Final = (ROOT / "docs/install.md").read_text("utf-8")
NAMES: Final = {"material for mkdocs": "mkdocs-material"}


def test_it_names_the_pythons_that_are_tested() -> None:
    *first, last = VERSIONS
    assert f"Python {', '.join(first)} or {last}." in PAGE


def test_it_names_every_extra_and_what_that_brings() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        extras = tomllib.load(file)["project"]["optional-dependencies"]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE)
    brought = {
        extra: {NAMES.get(name, name) for name in text.strip().lower().split(", ")}
        for extra, text in rows
    }
    expected = {
        extra: {re.split(r"[<>=]", one)[0] for one in needed} for extra, needed in extras.items()
    }
    assert brought == expected


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another bash")
@pytest.mark.parametrize("shell", [name for name in SHELLS if shutil.which(name)])
def test_its_line_for_bash_completes(shell: str) -> None:
    """As the Tab key would ask, with the command of an installed wheel on the search path."""
    (line,) = re.findall(r'^ +(eval "\$\(_ERRORBOOK_COMPLETE=bash_source.*)$', PAGE, re.MULTILINE)
    asked = "COMP_WORDS=(errorbook expl); COMP_CWORD=1; _errorbook_completion errorbook"
    run = subprocess.run(
        [
            shutil.which(shell) or shell,
            "--norc",
            "-c",
            f"{line}\ncomplete -p errorbook\n{asked}\necho ${{COMPREPLY[@]}}",
        ],
        check=False,
        env={"PATH": f"{environment().parent}:/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
    )
    assert run.stderr == ""
    assert run.stdout.splitlines() == [
        "complete -o nosort -F _errorbook_completion errorbook",
        "explain",
    ]


def test_generated_files_carry_no_terms_and_import_nothing_of_errorbook() -> None:
    workspace = open_workspace(ROOT / "errorbook.yaml", None, ROOT)
    files = expected_files(workspace.project, workspace.catalog.catalog)
    terms = re.compile(
        r"licen[cs]e|copyright|\bMIT\b|SPDX|^\s*(?:from|import) errorbook", re.I | re.M
    )
    modules = {file.path: file.text for file in files if file.target.output == "python"}
    assert len(modules) > 2
    assert {path for path, text in modules.items() if terms.search(text)} == set()
    headings = {file.path: "\n".join(file.text.splitlines()[:12]) for file in files}
    assert {path for path, heading in headings.items() if terms.search(heading)} == set()
