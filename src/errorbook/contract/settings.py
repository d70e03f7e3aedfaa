"""What errorbook.yaml says of comparing with what was published before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from errorbook.catalog.models import Model, Stability
from errorbook.contract.windows import WINDOWS


def _name(text: str) -> str:
    if not text.strip() or text.startswith("-") or not text.isprintable():
        raise PydanticCustomError("bad-name", "a name that does not begin with '-'")
    return text


_Name = Annotated[str, AfterValidator(_name)]


_Days = Annotated[int, Field(ge=0, le=36_500)]


class Windows(Model):
    """How many days there have to be between the notice that a code goes away and its sunset."""

    stable: _Days = Field(WINDOWS["stable"], description="Days for a stable code.")
    evolving: _Days = Field(WINDOWS["evolving"], description="Days for an evolving code.")
    experimental: _Days = Field(
        WINDOWS["experimental"], description="Days for an experimental code."
    )

    def by_stability(self) -> Mapping[Stability, int]:
        """Return the days by the stability of a code."""
        return {
            "stable": self.stable,
            "evolving": self.evolving,
            "experimental": self.experimental,
        }


class DiffSettings(Model):
    """What `errorbook diff` does unless its options say otherwise."""

    against: _Name | None = Field(
        None,
        description="As `--against`. A file is named from errorbook.yaml, and lies in its folder.",
    )
    branch: _Name | None = Field(None, description="As `--branch`.")
    tag_prefix: _Name | None = Field(None, description="As `--tag-prefix`.")
    profile: Literal["default", "strict"] = Field("default", description="As `--profile`.")
    fail_on: Literal["breaking", "dangerous"] = Field("breaking", description="As `--fail-on`.")
    windows: Windows = Field(
        default_factory=Windows,
        description="The least days from the notice that a code goes away to its sunset.",
    )
    strict_waivers: bool = Field(False, description="As `--strict-waivers`.")
