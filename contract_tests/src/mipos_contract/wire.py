"""Requests and answers as they go over the network: timeouts, one retry, no cookies."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import httpx

from mipos_contract.exchange import Answer, Call, Credentials, Exchange
from mipos_contract.violation import NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from mipos_contract.pace import Pace

_PAUSE = 1.0
_MAX_BODY = 10_000_000
_MAX_CONNECTIONS = 32


class Wire:
    """The connections to one address.

    Attributes:
        base_url: without a slash at the end.
        pace: what it may send.
        timeout: seconds to wait for a connection, and for an answer.
        retried: how many requests were sent a second time.
    """

    def __init__(
        self,
        base_url: str,
        pace: Pace,
        timeout: float,
        *,
        trust_env: bool,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Open the connection pool.

        Args:
            base_url: without a slash at the end.
            pace: what it may send.
            timeout: seconds to wait for a connection, and for an answer.
            trust_env: whether a proxy of the environment is used.
            transport: what answers in place of the network, if anything does.
        """
        self.base_url = base_url
        self.pace = pace
        self.timeout = timeout
        self.retried = 0
        limits = httpx.Limits(max_connections=_MAX_CONNECTIONS)
        self._client = httpx.Client(trust_env=trust_env, transport=transport, limits=limits)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def post_json(self, path: str, body: object) -> None:
        """Send something that is no call of the API, to the mock's control interface.

        Raises:
            httpx.HTTPError: it was refused.
        """
        self._client.post(self.base_url + path, json=body).raise_for_status()

    def send(
        self,
        call: Call,
        hide: Callable[[str], str],
        *,
        timeout: float | None = None,
        beyond_budget: bool = False,
        paced: bool = True,
    ) -> Exchange:
        """Send a call and return its answer, whatever it is.

        A connection that cannot be made, or that breaks under a call which changes nothing, gets
        one second try. An answer never does.

        Args:
            call: what to send.
            hide: takes the secrets out of a text.
            timeout: seconds, where they differ from the usual.
            beyond_budget: whether it goes even when the budget is used up.
            paced: whether to wait for its turn; False if that was done.

        Raises:
            BudgetError: the run may send no more.
            NoAnswerError: there was no answer, or none that can be read.
        """
        if paced:
            self.pace.wait(beyond_budget=beyond_budget)
        limit = self.timeout if timeout is None else timeout
        try:
            try:
                return self._try(call, limit)
            except httpx.TransportError as error:
                if not _is_safe_to_repeat(call, error):
                    raise
            time.sleep(_PAUSE)
            self.retried += 1
            self.pace.wait(beyond_budget=beyond_budget)
            return self._try(call, limit)
        except KeyboardInterrupt:
            # Of its own, as the traceback of the first shows what was being sent.
            raise KeyboardInterrupt from None
        # ValueError: a host that cannot be encoded, or an answer that cannot be.
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            reason = hide(f"{type(error).__name__} {error}")
            gone = isinstance(error, httpx.ConnectError)
            raise NoAnswerError(reason, call, self.base_url, gone=gone) from None

    def _try(self, call: Call, timeout: float) -> Exchange:
        headers = {"Accept": "application/json"}
        if call.content_type is not None:
            headers["Content-Type"] = call.content_type
        # A cookie would sign in the calls that must come without a token.
        self._client.cookies.clear()
        deadline = time.monotonic() + timeout
        body = bytearray()
        with self._client.stream(
            call.method or call.operation.method,
            self.base_url + call.operation.path,
            content=call.body,
            headers=headers,
            timeout=timeout,
            auth=_Authorization(call.credentials),
        ) as response:
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > _MAX_BODY:
                    raise ValueError(f"the body has more than {_MAX_BODY:,} bytes")
                # The timeout of a read begins anew with each piece of the body.
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout(f"the body is not there after {timeout:g} seconds")
        answer = Answer(response.status_code, dict(response.headers), bytes(body))
        return Exchange(call, answer, self.base_url)


def _is_safe_to_repeat(call: Call, error: httpx.TransportError) -> bool:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return True
    is_broken = isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)
    return is_broken and (call.method or call.operation.method) == "GET"


class _Authorization(httpx.Auth):
    """Puts the header on at the last moment, so that no traceback has it among its values."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        if self._credentials.header is not None:
            request.headers["Authorization"] = self._credentials.header
        yield request
