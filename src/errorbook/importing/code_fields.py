"""What services call the fields of an error: one vocabulary for bodies, schemas and extensions.

Names are without case and punctuation, as ``plainly`` gives them: `errorCode`, `error_code` and
`Error-Code` are one name.
"""

from __future__ import annotations

import re
from typing import Final

SURE_CODES: Final = ("code", "errorcode", "errcode", "errorid")
"""Names of a field that is the code wherever it stands."""
LIKELY_CODES: Final = ("error", "type", "errortype", "reason", "errorname", "name", "key", "slug")
"""Names of one that is the code where nothing better is there, likeliest first."""
PERHAPS_CODES: Final = ("status",)
"""Names of one that is the code where its values look like nothing else."""
LISTED_CODES: Final = (*SURE_CODES, "name", "id", "error", "key", "type")
"""Names of the code in an entry of a list of errors, where more can be one."""

AROUND: Final = (
    *("error", "errors", "fault", "exception", "err", "problem", "errordetails"),
    *("detail", "extensions"),
)
"""Names of fields that hold the error, or a list of errors."""
OFTEN_OTHER: Final = frozenset({"detail", "extensions"})
"""Those of them that often hold something else: in them, only a sure name is the code."""

MESSAGES: Final = (
    *("message", "errormessage", "msg", "errormsg", "detail", "errordescription"),
    *("description", "faultstring", "title", "error", "text"),
)
STATUSES: Final = ("status", "statuscode", "httpstatus", "httpstatuscode", "httpcode", "code")
REQUEST_IDS: Final = ("requestid", "xrequestid")
DETAILS: Final = ("details", "params", "parameters", "context", "metadata", "meta")
"""Names of an object whose fields are details."""

FLAGS: Final = frozenset({"error", "errors", "fail", "failed", "failure", "false", "true"})
"""Texts that say that it is an error, and nothing of which."""
SAMPLES: Final = frozenset({"string", "code", "errorcode", "somecode", "yourcode", "xxx"})
"""Examples that stand for any code. In a list of codes they are codes like others."""
SAMPLE_PAGES: Final = SAMPLES | {"outofcredit"}
"""Ends of addresses that do: the standard of problem details has one of its own."""

_PUNCTUATION: Final = re.compile(r"[^a-z0-9]+")


def plainly(name: str) -> str:
    """Return a name without case and punctuation."""
    return _PUNCTUATION.sub("", name.casefold())
