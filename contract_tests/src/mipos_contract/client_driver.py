"""The calls of the suite, sent through the client `mipos_client` in place of raw requests.

Each request that the client makes goes out by the target, so that the run's pace, budget, names,
tallies and secrets hold for it, and the answer is judged before the client sees it. So a defect
of the server is told as the server's, and all that is left is the client's.
"""

from __future__ import annotations

import asyncio
import math
import re
from dataclasses import asdict, replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self

import httpx

from mipos_client import AsyncMipos, Mipos, Retries
from mipos_contract import client_oracle
from mipos_contract.violation import Asked, ClientError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from mipos_contract.exchange import Call, Credentials, Exchange
    from mipos_contract.settings import OrderKey
    from mipos_contract.target import Target

# A call that the client repeats must be seen at once, and how long one takes is the run's business.
_RETRIES = Retries(backoff=0, budget=math.inf)
# What speaks of the body as it went over the network, and what would make the client wait.
_NOT_PASSED_ON = {"content-encoding", "content-length", "transfer-encoding", "retry-after"}


def method_of(operation_id: str) -> str:
    """Return where the client has an operation: `createWebhook` is `webhooks.create`."""
    verb, noun = re.findall("^[a-z]+|[A-Z][a-z]+", operation_id)
    return f"{noun.lower().removesuffix('s')}s.{verb}"


class ClientDriver:
    """Sends calls through the client, sync or awaited.

    Raises:
        mipos_client.ConfigurationError: the client refuses the address or the token.
    """

    def __init__(self, target: Target, *, awaited: bool) -> None:
        """Make the client of the run's account.

        Args:
            target: the server under test.
            awaited: whether to use the client that is awaited.
        """
        self._target = target
        self._relay = _Relay(target)
        self._way = (_Awaited if awaited else _Sync)(self._relay)
        self._clients: dict[str | None, Mipos | AsyncMipos] = {}
        self._client(target.account)

    def __enter__(self) -> Self:
        """Return the driver, which is closed at the end of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close what the clients have open."""
        self._way.close()

    def request(
        self, operation_id: str, credentials: Credentials | None = None, **fields: object
    ) -> Exchange:
        """Make a call, and check what is sent, what is answered, and what the client makes of it.

        Raises:
            ClientError: the client is at fault.
            ContractError: the answer is none that the document allows for this call.
            LookupError: the call must not be sent to this target; the test should not try.
        """
        call = self._target.call(operation_id, credentials, **fields)
        confined = self._target.confinement.confine(call)
        if confined is None:
            raise LookupError(f"{operation_id} with {fields} is outside the run's own names")

        def send(sent: Call) -> Exchange:
            exchange = self._target.send(sent)
            assert exchange is not None
            return exchange

        return self._judged(confined, send)

    def accept(self, order: OrderKey) -> Exchange:
        """Accept one of the orders that the run may accept, and check all of it likewise.

        Raises:
            ClientError: the client is at fault.
            ContractError: the answer is none that the document allows for this call.
            LookupError: the order is not one of them.
        """
        call = self._target.call("acceptOrder", None, **asdict(order))
        return self._judged(call, self._target.accept)

    def _judged(self, call: Call, send: Callable[[Call], Exchange]) -> Exchange:
        method = attrgetter(method_of(call.operation.id))(self._client(call.credentials))
        returned, raised = None, None
        self._relay.begin(call, send)
        try:
            returned = self._way.run(method(**(call.fields or {})))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is judged
            raised = error
        exchange = self._relay.end(raised)
        # The client is made for the document, from which this answer departs in a known way.
        if exchange.deviates:
            return exchange
        if raised is None:
            client_oracle.check_returned(exchange, returned)
        else:
            client_oracle.check_raised(exchange, raised)
        return exchange

    def _client(self, credentials: Credentials) -> Mipos | AsyncMipos:
        header = credentials.header
        if header not in self._clients:
            token = str(header).removeprefix("Bearer ")
            self._clients[header] = self._way.client(token, self._target.base_url)
        return self._clients[header]


class _Relay:
    """Passes one request of the client on to the target, and keeps what became of it."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def begin(self, call: Call, send: Callable[[Call], Exchange]) -> None:
        self._asked, self._send = Asked(call, self._target.base_url), send
        self._requests = 0
        self._exchange: Exchange | None = None
        self._error: BaseException | None = None

    def end(self, raised: Exception | None) -> Exchange:
        """Return the exchange.

        Raises:
            BaseException: what was wrong with the request or its answer, whatever the client made
                of that.
        """
        if self._error is not None:
            # Without what the client raised: it only knows that it was told nothing.
            raise self._error from None
        if self._exchange is None:
            seen = f"{type(raised).__name__}: {raised}" if raised else "no request"
            raise ClientError("sends nothing.", "one request for a call.", seen, self._asked)
        return self._exchange

    def answer(self, request: httpx.Request) -> httpx.Response:
        try:
            exchange = self._sent(request)
        except BaseException as error:
            self._error = self._error or error
            raise
        answer = exchange.answer
        headers = {
            name: value for name, value in answer.headers.items() if name not in _NOT_PASSED_ON
        }
        return httpx.Response(answer.status, headers=headers, content=answer.body)

    def _sent(self, request: httpx.Request) -> Exchange:
        self._requests += 1
        if self._requests > 1:
            seen = f"request {self._requests}, for one call"
            raise ClientError("sends a call again.", "one request for a call.", seen, self._asked)
        client_oracle.check_request(self._asked, request)
        call = self._asked.call
        # What it says is what was asked for; how it says it is up to the client.
        sent = call if call.body is None else replace(call, body=request.content)
        exchange = self._exchange = self._send(sent)
        return exchange


class _Transport(httpx.BaseTransport):
    def __init__(self, relay: _Relay) -> None:
        self._relay = relay

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._relay.answer(request)


class _AsyncTransport(httpx.AsyncBaseTransport):
    def __init__(self, relay: _Relay) -> None:
        self._relay = relay

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        # It blocks the event loop, on which nothing else runs.
        return self._relay.answer(request)


def _no_cookies() -> CookieJar:
    """Return a jar that stays empty, as a client without connections of one's own has it."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


class _Sync:
    """The client that blocks."""

    def __init__(self, relay: _Relay) -> None:
        self._http = httpx.Client(
            transport=_Transport(relay), cookies=_no_cookies(), trust_env=False
        )

    def client(self, token: str, base_url: str) -> Mipos:
        return Mipos(token, base_url=base_url, retries=_RETRIES, http_client=self._http)

    def run(self, outcome: object) -> object:
        return outcome

    def close(self) -> None:
        self._http.close()


class _Awaited:
    """The client that is awaited, with an event loop of its own."""

    def __init__(self, relay: _Relay) -> None:
        self._runner = asyncio.Runner()
        self._http = httpx.AsyncClient(
            transport=_AsyncTransport(relay), cookies=_no_cookies(), trust_env=False
        )

    def client(self, token: str, base_url: str) -> AsyncMipos:
        return AsyncMipos(token, base_url=base_url, retries=_RETRIES, http_client=self._http)

    def run(self, outcome: Any) -> object:  # noqa: ANN401 - a coroutine, if the client is right
        return self._runner.run(outcome)

    def close(self) -> None:
        self._runner.run(self._http.aclose())
        self._runner.close()
