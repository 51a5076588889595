"""HTTP below the application: what uvicorn leaves open."""

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mipos_mock.asgi import ABORT

HEAD_MAX: Final = 64 * 1024
"""Bytes that the head of a request, its first line and headers, may have."""

REQUEST_MAX: Final = 4 * 1024 * 1024
"""Bytes that a request may have in all, however it is cut into chunks and trailers."""

_TEXT: Final = b"The head of the request has over %d bytes: send less." % HEAD_MAX
_REFUSAL: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: %d\r\nconnection: close\r\n\r\n%s" % (len(_TEXT), _TEXT)
)


class Protocol(HttpToolsProtocol):
    """Bounds what a request may take, and lets the application end the connection."""

    _received = 0
    _in_head = True

    def connection_made(  # type: ignore[override]  # as uvicorn does
        self, transport: asyncio.Transport
    ) -> None:
        """Begins to serve a client."""
        super().connection_made(transport)
        self._extensions: dict[str, dict[object, object]] = {ABORT: {"end": self._abort}}

    def data_received(self, data: bytes) -> None:
        """Takes in what the client has sent."""
        self._received += len(data)
        super().data_received(data)
        if self._received > HEAD_MAX and not self.transport.is_closing():
            if self._in_head:
                self._refuse()
            elif self._received > REQUEST_MAX:
                self.transport.abort()

    def on_headers_complete(self) -> None:
        """Ends the head of a request and lets the application answer."""
        self._in_head = False
        if self._received > HEAD_MAX and self._head_size() > HEAD_MAX:
            self._refuse()
            return
        self.scope["extensions"] = self._extensions
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Ends a request."""
        self._received, self._in_head = 0, True
        if not self.transport.is_closing():
            super().on_message_complete()

    def _head_size(self) -> int:
        # With each header come a colon, a blank and the end of a line.
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _refuse(self) -> None:
        self.transport.write(_REFUSAL)
        self.transport.close()

    def _abort(self) -> None:
        self.cycle.disconnected = True  # uvicorn need not be told that nothing was answered
        self.transport.abort()
