"""Serving an ASGI application on a socket, for the command and for tests alike."""

import socket
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp


def listen(host: str, port: int) -> socket.socket:
    """Returns a socket that listens on a host and port; port 0 is a free one.

    Raises:
        OSError: The host cannot be resolved or the address cannot be bound.
    """
    # Without an explicit protocol the plain asyncio loop sets no TCP_NODELAY on what the
    # socket accepts, which then costs 40 ms a request.
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
    )[0]
    sock = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen()
    except OSError:
        sock.close()
        raise
    return sock


def url_of(sock: socket.socket) -> str:
    """Returns the base URL of a listening socket, without a slash at its end."""
    host, port = sock.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server_of(app: "ASGIApp") -> "uvicorn.Server":
    """Returns a server for an application; ``run(sockets=[...])`` serves it until told to stop.

    Only errors are logged, on standard error. Setting ``should_exit`` stops it from any thread.
    """
    import uvicorn  # noqa: PLC0415 - slow to import, and not needed to report a port in use

    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="httptools",
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            # A client that never ends its request must not keep the server from stopping.
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
