"""The wheel in environments that have nothing but what its metadata asks for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from errorbook import __version__
from tests.checks.projects import SmallProject, small_project
from tests.packaging.builds import built_wheel
from tests.packaging.environments import environment, environment_on, run_in
from tests.packaging.pythons import TOO_OLD, VERSIONS, here, python

VERBS: Final = """
import sys
from errorbook.cli import run
for words in sys.argv[1:]:
    print("==", words, run(words.split()), flush=True)
"""
"""Runs verbs that need no extra, in an order in which they work."""

COMMANDS: Final = {
    "validate": "errors.yaml: 1 API, 1 error, no problems\n",
    "import more.csv --api shop": "",
    "format": "0 files formatted, 2 unchanged\n",
    "generate": "4 files written, 0 unchanged\n",
    "check": "errors.yaml: 1 API, 2 errors, 4 generated files up to date\n",
    "explain closed": "",
    "explain stale-file": "",
    "schema": "",
}
"""What each is sure to say to stderr."""

USE: Final = """
import sys
sys.path.insert(0, "sdk")
before = set(sys.modules)
from shop.errors import from_response
error = from_response(409, {}, b"{}")
brought = {name.partition(".")[0] for name in set(sys.modules) - before} - {"shop"}
print(type(error).__name__, sorted(brought - sys.stdlib_module_names))
"""


@pytest.fixture(name="project")
def _project(tmp_path: Path) -> SmallProject:
    (tmp_path / ".git").mkdir()
    return small_project(tmp_path)


@pytest.mark.parametrize("version", here(*VERSIONS))
def test_all_that_needs_no_extra_works(project: SmallProject, version: str) -> None:
    found = environment_on(version)
    (project.folder / "more.csv").write_text("code,status\nclosed,503\n", encoding="utf-8")
    run = run_in(found, "-c", VERBS, *COMMANDS, cwd=project.folder)
    codes = [f"== {words} 0" for words in COMMANDS]
    assert re.findall("^== .*", run.stdout, re.MULTILINE) == codes, run
    assert [said for said in COMMANDS.values() if said not in run.stderr] == []
    run = run_in(found, "-m", "errorbook", "--version", cwd=project.folder)
    assert run.stdout == f"errorbook {__version__}\n"
    run = run_in(found, "-I", "-S", "-c", USE, cwd=project.folder)
    assert (run.stdout, run.stderr) == ("ShopError []\n", "")


def test_the_command_is_installed_beside_python(tmp_path: Path) -> None:
    command = environment().with_name("errorbook.exe" if sys.platform == "win32" else "errorbook")
    run = subprocess.run([command, "--version"], check=True, cwd=tmp_path, capture_output=True)
    assert run.stdout.decode().strip() == f"errorbook {__version__}"


@pytest.mark.parametrize("extras", ["", "site,mock,check"])
def test_pip_finds_nothing_missing(extras: str) -> None:
    found = environment(extras)
    check = [sys.executable, "-m", "uv", "pip", "check", "--python", str(found)]
    run = subprocess.run(check, check=False, capture_output=True, encoding="utf-8")
    assert (run.returncode, "are compatible" in run.stderr) == (0, True), run.stderr


class TestMissingExtra:
    """Each is one line with the command that installs it, and exit code 3."""

    def test_of_the_mock_server(self, project: SmallProject) -> None:
        run = run_in(environment(), "-m", "errorbook", "mock", cwd=project.folder)
        assert (run.returncode, run.stdout) == (3, "")
        command = "pip install 'errorbook[mock]'"
        assert run.stderr == f"errorbook: the mock server needs more: {command}\n"

    def test_of_the_check_of_an_sdk(self, project: SmallProject) -> None:
        (project.folder / "client.py").write_text("", encoding="utf-8")
        project.write_project("check: {sdk: [{package: client.py, api: shop}]}\n")
        run = run_in(environment(), "-m", "errorbook", "check", cwd=project.folder)
        assert run.returncode == 3
        assert run.stdout == (
            "not checked: an SDK is read with griffe, which is not installed; "
            'run: pip install "errorbook[check]"\n'
        )
        assert len(run.stderr.splitlines()) == 1

    @pytest.mark.parametrize("settings", ["plugins: [errorbook]", "hooks: [errors.py]"])
    def test_of_the_site_where_mkdocs_is_there(self, project: SmallProject, settings: str) -> None:
        text = f"site_name: Shop\n{settings}\n"
        (project.folder / "mkdocs.yml").write_text(text, encoding="utf-8")
        hook = "from errorbook.site.plugin import hook_events\nglobals().update(hook_events())\n"
        (project.folder / "errors.py").write_text(hook, encoding="utf-8")
        (project.folder / "docs").mkdir()
        run = run_in(environment("", "mkdocs"), "-m", "mkdocs", "build", cwd=project.folder)
        assert run.returncode == 1
        assert "pip install 'errorbook[site]'" in run.stderr
        assert len(run.stderr.splitlines()) == 1

    def test_of_the_site_where_only_markdown_is_there(self, tmp_path: Path) -> None:
        code = "import markdown; markdown.markdown('', extensions=['errorbook'])"
        run = run_in(environment("", "markdown"), "-c", code, cwd=tmp_path)
        assert run.stderr.splitlines()[-1].endswith("pip install 'errorbook[site]'")


class TestExtras:
    def test_site_is_all_that_a_page_needs(self, project: SmallProject) -> None:
        (project.folder / "mkdocs.yml").write_text(
            "site_name: Shop\ntheme: material\nplugins: [errorbook]\n", encoding="utf-8"
        )
        (project.folder / "docs").mkdir()
        page = "# Errors\n\n/// errors | codes\n///\n"
        (project.folder / "docs/index.md").write_text(page, encoding="utf-8")
        command = ("-m", "mkdocs", "build", "--strict", "--quiet")
        run = run_in(environment("site"), *command, cwd=project.folder, NO_MKDOCS_2_WARNING="1")
        assert (run.returncode, run.stderr) == (0, "")
        assert "No copy is left." in (project.folder / "site/index.html").read_text("utf-8")
        published = json.loads((project.folder / "site/errors.json").read_text("utf-8"))
        assert list(published["apis"]) == ["shop"]


@pytest.mark.parametrize("version", here(TOO_OLD))
class TestTooOldPython:
    def test_pip_refuses_it(self, version: str) -> None:
        pip = [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(python(version)),
            "install",
            "--dry-run",
        ]
        command = [*pip, "--no-index", "--no-deps", str(built_wheel())]
        run = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
        assert run.returncode == 1
        assert "requires a different Python" in run.stderr

    def test_it_gets_one_line_that_names_another(self, version: str, tmp_path: Path) -> None:
        command = [str(python(version)), "-B", "-m", "errorbook", "validate"]
        run = subprocess.run(
            command,
            check=False,
            cwd=tmp_path,
            env={"PYTHONPATH": str(built_wheel())},
            capture_output=True,
            encoding="utf-8",
        )
        assert (run.returncode, run.stdout) == (3, "")
        assert run.stderr == (
            f"errorbook: Python 3.11 or newer is needed, this is {version}: install errorbook "
            "with a newer one, as in `python3.11 -m pip install errorbook`\n"
        )
