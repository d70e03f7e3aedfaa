"""The command of the example, as a process of its own and within this one."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Final
from unittest import mock

from artifacta import cli
from tests.examples.servers import PATIENCE
from tests.mock.processes import ROOT

SECRET: Final = "ak_live_3f9c1d7e5b"  # noqa: S105  # it opens nothing
COMMAND: Final = (sys.executable, "-m", "artifacta")


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


def environment(address: str, **more: str) -> dict[str, str]:
    """Return the variables of a user; no proxy of this machine stands between."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("proxy")}
    source = str(ROOT / "examples/artifacta/src")
    users = {"ARTIFACTA_URL": address, "ARTIFACTA_API_KEY": SECRET, "PYTHONPATH": source}
    users["PYTHONUNBUFFERED"] = ""  # what is in a buffer when the command ends counts too
    return {**kept, **users, **more}


def run(*arguments: str, address: str = "", **more: str) -> Ended:
    """Run `artifacta` and return how it ended; whatever it says, the key is not in it."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        env=environment(address, **more),
        capture_output=True,
        check=False,
        timeout=3 * PATIENCE,
    )
    # As the bytes are: how lines end counts here.
    ended = Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert SECRET not in ended.out + ended.err
    assert "Traceback" not in ended.err
    return ended


def call(*arguments: str, address: str = "", **more: str) -> Ended:
    """Do what `run` does without a process, which takes far longer to begin than to work."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2))
    with (
        mock.patch.dict(os.environ, environment(address, **more), clear=True),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            code: object = cli.main(arguments)
        except SystemExit as ending:
            code = ending.code
    texts = []
    for stream in (out, err):
        stream.flush()
        content = stream.buffer
        assert isinstance(content, io.BytesIO)
        texts.append(content.getvalue().decode())
    assert isinstance(code, int)
    ended = Ended(code, *texts)
    assert SECRET not in ended.out + ended.err
    return ended
