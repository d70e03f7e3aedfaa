"""The server: one socket, a line when it accepts connections, and a quiet end."""

from __future__ import annotations

import errno
import ipaddress
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn

from errorbook.catalog import Catalog
from errorbook.catalog.audience import Audience
from errorbook.checks.printing import one_line
from errorbook.mock.app import app_of, served_of
from errorbook.mock.index import totals
from errorbook.mock.origins import LOCALHOST

_ENDS: Final = (signal.SIGINT, signal.SIGTERM)
_PATIENCE: Final = 1
"""Seconds that requests under way get when the server ends."""
_BACKLOG: Final = 128

Say = Callable[[str], None]


class ListenError(OSError):
    """The address cannot be listened at; the text says what to do."""


def serve(  # noqa: PLR0913  # what it tells, and whom
    catalog: Catalog,
    address: tuple[str, int],
    *,
    say: Say,
    warn: Say,
    log: Say | None = None,
    audience: Audience = "public",
) -> None:
    """Serve what ``audience`` may read of ``catalog`` until SIGINT or SIGTERM comes.

    ``say`` is told once connections are accepted, and where; ``log`` of each request; ``warn``
    when not only this machine can reach ``address``, which is a host and a port.

    Raises:
        ListenError: if nothing can listen there.
    """
    seen = served_of(catalog, audience)
    host, port = address
    with _listening(host, port) as listener:
        bound, real_port = listener.getsockname()[:2]
        is_local = ipaddress.ip_address(bound.partition("%")[0]).is_loopback
        if not is_local:
            warn(
                f"errorbook mock: warning: anyone on the network can reach {one_line(host)}; "
                "--host 127.0.0.1 is for this machine alone"
            )
        config = uvicorn.Config(
            app_of(seen, log, (LOCALHOST, host) if is_local else None),
            loop="asyncio",
            http="h11",  # it passes paths on as they were sent
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
        shown = f"[{host}]" if ":" in host else host
        internal = ", for the internal audience," if audience == "internal" else ""
        ready = f"errorbook mock: {totals(seen)}{internal} at http://{one_line(shown)}:{real_port}"
        _Server(config, lambda: say(f"{ready} (Ctrl+C ends it)")).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Says when it is ready, and takes a signal for the end of its work, not for a failure."""

    def __init__(self, config: uvicorn.Config, when_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_ready = when_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._when_ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle signals as the base class does, but do not raise them again afterwards."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {one: signal.signal(one, self._end) for one in _ENDS}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens at the first address of ``host`` that can be had."""
    if not host:
        raise ListenError("--host takes an address of this machine")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise ListenError(f"{host} is no address: --host takes one of this machine") from error
    refusal = OSError("it has no address")
    for family, kind, protocol, _, address in found:
        try:
            return _bound(socket.socket(family, kind, protocol), address)
        except OSError as error:
            refusal = error
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                break
    raise ListenError(_why(refusal, host, port)) from refusal


def _bound(listener: socket.socket, address: tuple[object, ...]) -> socket.socket:
    try:
        if os.name == "posix":
            # The port of a server that has just ended is free; elsewhere, one in use would be too.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _why(refusal: OSError, host: str, port: int) -> str:
    if refusal.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is in use: name another with --port, or 0 for any free one"
    if refusal.errno == errno.EACCES:
        return f"port {port} of {host} may not be used by you: name one above 1023 with --port"
    if refusal.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this machine: --host takes one that is"
    return f"port {port} of {host}: {refusal.strerror or refusal}"
