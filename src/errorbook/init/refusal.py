"""What `init` does not do, in one line that says what to do instead."""

from __future__ import annotations

import click


class Refusal(click.UsageError):
    """The folder, a file in it, or an answer cannot be used. Nothing was written."""
