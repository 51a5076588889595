"""Serving an ASGI application on a socket, for the command and for tests alike."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from socket import socket
from typing import TYPE_CHECKING

import uvicorn

from mipos_mock.protocol import Protocol
from mipos_mock.sockets import listen, url_of

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp


class _Server(uvicorn.Server):
    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        # An answer takes no time, so a connection that is still busy waits for the rest of a
        # request, which may never come.
        for connection in list(self.server_state.connections):
            connection.transport.close()
        await super().shutdown(sockets)


def server_of(app: "ASGIApp") -> uvicorn.Server:
    """Returns a server for an application; ``run(sockets=[...])`` serves it until told to stop.

    Only errors are logged, on standard error. Setting ``should_exit`` stops it from any thread.
    """
    return _Server(
        uvicorn.Config(
            app,
            http=Protocol,
            ws="none",
            lifespan="auto",
            interface="asgi3",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            # A client that reads nothing must not keep the server from stopping.
            timeout_graceful_shutdown=1,
        )
    )


@contextmanager
def running(app: "ASGIApp", host: str = "127.0.0.1", port: int = 0) -> Generator[str, None, None]:
    """Serves an application in a thread while the block runs, and yields its base URL.

    Raises:
        OSError: The host cannot be resolved or the address cannot be bound.
    """
    sock = listen(host, port)
    url = url_of(sock)
    server = server_of(app)
    thread = threading.Thread(target=server.run, args=([sock],), daemon=True)
    thread.start()
    try:
        yield url
    finally:
        server.should_exit = True
        thread.join()
