"""Which APIs a text mentions: of errors that are as likely, theirs come first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from errorbook.decode.bodies import doubt
from errorbook.decode.fits import By, Fit
from errorbook.decode.known import KnownApi

SEARCHED: Final = 1 << 16
"""Characters of a text that are searched."""
ORDERED: Final = ("body", "headers", "problem", "nested")
"""In these the fits are in the order of their doubt; elsewhere all are equally good."""


class Mentions:
    """The APIs that a text mentions by id, package or title."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[KnownApi, bool] = {}

    def order(self, fits: Sequence[Fit], by: By) -> Sequence[Fit]:
        """Put those first whose API is mentioned, of those equally good."""
        if all(fit.api is fits[0].api for fit in fits):
            return fits
        is_ordered = by in ORDERED
        return sorted(
            fits, key=lambda fit: (doubt(fit) if is_ordered else (), not self._has(fit.api))
        )

    def _has(self, api: KnownApi) -> bool:
        if api not in self._known:
            names = (api.id, *api.modules, api.title)
            self._known[api] = any(self._is_word(name.lower()) for name in names if name)
        return self._known[api]

    @cached_property
    def _begin(self) -> str:
        return self._text[:SEARCHED].lower()

    def _is_word(self, name: str) -> bool:
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.ASCII)
        return name in self._begin and bool(word.search(self._begin))
