"""Servers that do what the mock server does not: nonsense, silence, and nothing at all."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

PATIENCE: Final = 20
"""Seconds after which a test has failed, however busy the machine is."""


@contextmanager
def listening() -> Iterator[tuple[str, socket.socket]]:
    """Listen, and leave it to the test to accept and to answer; or to do neither."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", listener


@contextmanager
def sending(answer: bytes) -> Iterator[str]:
    """Answer every request with these bytes, and close the connection."""

    def serve(listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    connection.settimeout(PATIENCE)
                    connection.recv(65_536)
                    connection.sendall(answer)

    with listening() as (address, listener):
        thread = threading.Thread(target=serve, args=[listener])
        thread.start()
        try:
            yield address
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(PATIENCE)


def response(status: int, body: str | bytes, *headers: str) -> bytes:
    """Return a response as it goes over the wire."""
    content = body.encode() if isinstance(body, str) else body
    head = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(content)}", *headers]
    return "\r\n".join([*head, "Connection: close", "", ""]).encode() + content


def unused_address() -> str:
    """Return an address where nothing listens."""
    with listening() as (address, _):
        return address
