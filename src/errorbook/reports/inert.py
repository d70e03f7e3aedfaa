"""Text of others in a log of a CI: it must not be taken for a command to the runner."""

from __future__ import annotations

import re
from typing import Final

_COMMAND: Final = re.compile(r"\A((?:\s|\x1b\[[0-9;]*m)*):(?=:)")
"""`::error::` of GitHub, at the beginning of a line, which a colour may come before."""
_OLD_COMMAND: Final = re.compile(r"##(?=\[|vso\[|teamcity\[)")
"""`##[group]` of GitHub, `##vso[` of Azure and `##teamcity[`, anywhere in a line."""


def inert(line: str) -> str:
    """Return ``line`` without what a CI takes for its own: ``::error::``, ``##[group]``."""
    return _COMMAND.sub(r"\1: ", _OLD_COMMAND.sub("# #", line))
