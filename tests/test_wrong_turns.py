"""Wrong turns on the way in: each gets one line that says what to do, and the right exit code."""

from __future__ import annotations

import errno
import os
import re
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from errorbook import cli
from tests.checks.projects import CATALOG, SmallProject, small_project
from tests.unprivileged import can_write, unprivileged

BEGIN = (
    "There is no errorbook.yaml or errors.yaml here or above: `errorbook init` lays them out, "
    "`errorbook import` writes errors.yaml from what exists, --project or --catalog names those "
    "of another folder"
)
REMEDIES = {
    errno.EACCES: "you may not write there: get the permission, or work in a copy",
    errno.EROFS: "nothing can be written to that disk: work in a copy elsewhere",
    errno.ENOSPC: "make room on that disk, then run this again",
}
_TALLY = re.compile(r"\d+ problems? in .+")
"""The line below a list of problems."""


Turn = Callable[[str], tuple[int, str]]


@pytest.fixture(name="project")
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """A project in the working folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return small_project(tmp_path)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, which has nothing in it and is in a repository of its own."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def turn(capsys: pytest.CaptureFixture[str]) -> Turn:
    """Return the exit code of a command and the one line that it prints."""

    def run(command: str) -> tuple[int, str]:
        capsys.readouterr()
        code = cli.run(command.split())
        said = capsys.readouterr()
        lines = (said.out + said.err).splitlines()
        (line,) = [line for line in lines if not _TALLY.fullmatch(line)]
        return code, line

    return run


class TestNoProject:
    @pytest.mark.parametrize(
        "verb", ["validate", "generate", "check", "diff", "mock", "explain sold_out"]
    )
    def test_how_to_begin_is_said(self, empty: Path, turn: Turn, verb: str) -> None:
        name = verb.split(maxsplit=1)[0]
        expected = f"errorbook {name}: {BEGIN} (see `errorbook {name} --help`)"
        assert turn(verb) == (2, expected)

    def test_the_root_of_the_disk_is_no_other_place(
        self, monkeypatch: pytest.MonkeyPatch, turn: Turn
    ) -> None:
        root = Path(Path.cwd().anchor)
        if any((root / name).exists() for name in ("errors.yaml", "errorbook.yaml")):
            pytest.skip("this disk has a project at its root")
        monkeypatch.chdir(root)
        code, line = turn("validate")
        assert (code, BEGIN in line) == (2, True)

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("errors.yml", "errors.yml is not read: rename it to errors.yaml ("),
            ("errorbook.yml", "errorbook.yml is not read: rename it to errorbook.yaml ("),
            ("errors.json", "a published catalog is named by --catalog errors.json ("),
        ],
    )
    def test_a_file_of_nearly_that_name_is_told_of(
        self, empty: Path, turn: Turn, name: str, said: str
    ) -> None:
        (empty / name).write_text("{}", encoding="utf-8")
        code, line = turn("check")
        assert (code, said in line, "init" in line) == (2, True, False)

    def test_without_a_project_file_there_is_nothing_to_generate(
        self, project: SmallProject, turn: Turn
    ) -> None:
        (project.folder / "errorbook.yaml").unlink()
        assert turn("generate") == (
            2,
            "nothing to generate: there is no errorbook.yaml: `errorbook init` writes one, "
            "`errorbook generate --help` shows what it says",
        )

    def test_without_the_catalog_that_is_named_none_is_found(
        self, project: SmallProject, turn: Turn
    ) -> None:
        (project.folder / "errors.yaml").unlink()
        assert turn("check") == (
            2,
            "errors.yaml: error[unreadable]: cannot be read: No such file or directory "
            "(check the name; `errorbook init` writes a first one)",
        )


class TestCatalog:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "1:1: error[empty-file]: the file is empty, or holds nothing but comments (it"),
            (b"# soon\n", "1:1: error[empty-file]: "),
            (
                b"apis:\n  shop: {title: Caf\xe9}\n",
                "2:20: error[not-utf-8]: byte 0xe9 is not",
            ),
            ("apis: {}".encode("utf-16"), "1:1: error[not-utf-8]: byte 0xff is not UTF-8 (save"),
        ],
    )
    def test_a_file_that_holds_no_catalog_is_refused_at_its_place(
        self, project: SmallProject, turn: Turn, content: bytes, said: str
    ) -> None:
        (project.folder / "errors.yaml").write_bytes(content)
        for verb in ("validate", "check", "generate"):
            code, line = turn(verb)
            assert (code, line.startswith(f"errors.yaml:{said}")) == (2, True), line

    @pytest.mark.parametrize("name", ["errors.yaml", "errorbook.yaml"])
    def test_a_folder_in_its_place_is_not_passed_over(
        self, project: SmallProject, turn: Turn, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        """Else the project above would be the one that is read."""
        inner = project.folder / "inner"
        (inner / name).mkdir(parents=True)
        (inner / "errors.yaml").is_dir() or (inner / "errors.yaml").write_text(CATALOG)
        monkeypatch.chdir(inner)
        code, line = turn("validate")
        assert (code, line.startswith(f"{name}: error[unreadable]: cannot be read: ")) == (2, True)
        assert sys.platform == "win32" or "(this is a folder: move it away, or name" in line

    def test_json_is_yaml_too(self, project: SmallProject, turn: Turn) -> None:
        project.write_catalog('{"apis": {"shop": {"errors": {}}}}')
        assert turn("validate") == (0, "errors.yaml: 1 API, 0 errors, no problems")

    def test_one_that_may_not_be_read_names_its_owner(
        self, project: SmallProject, turn: Turn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _refuse(monkeypatch, project.folder / "errors.yaml", errno.EACCES, modes="r")
        assert turn("validate") == (
            2,
            "errors.yaml: error[unreadable]: cannot be read: Permission denied (ask its owner for "
            "the permission to read it)",
        )

    def test_the_nearest_project_is_the_one_that_is_meant(
        self, project: SmallProject, turn: Turn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inner = project.folder / "inner"
        inner.mkdir()
        small_project(inner).write_catalog("apis: {}\n")
        monkeypatch.chdir(inner)
        assert turn("validate") == (0, "errors.yaml: 0 APIs, 0 errors, no problems")


class TestUsage:
    @pytest.mark.parametrize(
        ("command", "said"),
        [
            ("chekc", "errorbook: No such command 'chekc'. Did you mean 'check'?"),
            (
                "check --formt json",
                "errorbook check: No such option '--formt'. Did you mean ",
            ),
            ("check x", "errorbook check: Got unexpected extra argument (x)"),
            (
                "mock --port 99999",
                "errorbook mock: Invalid value for '--port': ",
            ),
            (
                "check -p nowhere",
                "errorbook check: Invalid value for '-p' / '--project': Path ",
            ),
            ("explain", "errorbook explain: Say what to explain: a code, an exception, a status, "),
            ("fetch", "errorbook fetch: Nothing was fetched yet: name a source ("),
        ],
    )
    def test_what_is_not_understood_is_said_on_one_line(
        self, project: SmallProject, turn: Turn, command: str, said: str
    ) -> None:
        code, line = turn(command)
        assert (code, line.startswith(said)) == (2, True), line
        assert line.endswith(f" (see `{said.partition(':')[0]} --help`)")

    def test_nothing_that_was_typed_acts_on_the_terminal(self, empty: Path, turn: Turn) -> None:
        code, line = turn("\x1b[31mcheck")
        assert (code, line.isprintable()) == (2, True)


class TestWriting:
    @pytest.mark.parametrize(
        "command",
        [
            "generate",
            "check --write-baseline",
            "check --format json:out.json",
            "validate --format sarif:out.sarif",
        ],
    )
    def test_a_folder_that_takes_no_files(
        self,
        project: SmallProject,
        turn: Turn,
        monkeypatch: pytest.MonkeyPatch,
        command: str,
    ) -> None:
        project.write_project("generate: [{output: python, to: sdk}]\ncheck: {quality: {}}\n")
        cli.run(["generate"])
        project.write_catalog(CATALOG.replace("No copy", "Not one copy"))
        before = project.on_disk()
        for number, remedy in REMEDIES.items():
            with monkeypatch.context() as patched:
                _refuse(patched, project.folder, number, modes="wxa+")
                code, line = turn(command)
            assert (code, line.startswith("errorbook: could not complete: ")) == (3, True)
            assert line.endswith(f" ({remedy})")
            assert project.on_disk() == before

    def test_a_folder_that_is_not_there(self, project: SmallProject, turn: Turn) -> None:
        assert turn("validate --format json:nowhere/out.json") == (
            3,
            "errorbook: could not complete: nowhere/out.json: No such file or directory "
            "(check the name, and that its folder is there)",
        )

    def test_a_folder_that_is_read_only(
        self, project: SmallProject, turn: Turn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        project.folder.chmod(0o555)
        try:
            with unprivileged():
                if can_write(project.folder):  # its mode holds nobody on this system
                    _refuse(monkeypatch, project.folder, errno.EACCES, modes="wxa+")
                code, line = turn("generate")
        finally:
            project.folder.chmod(0o755)
        assert (code, "you may not write there" in line) == (3, True)

    def test_a_file_in_the_place_of_a_folder(self, project: SmallProject, turn: Turn) -> None:
        (project.folder / "sdk").write_text("", encoding="utf-8")
        code, line = turn("generate")
        assert code == 3
        remedy = "a file is where a folder belongs: move it away"
        assert line.endswith(f"; nothing was changed ({remedy})")

    def test_an_output_that_takes_no_more(
        self, project: SmallProject, turn: Turn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("this system has no file that is always full")
        with (
            Path("/dev/full").open("w", encoding="utf-8") as full,
            monkeypatch.context() as patched,
        ):
            patched.setattr(sys, "stdout", full)
            code, line = turn("schema")
        assert code == 3
        assert line == (
            "errorbook: could not complete: No space left on device "
            "(make room on that disk, then run this again)"
        )


def test_a_port_in_use_is_said_with_another(project: SmallProject, turn: Turn) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert turn(f"mock --port {port}") == (
            3,
            f"errorbook: could not complete: port {port} of 127.0.0.1 is in use: "
            "name another with --port, or 0 for any free one",
        )


def _refuse(monkeypatch: pytest.MonkeyPatch, place: Path, number: int, modes: str) -> None:
    """Let the system refuse to open files in a place: who runs tests may write anywhere."""
    real = Path.open

    def opened(path: Path, mode: str = "r", *rest: Any, **named: Any) -> IO[Any]:
        if set(mode) & set(modes) and place in (path.absolute(), *path.absolute().parents):
            raise OSError(number, os.strerror(number), str(path))
        return real(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", opened)
