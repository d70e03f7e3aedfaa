"""What errors.yaml may say: one frozen model per noun.

The models check each value on its own; what must hold between values is in ``rules``. Their
descriptions become the reference page and what an editor shows, so they are written for the
person who fills the file in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, StringConstraints

from errorbook.catalog import values
from errorbook.catalog.values import (
    Code,
    Codes,
    ExitKey,
    ExitNumber,
    Identifier,
    Prose,
    Statuses,
    StatusKey,
    Text,
    as_several,
)

ActionWord = Literal[
    "abort",
    "authenticate",
    "clean_up",
    "escalate",
    "fix_request",
    "redo_step",
    "retry",
    "treat_as_success",
    "use_alternative",
    "wait",
]
ACTION_WORDS: Final[dict[ActionWord, str]] = {
    "abort": "Stop. Nothing the client can do will make this request succeed.",
    "authenticate": "Get or renew the credentials.",
    "clean_up": "Remove what stands in the way, such as old data or a lock.",
    "escalate": "Hand over to a person: support, an administrator, whoever owns the plan.",
    "fix_request": "Change the request. The same one fails every time.",
    "redo_step": "Repeat an earlier step that this request builds on.",
    "retry": "Send the same request again, unchanged.",
    "treat_as_success": "Go on: what was wanted is already so.",
    "use_alternative": "Reach the goal by another way.",
    "wait": "Wait as long as the response says, then send the same request again.",
}
"""The closed list of what a client or agent may be told to do. Words are added, never changed."""

RetryWhen = Literal["never", "as_is", "after_change", "unknown"]
DetailType = Literal["string", "integer", "number", "boolean", "array", "object"]
Visibility = Literal["public", "internal"]
Stability = Literal["stable", "evolving", "experimental"]
Promise = Literal["permanent", "may_change"]

Address = values.Address

HEADER_PREFIX: Final = "header:"
LONGEST_CODE: Final = values.LONGEST_CODE
NO_EXCEPTION: Final = "none"


class Model(BaseModel):
    """Base of every noun: frozen, strict, and deaf to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Contract(Model):
    """What the API promises about its errors. Shown in the docs, enforced by ``diff``."""

    codes: Promise | None = Field(
        None, description="Whether a published code may be removed or renamed."
    )
    new_codes: Literal["may_come", "with_a_new_version"] | None = Field(
        None, description="Whether new codes may appear within one version."
    )
    messages: Promise | None = Field(None, description="Whether the wording may change.")
    statuses: Promise | None = Field(None, description="Whether a code's HTTP status may change.")
    details: Promise | None = Field(None, description="Whether details may be removed or retyped.")
    promise: Prose = Field("", description="The promise in words, for the docs.")


class Docs(Model):
    """Where the documentation of the API lives."""

    url: Address | None = Field(None, description="Address of the published documentation.")
    error: str = Field(
        "{api}/errors/{code}/", description="Address of one error's page below `url`."
    )


class Operation(Model):
    """Something a client asks of the API, so that errors can say who answers them."""

    title: str = Field("", description="Name for people.")
    method: Annotated[str, StringConstraints(pattern=r"^[A-Z]+$")] | None = Field(
        None, description="HTTP method."
    )
    path: str | None = Field(None, description="Path template, such as `/v1/artifacts/{id}`.")


class EnvelopeField(Model):
    """What one hole of the envelope means to a reader."""

    meaning: Prose = Field("", description="What the field says.")
    stable: bool | None = Field(None, description="Whether a client may rely on its value.")
    example: JsonValue = Field(
        None, description="Value in examples, where nothing better is known."
    )


class Envelope(Model):
    """How an error body looks: a pattern with holes, which renders examples and decodes responses.

    Constants must match, ``{holes}`` are filled, ``{code:integer}`` is a number on the wire,
    ``"*": "{details}"`` takes what stands beside it and a trailing ``?`` makes a key optional.
    """

    body: JsonValue = Field(None, description="Pattern of the decoded JSON body.")
    headers: dict[str, str] = Field(
        default_factory=dict, description="Patterns of response headers, by name."
    )
    content_type: str = Field("application/json", description="Media type of the body.")
    fields: dict[str, EnvelopeField] = Field(
        default_factory=dict, description="What the holes mean, by name."
    )


class StatusNote(Model):
    """What one HTTP status means in this API, with or without codes of its own."""

    meaning: Prose = Field("", description="What it means; the reason phrase if left out.")
    causes: tuple[Prose, ...] = Field((), description="What brings it about.")


class SdkApi(Model):
    """How the SDK of one language names what belongs to the whole API."""

    package: str | None = Field(None, description="Import name of the SDK; the API's id if absent.")
    base: str | None = Field(
        None,
        description="Base class of all its exceptions. `module:Class` is a class the SDK has "
        "already: the generated base class comes below it. `none`: nothing is raised for its "
        "errors.",
    )
    parents: dict[str, str] = Field(
        default_factory=dict,
        description="Classes between the base class and those of errors: class names by group, "
        "status (`404`) or family (`4xx`).",
    )
    aliases: dict[str, str] = Field(
        default_factory=dict,
        description="Class names that the base class or parents had before, each with the present "
        "one; they still work, with a warning.",
    )


class SdkError(Model):
    """How the SDK of one language names one error."""

    exception: str | None = Field(
        None,
        description="Class name; `none` raises the base class. Derived from the code if absent.",
    )
    aliases: tuple[str, ...] = Field(
        (), description="Class names it had before; they still work, with a warning."
    )
    constant: str | None = Field(
        None, description="Name of the constant that holds the code; derived from it if absent."
    )


class Group(Model):
    """A family of errors, for filters and pages."""

    title: str = Field("", description="Name for people; the id if absent.")
    meaning: Prose = Field("", description="What its errors have in common.")


class Action(Model):
    """What a client or agent should do. Several actions say `when` each applies."""

    do: ActionWord = Field(description="A word of the closed list.")
    how: Prose = Field("", description="The same for people, in detail.")
    when: Prose = Field(
        "", description="When this action applies, as a clause: `if the plan allows it`."
    )


class Retry(Model):
    """Whether and when sending the request again makes sense."""

    when: RetryWhen = Field(
        "unknown",
        description="`never`, `as_is` (unchanged), `after_change` (of request, state or "
        "credentials), or `unknown`.",
    )
    after: Annotated[tuple[str, ...], BeforeValidator(as_several)] = Field(
        (), description="Where the response says how long to wait: details, or `header:Name`."
    )
    backoff: Literal["none", "fixed", "exponential"] | None = Field(
        None, description="How pauses grow between attempts."
    )
    needs: Literal["idempotency_key"] | None = Field(
        None, description="What makes sending again safe."
    )
    max_attempts: Annotated[int, Field(ge=1)] | None = Field(
        None, description="After how many attempts to give up."
    )


class Detail(Model):
    """A field of the body beside the code."""

    type: DetailType = Field(description="Its JSON type.")
    unit: str | None = Field(None, description="Unit of a number: `seconds`, `bytes`…")
    format: str | None = Field(None, description="Format of a text: `date-time`, `uuid`…")
    required: bool = Field(False, description="Whether every response with this code has it.")
    example: JsonValue = Field(None, description="Value in examples.")
    sensitive: bool = Field(False, description="Whether it must not be kept or logged.")
    meaning: Prose = Field("", description="What it says.")


class Placeholder(Model):
    """A hole of the message that stands in no detail."""

    example: JsonValue = Field(None, description="Value in examples.")
    meaning: Prose = Field("", description="What it says.")


class Error(Model):
    """One error of the API, under its code."""

    status: Statuses = Field((), description="HTTP status: one, several, or none.")
    meaning: Prose = Field("", description="What happened, in one sentence.")
    message: str = Field(
        "", description="Template of the server's message; `{name}` is a detail or placeholder."
    )
    placeholders: dict[str, Placeholder] = Field(
        default_factory=dict, description="Holes of the message that are no details."
    )
    causes: tuple[Prose, ...] = Field((), description="What brings it about.")
    fix: Prose = Field("", description="How a person mends it.")
    actions: tuple[Action, ...] = Field((), description="What a client or agent should do.")
    retry: Retry = Field(default_factory=Retry, description="Whether sending again makes sense.")
    details: dict[str, Detail] = Field(
        default_factory=dict, description="Fields of the body beside the code."
    )
    operations: tuple[str, ...] = Field(
        (), description="The only operations that answer it; any may, if absent."
    )
    group: str | None = Field(None, description="Id of its group.")
    exit_code: ExitNumber | None = Field(
        None, description="Exit code of the CLI, where the API's `exit_codes` do not give it."
    )
    visibility: Visibility = Field("public", description="Who may read about it.")
    stability: Stability = Field("stable", description="How far clients may rely on it.")
    since: Text | None = Field(None, description="Version or date it first appeared in.")
    deprecated: Text | None = Field(None, description="Version or date it was deprecated in.")
    sunset: Text | None = Field(None, description="Version or date it goes away in.")
    replaced_by: Code | None = Field(None, description="Code that takes its place.")
    renamed_from: Codes = Field((), description="Retired codes this one was known by.")
    sdk: dict[str, SdkError] = Field(
        default_factory=dict, description="Names in SDKs, by language."
    )


class ExitCode(Model):
    """An exit code of the API's command line."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")] = Field(
        description="Name of the constant, such as `CLIENT_ERROR`."
    )
    meaning: Prose = Field("", description="What it tells a script.")
    applies_to: tuple[Text, ...] = Field(
        (),
        alias="for",
        description="What ends in it: codes, statuses (`404`), families (`4xx`), or "
        "`success`, `network`, `timeout`, `usage`, `interrupt`, `unknown`.",
    )


class Symptom(Model):
    """A row of the troubleshooting matrix: what somebody sees, why, and what helps."""

    symptom: Prose = Field(description="What somebody sees.")
    cause: Prose = Field("", description="The likely cause.")
    solution: Prose = Field("", description="What helps.")
    errors: tuple[Code, ...] = Field((), description="Codes it shows up as.")


class Retired(Model):
    """A code that is no longer sent and must never be used again."""

    removed: Text | None = Field(None, description="Version or date it went away in.")
    replaced_by: Code | None = Field(None, description="Code that took its place.")
    reason: Prose = Field("", description="Why it went away.")
    status: Statuses = Field((), description="HTTP status it had.")
    meaning: Prose = Field("", description="What it meant.")


class Api(Model):
    """One API: its envelopes, statuses, errors and everything said about them."""

    title: str = Field("", description="Name for people; the id if absent.")
    version: Text | None = Field(None, description="Version of the API the errors belong to.")
    summary: Prose = Field("", description="A sentence or two about its errors.")
    contract: Contract = Field(default_factory=Contract, description="What the API promises.")
    docs: Docs = Field(default_factory=Docs, description="Where its documentation lives.")
    server: Address | None = Field(
        None, description="Address that requests go to; examples of requests use it."
    )
    envelopes: tuple[Envelope, ...] = Field(
        (), description="How error bodies look; tried in order."
    )
    operations: dict[str, Operation] = Field(
        default_factory=dict, description="Operations that errors refer to, by id."
    )
    statuses: dict[StatusKey, StatusNote] = Field(
        default_factory=dict, description="HTTP statuses, by number."
    )
    groups: dict[Identifier, Group] = Field(
        default_factory=dict, description="Families of errors, by id."
    )
    errors: dict[Code, Error] = Field(default_factory=dict, description="Errors, by code.")
    exit_codes: dict[ExitKey, ExitCode] = Field(
        default_factory=dict, description="Exit codes of its command line, by number."
    )
    troubleshooting: tuple[Symptom, ...] = Field(
        (), description="Rows of the troubleshooting matrix."
    )
    retired: dict[Code, Retired] = Field(
        default_factory=dict, description="Codes that are gone and stay reserved."
    )
    sdk: dict[str, SdkApi] = Field(default_factory=dict, description="Names in SDKs, by language.")


class Catalog(Model):
    """All of errors.yaml, merged: every API by its id."""

    apis: dict[Identifier, Api] = Field(description="APIs, by id.")

    def owners(self, code: str) -> Iterator[str]:
        """Yield the id of each API that has ``code``."""
        return (name for name, api in self.apis.items() if code in api.errors)


MESSAGE_HOLE = re.compile(r"\{([A-Za-z_][\w.-]*)\}")
"""A hole of a message template."""


def message_holes(message: str) -> list[str]:
    """Return the names of the holes of a message template, in order, each once."""
    return list(dict.fromkeys(MESSAGE_HOLE.findall(message)))


def words(literal: Any) -> tuple[str, ...]:
    """Return the words a ``Literal`` allows."""
    return get_args(literal)
