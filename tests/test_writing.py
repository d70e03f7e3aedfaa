"""Several files are written, or none, and no trace is left of what failed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from errorbook.writing import free_copy_name, write_all
from tests.fetch.running import files


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "old").write_bytes(b"old")
    return tmp_path


def test_all_are_written_into_folders_that_are_made(folder: Path) -> None:
    write_all({folder / "old": b"new", folder / "deep/er/one": b"1", folder / "deep/two": b"2"})
    assert files(folder) == {"old": b"new", "deep/er/one": b"1", "deep/two": b"2"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_rights_stay(folder: Path) -> None:
    (folder / "old").chmod(0o640)
    write_all({folder / "old": b"new"})
    assert stat.S_IMODE((folder / "old").stat().st_mode) == 0o640


@pytest.mark.parametrize("at", [1, 2, 3])
def test_whatever_fails_everything_is_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    replace, moved = Path.replace, 0

    def failing(path: Path, target: Path) -> Path:
        nonlocal moved
        moved += 1
        if moved == at:
            raise OSError("no space is left")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="no space"):
        write_all({folder / "old": b"new", folder / "deep/one": b"1", folder / "two": b"2"})
    assert files(folder) == {"old": b"old"}
    assert not (folder / "deep").exists()


def test_a_file_in_the_way_of_a_folder_stops_all(folder: Path) -> None:
    with pytest.raises(OSError, match="old"):
        write_all({folder / "one": b"1", folder / "old/two": b"2"})
    assert files(folder) == {"old": b"old"}


def test_copies_have_names_that_are_free_and_end_alike(folder: Path) -> None:
    names = []
    for _ in range(3):
        copy = free_copy_name(folder / "old")
        copy.symlink_to("nowhere")  # a link that leads nowhere has a name, too
        names.append(copy.name)
    assert names == ["old.orig", "old.1.orig", "old.2.orig"]


@pytest.mark.parametrize("at", ["new", "deep/new", "old"])
def test_what_failed_has_the_name_that_its_user_knows(
    folder: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def refused(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.chdir(folder)
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(OSError, match=f"^{at}: Permission denied; nothing was changed$"):
        write_all({folder / at: b"new"})
    with pytest.raises(OSError, match=r"^it: Permission denied"):
        write_all({folder / at: b"new"}, lambda _: "it")
