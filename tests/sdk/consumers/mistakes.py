"""What type checkers must refuse: every line that says `wrong`, and no other."""

from __future__ import annotations

from acme.errors import SlowDownError
from awkward.errors import ClassError

from artifacta.errors import (
    Action,
    ArtifactaError,
    Code,
    ExitCode,
    KnownCode,
    QuotaExceededError,
    RateLimitedError,
    from_response,
)


def attributes(error: RateLimitedError) -> None:
    print(error.retry_after_second)  # wrong: a typo
    print(error.retryafter)  # wrong: a typo
    print(ClassError().clazz)  # wrong: a typo
    print(SlowDownError().token)  # wrong: sensitive, and kept nowhere
    print(error.retry_after_seconds + 1)  # wrong: it may be None
    print(ArtifactaError().retry_after_seconds)  # wrong: not of every error
    error.retryable = True  # wrong: it follows from the code
    error.code = "quota_exceeded"  # wrong: the class says it
    error.message = "m"
    error.status = 429


def arguments() -> None:
    RateLimitedError("m")  # wrong: keywords only
    RateLimitedError(mesage="m")  # wrong: a typo
    ArtifactaError(status="429")  # wrong: a number
    from_response(429, 5, b"")  # wrong: no headers
    Action("retri")  # wrong: not in the list
    print(Code.RATE_LIMITD)  # wrong: a typo
    print(ExitCode.CLIENT)  # wrong: a typo
    Code.RATE_LIMITED = "x"  # wrong: a constant


def codes(known: KnownCode) -> bool:
    first: KnownCode = "rate_limited"
    other: KnownCode = "rate_limitd"  # wrong: a typo
    return known in (first, other)


def both(error: RateLimitedError | QuotaExceededError) -> int | None:
    return error.retry_after_seconds  # wrong: only one of them has it
