"""The client to await."""

from types import TracebackType
from typing import Self

import httpx
from attrs import AttrsInstance

from .clients import (
    LIMITS,
    BaseClient,
    checked_http_client,
    checked_options,
    discreet,
    no_cookies,
)
from .operations import Operation, Value
from .retries import Retries
from .sending import AsyncClientTransport
from .transports import AsyncRetryTransport, Hook


class AsyncClient(BaseClient[httpx.AsyncClient]):
    """Sends operations; tasks of one event loop may share it."""

    def __init__(
        self,
        token: str,
        *,
        base_url: str,
        timeout: float | httpx.Timeout | None,
        retries: int | Retries,
        http_client: httpx.AsyncClient | None,
        hook: Hook | None,
    ) -> None:
        if http_client is not None:
            checked_http_client(http_client, httpx.AsyncClient, self)
        self._options = checked_options(token, base_url, timeout, retries, http_client)
        self._owned = http_client is None
        self._http = http_client or httpx.AsyncClient(
            cookies=no_cookies(), headers={"User-Agent": self._user_agent}, limits=LIMITS
        )
        self._transport = AsyncRetryTransport(
            AsyncClientTransport(self._http), hook=discreet(hook, self._options.token)
        )

    async def call(self, operation: Operation[Value], body: AttrsInstance | None = None) -> Value:
        """Call an operation and return what its success holds.

        Raises:
            MiposError: It did not succeed.
        """
        request = self._request(operation, body)
        try:
            response = await self._transport.handle_async_request(request)
        except httpx.TransportError as error:
            failure = self._failure(operation, request, error)
        else:
            return operation.value(request, response, self._options.token)
        try:
            # Here, and not above, where the error would be its context.
            raise failure
        finally:
            # Else this frame and the error hold each other.
            del failure

    async def close(self) -> None:
        """Close the connections, unless they belong to a client of one's own or to an original."""
        if self._owned:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        """Return the client, which is closed at the end of the block."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connections."""
        await self.close()
