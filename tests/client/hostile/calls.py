"""Every operation as a call, sync and async."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import httpx

from mipos_client import (
    AsyncMipos,
    AuthenticationError,
    ConflictError,
    Mipos,
    ResponseError,
    UnexpectedStatusError,
    ValidationError,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from mipos_client import Attempt, Retries

Style = Literal["sync", "async"]
STYLES: Final[tuple[Style, ...]] = ("sync", "async")
BASE_URL: Final = "http://127.0.0.1:8080"
URL: Final = "https://pos.example/orders"

_REFUSALS: Final = {401: AuthenticationError, 409: ConflictError}
_WITH_FIELDS: Final = {**_REFUSALS, 422: ValidationError}
_MESSAGE: Final = b'{"message": "Done.", "data": null}'


@dataclass(frozen=True)
class Call:
    """One operation, and what the document says of its answers."""

    name: str
    success: int
    body: bytes
    errors: Mapping[int, type[ResponseError]]
    sync: Callable[[Mipos], object]
    awaited: Callable[[AsyncMipos], Awaitable[object]]

    def __str__(self) -> str:
        """Return the name, which is the id of a test."""
        return self.name

    def error(self, status: int) -> type[ResponseError]:
        """Return the class of a status that is no success."""
        return self.errors.get(status, UnexpectedStatusError)

    def of(  # noqa: PLR0913  the options of a client
        self,
        style: Style,
        *,
        base_url: str = BASE_URL,
        token: str = "mock-token-alpha",  # noqa: S107  public by design
        handler: Callable[[httpx.Request], httpx.Response] | None = None,
        timeout: float | None = None,
        retries: int | Retries = 0,
        hook: Callable[[Attempt], None] | None = None,
    ) -> object:
        """Call once, through a client of its own, and return the value.

        The answer comes from the handler if there is one, and from `base_url` otherwise.
        """
        mock = None if handler is None else httpx.MockTransport(handler)
        if style == "sync":
            # A mock has nothing to close.
            http = None if mock is None else httpx.Client(transport=mock)
            with Mipos(
                token,
                base_url=base_url,
                timeout=timeout,
                retries=retries,
                http_client=http,
                hook=hook,
            ) as mipos:
                return self.sync(mipos)

        async def awaited() -> object:
            http = None if mock is None else httpx.AsyncClient(transport=mock)
            async with AsyncMipos(
                token,
                base_url=base_url,
                timeout=timeout,
                retries=retries,
                http_client=http,
                hook=hook,
            ) as mipos:
                return await self.awaited(mipos)

        return asyncio.run(awaited())


CREATE: Final = Call(
    "create",
    201,
    _MESSAGE,
    _WITH_FIELDS,
    lambda mipos: mipos.webhooks.create(url=URL),
    lambda mipos: mipos.webhooks.create(url=URL),
)
LIST: Final = Call(
    "list",
    200,
    b'[{"url": "https://pos.example/orders"}]',
    _REFUSALS,
    lambda mipos: mipos.webhooks.list(),
    lambda mipos: mipos.webhooks.list(),
)
CALLS: Final = (
    CREATE,
    Call(
        "update",
        200,
        _MESSAGE,
        _WITH_FIELDS,
        lambda mipos: mipos.webhooks.update(current_url=URL, new_url=f"{URL}/2"),
        lambda mipos: mipos.webhooks.update(current_url=URL, new_url=f"{URL}/2"),
    ),
    Call(
        "delete",
        200,
        _MESSAGE,
        _WITH_FIELDS,
        lambda mipos: mipos.webhooks.delete(url=URL),
        lambda mipos: mipos.webhooks.delete(url=URL),
    ),
    LIST,
    Call(
        "accept",
        200,
        b'{"message": ["Done."], "data": null}',
        _WITH_FIELDS,
        lambda mipos: mipos.orders.accept(delivery_id="1", store_id="3", order_external_id="one"),
        lambda mipos: mipos.orders.accept(delivery_id="1", store_id="3", order_external_id="one"),
    ),
)
