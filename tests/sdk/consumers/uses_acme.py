"""What a program may rely on where the catalog asks for everything: checked, and never run."""

from __future__ import annotations

from acme._base import AcmeError
from acme.errors import (
    FACTS,
    AcmeApiError,
    BothError,
    ClientError,
    Code,
    Error42P01,
    GoneError,
    KnownCode,
    LimitsError,
    LostError,
    MissingError,
    SlowDownError,
    VanishedError,
    from_response,
)
from typing_extensions import assert_never, reveal_type  # noqa: UP035  # for 3.10


def details(error: SlowDownError) -> None:
    reveal_type(error.code)  # Literal['slow-down']
    reveal_type(error.wait_ms)  # int | None
    reveal_type(error.kind)  # list[object] | None
    reveal_type(error.class_)  # dict[str, object] | None
    reveal_type(error.status_)  # str | None
    reveal_type(error.status)  # int | None
    reveal_type(error.ratio)  # float | None
    reveal_type(error.final)  # bool | None
    reveal_type(error.exit_code)  # int | None
    reveal_type(error.tenant)  # str


def families() -> None:
    parents: list[type[AcmeApiError]] = [LimitsError, ClientError, MissingError]
    clients: list[type[ClientError]] = [SlowDownError, GoneError, BothError, MissingError]
    limits: list[type[LimitsError]] = [SlowDownError]
    missing: list[type[MissingError]] = [GoneError]
    theirs: list[type[AcmeError]] = [*parents, *clients, *limits, *missing, Error42P01]
    reveal_type(theirs)  # list[type[AcmeError]]


def aliases() -> None:
    reveal_type(VanishedError())  # GoneError
    reveal_type(LostError.example())  # GoneError
    try:
        raise from_response(404, None, None)
    except LostError as error:
        reveal_type(error.code)  # Literal['gone']
    except AcmeError as theirs:
        reveal_type(theirs)  # AcmeError


def every_code(code: KnownCode) -> int:
    match code:
        case Code.SLOW_DOWN | Code.CODE_42P01 | Code.GONE | Code.BOTH:
            return 1
        case "quiet":
            return FACTS[code].status[0]
        case _:
            assert_never(code)
