"""What errorbook.yaml says of a site that somebody built."""

from __future__ import annotations

from pydantic import Field

from errorbook.catalog.audience import Audience
from errorbook.catalog.models import Address, Model


class Columns(Model):
    """How tables call what they say of errors, where that is not one of the usual words."""

    code: tuple[str, ...] = Field((), description="Headings of columns with codes.")
    status: tuple[str, ...] = Field((), description="Headings of columns with HTTP statuses.")
    exception: tuple[str, ...] = Field((), description="Headings of columns with classes.")
    exit_code: tuple[str, ...] = Field((), description="Headings of columns with exit codes.")


class BuiltSite(Model):
    """A folder of HTML that is compared with the catalog, whatever built it."""

    site: str = Field(description="Folder of the site, relative to errorbook.yaml.")
    apis: tuple[str, ...] | None = Field(
        None, description="The only APIs it documents; all of them, if left out."
    )
    audience: Audience = Field(
        "public", description="Who may read it; `internal` shows internal errors too."
    )
    url: Address | None = Field(
        None,
        description="Address that the folder is published at; `docs.url` of each API if absent.",
    )
    build: str | None = Field(
        None, description="Command that builds it, for people to read; it is never run."
    )
    pages: tuple[str, ...] = Field(
        (), description="The only pages that document errors, such as `api/**/*.html`."
    )
    anchors: str | None = Field(
        None, description="Ids of the places of errors, such as `error-{code}`: each has one."
    )
    columns: Columns = Field(
        default_factory=Columns, description="Unusual headings of columns, by what they hold."
    )
    ignore: tuple[str, ...] = Field(
        (), description="Codes and ids that are no errors of the catalog; `*` fits anything."
    )
