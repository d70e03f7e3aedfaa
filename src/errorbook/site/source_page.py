"""A page as its builder will render it, from its source: front matter, Markdown and blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from errorbook.site.anchors import Anchors, anchors_of, page_api
from errorbook.site.blocks import Block, scan
from errorbook.site.lines import normalized
from errorbook.site.selection import Selections

API_KEY: Final = "errors"
"""Key of the front matter that names a page's API."""
ERROR_KEY: Final = "error"
"""Key of the front matter that makes a page that of one error."""


Split = Callable[[str], tuple[str, Mapping[str, Any]]]
"""Parts the source of a page into its text and its front matter, as the builder does."""


@dataclass(frozen=True)
class SourcePage:
    """A page before it is rendered: its front matter, its blocks, and the ids they give out."""

    meta: Mapping[str, Any]
    blocks: Sequence[Block]
    anchors: Anchors


def read_source(source: str, known: Selections, split: Split) -> SourcePage:
    """Return what the page with this source will show of the errors ``known``."""
    if "///" not in source and not _may_adopt(source):
        return SourcePage({}, (), Anchors())
    text, meta = split(source)
    blocks = tuple(scan(normalized(text)))
    api = page_api(known, meta.get(API_KEY), blocks)
    return SourcePage(meta, blocks, anchors_of(known, api, blocks))


def _may_adopt(source: str) -> bool:
    """Tell, at a glance, whether the front matter may name an error."""
    return source.startswith("---") and f"{ERROR_KEY}:" in source


def line_of_key(source: str, key: str) -> int:
    """Return the line, from 0, that a key of the front matter stands on; the first if on none."""
    lines = source.split("\n")
    return next((at for at, text in enumerate(lines) if text.startswith(f"{key}:")), 0)
