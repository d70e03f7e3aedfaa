"""Where builds are kept: nothing but what these tests have made is ever removed."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import pytest

from tests.packaging.builds import own_folder

NAME = f"errorbook-packaging-{getpass.getuser()}"
FORMER, NOW = "0123456789abcdef", "fedcba9876543210"


def old(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir(parents=True)
    (made / "mine").touch()
    os.utime(made, (1, 1))
    return made


def test_what_is_old_and_ours_is_removed_and_nothing_else(tmp_path: Path) -> None:
    former, mine = old(tmp_path / NAME, FORMER), old(tmp_path / NAME, "Documents")
    assert own_folder(tmp_path, NOW) == tmp_path / NAME / NOW
    assert (former.exists(), (mine / "mine").exists()) == (False, True)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a permission there")
def test_no_link_is_followed(tmp_path: Path) -> None:
    """Somebody else may have put it there: the name is known to anybody."""
    mine = old(tmp_path / "home", FORMER)
    inside = tmp_path / NAME / FORMER
    inside.parent.mkdir()
    inside.symlink_to(mine)
    own_folder(tmp_path, NOW)
    assert (mine / "mine").exists()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / NAME).symlink_to(mine.parent)
    with pytest.raises(PermissionError, match="is no folder"):
        own_folder(tmp_path / "other", NOW)
    assert (mine / "mine").exists()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system has no owners by number")
def test_what_belongs_to_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_folder(tmp_path, NOW)
    monkeypatch.setenv("LOGNAME", getpass.getuser())
    with monkeypatch.context() as patched:
        patched.setattr(os, "getuid", lambda: -1)
        with pytest.raises(PermissionError, match="belongs to somebody else"):
            own_folder(tmp_path, NOW)
