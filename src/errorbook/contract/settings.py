"""What errorbook.yaml says of comparing with what was published before."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from errorbook.catalog.models import Model


def _name(text: str) -> str:
    if not text.strip() or text.startswith("-") or not text.isprintable():
        raise PydanticCustomError("bad-name", "a name that does not begin with '-'")
    return text


_Name = Annotated[str, AfterValidator(_name)]


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
    strict_waivers: bool = Field(False, description="As `--strict-waivers`.")
