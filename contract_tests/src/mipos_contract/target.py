"""The server under test: calls go out here, and every answer is counted and checked here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from mipos_contract import document, oracle
from mipos_contract.exchange import Answer, Call, Credentials, Exchange
from mipos_contract.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Generator

    from mipos_contract.confinement import Confinement
    from mipos_contract.secret import Secret
    from mipos_contract.settings import OrderKey

TIMEOUT = 30.0
NO_CREDENTIALS = Credentials(header=None, shown=None, valid=False)
UNKNOWN_CREDENTIALS = Credentials(
    "Bearer mipos-contract-unknown", "Bearer mipos-contract-unknown", valid=False
)


def bearer(token: Secret, variable: str, *, valid: bool = True) -> Credentials:
    """Return the credentials for a token that the named environment variable holds."""
    return Credentials(
        header=f"Bearer {token.reveal()}",
        shown=f"Bearer ${variable}",
        valid=valid,
        account=variable,
    )


@dataclass(slots=True, repr=False)
class Target:
    """A running server and what the run may do with it.

    Attributes:
        base_url: without a slash at the end.
        account: credentials of the account that the run uses.
        other_account: credentials of a second account, if there is one.
        store_id: a store of the first account.
        pending_orders: orders that the run may accept.
        confinement: which names the run may use.
        secrets: values that no message may show.
        is_mock: whether the suite started it; then what rests on an `x-assumption` is demanded.
        tally: what was seen.
        used_orders: those of `pending_orders` that a test has taken.
        touched: by account, the run's URLs that may exist on the target, in order of sending.
    """

    base_url: str
    account: Credentials
    other_account: Credentials | None
    store_id: str
    pending_orders: tuple[OrderKey, ...]
    confinement: Confinement
    secrets: tuple[Secret, ...]
    is_mock: bool
    tally: Tally = field(default_factory=Tally)
    used_orders: list[OrderKey] = field(default_factory=list["OrderKey"])
    touched: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    _client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        """Open the connection pool; a proxy of the environment is not used for the mock."""
        self._client = httpx.Client(trust_env=not self.is_mock)

    def __repr__(self) -> str:
        """Return the address alone: a failing test prints it."""
        return f"Target({self.base_url})"

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(self, call: Call) -> Exchange | None:
        """Send a call, confined to the run's names, and check its answer.

        Returns:
            The call as it was sent with its answer, or None if it must not be sent.

        Raises:
            ContractError: the answer is none that the document allows for this call.
            NoAnswerError: the connection broke.
        """
        confined = self.confinement.confine(call)
        if confined is None:
            return None
        return self._checked(confined)

    def accept_pending(
        self, order: OrderKey, credentials: Credentials | None = None, **changed: str
    ) -> Exchange:
        """Accept one of the orders that the run may accept, and check the answer.

        Args:
            order: the order.
            credentials: whose token to send; the account's by default.
            changed: fields of the request that shall differ from the order.

        Raises:
            ContractError: the answer is none that the document allows for this call.
            LookupError: the order is not one of them.
        """
        if order not in self.pending_orders:
            raise LookupError(f"{order} is not among the orders that the run may accept")
        fields = {**asdict(order), **changed}
        return self._checked(self.call("acceptOrder", credentials, **fields))

    def place_order(self, order: OrderKey) -> None:
        """Make an order pending on the mock, through its control interface.

        Raises:
            httpx.HTTPError: the mock refused it.
        """
        response = self._client.post(f"{self.base_url}/_mock/orders", json=asdict(order))
        response.raise_for_status()
        self.pending_orders = (*self.pending_orders, order)

    def request(
        self, operation_id: str, credentials: Credentials | None = None, **fields: object
    ) -> Exchange:
        """Send a well-formed request with these fields and check its answer.

        Raises:
            ContractError: the answer is none that the document allows for this call.
            LookupError: the call must not be sent to this target; the test should not try.
        """
        exchange = self.send(self.call(operation_id, credentials, **fields))
        if exchange is None:
            raise LookupError(f"{operation_id} with {fields} is outside the run's own names")
        return exchange

    def call(
        self, operation_id: str, credentials: Credentials | None = None, **fields: object
    ) -> Call:
        """Return a request with these fields and the documented content type."""
        operation = document.operations()[operation_id]
        body = None if operation.content_type is None else json.dumps(fields).encode()
        return Call(operation, credentials or self.account, body, operation.content_type)

    def deliver(self, call: Call, timeout: float = TIMEOUT) -> Exchange:
        """Send the call as it is, without confining, counting or checking.

        Args:
            call: what to send.
            timeout: seconds to wait for a connection and for each part of the answer.

        Raises:
            NoAnswerError: the connection broke.
        """
        headers = {"Accept": "application/json"}
        if call.content_type is not None:
            headers["Content-Type"] = call.content_type
        url = self.base_url + call.operation.path
        method = call.method or call.operation.method
        # A cookie would sign in the calls that must come without a token.
        self._client.cookies.clear()
        try:
            response = self._client.request(
                method,
                url,
                content=call.body,
                headers=headers,
                timeout=timeout,
                auth=_Authorization(call.credentials),
            )
        except KeyboardInterrupt:
            # Of its own, as the traceback of the first shows what was being sent.
            raise KeyboardInterrupt from None
        # ValueError: a host that cannot be encoded, or an answer that cannot be.
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            message = self.hide(f"{type(error).__name__} {error}")
            curl = call.curl(self.base_url)
            raise NoAnswerError(
                f"{call.operation.id}: no answer that can be read: {message}\n  request:  {curl}",
                gone=isinstance(error, httpx.ConnectError),
            ) from None
        answer = Answer(response.status_code, dict(response.headers), response.content)
        return Exchange(call, answer, self.base_url)

    def webhooks(self, credentials: Credentials | None = None) -> list[str]:
        """Return the URLs that the target lists for an account, checked against the document."""
        exchange = self.request("listWebhooks", credentials)
        if exchange.answer.status != 200:
            raise oracle.ContractError(
                "an account that is usable cannot list its webhooks.", "200.", exchange
            )
        items: list[dict[str, Any]] = exchange.value
        return [item["url"] for item in items]

    def _checked(self, call: Call) -> Exchange:
        try:
            exchange = self.deliver(call)
        except NoAnswerError as error:
            if not error.gone:
                self._remember(call)
            raise
        # Any other answer may have had an effect, whatever it says.
        if exchange.answer.status not in {401, 409, 422}:
            self._remember(call)
        self.tally.add(exchange)
        oracle.check(exchange, assumptions=self.is_mock)
        return exchange

    def _remember(self, call: Call) -> None:
        fields = call.fields or {}
        if call.operation.id == "deleteWebhook":
            return
        for name in ("url", "new_url"):
            if self.confinement.owns(fields.get(name)):
                self.touched.setdefault(call.credentials.account, {})[fields[name]] = None

    def hide(self, text: str) -> str:
        """Return the text without the values that no message may show."""
        for secret in self.secrets:
            text = secret.hide_in(text)
        return text


class _Authorization(httpx.Auth):
    """Puts the header on at the last moment, so that no traceback has it among its values."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        if self._credentials.header is not None:
            request.headers["Authorization"] = self._credentials.header
        yield request


class NoAnswerError(AssertionError):
    """No answer came. The text holds the request as a curl line.

    Attributes:
        gone: whether not even a connection could be made, so that nothing was sent.
    """

    def __init__(self, message: str, *, gone: bool) -> None:
        super().__init__(message)
        self.gone = gone
