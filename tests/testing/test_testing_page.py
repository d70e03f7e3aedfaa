"""The page about testing: what it shows works as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from errorbook.generate import generate
from errorbook.project import expected_files, open_workspace
from tests.testing.repository import COMMAND, PROJECT, THEME, mkdocs_file, write

pytest_plugins = ["pytester"]

ROOT: Final = Path(__file__).parents[2]
EXAMPLES: Final = re.findall(
    r"^```python\n(.*?)^```$", (ROOT / "docs/testing.md").read_text("utf-8"), re.DOTALL | re.M
)
CODES: Final = (
    "/// errors | codes\n    api: {api}\n    columns: [code, status, action, exception]\n///\n"
)


@pytest.fixture
def repo(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A repository with this one's catalog, and an `artifacta` command."""
    folder = pytester.path
    catalog = (ROOT / "errors.yaml").read_text("utf-8").partition("\ninclude:")[0]
    write(folder, {"errors.yaml": catalog})
    config = mkdocs_file().replace("error_pages: false", "error_pages: true")
    write(folder, {"errorbook.yaml": PROJECT, "mkdocs.yml": config, **THEME})
    write(folder, {f"docs/{api}.md": CODES.format(api=api) for api in ("artifacta", "artworks")})
    write(folder, {"bin/artifacta": COMMAND.replace("SHOP_URL", "ARTIFACTA_URL")})
    (folder / "bin/artifacta").chmod(0o755)
    workspace = open_workspace(folder / "errorbook.yaml", None, folder)
    generate(workspace.project, expected_files(workspace.project, workspace.catalog.catalog))
    monkeypatch.setenv("PATH", f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return pytester


@pytest.mark.skipif(os.name != "posix", reason="the command is a shell script")
def test_every_example_passes(repo: pytest.Pytester) -> None:
    repo.makepyfile(**{f"test_{number}": text for number, text in enumerate(EXAMPLES)})
    result = repo.runpytest_inprocess("-p", "no:cacheprovider", "--strict-markers", "-v")
    counts = result.parseoutcomes()
    assert set(counts) == {"passed"}
    for number, text in enumerate(EXAMPLES):
        name = re.findall(r"^def (test_\w+)", text, re.M)[0]
        result.stdout.fnmatch_lines([f"test_{number}.py::{name}* PASSED*"])


def test_the_types_that_the_page_names_hold(tmp_path: Path) -> None:
    typed = next(text for text in EXAMPLES if "ErrorCase" in text)
    more = (
        "def test_more(errorbook_project: ErrorbookProject, errorbook_exit_codes: ExitCodes,\n"
        "              errorbook_mock: MockServer, error_case: ErrorCase) -> None:\n"
        "    assert_docs_match_sdk(errorbook_project, site='site', apis=['shop'])\n"
        "    errorbook_exit_codes(['shop'], base_url='SHOP_URL', timeout=5)\n"
        "    body: bytes = error_case.response.body\n"
        "    url: str = errorbook_mock.error_url(error_case.api, error_case.code, fail=2)\n"
    )
    text = f"from errorbook.testing import assert_docs_match_sdk\n{typed}\n{more}"
    write(tmp_path, {"typed.py": text})
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", os.devnull, "typed.py"]
    environment = {**os.environ, "MYPYPATH": str(ROOT / "src")}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
