"""What is said where the extra `site` is missing, and only a part of what it asks for is there."""

from __future__ import annotations

import sys
from typing import Final

_TEXT: Final = "errorbook needs more to make pages: pip install 'errorbook[site]'"


def missing_extra() -> Exception:
    """Return what to raise. MkDocs shows its own errors on a line, and others with a traceback."""
    if "mkdocs.exceptions" in sys.modules:
        from mkdocs.exceptions import ConfigurationError  # noqa: PLC0415  # is loaded already

        return ConfigurationError(_TEXT)
    return ImportError(_TEXT)
