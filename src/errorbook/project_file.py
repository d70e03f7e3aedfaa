"""errorbook.yaml as it is written: what a repository generates, checks and lets pass."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from errorbook.catalog.audience import Audience
from errorbook.catalog.models import Model
from errorbook.checks.html_settings import BuiltSite
from errorbook.checks.quality_settings import Quality
from errorbook.checks.sdk_settings import HandwrittenSdk
from errorbook.contract.settings import DiffSettings
from errorbook.contract.waivers import Waiver
from errorbook.levels import Level

PROJECT_FILE: Final = "errorbook.yaml"
CATALOG_FILE: Final = "errors.yaml"
LOCK_FILE: Final = "errorbook.lock"


def _not_empty(apis: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Refuse a target that would write nothing, and say that all is well."""
    if apis is not None and not apis:
        raise PydanticCustomError("empty", "at least one API (leave `apis` out for all of them)")
    return apis


class Target(Model):
    """One output and the folder its files belong in."""

    output: str = Field(description="Name of the output.")
    to: str = Field(description="Folder, relative to errorbook.yaml.")
    apis: Annotated[tuple[str, ...] | None, AfterValidator(_not_empty)] = Field(
        None, description="The only APIs to write; all if absent."
    )
    audience: Audience = Field(
        "public", description="Who may read the files; `internal` has internal errors too."
    )


class Checks(Model):
    """What `errorbook check` compares beside the files that are generated."""

    sdk: tuple[HandwrittenSdk, ...] = Field((), description="SDKs that were written by hand.")
    html: tuple[BuiltSite, ...] = Field((), description="Sites that somebody built.")
    quality: Quality | None = Field(None, description="How complete the texts have to be.")
    baseline: str = Field(
        "errorbook-baseline.json", description="File with the findings that are accepted for now."
    )


class Project(Model):
    """What errorbook.yaml says."""

    catalog: str = Field(CATALOG_FILE, description="The catalog, relative to errorbook.yaml.")
    generate: tuple[Target, ...] = Field((), description="What to write, and where.")
    markdown: tuple[str, ...] = Field(
        (), description="Markdown files in which text between markers is kept up to date."
    )
    check: Checks = Field(default_factory=Checks, description="What else to compare.")
    diff: DiffSettings = Field(
        default_factory=DiffSettings, description="How the catalog is compared with former ones."
    )
    waivers: tuple[Waiver, ...] = Field((), description="Changes that `diff` lets pass.")
    levels: dict[str, Level] = Field(
        default_factory=dict,
        description="Severity by rule, of kinds of change for `diff` (`breaking`, `dangerous` or "
        "`safe`) and of what `check` finds (`error` or `warning`); `off` switches a rule off.",
    )
