"""The least that a server on uvicorn can do: the same two bytes for every request.

Run it with a port as its argument. The settings are those that the mock serves with.
"""

import sys
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

HEADERS = [(b"content-type", b"application/json"), (b"content-length", b"2")]


async def app(_scope: "Scope", _receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
    """Answers 200 and an empty JSON array, and does not read the request."""
    await send(
        {"type": "http.response.start", "status": 200, "headers": HEADERS, "trailers": False}
    )
    await send({"type": "http.response.body", "body": b"[]", "more_body": False})


if __name__ == "__main__":
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        http="httptools",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
