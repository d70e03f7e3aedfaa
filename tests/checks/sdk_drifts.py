"""Every way in which the example SDK may drift from its catalog, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Edit = tuple[str, str, str]
"""A file, what stands in it, and what takes its place."""

BASE, CLIENT, CODES, ERRORS = ("acme/_base.py", "acme/client.py", "acme/codes.py", "acme/errors.py")
CATALOG: Final = "errors.yaml"
INIT: Final = "acme/__init__.py"
_PLAIN: Final = """\
class Plain(Exception):
    status = code = None
    retryable = False

    def __init__(self, message: str, code: str | None = None) -> None:
        self.code = code


"""
_SOLD_OUT: Final = 'super().__init__(message, code="sold_out")'


@dataclass(frozen=True)
class Drift:
    """An edit, the only finding that it makes, and an edit that mends it as the hint says.

    ``at`` is the line that the finding points to, ``hint`` a part of its hint.
    """

    name: str
    edits: tuple[Edit, ...]
    rule: str
    subject: str
    file: str
    at: str
    hint: str
    mend: tuple[Edit, ...]


def _drift(  # noqa: PLR0913, PLR0917  # a row of a table has as many columns as it needs
    name: str,
    edit: Edit | tuple[Edit, ...],
    found: tuple[str, str],
    place: tuple[str, str],
    hint: str,
    mend: Edit | tuple[Edit, ...],
) -> Drift:
    edits, mends = (one if isinstance(one[0], tuple) else (one,) for one in (edit, mend))
    return Drift(name, edits, *found, *place, hint, mends)


DRIFTS: Final = (
    _drift(
        "documented error without class",
        (
            CATALOG,
            "    retired:",
            "      closed: {status: 500, meaning: It is night.}\n    retired:",
        ),
        ("sdk-missing-exception", "acme/closed"),
        (CATALOG, "      closed: {status: 500, meaning: It is night.}"),
        "add the class ClosedError with the code 'closed'",
        (
            (
                ERRORS,
                "class ExitCode",
                "class ClosedError(AcmeError):\n    exit_code = 2\n    code = 'closed'\n"
                "    status = 500\n\n\nclass ExitCode",
            ),
            (CODES, '"overloaded"\n', '"overloaded"\n    CLOSED = "closed"\n'),
            (CODES, '"overloaded"]', '"overloaded", "closed"]'),
            (CLIENT, '    "busy"', '    "closed": errors.ClosedError,\n    "busy"'),
        ),
    ),
    _drift(
        "class renamed",
        (
            (ERRORS, "class OverloadedError", "class OverladenError"),
            (
                ERRORS,
                '"OutOfStockError", "OverloadedError"]',
                '"OutOfStockError", "OverladenError"]',
            ),
            (CLIENT, '"overloaded": errors.OverloadedError', '"overloaded": errors.OverladenError'),
            (CLIENT, '"busy": errors.OverloadedError', '"busy": errors.OverladenError'),
        ),
        ("sdk-wrong-name", "acme/overloaded"),
        (ERRORS, "class OverladenError(AcmeError):"),
        "exception: OverladenError",
        (
            CATALOG,
            "renamed_from: [busy]",
            "renamed_from: [busy]\n        sdk: {python: {exception: OverladenError}}",
        ),
    ),
    _drift(
        "class of another code",
        (ERRORS, "Code.RATE_LIMITED", '"rate_limit"'),
        ("sdk-wrong-code", "acme/rate_limited"),
        (ERRORS, '    code: ClassVar[str] = "rate_limit"'),
        "write 'rate_limited'",
        (ERRORS, '"rate_limit"', "'rate_limited'"),
    ),
    _drift(
        "class without its code",
        (ERRORS, _SOLD_OUT, "AcmeError.__init__(self, message)"),
        ("sdk-wrong-code", "acme/sold_out"),
        (ERRORS, "class SoldOutError(ClientError):"),
        "code = 'sold_out'",
        (ERRORS, "    status = (409, 410)", "    code = 'sold_out'\n    status = (409, 410)"),
    ),
    _drift(
        "former code",
        (
            ERRORS,
            'Literal["overloaded"]:\n        return "overloaded"',
            'str:\n        return "busy"',
        ),
        ("sdk-wrong-code", "acme/overloaded"),
        (ERRORS, "    def code(self) -> str:"),
        "'busy' was renamed",
        (ERRORS, 'return "busy"', 'return "overloaded"'),
    ),
    _drift(
        "other status",
        (ERRORS, "return 503", "return 500"),
        ("sdk-wrong-status", "acme/overloaded"),
        (ERRORS, "    def status(self) -> int:"),
        "write 503",
        (ERRORS, "return 500", "return 503"),
    ),
    _drift(
        "one status too many",
        (ERRORS, "(409, 410)", "(409, 404)"),
        ("sdk-wrong-status", "acme/sold_out"),
        (ERRORS, "    status = (409, 404)"),
        "write 409",
        (ERRORS, "(409, 404)", "409"),
    ),
    _drift(
        "status left out",
        (ERRORS, "    status: ClassVar[int] = HTTPStatus.TOO_MANY_REQUESTS\n", ""),
        ("sdk-wrong-status", "acme/rate_limited"),
        (ERRORS, "class RateLimitedError(ClientError):"),
        "status = 429",
        (ERRORS, "    retryable: ClassVar", "    status = 429\n    retryable: ClassVar"),
    ),
    _drift(
        "retry flag turned",
        (ERRORS, "    retryable = True\n", "    retryable = False\n"),
        ("sdk-wrong-retry", "acme/overloaded"),
        (ERRORS, "    retryable = False"),
        "write True",
        (ERRORS, "    retryable = False\n", "    retryable = True\n"),
    ),
    _drift(
        "retry flag inherited",
        (ERRORS, "    exit_code = 2\n    retryable = True\n", "    exit_code = 2\n"),
        ("sdk-wrong-retry", "acme/overloaded"),
        (ERRORS, "class OverloadedError(AcmeError):"),
        "retryable = True",
        (ERRORS, "    exit_code = 2\n", "    exit_code = 2\n    retryable = True\n"),
    ),
    _drift(
        "other exit code",
        (ERRORS, "    exit_code = 2", "    exit_code = 4"),
        ("sdk-wrong-exit-code", "acme/overloaded"),
        (ERRORS, "    exit_code = 4"),
        "write 2",
        (ERRORS, "    exit_code = 4", "    exit_code = 2"),
    ),
    _drift(
        "exit code renumbered",
        (ERRORS, "SERVER_ERROR = 2", "SERVER_ERROR = 4"),
        ("sdk-wrong-exit-code", "acme/ExitCode.SERVER_ERROR"),
        (ERRORS, "    SERVER_ERROR = 4"),
        "write 2",
        (ERRORS, "SERVER_ERROR = 4", "SERVER_ERROR = 2"),
    ),
    _drift(
        "exit code left out",
        (ERRORS, "    NETWORK_ERROR = 3\n", ""),
        ("sdk-wrong-exit-code", "acme/ExitCode.NETWORK_ERROR"),
        (ERRORS, "class ExitCode(IntEnum):"),
        "add NETWORK_ERROR = 3",
        (ERRORS, "    SERVER_ERROR = 2\n", "    SERVER_ERROR = 2\n    NETWORK_ERROR = 3\n"),
    ),
    _drift(
        "exit code made up",
        (ERRORS, "    NETWORK_ERROR = 3\n", "    NETWORK_ERROR = 3\n    OTHER = 9\n"),
        ("sdk-wrong-exit-code", "acme/ExitCode.OTHER"),
        (ERRORS, "    OTHER = 9"),
        "take it out here",
        (ERRORS, "    OTHER = 9\n", ""),
    ),
    _drift(
        "parent lost",
        (
            ERRORS,
            "class SoldOutError(ClientError):",
            "class SoldOutError(AcmeError):\n    exit_code = 1",
        ),
        ("sdk-wrong-base", "acme/sold_out/ClientError"),
        (ERRORS, "class SoldOutError(AcmeError):"),
        "add ClientError to its bases",
        (ERRORS, "class SoldOutError(AcmeError)", "class SoldOutError(ClientError, AcmeError)"),
    ),
    _drift(
        "parent outside the base",
        (
            (ERRORS, "class ClientError(AcmeError):", "class ClientError(_base.Plain):"),
            (BASE, "class NetworkError", f"{_PLAIN}class NetworkError"),
        ),
        ("sdk-wrong-base", "acme/ClientError/AcmeError"),
        (ERRORS, "class ClientError(_base.Plain):"),
        "add AcmeError to its bases",
        (ERRORS, "class ClientError(_base.Plain)", "class ClientError(_base.Plain, AcmeError)"),
    ),
    _drift(
        "base lost",
        (ERRORS, "class OverloadedError(AcmeError):", "class OverloadedError(Exception):"),
        ("sdk-wrong-base", "acme/overloaded/AcmeError"),
        (ERRORS, "class OverloadedError(Exception):"),
        "`except AcmeError` does not catch it",
        (ERRORS, "class OverloadedError(Exception)", "class OverloadedError(AcmeError)"),
    ),
    _drift(
        "detail renamed",
        (ERRORS, "    wait_seconds: int", "    wait_secs: int"),
        ("sdk-missing-attribute", "acme/rate_limited.wait_seconds"),
        (ERRORS, "class RateLimitedError(ClientError):"),
        "did you mean 'wait_secs'? Give it the attribute wait_seconds",
        (ERRORS, "    wait_secs: int", "    wait_seconds: int"),
    ),
    _drift(
        "detail left out",
        (
            (ERRORS, ', *, book_id: str = ""', ""),
            (ERRORS, "        self.book_id = book_id\n", ""),
        ),
        ("sdk-missing-attribute", "acme/sold_out.bookId"),
        (ERRORS, "class SoldOutError(ClientError):"),
        "give it the attribute bookId",
        (ERRORS, "    status = (409, 410)", "    status = (409, 410)\n    bookId: str"),
    ),
    _drift(
        "detail of another type",
        (ERRORS, "wait_seconds: int | None", "wait_seconds: str | None"),
        ("sdk-wrong-type", "acme/rate_limited.wait_seconds"),
        (ERRORS, "    wait_seconds: str | None = None"),
        "annotate it as int",
        (ERRORS, "wait_seconds: str | None", "wait_seconds: int | None"),
    ),
    _drift(
        "parent removed",
        (CATALOG, "parents: {4xx: ClientError}", "parents: {4xx: ClientError, 5xx: ServerError}"),
        ("sdk-missing-exception", "acme/ServerError"),
        (
            CATALOG,
            "    sdk: {python: {base: AcmeError, parents: {4xx: ClientError, 5xx: ServerError}}}",
        ),
        "add the class ServerError",
        (
            (ERRORS, "class OverloadedError(AcmeError)", "class OverloadedError(ServerError)"),
            (
                ERRORS,
                "@dataclass\n",
                "class ServerError(AcmeError):\n    exit_code = 2\n\n\n@dataclass\n",
            ),
        ),
    ),
    _drift(
        "base by another name",
        (CATALOG, "base: AcmeError", "base: AcmeApiError"),
        ("sdk-missing-exception", "acme/AcmeApiError"),
        (CATALOG, "    sdk: {python: {base: AcmeApiError, parents: {4xx: ClientError}}}"),
        "say `base: AcmeError` in errorbook.yaml",
        ("errorbook.yaml", "package: acme", "package: acme, base: AcmeError"),
    ),
    _drift(
        "alias removed",
        (
            (ERRORS, "OutOfStockError = SoldOutError\n", ""),
            (ERRORS, '"OutOfStockError", ', ""),
        ),
        ("sdk-missing-exception", "acme/OutOfStockError"),
        (CATALOG, "      sold_out:"),
        "write OutOfStockError = SoldOutError",
        (
            ERRORS,
            "class OverloadedError",
            "OutOfStockError = SoldOutError\n\n\nclass OverloadedError",
        ),
    ),
    _drift(
        "unknown code raised",
        (CLIENT, 'code="sold_out")', 'code="sold_uot")'),
        ("sdk-unknown-code", "acme/AcmeError(sold_uot)"),
        (CLIENT, '        raise errors.AcmeError("No such book.", code="sold_uot")'),
        "did you mean 'sold_out'?",
        (CLIENT, "sold_uot", "sold_out"),
    ),
    _drift(
        "unknown code raised by position",
        (CLIENT, 'code="sold_out")', '"nothing")'),
        ("sdk-unknown-code", "acme/AcmeError(nothing)"),
        (CLIENT, '        raise errors.AcmeError("No such book.", "nothing")'),
        "take it out here",
        (CLIENT, '"nothing")', "code)"),
    ),
    _drift(
        "retired code raised",
        (CLIENT, 'code="sold_out")', 'code="lost")'),
        ("sdk-unknown-code", "acme/AcmeError(lost)"),
        (CLIENT, '        raise errors.AcmeError("No such book.", code="lost")'),
        "retired",
        (CLIENT, 'code="lost")', "code=code)"),
    ),
    _drift(
        "class raised with the code of another",
        (
            CLIENT,
            'errors.AcmeError("No such book.", code="sold_out")',
            'errors.OverloadedError("No such book.", code="sold_out")',
        ),
        ("sdk-wrong-code", "acme/OverloadedError(sold_out)"),
        (CLIENT, '        raise errors.OverloadedError("No such book.", code="sold_out")'),
        "raise SoldOutError, or write 'overloaded'",
        (CLIENT, 'code="sold_out"', "code='overloaded'"),
    ),
    _drift(
        "unknown code of a class",
        (
            (
                ERRORS,
                "class ExitCode",
                'class GoneError(AcmeError):\n    code = "gone"\n\n\nclass ExitCode',
            ),
            (ERRORS, '"OutOfStockError", ', '"OutOfStockError", "GoneError", '),
        ),
        ("sdk-unknown-code", "acme/GoneError/gone"),
        (ERRORS, '    code = "gone"'),
        "add it to the catalog",
        (
            (CATALOG, "    retired:", "      gone: {meaning: It is gone.}\n    retired:"),
            (CODES, '"overloaded"\n', '"overloaded"\n    GONE = "gone"\n'),
            (CODES, '"overloaded"]', '"overloaded", "gone"]'),
            (CLIENT, '    "busy"', '    "gone": errors.GoneError,\n    "busy"'),
        ),
    ),
    _drift(
        "unknown code in an enumeration",
        (CODES, 'OVERLOADED = "overloaded"', 'OVERLOADED = "overloaded"\n    GONE = "gone"'),
        ("sdk-unknown-code", "acme/Code/gone"),
        (CODES, '    GONE = "gone"'),
        "take it out here",
        (CODES, '    GONE = "gone"\n', ""),
    ),
    _drift(
        "unknown code in a literal",
        (CODES, '"overloaded"]', '"overloaded", "gone"]'),
        ("sdk-unknown-code", "acme/KnownCode/gone"),
        (
            CODES,
            'KnownCode: TypeAlias = Literal["rate_limited", "sold_out", "overloaded", "gone"]',
        ),
        "take it out here",
        (CODES, ', "gone"]', "]"),
    ),
    _drift(
        "unknown code in a registry",
        (CLIENT, '"sold_out": errors', '"sold_aut": errors.SoldOutError,\n    "sold_out": errors'),
        ("sdk-unknown-code", "acme/BY_CODE/sold_aut"),
        (CLIENT, '    "sold_aut": errors.SoldOutError,'),
        "did you mean 'sold_out'?",
        (CLIENT, '    "sold_aut": errors.SoldOutError,\n', ""),
    ),
    _drift(
        "code missing in an enumeration",
        (CODES, '    OVERLOADED = "overloaded"\n', ""),
        ("sdk-missing-code", "acme/Code/overloaded"),
        (CODES, "class Code(StrEnum):"),
        "add 'overloaded'",
        (CODES, "\n\n\nKnownCode", "\n    BUSY = 'overloaded'\n\n\nKnownCode"),
    ),
    _drift(
        "code missing in a literal",
        (CODES, ', "overloaded"]', "]"),
        ("sdk-missing-code", "acme/KnownCode/overloaded"),
        (CODES, 'KnownCode: TypeAlias = Literal["rate_limited", "sold_out"]'),
        "add 'overloaded'",
        (CODES, '"sold_out"]', "\"sold_out\", 'overloaded']"),
    ),
    _drift(
        "code missing in a registry",
        (CLIENT, '    "sold_out": errors.SoldOutError,\n', ""),
        ("sdk-missing-code", "acme/BY_CODE/sold_out"),
        (CLIENT, "BY_CODE = {"),
        "add 'sold_out': SoldOutError",
        (CLIENT, '    "busy"', "    'sold_out': errors.SoldOutError,\n    \"busy\""),
    ),
    _drift(
        "wrong class in a registry",
        (CLIENT, '"sold_out": errors.SoldOutError', '"sold_out": errors.RateLimitedError'),
        ("sdk-wrong-registry", "acme/BY_CODE/sold_out"),
        (CLIENT, '    "sold_out": errors.RateLimitedError,'),
        "write SoldOutError",
        (CLIENT, '"sold_out": errors.RateLimitedError', '"sold_out": errors.OutOfStockError'),
    ),
    _drift(
        "undocumented exception exported",
        (
            (
                BASE,
                "class NetworkError",
                "class OddError(AcmeError):\n    pass\n\n\nclass NetworkError",
            ),
            (INIT, "import NetworkError", "import NetworkError, OddError as OddError"),
        ),
        ("sdk-undocumented-exception", "acme/OddError"),
        (BASE, "class OddError(AcmeError):"),
        "list it under `ignore`",
        ("errorbook.yaml", "package: acme", "package: acme, ignore: [_base.OddError]"),
    ),
    _drift(
        "detail of another type on self",
        (ERRORS, "self.book_id = book_id", "self.book_id: int = hash(book_id)"),
        ("sdk-wrong-type", "acme/sold_out.bookId"),
        (ERRORS, "        self.book_id: int = hash(book_id)"),
        "annotate it as str",
        (ERRORS, "self.book_id: int", "self.book_id: str"),
    ),
    _drift(
        "detail of another type by parameter",
        (ERRORS, 'book_id: str = ""', 'book_id: "int | None" = None'),
        ("sdk-wrong-type", "acme/sold_out.bookId"),
        (ERRORS, '    def __init__(self, message: str, *, book_id: "int | None" = None) -> None:'),
        "annotate it as str",
        (ERRORS, 'book_id: "int | None" = None', 'book_id: "str | None" = None'),
    ),
    _drift(
        "class of two branches, one of them wrong",
        (
            ERRORS,
            "class SoldOutError(ClientError):",
            "if True:\n    class SoldOutError(ClientError):\n        status = 500\n"
            "        book_id = code = 'sold_out'\nelse:\n  class SoldOutError(ClientError):",
        ),
        ("sdk-wrong-status", "acme/sold_out~2"),
        (ERRORS, "        status = 500"),
        "write 409",
        (ERRORS, "        status = 500", "        status = 409"),
    ),
    _drift(
        "exception that a private module keeps",
        (
            (CATALOG, "    retired:", "      shut: {meaning: It is night.}\n    retired:"),
            (CODES, '"overloaded"\n', '"overloaded"\n    SHUT = "shut"\n'),
            (CODES, '"overloaded"]', '"overloaded", "shut"]'),
            (CLIENT, '    "busy"', '    "shut": _base.ShutError,\n    "busy"'),
            (CLIENT, "from . import errors", "from . import _base, errors"),
            (
                BASE,
                "class NetworkError",
                "class ShutError(AcmeError):\n    code = 'shut'\n\n\nclass NetworkError",
            ),
        ),
        ("sdk-missing-exception", "acme/shut"),
        (BASE, "class ShutError(AcmeError):"),
        "import it in a public module, such as acme",
        (INIT, "import NetworkError", "import NetworkError, ShutError"),
    ),
    _drift(
        "code misspelt in an enumeration",
        (
            (CODES, 'SOLD_OUT = "sold_out"', 'SOLD_OUT = "sold_uot"'),
            (ERRORS, 'code="sold_out"', "code=Code.SOLD_OUT.value"),
            (CLIENT, '    "sold_out": errors', "    Code.SOLD_OUT: errors"),
            (CLIENT, 'code="sold_out")', "code=Code.SOLD_OUT)"),
        ),
        ("sdk-unknown-code", "acme/Code/sold_uot"),
        (CODES, '    SOLD_OUT = "sold_uot"'),
        "did you mean 'sold_out'?",
        (CODES, "sold_uot", "sold_out"),
    ),
    _drift(
        "exit code of a table",
        (CLIENT, "def buy", "EXITS = dict({'busy': 2, 'sold_out': 2, '4xx': 1})\n\n\ndef buy"),
        ("sdk-wrong-exit-code", "acme/EXITS/sold_out"),
        (CLIENT, "EXITS = dict({'busy': 2, 'sold_out': 2, '4xx': 1})"),
        "write 1",
        (CLIENT, "'sold_out': 2", "'sold_out': 1"),
    ),
    _drift(
        "status of a table by class",
        (
            CLIENT,
            "def buy",
            "HTTP = {errors.OutOfStockError: 410, errors.OverloadedError: 500}\n\n\ndef buy",
        ),
        ("sdk-wrong-status", "acme/HTTP/overloaded"),
        (CLIENT, "HTTP = {errors.OutOfStockError: 410, errors.OverloadedError: 500}"),
        "write 503",
        (CLIENT, "errors.OverloadedError: 500", "errors.OverloadedError: 503"),
    ),
    _drift(
        "code misspelt in a table",
        (CLIENT, "def buy", "EXITS = {'busy': 2, 'sold_uot': 1}\n\n\ndef buy"),
        ("sdk-unknown-code", "acme/EXITS/sold_uot"),
        (CLIENT, "EXITS = {'busy': 2, 'sold_uot': 1}"),
        "did you mean 'sold_out'?",
        (CLIENT, "sold_uot", "sold_out"),
    ),
    _drift(
        "class missing in a registry that is made",
        (
            CLIENT,
            "def buy",
            "_ALL = errors.RateLimitedError, errors.SoldOutError\n"
            "MADE = {each.code: each for each in _ALL}\n\n\ndef buy",
        ),
        ("sdk-missing-code", "acme/MADE/overloaded"),
        (CLIENT, "MADE = {each.code: each for each in _ALL}"),
        "add OverloadedError",
        (CLIENT, "_ALL = ", "_ALL = errors.OverloadedError, "),
    ),
    _drift(
        "unknown code given before it is raised",
        (
            CLIENT,
            'raise errors.AcmeError("No such book.", code="sold_out")',
            'err = errors.AcmeError("No such book.")\n        err.code = "gone"\n        raise err',
        ),
        ("sdk-unknown-code", "acme/AcmeError(gone)"),
        (CLIENT, '        err.code = "gone"'),
        "take it out here",
        (CLIENT, '"gone"', '"sold_out"'),
    ),
)
