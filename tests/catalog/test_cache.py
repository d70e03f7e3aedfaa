"""What was parsed may be kept; that saves time, and never lets anything through."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from errorbook.catalog import CatalogError, cache, load
from errorbook.catalog.yaml_reader import read_yaml
from tests.catalog.catalogs import Folder, errors

LARGE = errors("".join(f"code_{n}: {{status: 404, meaning: It is gone.}}\n" for n in range(2000)))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that catalogs are kept in."""
    path = tmp_path / "cache"
    monkeypatch.setenv("ERRORBOOK_CACHE", str(path))
    return path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the files that were parsed, rather than recalled."""
    names: list[str] = []

    def recording(content: bytes, name: str) -> object:
        names.append(name)
        return read_yaml(content, name)

    monkeypatch.setattr("errorbook.catalog.sources.read_yaml", recording)
    return names


def _only_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def test_an_unchanged_catalog_is_parsed_once(folder: Folder, kept: Path, parsed: list[str]) -> None:
    first, second = folder.load(LARGE), folder.load(LARGE)
    assert parsed == ["errors.yaml"]
    assert first == second
    assert kept.is_dir()


def test_any_change_is_parsed_again(folder: Folder, kept: Path, parsed: list[str]) -> None:
    folder.load(LARGE)
    assert "added" in folder.api(LARGE + "      added: {}\n").errors
    assert len(parsed) == 2
    assert len(list(kept.iterdir())) == 2


def test_what_is_kept_is_validated_all_the_same(
    folder: Folder, kept: Path, parsed: list[str]
) -> None:
    content = LARGE + "      bad: {status: 999, group: nowhere}\n"
    assert folder.says(content) == folder.says(content) != []
    assert parsed == ["errors.yaml"]


def test_included_files_are_kept_too(folder: Folder, kept: Path, parsed: list[str]) -> None:
    for _ in range(2):
        folder.load("include: [more.yaml]\n", more=LARGE)
    assert parsed == ["errors.yaml", "more.yaml", "errors.yaml"]


@pytest.mark.parametrize("slip", ["      code_1: {}\n", "      x: !!str y\n", "      x: [\n"])
def test_a_file_with_problems_is_never_kept(
    folder: Folder, kept: Path, parsed: list[str], slip: str
) -> None:
    assert folder.says(LARGE + slip) == folder.says(LARGE + slip) != []
    assert len(parsed) == 2
    assert not kept.exists()


def test_a_small_file_is_not_worth_keeping(folder: Folder, kept: Path) -> None:
    folder.load(errors("a: {}\n"))
    assert not kept.exists()


def _tampered(stored: bytes) -> bytes:
    return stored.replace(b"It is gone.", b"It is mine.", 1)


def _signed_anew(stored: bytes) -> bytes:
    body = _tampered(stored.partition(b"\n")[2])
    return hashlib.blake2b(body, digest_size=32).hexdigest().encode() + b"\n" + body


DAMAGE = {
    "tampered with": _tampered,
    "tampered with and signed anew": _signed_anew,
    "cut short": lambda stored: stored[: len(stored) // 2],
    "cut to its first line": lambda stored: stored.partition(b"\n")[0],
    "empty": lambda _: b"",
    "something else": lambda _: b"\xff\x00" * 100,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_file_is_parsed_again(
    folder: Folder, kept: Path, parsed: list[str], damage: object
) -> None:
    sound = folder.load(LARGE)
    file = _only_file(kept)
    assert callable(damage)
    file.write_bytes(damage(file.read_bytes()))
    assert folder.load(LARGE) == sound
    assert len(parsed) == 2


def test_the_file_of_another_catalog_is_not_taken_for_this_one(folder: Folder, kept: Path) -> None:
    folder.load(LARGE)
    mine = _only_file(kept)
    other = folder.load(LARGE.replace("gone", "lost"))
    theirs = next(file for file in kept.iterdir() if file != mine)
    theirs.write_bytes(mine.read_bytes())
    assert folder.load(LARGE.replace("gone", "lost")) == other


def test_a_folder_that_cannot_be_written_does_no_harm(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for path in (tmp_path / "file" / "cache", tmp_path / "file", "/proc/nowhere", "a\0b"):
        monkeypatch.setattr(cache, "cache_folder", lambda path=path: Path(path))
        assert len(folder.api(LARGE).errors) == 2000


def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    folder: Folder, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "replace", full)
    folder.load(LARGE)
    assert list(kept.iterdir()) == []


def test_an_empty_name_turns_the_cache_off(
    folder: Folder, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ERRORBOOK_CACHE", "")
    folder.load(LARGE)
    folder.load(LARGE)
    assert cache.cache_folder() is None
    assert len(parsed) == 2


def test_the_oldest_files_go_when_there_are_too_many(
    folder: Folder, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.load(LARGE)
    oldest = _only_file(kept)
    os.utime(oldest, (1, 1))
    (kept / "notes.txt").write_text("not ours", "utf-8")
    monkeypatch.setattr(cache, "CLEANING", "0123456789abcdef")
    monkeypatch.setattr(cache, "MAX_KEPT", int(oldest.stat().st_size * 1.5))
    folder.load(LARGE + "# changed\n")
    names = {file.name for file in kept.iterdir()}
    assert oldest.name not in names
    assert "notes.txt" in names
    assert len(names) == 2


@pytest.mark.parametrize(
    ("platform", "variables", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/caches"}, "/caches/errorbook"),
        ("linux", {"XDG_CACHE_HOME": ""}, "/example/ada/.cache/errorbook"),
        ("darwin", {}, "/example/ada/Library/Caches/errorbook"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/errorbook"),
    ],
)
def test_by_default_the_cache_is_the_users_own(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], expected: str
) -> None:
    monkeypatch.delenv("ERRORBOOK_CACHE")
    monkeypatch.setattr("sys.platform", platform)
    monkeypatch.setattr(Path, "home", lambda: Path("/example/ada"))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache.cache_folder() == Path(expected)


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("ERRORBOOK_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(Path, "home", homeless)
    assert cache.cache_folder() is None


def test_a_recalled_catalog_that_is_invalid_raises_with_every_place(
    folder: Folder, kept: Path
) -> None:
    folder.write({"errors.yaml": LARGE + "      bad: {goup: x}\n"})
    for _ in range(2):
        with pytest.raises(CatalogError) as refused:
            load(folder.path / "errors.yaml", name="errors.yaml")
        assert str(refused.value.problems[0].place) == "errors.yaml:2005:13"
