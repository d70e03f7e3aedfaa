"""A small SDK as somebody would write it by hand, and the catalog that it agrees with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from errorbook.checks.result import Checked, Context
from errorbook.checks.sdk import check
from errorbook.project import open_workspace

CATALOG: Final = """\
apis:
  acme:
    sdk: {python: {base: AcmeError, parents: {4xx: ClientError}}}
    exit_codes:
      1: {name: CLIENT_ERROR, for: [4xx]}
      2: {name: SERVER_ERROR, for: [5xx]}
      3: {name: NETWORK_ERROR, for: [network]}
    errors:
      rate_limited:
        status: 429
        meaning: Too many requests.
        retry: {when: as_is}
        details: {wait_seconds: {type: integer}}
      sold_out:
        status: [409, 410]
        meaning: No copy is left.
        retry: {when: never}
        details: {bookId: {type: string}}
        sdk: {python: {aliases: [OutOfStockError]}}
      overloaded:
        status: 503
        meaning: Too much to do.
        retry: {when: as_is}
        renamed_from: [busy]
    retired:
      busy: {removed: "2", replaced_by: overloaded}
      lost: {removed: "1"}
"""
PROJECT: Final = "check: {sdk: [{package: acme}]}\n"
ERRORS: Final = '''\
"""The exceptions of the Acme SDK."""

from dataclasses import dataclass
from enum import IntEnum
from http import HTTPStatus
from typing import ClassVar, Literal

from acme import _base
from acme.codes import Code

__all__ = ["AcmeError", "ClientError", "OutOfStockError", "OverloadedError"]
__all__ += ["RateLimitedError", "SoldOutError"]

AcmeError = _base.AcmeError


class ClientError(AcmeError):
    exit_code = 1


@dataclass
class RateLimitedError(ClientError):
    wait_seconds: int | None = None
    code: ClassVar[str] = Code.RATE_LIMITED
    status: ClassVar[int] = HTTPStatus.TOO_MANY_REQUESTS
    retryable: ClassVar[bool] = True


class SoldOutError(ClientError):
    status = (409, 410)

    def __init__(self, message: str, *, book_id: str = "") -> None:
        super().__init__(message, code="sold_out")
        self.book_id = book_id


OutOfStockError = SoldOutError


class OverloadedError(AcmeError):
    exit_code = 2
    retryable = True

    @property
    def code(self) -> Literal["overloaded"]:
        return "overloaded"

    @property
    def status(self) -> int:
        return 503


class ExitCode(IntEnum):
    CLIENT_ERROR = 1
    SERVER_ERROR = 2
    NETWORK_ERROR = 3
'''
BASE: Final = """\
class AcmeError(Exception):
    code: str | None = None
    status: int | None = None
    retryable = False

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class NetworkError(AcmeError):
    exit_code = 3
"""
CODES: Final = """\
from enum import StrEnum
from typing import Literal, TypeAlias


class Code(StrEnum):
    RATE_LIMITED = "rate_limited"
    SOLD_OUT = "sold_out"
    OVERLOADED = "overloaded"


KnownCode: TypeAlias = Literal["rate_limited", "sold_out", "overloaded"]
"""
CLIENT: Final = """\
from . import errors
from .codes import Code

BY_CODE = {
    Code.RATE_LIMITED: errors.RateLimitedError,
    "sold_out": errors.SoldOutError,
    "overloaded": errors.OverloadedError,
    "busy": errors.OverloadedError,
}


def buy(code: str) -> None:
    if code == "?":
        raise errors.AcmeError("No such book.", code="sold_out")
    raise BY_CODE[code]("The server said no.")
"""
FILES: Final = {
    "errors.yaml": CATALOG,
    "errorbook.yaml": PROJECT,
    "acme/__init__.py": "from .errors import *\nfrom ._base import NetworkError\n",
    "acme/_base.py": BASE,
    "acme/codes.py": CODES,
    "acme/errors.py": ERRORS,
    "acme/client.py": CLIENT,
    "acme/unrelated.py": "raise SystemExit('nobody imports this')\n",
}


@dataclass
class ExampleSdk:
    """The SDK in a folder of its own, to be edited."""

    folder: Path
    files: dict[str, str] = field(default_factory=lambda: dict(FILES))

    def write(self, path: str, text: str) -> None:
        self.files[path] = text
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace ``old``, which has to be there once."""
        assert self.files[path].count(old) == 1, (path, old)
        self.write(path, self.files[path].replace(old, new))

    def checked(self) -> Checked:
        workspace = open_workspace(self.folder / "errorbook.yaml", None, self.folder)
        return check(Context(workspace, "public", "errorbook generate", self.folder))

    def found(self) -> list[tuple[str, str]]:
        """Return rule and subject of each finding; everything has to have been looked at."""
        checked = self.checked()
        assert not checked.not_checked
        return [(one.problem.rule, one.subject) for one in checked.found]

    def line(self, path: str, number: int) -> str:
        return self.files[path].split("\n")[number - 1]


def example_sdk(folder: Path) -> ExampleSdk:
    """Return the SDK, written to ``folder``."""
    example = ExampleSdk(folder)
    for path, text in FILES.items():
        example.write(path, text)
    return example
