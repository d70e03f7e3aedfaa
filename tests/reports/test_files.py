"""Reports are written all or not at all, and nothing else than their files is changed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from errorbook.reports.files import write_all

_WRITE = (
    "import sys; from pathlib import Path; from errorbook.reports.files import write_all;"
    "print('before', flush=True); write_all({Path(sys.argv[1]): 'report\\n'})"
)


def test_each_text_is_in_its_file_and_nothing_is_left_beside(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    other.write_text("older and longer")
    write_all({one: "é\n", other: "b\n"})
    assert (one.read_bytes(), other.read_bytes()) == ("é\n".encode(), b"b\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "other"]


@pytest.mark.parametrize("refused", ["none/a", "folder", "file/a"])
def test_nothing_is_written_unless_all_can_be(tmp_path: Path, refused: str) -> None:
    one, other = tmp_path / "one", tmp_path / "file"
    (tmp_path / "folder").mkdir()
    other.write_text("as it was")
    with pytest.raises(OSError, match=r".") as error:
        write_all({one: "new", other: "new", tmp_path / refused: "new"})
    assert error.value.filename == str(tmp_path / refused)
    assert other.read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder"]


def test_who_may_read_a_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    file.chmod(0o640)
    write_all({file: "new"})
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_links_stay_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "soft").symlink_to("real")
    (tmp_path / "first").write_text("old and long")
    (tmp_path / "second").hardlink_to(tmp_path / "first")
    write_all({tmp_path / "soft": "a", tmp_path / "second": "b"})
    assert (tmp_path / "soft").is_symlink()
    assert (tmp_path / "real").read_text() == "a"
    assert (tmp_path / "first").read_text() == "b"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_all({pipe: "through"})
    assert os.read(reading, 100) == b"through"
    os.close(reading)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="there are no such names here")
@pytest.mark.parametrize("into", ["file", "pipe"])
def test_a_stream_that_is_open_is_neither_replaced_nor_cut_off(tmp_path: Path, into: str) -> None:
    command = [sys.executable, "-c", _WRITE, "/dev/stdout"]
    if into == "pipe":
        assert subprocess.check_output(command, text=True) == "before\nreport\n"
        return
    file = tmp_path / "log"
    with file.open("w") as opened:
        subprocess.run(command, check=True, stdout=opened)
    assert file.read_text() == "before\nreport\n"


def test_what_cannot_be_encoded_is_replaced(tmp_path: Path) -> None:
    write_all({tmp_path / "file": "a\ud800b"})
    assert (tmp_path / "file").read_bytes() == b"a?b"
