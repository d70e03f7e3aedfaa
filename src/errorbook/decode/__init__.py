"""Which error of which API a text is about: a body, a response, a traceback, a log, or many.

The explorer decides the same in a browser (``site/element/decode``): its modules have the names
of these, and both are tested with the same cases.
"""

from errorbook.decode.decision import decision
from errorbook.decode.decoding import Decoding, decode
from errorbook.decode.incidents import Incident
from errorbook.decode.known import Entry, Known, KnownApi
from errorbook.decode.wait import Wait, wait_of

__all__ = [
    "Decoding",
    "Entry",
    "Incident",
    "Known",
    "KnownApi",
    "Wait",
    "decision",
    "decode",
    "wait_of",
]
