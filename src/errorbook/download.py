"""What stands at an address: over HTTPS alone, within limits of size and time."""

from __future__ import annotations

import ipaddress
import time
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from errorbook.problems import printable, shortened
from errorbook.published import MAX_BYTES

PATIENCE: Final = 10.0
"""Seconds that the server may be silent."""
LONGEST: Final = 30.0
"""Seconds that everything may take."""
_PIECE: Final = 64 * 1024


class AddressError(ValueError):
    """An address that is not asked."""


class DownloadError(OSError):
    """An address did not give what it was asked for."""


def download(address: str) -> bytes:
    """Return what ``address`` holds.

    Raises:
        AddressError: if it is not asked: it must be https, but for one of this machine.
        DownloadError: if it could not be had.
    """
    check_address(address)
    until = time.monotonic() + LONGEST
    request = Request(address, headers={"Accept": "application/json", "User-Agent": "errorbook"})  # noqa: S310  # checked
    try:
        with build_opener(_SafeRedirects()).open(request, timeout=PATIENCE) as answer:
            return _read(answer, until)
    except HTTPError as error:
        error.close()
        raise _failed(address, f"the server answered {error.code}") from None
    except URLError as error:
        raise _failed(address, str(error.reason)) from None
    except (OSError, HTTPException, ValueError) as error:
        raise _failed(address, str(error) or type(error).__name__) from None


def _read(answer: HTTPResponse, until: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := answer.read1(_PIECE):
        size += len(piece)
        if size > MAX_BYTES:
            raise DownloadError(f"it is larger than the {MAX_BYTES:,} bytes that are read")
        if time.monotonic() > until:
            raise DownloadError(f"it took longer than {LONGEST:.0f} seconds")
        pieces.append(piece)
    return b"".join(pieces)


class _SafeRedirects(HTTPRedirectHandler):
    """Follows redirects only to addresses that would be asked themselves."""

    def redirect_request(  # noqa: PLR0913, PLR0917  # as in the base class
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        check_address(newurl)
        if req.type == "https" and urlsplit(newurl).scheme != "https":
            raise AddressError("it leads away from https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def check_address(address: str) -> None:
    """Refuse what is not asked.

    Raises:
        AddressError: with the reason.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError as error:
        raise AddressError(f"it is no address: {error}") from None
    if parts.username is not None or parts.password is not None:
        raise AddressError("an address with a user's name or password is not asked")
    if not host or not address.isprintable() or any(sign.isspace() for sign in address):
        raise AddressError("it is no address")
    if parts.scheme == "https" or (parts.scheme == "http" and _is_own(host)):
        return
    raise AddressError("only https addresses are asked, and http ones of this machine")


def _is_own(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _failed(address: str, why: str) -> DownloadError:
    return DownloadError(printable(f"{shortened(address)}: {why}").replace("\n", " "))
