"""Why there is no former catalog to compare with."""

from __future__ import annotations


class BaselineError(OSError):
    """The former catalog could not be had: no git, a shallow clone, a file that is no catalog."""


class UnknownBaselineError(ValueError):
    """What the user named does not exist, or was named in a way that means nothing."""
