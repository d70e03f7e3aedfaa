"""What is in the wheel and in the sdist, and that anybody's build gives the same bytes."""

from __future__ import annotations

import re
import subprocess
import tarfile
import zipfile
from configparser import ConfigParser
from email.message import Message
from email.parser import Parser
from pathlib import Path
from typing import Final

import pytest

from errorbook import __version__
from tests.packaging.builds import ROOT, build, built_sdist, built_wheel
from tests.packaging.pythons import VERSIONS

PACKAGE: Final = ROOT / "src/errorbook"
DIST_INFO: Final = f"errorbook-{__version__}.dist-info"
METADATA: Final = ("METADATA", "WHEEL", "entry_points.txt", "licenses/LICENSE", "RECORD")
ELEMENT: Final = "site/element/"
BESIDE_THE_PACKAGE: Final = {
    ".gitignore",  # hatchling reads from it what to leave out
    "CHANGELOG.md",
    "LICENSE",
    "PKG-INFO",
    "README.md",
    "pyproject.toml",
}


@pytest.fixture(scope="module")
def wheel() -> dict[str, bytes]:
    """The files of the wheel."""
    with zipfile.ZipFile(built_wheel()) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.fixture(scope="module")
def sdist() -> set[str]:
    """The names of the files of the sdist, below its one folder."""
    with tarfile.open(built_sdist()) as file:
        names = [member.name for member in file.getmembers() if member.isfile()]
    return {name.removeprefix(f"errorbook-{__version__}/") for name in names}


def package_files() -> set[str]:
    """Return what git has, or would take, of the package."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "."]
    run = subprocess.run(command, check=True, cwd=PACKAGE, capture_output=True, encoding="utf-8")
    return {name for name in run.stdout.split("\0") if name and (PACKAGE / name).is_file()}


def metadata(wheel: dict[str, bytes]) -> Message:
    """Return what an index says of the wheel."""
    return Parser().parsestr(wheel[f"{DIST_INFO}/METADATA"].decode())


class TestWheel:
    def test_it_has_the_package_without_the_sources_of_the_script(
        self, wheel: dict[str, bytes]
    ) -> None:
        ours = {f"errorbook/{name}" for name in package_files() if not name.startswith(ELEMENT)}
        assert wheel.keys() == ours | {f"{DIST_INFO}/{name}" for name in METADATA}

    @pytest.mark.parametrize(
        "name",
        [
            "py.typed",
            "rules/errors.json",
            "site/assets/errorbook.css",
            "site/assets/explorer.js",
            "site/templates/codes.html.jinja",
            "outputs/python/templates/errors.py.jinja",
            "outputs/typescript/templates/errors.ts.jinja",
        ],
    )
    def test_what_is_no_module_is_in_it_as_it_is_here(
        self, wheel: dict[str, bytes], name: str
    ) -> None:
        assert wheel[f"errorbook/{name}"] == (PACKAGE / name).read_bytes()

    def test_it_says_what_it_is(self, wheel: dict[str, bytes]) -> None:
        said = metadata(wheel)
        assert (said["Name"], said["Version"]) == ("errorbook", __version__)
        assert (said["License-Expression"], said["License-File"]) == ("MIT", "LICENSE")
        assert said["Requires-Python"] == ">=3.11"
        assert set(said.get_all("Provides-Extra", [])) == {"check", "mock", "site"}
        assert wheel[f"{DIST_INFO}/WHEEL"].count(b"Tag: py3-none-any") == 1
        assert wheel[f"{DIST_INFO}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()

    def test_its_entry_points_lead_somewhere(self, wheel: dict[str, bytes]) -> None:
        points = ConfigParser()
        points.read_string(wheel[f"{DIST_INFO}/entry_points.txt"].decode())
        assert {name: dict(points[name]) for name in points.sections()} == {
            "console_scripts": {"errorbook": "errorbook.cli:main"},
            "markdown.extensions": {"errorbook": "errorbook.site.markdown:ErrorbookExtension"},
            "mkdocs.plugins": {"errorbook": "errorbook.site.plugin:ErrorbookPlugin"},
            "pytest11": {"errorbook": "errorbook.pytest_plugin"},
        }
        modules = {
            target.partition(":")[0]
            for name in points.sections()
            for target in points[name].values()
        }
        assert {f"{module.replace('.', '/')}.py" for module in modules} <= wheel.keys()

    def test_nothing_in_it_says_where_it_was_built(self, wheel: dict[str, bytes]) -> None:
        places = (str(ROOT).encode(), str(Path.home()).encode() + b"/")
        found = {name for name, content in wheel.items() for one in places if one in content}
        assert found == set()


def extract(archive: tarfile.TarFile, folder: Path) -> None:
    """Unpack an archive with the filter for data, which Python before 3.11.4 lacks."""
    archive.extraction_filter = getattr(tarfile, "data_filter", None)
    archive.extractall(folder)  # noqa: S202  # it is our own, built just now


class TestSdist:
    def test_it_has_what_the_wheel_is_built_from_and_nothing_else(self, sdist: set[str]) -> None:
        assert sdist == {f"src/errorbook/{name}" for name in package_files()} | BESIDE_THE_PACKAGE

    def test_the_same_wheel_is_built_of_it(self, tmp_path: Path) -> None:
        with tarfile.open(built_sdist()) as file:
            extract(file, tmp_path)
        (tree,) = tmp_path.iterdir()
        build("wheel", tree, tmp_path / "again")
        (again,) = (tmp_path / "again").iterdir()
        assert again.name == built_wheel().name
        assert again.read_bytes() == built_wheel().read_bytes()

    def test_another_day_and_another_place_give_the_same_bytes(self, tmp_path: Path) -> None:
        with tarfile.open(built_sdist()) as file:
            extract(file, tmp_path)
        (tree,) = tmp_path.iterdir()
        for path in tree.rglob("*"):
            path.chmod(0o777 if path.is_dir() else 0o666)
            path.touch()
        build("sdist", tree, tmp_path / "again", TZ="Asia/Tokyo")
        (again,) = (tmp_path / "again").iterdir()
        assert again.read_bytes() == built_sdist().read_bytes()


def test_the_pythons_that_are_named_are_those_that_are_tested(wheel: dict[str, bytes]) -> None:
    """A version that nobody has tried is not promised."""
    classifiers = "\n".join(metadata(wheel).get_all("Classifier", []))
    named = re.findall(r"^Programming Language :: Python :: (3\.\d+)$", classifiers, re.MULTILINE)
    assert tuple(named) == VERSIONS
