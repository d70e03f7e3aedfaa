"""Deprecation windows: how much notice clients get before a code goes away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from errorbook.catalog.models import Stability

WINDOWS: Final[Mapping[Stability, int]] = {"stable": 180, "evolving": 31, "experimental": 0}
"""The least days between the notice that a code goes away and its sunset, by its stability."""
