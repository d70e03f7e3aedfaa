"""What errorbook.yaml says of an SDK that was written by hand."""

from __future__ import annotations

from pydantic import Field

from errorbook.catalog.audience import Audience
from errorbook.catalog.models import Model
from errorbook.python_source.attributes import CODE, EXIT_CODE, RETRYABLE, STATUS


class AttributeNames(Model):
    """What the exceptions of an SDK call what the catalog says of an error."""

    code: tuple[str, ...] = Field(
        CODE,
        description="Attributes that hold the code.",
    )
    status: tuple[str, ...] = Field(
        STATUS,
        description="Attributes that hold the HTTP status.",
    )
    retryable: tuple[str, ...] = Field(
        RETRYABLE,
        description="Attributes that tell whether the same request may be sent again.",
    )
    exit_code: tuple[str, ...] = Field(
        EXIT_CODE,
        description="Attributes that hold the exit code of the command line.",
    )


class HandwrittenSdk(Model):
    """A package that is compared with the catalog without being imported."""

    package: str = Field(description="Folder or file of the package, relative to errorbook.yaml.")
    api: str | None = Field(None, description="The API it is for; the only one, if left out.")
    base: str | None = Field(
        None, description="Class that all its exceptions come below; the catalog's, if left out."
    )
    classes: dict[str, str] = Field(
        default_factory=dict,
        description="Class of a code, such as `errors.RateLimited`, where neither its code "
        "attribute nor its name tells.",
    )
    ignore: tuple[str, ...] = Field(
        (), description="Classes that stand for no error of the API, such as lost connections."
    )
    attributes: AttributeNames = Field(
        default_factory=AttributeNames,
        description="What its exceptions call code, status and so on.",
    )
    audience: Audience = Field(
        "public", description="Who uses it; `internal` has the classes of internal errors too."
    )
