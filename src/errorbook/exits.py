"""What every verb ends with."""

from __future__ import annotations

from typing import Final

CLEAN: Final = 0
"""There is nothing to complain of."""
FINDINGS: Final = 1
INVALID: Final = 2
"""Wrong usage, or a catalog or project that is not valid."""
INCOMPLETE: Final = 3
"""The work could not be completed. A crash is one of these: it is never a finding."""
