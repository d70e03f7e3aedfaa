"""A page as MkDocs will render it, from its source alone: front matter, Markdown and blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mkdocs.utils.meta import get_data

from errorbook.site.anchors import Anchors, anchors_of, page_api
from errorbook.site.blocks import Block, scan
from errorbook.site.lines import normalized
from errorbook.site.selection import Selections

API_KEY: Final = "errors"
"""Key of the front matter that names a page's API."""


@dataclass(frozen=True)
class SourcePage:
    """A page before it is rendered: its front matter, its blocks, and the ids they give out."""

    meta: Mapping[str, Any]
    blocks: Sequence[Block]
    anchors: Anchors


def read_source(source: str, known: Selections) -> SourcePage:
    """Return what the page with this source will show of the errors ``known``."""
    if "///" not in source:
        return SourcePage({}, (), Anchors())
    text, meta = get_data(source)
    blocks = tuple(scan(normalized(text)))
    api = page_api(known, meta.get(API_KEY), blocks)
    return SourcePage(meta, blocks, anchors_of(known, api, blocks))
