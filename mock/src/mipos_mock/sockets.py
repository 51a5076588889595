"""Listening sockets, bound before a server is there to accept on them."""

import socket
import sys


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
