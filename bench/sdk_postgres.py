"""A PostgreSQL server that answers every query with one error, for a real libpq to read."""

from __future__ import annotations

import socketserver
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread

_PASSWORD, _QUERY, _SYNC, _END = b"p", b"Q", b"S", b"X"
_READY = b"Z" + struct.pack("!i", 5) + b"I"


class FailingServer(socketserver.ThreadingTCPServer):
    """Answers each query with ``fields``, an ErrorResponse by the letters of the protocol."""

    daemon_threads = True
    fields: Mapping[bytes, bytes]

    @property
    def port(self) -> int:
        """The free port it was given."""
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: FailingServer

    def handle(self) -> None:
        """Let anybody in who gives a password, then fail whatever is asked."""
        (length,) = struct.unpack("!i", self.rfile.read(4))
        self.rfile.read(length - 4)
        self._send(b"R", struct.pack("!i", 3))  # the password, please
        while kind := self.rfile.read(1):
            (length,) = struct.unpack("!i", self.rfile.read(4))
            self.rfile.read(length - 4)
            if kind == _PASSWORD:
                self._send(b"R", struct.pack("!i", 0))
                self._send(b"S", b"client_encoding\0UTF8\0")
                self._send(b"S", b"server_version\x0018.0\0")
                self.wfile.write(_READY)
            elif kind in (_QUERY, _SYNC):
                fields = (letter + text + b"\0" for letter, text in self.server.fields.items())
                self._send(b"E", b"".join(fields) + b"\0")
                self.wfile.write(_READY)
            elif kind == _END:
                return

    def _send(self, kind: bytes, content: bytes) -> None:
        self.wfile.write(kind + struct.pack("!i", len(content) + 4) + content)


@contextmanager
def failing_server() -> Iterator[FailingServer]:
    """Serve on this machine alone, on a free port."""
    with FailingServer(("127.0.0.1", 0), _Session) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
