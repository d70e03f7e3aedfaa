"""Links on the way to files are found, and each folder is looked at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from errorbook.checks.disk import Links, link_on_the_way


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "a/b").mkdir(parents=True)
    (root / "a/file").write_text("")
    (tmp_path / "outside").mkdir()
    return root


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a right to make them")
@pytest.mark.parametrize(
    ("link", "path", "found"),
    [
        ("a/link", "a/link", "a/link"),
        ("a/link", "./a//link/x/y.json", "a/link"),
        ("a/b/link", "a/b/link", "a/b/link"),
        ("a/link", "a/linked/x", None),
        ("a/link", "a/file", None),
        ("a/link", "a/file/x", None),
        ("a/link", "new/x", None),
        ("a/link", ".", None),
        ("a/link", "../outside", ".."),
    ],
)
def test_a_link_is_found_wherever_it_stands(
    root: Path, link: str, path: str, found: str | None
) -> None:
    (root / link).symlink_to(root / "a")
    assert link_on_the_way(root, path) == found
    links = Links(root)
    assert [links.on_the_way(path) for _ in range(2)] == [found, found]


def test_of_many_files_each_folder_is_looked_at_once(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    lstat = os.lstat

    def once(path: str) -> os.stat_result:
        asked.append(path)
        return lstat(path)

    monkeypatch.setattr(os, "lstat", once)
    links = Links(root)
    for number in range(20):
        assert links.on_the_way(f"a/b/{number}") is None
    assert len(asked) == 22
