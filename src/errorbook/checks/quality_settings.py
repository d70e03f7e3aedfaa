"""What errorbook.yaml says of how complete the texts of the catalog have to be."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from errorbook.catalog.models import Model


class Quality(Model):
    """That texts are looked at; `{}` looks at all of them."""

    apis: tuple[str, ...] | None = Field(
        None, description="The only APIs whose texts are looked at; all of them, if left out."
    )
    completeness: Annotated[float, Field(ge=0, le=100)] | None = Field(
        None, description="The least completeness of each API, in percent."
    )
