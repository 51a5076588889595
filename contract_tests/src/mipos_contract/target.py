"""The server under test: calls go out here, and every answer is counted and checked here."""

from __future__ import annotations

import json
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mipos_contract import document, oracle
from mipos_contract.exchange import Call, Credentials, Exchange, shortened
from mipos_contract.tally import Tally
from mipos_contract.violation import BudgetError, ContractError, NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mipos_contract.confinement import Confinement
    from mipos_contract.secret import Secret
    from mipos_contract.settings import OrderKey
    from mipos_contract.wire import Wire

_MAX_SENT = 1_000
_BURST_ON_MOCK, _BURST = 20, 8
_FIRST_ERROR = 400
NO_CREDENTIALS = Credentials(header=None, shown=None, valid=False)
UNKNOWN_CREDENTIALS = Credentials(
    "Bearer mipos-contract-unknown", "Bearer mipos-contract-unknown", valid=False
)


def never(_violation: ContractError) -> bool:
    """Tolerate nothing."""
    return False


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
        wire: the connections to it.
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
        deviated: whether any answer so far was a known deviation.
        sent: what the current test has sent, a line each, the last ones if many.
        tolerates: whether a violation is a known deviation, which does not stop a test.
    """

    wire: Wire
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
    deviated: bool = False
    sent: deque[str] = field(default_factory=lambda: deque[str](maxlen=_MAX_SENT))
    tolerates: Callable[[ContractError], bool] = never

    @property
    def base_url(self) -> str:
        """Where requests go, without a slash at the end."""
        return self.wire.base_url

    @property
    def burst(self) -> int:
        """How many requests may be sent at the same time: no more than the rate allows."""
        rate = self.wire.pace.rate
        return _BURST_ON_MOCK if self.is_mock else max(2, min(_BURST, int(rate or _BURST)))

    def __repr__(self) -> str:
        """Return the address alone: a failing test prints it."""
        return f"Target({self.base_url})"

    def close(self) -> None:
        """Close the connections."""
        self.wire.close()

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

    def accept(self, call: Call) -> Exchange:
        """Send a call that accepts one of the orders that the run may accept, and check the answer.

        Raises:
            ContractError: the answer is none that the document allows for this call.
            LookupError: the call names another order.
        """
        if call.fields not in [asdict(order) for order in self.pending_orders]:
            raise LookupError(f"{call.fields} is not among the orders that the run may accept")
        return self._checked(call)

    def place_order(self, order: OrderKey) -> None:
        """Make an order pending on the mock, through its control interface.

        Raises:
            httpx.HTTPError: the mock refused it.
        """
        # Webhooks of a run point to nowhere, so that a push would only take time.
        self.wire.post_json("/_mock/orders", {**asdict(order), "push": False})
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

    def deliver(
        self, call: Call, timeout: float | None = None, *, beyond_budget: bool = False
    ) -> Exchange:
        """Send the call as it is, without confining, counting or checking.

        Args:
            call: what to send.
            timeout: seconds to wait for the answer, where they differ from the usual.
            beyond_budget: whether it goes even when the budget is used up, to clean up.

        Raises:
            BudgetError: the run may send no more.
            NoAnswerError: there was no answer.
        """
        return self.wire.send(call, self.hide, timeout=timeout, beyond_budget=beyond_budget)

    def together(self, calls: Sequence[Call]) -> list[Exchange]:
        """Send calls at the same time, each confined, and check each answer.

        Returns:
            The exchanges in the order of the calls.

        Raises:
            BudgetError: the run may not send so many.
            ContractError: an answer is none that the document allows for its call.
            LookupError: a call must not be sent to this target.
            NoAnswerError: one of them got no answer.
        """
        confined = [self.confinement.confine(call) for call in calls]
        sent = [call for call in confined if call is not None]
        if len(sent) < len(calls):
            raise LookupError(f"one of {calls} is outside the run's own names")
        self.wire.pace.wait(len(sent))
        ready = threading.Barrier(len(sent))

        def send(call: Call) -> Exchange:
            ready.wait()
            return self.wire.send(call, self.hide, paced=False)

        with ThreadPoolExecutor(len(sent)) as pool:
            answers = [pool.submit(send, call) for call in sent]
        # None of them is looked at before all of them are known to have ended.
        return [
            self._checked(call, answer.result) for call, answer in zip(sent, answers, strict=True)
        ]

    def webhooks(self, credentials: Credentials | None = None) -> list[str]:
        """Return the URLs that the target lists for an account, checked against the document."""
        exchange = self.request("listWebhooks", credentials)
        if exchange.answer.status != 200:
            raise ContractError(
                "no-success",
                "an account that is usable cannot list its webhooks.",
                "200.",
                exchange,
            )
        items: list[dict[str, Any]] = exchange.value
        return [item["url"] for item in items]

    def afterwards(self, exchange: Exchange) -> tuple[str, ...]:
        """Return what a failed call gets when it is sent again, and what is listed then."""
        call, found = exchange.call, list[str]()
        try:
            if exchange.answer.status >= _FIRST_ERROR:
                again = self.deliver(call)
                if again.answer.status not in {401, 409, 422}:
                    self._remember(call)
                found.append(f"the same again: {again.answer}")
            if "Webhook" in call.operation.id and call.credentials.valid:
                items: Any = self.deliver(self.call("listWebhooks", call.credentials)).value
                own = [each["url"] for each in items if self.confinement.owns(each["url"])]
                found.append(shortened(f"listed then: {', '.join(own) or 'nothing of the run'}"))
        except (BudgetError, NoAnswerError, ValueError, TypeError, KeyError):
            # It is a hint, and what it would tell may be broken too.
            pass
        return tuple(found)

    def _checked(self, call: Call, answer: Callable[[], Exchange] | None = None) -> Exchange:
        try:
            exchange = self.deliver(call) if answer is None else answer()
        except NoAnswerError as error:
            if not error.gone:
                self._remember(call)
            raise
        # Any other answer may have had an effect, whatever it says.
        if exchange.answer.status not in {401, 409, 422}:
            self._remember(call)
        self._forget(exchange)
        self.tally.add(exchange)
        self.sent.append(str(exchange))
        deviates = False

        def tolerate(violation: ContractError) -> bool:
            nonlocal deviates
            is_known = self.tolerates(violation)
            deviates = deviates or is_known
            return is_known

        oracle.check(exchange, assumptions=self.is_mock, tolerate=tolerate)
        self.deviated = self.deviated or deviates
        return replace(exchange, deviates=True) if deviates else exchange

    def _remember(self, call: Call) -> None:
        fields = call.fields or {}
        if call.operation.id == "deleteWebhook":
            return
        for name in ("url", "new_url"):
            if self.confinement.owns(fields.get(name)):
                self.touched.setdefault(call.credentials.account, {})[fields[name]] = None

    def _forget(self, exchange: Exchange) -> None:
        fields = exchange.call.fields or {}
        if exchange.call.operation.id == "deleteWebhook" and exchange.answer.status == 200:
            self.touched.get(exchange.call.credentials.account, {}).pop(fields.get("url", ""), None)

    def hide(self, text: str) -> str:
        """Return the text without the values that no message may show."""
        # The longest first, as one may be the beginning of another.
        for secret in sorted(self.secrets, key=lambda each: len(each.reveal()), reverse=True):
            text = secret.hide_in(text)
        return text
