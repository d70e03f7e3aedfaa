"""An error as a test of a client meets it: what arrives, and what has to come of it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from errorbook.catalog import Api, Envelope, Error
from errorbook.catalog.envelope import hole_types, holes, takes_details
from errorbook.catalog.facts import example_message, example_response, exit_code, retryable
from errorbook.outputs.expectations import Response, expectation, sensitive
from errorbook.testing.project import ErrorbookProject

__all__ = ["ErrorCase", "ErrorResponse", "error_cases", "fixture_names"]

_PYTHON: Final = "python"
_INTEGER = re.compile(r"-?[0-9]+\Z")
_RESERVED: Final = "pytest_"
"""How the names of pytest's hooks begin: a fixture called so would be taken for one."""


@dataclass(frozen=True)
class ErrorResponse:
    """A response as the catalog documents it."""

    status: int | None
    """The HTTP status; None for an error without one."""
    headers: Mapping[str, str]
    """Its headers, by name."""
    body: bytes
    """What is sent, as the envelope of the API has it."""


@dataclass(frozen=True)
class ErrorCase:
    """One error: its documented response, and what a client has to make of it."""

    api: str
    """The id of its API."""
    code: str
    """Its code."""
    response: ErrorResponse
    """What a server answers."""
    exit_code: int | None
    """What a command has to end with; None where that is not documented."""
    retryable: bool | None
    """Whether sending the same request again makes sense; None where nobody knows."""
    retry_after: float | None
    """Seconds that the response says to wait; None where it says nothing of it."""
    exception_name: str
    """The class that the SDK has to raise."""
    _project: ErrorbookProject = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """API and code, as ``artifacta/rate_limited``."""
        return f"{self.api}/{self.code}"

    def exception(self) -> Any:
        """Return what ``from_response`` of the generated module makes of the response.

        The module is the one that other code imports under its name; where there is none, it is
        read from where errorbook.yaml has it generated.

        Raises:
            NoProjectError: if there is no such module.
            ImportError: if it cannot be imported.
        """
        module = self._project.module(self.api)
        response = self.response
        return module.from_response(response.status, response.headers, response.body)


def error_cases(project: ErrorbookProject, apis: Iterable[str]) -> Iterator[ErrorCase]:
    """Yield a case for each error of ``apis``, in the order of the catalog."""
    for name in apis:
        api = project.catalog.apis[name]
        known = sensitive(api)
        for code, error in api.errors.items():
            response, given = _response(api, code)
            seen: Any = expectation(name, api, given, known)
            yield ErrorCase(
                api=name,
                code=code,
                response=response,
                exit_code=exit_code(api, code),
                retryable=retryable(error),
                retry_after=seen["retry_after"],
                exception_name=seen["class"][_PYTHON],
                _project=project,
            )


def fixture_names(cases: Iterable[ErrorCase]) -> dict[str, list[ErrorCase]]:
    """Return what the fixture of each error is called. Several errors may share a name.

    It is API and code with an underscore between them, and one for every character that no name
    in Python may hold.
    """
    found: dict[str, list[ErrorCase]] = {}
    for case in cases:
        written = unicodedata.normalize("NFKC", f"{case.api}_{case.code}")
        name = "".join(one if f"a{one}".isidentifier() else "_" for one in written)
        if name.startswith(_RESERVED) or not name.isidentifier():
            name = f"error_{name}"
        found.setdefault(name, []).append(case)
    return found


def _response(api: Api, code: str) -> tuple[ErrorResponse, Response]:
    """Return the documented response as bytes, and as what a client makes of it."""
    fitting = [one for one in api.envelopes if _takes(one, code)] or list(api.envelopes)
    fitting.sort(key=lambda one: not _holds(one, api.errors[code]))
    alone = api.model_copy(update={"envelopes": tuple(fitting[:1])})
    example = example_response(alone, code)
    if example is None:
        error = api.errors[code]
        status, text = error.status[0] if error.status else None, example_message(error)
        body = text.encode("utf-8", "replace")
        return ErrorResponse(status, {}, body), Response(status, text=text)
    headers = dict(example.headers)
    if fitting[0].body is None:
        given = Response(example.status, tuple(headers.items()), text="")
        return ErrorResponse(example.status, headers, b""), given
    headers = {"Content-Type": fitting[0].content_type, **headers}
    body = json.dumps(example.body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    given = Response(example.status, tuple(headers.items()), example.body)
    return ErrorResponse(example.status, headers, body), given


def _takes(envelope: Envelope, code: str) -> bool:
    return hole_types(envelope).get("code") != "integer" or bool(_INTEGER.match(code))


def _holds(envelope: Envelope, error: Error) -> bool:
    """Tell whether ``envelope`` has a place for the details of ``error``."""
    return takes_details(envelope) or error.details.keys() <= holes(envelope).keys()
