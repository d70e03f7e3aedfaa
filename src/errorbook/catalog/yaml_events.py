"""One YAML file as a series of events, or the one reason why it is none.

Events, not nodes: PyYAML's C composer recurses, so deep nesting overflows its stack and ends the
process. The C parser does not, and whoever reads its events counts the levels.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import yaml
from yaml.events import Event

from errorbook.catalog.yaml_slips import Loader, Mark, Slip, end_of, explain, mark_of

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_DEPTH: Final = 40

NextEvent = Callable[[], Event]


class UnreadableError(Exception):
    """A file cannot be read; ``slip`` says where and why. It never leaves this package."""

    def __init__(self, slip: Slip) -> None:
        super().__init__(slip.message)
        self.slip = slip


def decode(content: bytes) -> str:
    """Return the text of a file. A byte order mark is no part of it."""
    if len(content) > MAX_BYTES:
        message = f"the file is larger than the {MAX_BYTES:,} bytes that are read"
        raise refused("too-large", Mark(1, 1), message, "split it, and 'include' the parts")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mark = end_of(error.object[: error.start].decode("utf-8-sig"))
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
        raise refused("not-utf-8", mark, message, "save the file as UTF-8") from None


def open_events(text: str) -> NextEvent:
    """Return a function that gives the events of ``text``, the next each time it is called.

    It raises ``UnreadableError`` where the text stops being YAML.
    """
    try:
        parser = Loader(text)
    except yaml.YAMLError as error:
        raise UnreadableError(explain(error, text)) from None

    def following() -> Event:
        try:
            event = parser.get_event()
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            raise UnreadableError(explain(error, text)) from None
        return event or yaml.StreamEndEvent()

    return following


def begin(event: Event) -> Mark:
    """Return where ``event`` begins."""
    return mark_of(event.start_mark)


def refused(rule: str, mark: Mark, message: str, hint: str = "") -> UnreadableError:
    """Return the error to raise where reading has to stop."""
    return UnreadableError(Slip(mark, message, hint, rule))


def too_deep(event: Event) -> UnreadableError:
    """Return the error to raise where the collection that ``event`` begins is a level too deep."""
    message = f"nested more than {MAX_DEPTH} levels deep"
    return refused("too-deep", begin(event), message, "far fewer will do")
