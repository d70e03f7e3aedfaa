"""Every kind of change that a comparison can tell, by its rule id. Docs and tests read this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from errorbook.contract import (
    body_kinds,
    code_kinds,
    envelope_kinds,
    lifecycle_kinds,
    operation_kinds,
    sdk_kinds,
)
from errorbook.contract.kind import Case, Kind, by_id

__all__ = ["KINDS", "Case", "Kind"]

KINDS: Final[Mapping[str, Kind]] = by_id(
    (
        *code_kinds.KINDS,
        *operation_kinds.KINDS,
        *envelope_kinds.KINDS,
        *body_kinds.KINDS,
        *sdk_kinds.KINDS,
        *lifecycle_kinds.KINDS,
    )
)
