"""The strictest type checkers have nothing against the modules, and see what programs rely on.

All modules and all consumers are checked in one run of mypy for each version of Python, and in
one of pyright for both.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from errorbook.catalog import Catalog, load
from errorbook.outputs.python import files
from errorbook.outputs.python.module import MOST_STATEMENTS
from tests.sdk.modules import apis, first_of
from tests.sdk.packages import ROOT

HERE = Path(__file__).parent
CONSUMERS = HERE / "consumers"
PYRIGHT = ROOT / "node_modules/pyright/index.js"
VERSIONS = ("3.10", "3.14")
"""The oldest Python that a module is for, and the newest that both checkers know."""
IN_BOTH = ("acme", "artifacta", "artworks", "hard")
"""What pyright, which takes its time, looks at for the newest Python as well; of other modules it
sees there what programs use. mypy looks at all of them for both.
"""

SOME = MOST_STATEMENTS + 10
"""Errors of a module that are looked at: so many that its classes are made on demand."""

_TYPE = re.compile(r"^.*reveal_type\(.*\)  # (?P<text>.+)$")
_WRONG = re.compile(r"^.*  # wrong: (?P<text>.+)$")
_MYPY = re.compile(r"^(?P<file>.+?):(?P<line>\d+): (?P<kind>error|note): (?P<text>.+)$")
_REVEALED = re.compile(r'^(?:Revealed type is|Type of ".*" is) "(?P<type>.+)"$', re.DOTALL)
_QUALIFIED = re.compile(r"\b[a-z_]\w*\.(?=[A-Za-z_])")
_IGNORE = re.compile(r"#\s*(type|pyright|mypy)\s*:")


@dataclass
class Report:
    """What a checker said: errors by file and line, and the types that it revealed."""

    errors: dict[tuple[str, int], str] = field(default_factory=dict)
    types: dict[tuple[str, int], str] = field(default_factory=dict)


@pytest.fixture(scope="module", name="tree")
def _tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every module, and the consumers beside them."""
    folder = tmp_path_factory.mktemp("typing")
    acme = load(CONSUMERS / "acme.yaml").catalog
    ours = {name: first_of(api, SOME) for name, api in apis().items()}
    every = [Catalog(apis=ours), acme]
    for catalog in every:
        for path, text in files.render(catalog).items():
            if not path.endswith(".json"):
                _write(folder / path, text)
    _write(folder / "acme/_base.py", _read(CONSUMERS / "base.py"))
    _write(folder / "tests/sdk/foreign.py", _read(HERE / "foreign.py"))
    for file in (*CONSUMERS.glob("uses_*.py"), CONSUMERS / "mistakes.py"):
        _write(folder / file.name, _read(file))
    return folder


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="module", name="reports")
def _reports(tree: Path) -> Iterator[dict[str, Callable[[], Report]]]:
    """The reports by checker and version, each still to be waited for."""
    with ThreadPoolExecutor(2) as threads:
        pyright = threads.submit(_pyright, tree)
        found: dict[str, Callable[[], Report]] = {}
        for version in VERSIONS:
            mypy: Future[Report] = threads.submit(_mypy, tree, version)
            found[f"mypy {version}"] = mypy.result
            found[f"pyright {version}"] = _of(pyright, version)
        yield found


def _of(reports: Future[dict[str, Report]], version: str) -> Callable[[], Report]:
    return lambda: reports.result()[version]


def _mypy(tree: Path, version: str) -> Report:
    """Check the tree with mypy, without any configuration."""
    options = ["--strict", "--config-file=", f"--python-version={version}", "--no-error-summary"]
    options += ["--explicit-package-bases", "--cache-dir=.mypy_cache", "--warn-unreachable"]
    command = [sys.executable, "-m", "mypy", *options, "."]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tree)
    report = Report()
    for line in run.stdout.splitlines():
        said = _MYPY.match(line)
        assert said, line
        _keep(report, Path(said["file"]), int(said["line"]), said["text"], said["kind"])
    assert not run.stderr
    return report


def _pyright(tree: Path) -> dict[str, Report]:
    """Check the tree with pyright, in each version of Python at once."""
    roots: list[dict[str, Any]] = [{"root": ".", "pythonVersion": VERSIONS[0]}]
    newest = tree / "newest"
    shutil.copytree(tree, newest, ignore=shutil.ignore_patterns("newest", ".mypy_cache"))
    roots.insert(0, {"root": "newest", "pythonVersion": VERSIONS[1]})
    site = Path(sys.prefix)
    settings = {
        "typeCheckingMode": "strict",
        "enableTypeIgnoreComments": False,
        "venvPath": str(site.parent),
        "venv": site.name,
        "exclude": [
            f"newest/{one.parent.name}"
            for one in tree.glob("*/errors.py")
            if one.parent.name not in IN_BOTH
        ],
        "executionEnvironments": roots,
    }
    _write(tree / "pyrightconfig.json", json.dumps(settings))
    node = shutil.which("node")
    assert node, "Node is missing"
    assert PYRIGHT.exists(), "run `npm ci`, which installs pyright"
    command = [node, str(PYRIGHT), "--outputjson", "--project", str(tree)]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    reports = {version: Report() for version in VERSIONS}
    for one in json.loads(run.stdout)["generalDiagnostics"]:
        path = Path(one["file"]).relative_to(tree)
        version = VERSIONS[path.parts[0] == newest.name]
        line, text = one["range"]["start"]["line"] + 1, one["message"]
        _keep(reports[version], path, line, text, one["severity"])
    return reports


def _keep(report: Report, path: Path, line: int, text: str, kind: str) -> None:
    at = ("/".join(part for part in path.parts if part != "newest"), line)
    revealed = _REVEALED.match(text)
    if kind in ("error", "warning"):
        report.errors.setdefault(at, text)
    elif revealed:
        unqualified = _QUALIFIED.sub("", revealed["type"])
        report.types[at] = unqualified.replace("] | Literal[", ", ")


@pytest.fixture(
    params=[f"{checker} {version}" for version in VERSIONS for checker in ("mypy", "pyright")],
    name="report",
)
def _report(request: pytest.FixtureRequest, reports: dict[str, Callable[[], Report]]) -> Report:
    return reports[request.param]()


def _marked(mark: re.Pattern[str]) -> dict[tuple[str, int], str]:
    """Return what consumers say behind a mark, by file and line."""
    return {
        (file.name, number): found["text"]
        for file in CONSUMERS.glob("*.py")
        for number, line in enumerate(_read(file).split("\n"), 1)
        if (found := mark.match(line))
    }


@pytest.mark.browser
def test_modules_and_programs_that_use_them_have_no_errors(report: Report) -> None:
    assert {at: text for at, text in report.errors.items() if at[0] != "mistakes.py"} == {}


@pytest.mark.browser
def test_every_mistake_is_seen(report: Report) -> None:
    assert {at for at in report.errors if at[0] == "mistakes.py"} == set(_marked(_WRONG))


@pytest.mark.browser
def test_types_are_what_programs_rely_on(report: Report) -> None:
    assert report.types == _marked(_TYPE)


def test_nothing_is_ignored(tree: Path) -> None:
    for file in tree.rglob("*.py"):
        assert not _IGNORE.search(_read(file)), file


def test_an_installed_package_is_typed_by_its_marker(tmp_path: Path) -> None:
    """Installed packages are looked into only where they say that they are typed."""
    venv.create(tmp_path / "venv", symlinks=os.name != "nt")
    (site,) = (tmp_path / "venv").rglob("site-packages")
    rendered = files.render(Catalog(apis={"artifacta": apis()["artifacta"]}))
    for path, text in rendered.items():
        _write(site / path, text)
        if not path.endswith("py.typed"):
            _write(site / path.replace("artifacta", "unmarked"), text)
    program = "import artifacta.errors as one\nimport unmarked.errors as other\n"
    program += "one.RateLimitedError().cod\nother.RateLimitedError().cod\n"
    _write(tmp_path / "program.py", program)
    python = tmp_path / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary"]
    command += [f"--python-executable={python}", "--hide-error-codes", "program.py"]
    run = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
    errors = [line for line in run.stdout.splitlines() if ": error: " in line]
    assert len(errors) == 3, run.stdout
    for name, error in zip(("unmarked.errors", "unmarked"), errors, strict=False):
        assert error.startswith(f'program.py:2: error: Skipping analyzing "{name}"')
    assert errors[2].startswith('program.py:3: error: "RateLimitedError" has no attribute "cod"')
