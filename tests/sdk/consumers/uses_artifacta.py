"""What a program may rely on with an API of few errors, in the eyes of type checkers."""

from __future__ import annotations

from collections.abc import ItemsView, Mapping

from typing_extensions import assert_never, reveal_type  # noqa: UP035  # for 3.10

import artifacta.errors
from artifacta.errors import (
    EXIT_CODES,
    FACTS,
    Action,
    ActionWord,
    ArtifactaError,
    Code,
    ExitCode,
    KnownCode,
    QuotaExceededError,
    RateLimitedError,
    TTLExceedsPlanLimitError,
    from_response,
)


class Headers:
    """Headers as HTTP clients have them: not quite a mapping."""

    def items(self) -> ItemsView[str, str]:
        return {"Retry-After": "5"}.items()


class OrderError(RateLimitedError):
    """A subclass written by hand, with an argument that must be given."""

    def __init__(self, order: str, *, message: str = "") -> None:
        super().__init__(message=message)
        self.order = order

    def __str__(self) -> str:
        return f"{self.order}: {self.retry_after_seconds}"


def responses(decoded: object, headers: Mapping[str, str]) -> ArtifactaError:
    reveal_type(from_response(429, Headers(), b"{}"))  # ArtifactaError
    from_response(None, None, None)
    from_response(429, headers, decoded)
    from_response(429, {"Retry-After": ["5", "6"]}, "{}")
    from_response(429, [("retry-after", "5"), ("Retry-After", b"6")], {"error": {"code": 1}})
    return from_response(429, headers, [decoded])


def attributes(error: ArtifactaError) -> None:
    reveal_type(error.code)  # str | None
    reveal_type(error.status)  # int | None
    reveal_type(error.message)  # str
    reveal_type(error.request_id)  # str | None
    reveal_type(error.retry_after)  # float | None
    reveal_type(error.retryable)  # bool | None
    reveal_type(error.how)  # str
    reveal_type(error.meaning)  # str
    reveal_type(error.docs_url)  # str | None
    reveal_type(error.exit_code)  # ExitCode | None
    reveal_type(error.actions)  # tuple[Action, ...]
    reveal_type(error.facts)  # Facts
    reveal_type(error.details)  # dict[str, object]
    reveal_type(error.headers)  # dict[str, str]
    reveal_type(error.body)  # object
    reveal_type(error.to_dict())  # dict[str, object]
    reveal_type(FACTS["rate_limited"].status)  # tuple[int, ...]
    reveal_type(EXIT_CODES["network"])  # ExitCode
    reveal_type(int(EXIT_CODES["network"]))  # int


def examples() -> None:
    reveal_type(ArtifactaError.example("rate_limited"))  # ArtifactaError
    reveal_type(RateLimitedError.example())  # RateLimitedError
    reveal_type(RateLimitedError.example().code)  # Literal['rate_limited']
    reveal_type(RateLimitedError.example().retry_after_seconds)  # int | None
    reveal_type(OrderError.example())  # OrderError
    reveal_type(TTLExceedsPlanLimitError().code)  # Literal['ttl_exceeds_plan_limit']


def by_class(error: ArtifactaError) -> int | None:
    match error:
        case OrderError(order=order):
            reveal_type(order)  # str
            return 1
        case RateLimitedError(retry_after=float() as seconds):
            reveal_type(error)  # RateLimitedError
            reveal_type(seconds)  # float
            return error.retry_after_seconds
        case ArtifactaError(code=Code.QUOTA_EXCEEDED | "session_not_found"):
            return 2
        case _:
            return None


def two_classes(error: RateLimitedError | QuotaExceededError) -> str:
    reveal_type(error.code)  # Literal['rate_limited', 'quota_exceeded']
    match error:
        case RateLimitedError():
            return error.code
        case QuotaExceededError():
            return error.code
        case _:
            assert_never(error)


def by_code(error: ArtifactaError) -> str:
    match error.code:
        case Code.RATE_LIMITED:
            return "later"
        case Code.SESSION_SEALED | Code.QUOTA_EXCEEDED:
            return "never"
        case None:
            return "no code"
        case other:
            reveal_type(other)  # str
            return other


def every_code(code: KnownCode) -> str:
    match code:
        case Code.ARTIFACT_ALREADY_DELETED | Code.ARTIFACT_EXPIRED | Code.ARTIFACT_NOT_FOUND:
            return "gone"
        case Code.FILE_TOO_LARGE | Code.INVALID_REQUEST | Code.TTL_EXCEEDS_PLAN_LIMIT:
            return "change it"
        case Code.QUOTA_EXCEEDED | Code.RATE_LIMITED:
            return "too much"
        case Code.SESSION_NOT_FOUND | Code.SESSION_SEALED | Code.UPLOAD_NOT_FOUND:
            return "begin again"
        case "unauthorized":
            return "no"
        case _:
            assert_never(code)


def every_action(word: ActionWord) -> bool:
    match word:
        case "retry" | "wait":
            return True
        case "abort" | "authenticate" | "clean_up" | "escalate" | "fix_request" | "redo_step":
            return False
        case "treat_as_success" | "use_alternative":
            return False
        case _:
            assert_never(word)


def every_exit_code(code: ExitCode) -> int:
    match code:
        case ExitCode.SUCCESS | ExitCode.CLIENT_ERROR:
            return 0
        case ExitCode.SERVER_ERROR | ExitCode.NETWORK_ERROR:
            return int(code)
        case ExitCode.INTERRUPTED:
            return 130
        case _:
            assert_never(code)


def in_tests() -> None:
    action = Action("retry", how="Again.")
    reveal_type(action.do == "retry")  # bool
    raised: KnownCode = Code.RATE_LIMITED
    error = ArtifactaError(code=raised, status=429, details={"a": 1}, body={"b": [None]})
    reveal_type(error.code)  # str | None
    try:
        raise error
    except (artifacta.errors.RateLimitedError, QuotaExceededError) as caught:
        reveal_type(caught)  # RateLimitedError | QuotaExceededError
