"""What a program may rely on with an API of 1,000 errors, in the eyes of type checkers."""

from __future__ import annotations

from awkward import errors
from awkward.errors import (
    FACTS,
    AwkwardError,
    ClassError,
    Code,
    CyrillicRateLimitedError,
    Error42P01,
    NoneError,
    RequestTimeoutError,
    from_response,
)
from typing_extensions import reveal_type  # noqa: UP035  # for 3.10


class OwnError(RequestTimeoutError):
    """A subclass of a class that is made when it is first asked for."""


def classes(error: AwkwardError) -> None:
    reveal_type(from_response(400, {}, b""))  # AwkwardError
    reveal_type(ClassError().code)  # Literal['class']
    reveal_type(NoneError.example())  # NoneError
    reveal_type(OwnError.example())  # OwnError
    reveal_type(OwnError().code)  # Literal['timeout']
    reveal_type(Error42P01().code)  # Literal['42P01']
    reveal_type(errors.EtcPasswdError().code)  # Literal['../../etc/passwd']
    reveal_type(CyrillicRateLimitedError().status)  # int | None
    reveal_type(FACTS[Code.CYRILLIC_RATE_LIMITED].retryable)  # bool | None
    match error:
        case ClassError():
            reveal_type(error)  # ClassError
        case RequestTimeoutError(code=Code.TIMEOUT):
            reveal_type(error)  # RequestTimeoutError
        case _:
            pass
