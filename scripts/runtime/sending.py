"""Sending one try through a client of httpx, and reading its answer within bounds."""

import time
from typing import Final

import httpx

from .transports import BROKEN, DEADLINE

BODY: Final = "mipos_client.body"
"""Extension of a response: its body, or what arrived of it."""
MAX_BODY: Final = 64 * 2**20
ENCODINGS: Final = frozenset({"", "identity", "gzip", "deflate"})
UNREADABLE: Final = (httpx.HTTPError, httpx.StreamError, ValueError, OSError, EOFError)
"""What a hostile answer makes httpx raise while a body is read and decompressed."""
UNSENDABLE: Final = (*UNREADABLE, httpx.InvalidURL)
"""What one makes it raise before there is an answer to read."""


class _Body:
    """The chunks of a body, bounded in size and time."""

    def __init__(self, request: httpx.Request) -> None:
        self._chunks = list[bytes]()
        self._size = 0
        self._deadline: float = request.extensions[DEADLINE]

    def add(self, chunk: bytes) -> None:
        """Keep a chunk.

        Raises:
            ValueError: The body is too long, or took too long.
        """
        self._size += len(chunk)
        if self._size > MAX_BODY:
            raise ValueError(f"the body is longer than {MAX_BODY // 2**20} MiB")
        self._chunks.append(chunk)
        if time.monotonic() > self._deadline:
            raise ValueError("the body did not end within the budget of the call")

    def into(self, response: httpx.Response, broken: str | None) -> None:
        """Hand the body to the response, with the reason if it is not whole."""
        response.extensions[BODY] = b"".join(self._chunks)
        if broken is not None:
            response.extensions[BROKEN] = broken


def _refuse_encoding(response: httpx.Response) -> None:
    """Return if the body can be decompressed within bounds.

    Raises:
        ValueError: Its encoding is none that was asked for, or one within another, of which a few
            bytes can become gigabytes before they can be counted.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ENCODINGS:
        raise ValueError("the body has an encoding that was not asked for")


class ClientTransport(httpx.BaseTransport):
    """Sends through a client, so that its proxies, certificates and event hooks hold."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request once, follow no redirect, and read the answer.

        Raises:
            httpx.TransportError: There is no answer.
        """
        try:
            response = self._client.send(request, auth=None, follow_redirects=False, stream=True)
        except httpx.HTTPStatusError as error:
            # An event hook of the caller's client refused it. The status decides all the same.
            response = error.response
        except httpx.TransportError:
            raise
        except UNSENDABLE as error:
            # Of a kind that is not repeated: it would be the same again.
            raise httpx.LocalProtocolError(str(error) or type(error).__name__) from error
        body, broken = _Body(request), None
        try:
            _refuse_encoding(response)
            for chunk in response.iter_bytes():
                body.add(chunk)
        except UNREADABLE as error:
            broken = str(error) or type(error).__name__
        finally:
            response.close()
        body.into(response, broken)
        return response


class AsyncClientTransport(httpx.AsyncBaseTransport):
    """Sends through a client, so that its proxies, certificates and event hooks hold."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request once, follow no redirect, and read the answer.

        Raises:
            httpx.TransportError: There is no answer.
        """
        try:
            response = await self._client.send(
                request, auth=None, follow_redirects=False, stream=True
            )
        except httpx.HTTPStatusError as error:
            # An event hook of the caller's client refused it. The status decides all the same.
            response = error.response
        except httpx.TransportError:
            raise
        except UNSENDABLE as error:
            # Of a kind that is not repeated: it would be the same again.
            raise httpx.LocalProtocolError(str(error) or type(error).__name__) from error
        body, broken = _Body(request), None
        try:
            _refuse_encoding(response)
            async for chunk in response.aiter_bytes():
                body.add(chunk)
        except UNREADABLE as error:
            broken = str(error) or type(error).__name__
        finally:
            await response.aclose()
        body.into(response, broken)
        return response
