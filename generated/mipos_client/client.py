"""The two clients."""

import platform
from typing import Final

import httpx

from ._runtime.asynchronous import AsyncClient
from ._runtime.sync import SyncClient
from .api.orders import AsyncOrders, Orders
from .api.webhooks import AsyncWebhooks, Webhooks
from .document import PRODUCTION, VERSION
from .types import DEFAULT_RETRIES, Hook, Retries

_USER_AGENT: Final = (
    f"mipos-client/{VERSION} (httpx {httpx.__version__}; Python {platform.python_version()})"
)


class Mipos(SyncClient):
    """The platform; threads may share it.

        with Mipos(token) as mipos:
            mipos.webhooks.create(url="https://pos.example/orders")

    It keeps connections open for the next call until it is closed, at the end of the block or with
    `close()`. No call follows a redirect. Cookies
    are not kept, unless a client of your own keeps them.

    Args:
        token: The access token of the account. Nothing shows it.
        base_url: Where the platform is. It has to be https, unless it is this machine.
        timeout: Seconds, for connecting, each read, each write and a connection of the pool alike,
            or an `httpx.Timeout` with one value each. By default 5 s to connect and 30 s for the
            others; with `http_client`, what that client says.
        retries: How often a call is repeated where that is safe, or `Retries` with all there is to
            say about it. By default twice, within a minute.
        http_client: An `httpx.Client` of your own, with the proxies, certificates, limits and
            event hooks that you need. Its redirects and `auth` do not hold. It is not closed.
        hook: Called after each try of a call with an `Attempt`, for a log; it never sees the token.
            What it raises comes out of the call.

    Raises:
        ConfigurationError: An argument is not usable; nothing was sent.
    """

    _user_agent = _USER_AGENT

    def __init__(
        self,
        token: str,
        *,
        base_url: str = PRODUCTION,
        timeout: float | httpx.Timeout | None = None,
        retries: int | Retries = DEFAULT_RETRIES,
        http_client: httpx.Client | None = None,
        hook: Hook | None = None,
    ) -> None:
        super().__init__(
            token,
            base_url=base_url,
            timeout=timeout,
            retries=retries,
            http_client=http_client,
            hook=hook,
        )

    @property
    def webhooks(self) -> Webhooks:
        """Where the platform sends a POS its orders and asks it for its menu."""
        return Webhooks(self)

    @property
    def orders(self) -> Orders:
        """What a POS answers to an order that it received."""
        return Orders(self)


class AsyncMipos(AsyncClient):
    """The platform, to be awaited; tasks of an event loop may share it.

        async with AsyncMipos(token) as mipos:
            await mipos.webhooks.create(url="https://pos.example/orders")

    It keeps connections open for the next call until it is closed, at the end of the block or with
    `await mipos.close()`. No call follows a redirect. Cookies
    are not kept, unless a client of your own keeps them.

    Args:
        token: The access token of the account. Nothing shows it.
        base_url: Where the platform is. It has to be https, unless it is this machine.
        timeout: Seconds, for connecting, each read, each write and a connection of the pool alike,
            or an `httpx.Timeout` with one value each. By default 5 s to connect and 30 s for the
            others; with `http_client`, what that client says.
        retries: How often a call is repeated where that is safe, or `Retries` with all there is to
            say about it. By default twice, within a minute.
        http_client: An `httpx.AsyncClient` of your own, with the proxies, certificates, limits and
            event hooks that you need. Its redirects and `auth` do not hold. It is not closed.
        hook: Called after each try of a call with an `Attempt`, for a log; it never sees the token.
            What it raises comes out of the call.

    Raises:
        ConfigurationError: An argument is not usable; nothing was sent.
    """

    _user_agent = _USER_AGENT

    def __init__(
        self,
        token: str,
        *,
        base_url: str = PRODUCTION,
        timeout: float | httpx.Timeout | None = None,
        retries: int | Retries = DEFAULT_RETRIES,
        http_client: httpx.AsyncClient | None = None,
        hook: Hook | None = None,
    ) -> None:
        super().__init__(
            token,
            base_url=base_url,
            timeout=timeout,
            retries=retries,
            http_client=http_client,
            hook=hook,
        )

    @property
    def webhooks(self) -> AsyncWebhooks:
        """Where the platform sends a POS its orders and asks it for its menu."""
        return AsyncWebhooks(self)

    @property
    def orders(self) -> AsyncOrders:
        """What a POS answers to an order that it received."""
        return AsyncOrders(self)
