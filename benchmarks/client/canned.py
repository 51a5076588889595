"""What answers in place of a server, at once and with fixed bytes."""

from typing import Final

import httpx

from benchmarks.client.operations import OPERATIONS

ADDRESS: Final = "http://127.0.0.1:1"
"""Where nothing listens."""
_ANSWERS: Final = {each.path: (each.status, each.answer) for each in OPERATIONS}
_HEADERS: Final = {"content-type": "application/json"}


def answer(request: httpx.Request) -> httpx.Response:
    """Returns the success of the operation that a request asks for."""
    status, body = _ANSWERS[request.url.path]
    return httpx.Response(status, content=body, headers=_HEADERS)


def transport() -> httpx.MockTransport:
    """Returns what sends nothing, for calls that block and calls to await alike."""
    return httpx.MockTransport(answer)
