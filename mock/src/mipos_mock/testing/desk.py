"""What one test does with the sandbox. All of it belongs to the engine's loop."""

import asyncio
import json
from collections.abc import Iterator

from mipos_mock.journal import Call, Entry, Note
from mipos_mock.operations import OPERATIONS, handle
from mipos_mock.placing import Wish
from mipos_mock.pushes import Push, PushStatus
from mipos_mock.refusal import Refused, shorten
from mipos_mock.sandbox import Sandbox
from mipos_mock.state import Account, Fault
from mipos_mock.testing import views
from mipos_mock.testing.records import Call as CallRecord
from mipos_mock.testing.records import Menu, Order, Webhook
from mipos_mock.testing.records import Push as PushRecord
from mipos_mock.testing.timeline import entries_of, text


class WaitError(AssertionError):
    """What a test waited for did not happen. The text shows what did."""


class Desk:
    """One account of the sandbox, and nothing of the others.

    Attributes:
        account: The account.
        closed: Whether it is gone, so that nothing can be done any more.
    """

    def __init__(self, sandbox: Sandbox, account: Account, former: frozenset[str]) -> None:
        """Looks at an account from now on.

        Args:
            sandbox: The platform.
            account: The account.
            former: Tokens of accounts that were there before.
        """
        self.account = account
        self.closed = False
        self._sandbox = sandbox
        self._former = former
        self._since = sandbox.journal.last

    def check_open(self) -> None:
        """Refuses to go on with an account that is gone.

        Raises:
            RuntimeError: It is.
        """
        __tracebackhide__ = True
        if self.closed:
            raise RuntimeError("this mock has ended with its test: use it only while that runs")

    def add_webhook(self, url: str, kind: str) -> None:
        """Registers a webhook as the API does.

        Raises:
            Refused: The API would not.
        """
        body = json.dumps({"url": url, "type": kind}).encode()
        create = OPERATIONS["create_webhook"]
        answer = handle(create, self._sandbox.state, self.account, "application/json", body)
        if answer.status != 201:  # noqa: PLR2004 - an HTTP status
            told = json.dumps(answer.body)
            raise Refused(f"no webhook can be {shorten(url)!r} of type {kind!r}: {told}")
        self._sandbox.commit()
        note = Note("control", f"webhook {url} ({kind}) registered")
        self._sandbox.journal.add(self.account.name, note)

    def place_order(self, wish: Wish) -> Order:
        """Places an order.

        Raises:
            Refused: As `Sandbox.place_order`.
        """
        return views.order(self._sandbox.place_order(wish))

    async def burst(self, count: int, per_second: float, scenario: str) -> list[Order]:
        """Places so many orders, so many a second.

        Raises:
            Refused: As for one order.
        """
        self.check_open()
        wish = Wish(self.account.name, scenario=scenario)
        loop = asyncio.get_running_loop()
        start = loop.time()
        orders: list[Order] = []
        for number in range(count):
            await asyncio.sleep(start + number / per_second - loop.time())
            orders.append(self.place_order(wish))
        return orders

    async def accepted(self, order: Order, seconds: float) -> Order:
        """Returns an order once it is accepted.

        Raises:
            WaitError: It is not in time; the text shows what happened.
        """
        self.check_open()
        found = self._sandbox.find_order(str(order.id))
        try:
            await self._sandbox.wait_accepted(found, seconds)
        except Refused:
            raise self._failure(f"{_name(order)} was not accepted within {seconds:g} s") from None
        return views.order(found)

    async def delivered(self, what: Order | PushRecord, seconds: float) -> list[PushRecord]:
        """Returns a push, or those of an order, once delivered.

        Raises:
            WaitError: They are not in time, or given up; the text shows what happened.
        """
        self.check_open()
        if isinstance(what, Order):
            pushes = [each for each in self._pushes() if each.order_id == what.id]
            if not pushes:
                raise self._failure(f"{_name(what)} has no push that could be delivered")
        else:
            pushes = [self._sandbox.find_push(what.id)]
        end = asyncio.get_running_loop().time() + seconds
        for push in pushes:
            try:
                left = max(0.0, end - asyncio.get_running_loop().time())
                await self._sandbox.wait_ended(push, left)
            except Refused:
                raise self._failure(
                    f"push {push.id} to {push.url} was not delivered within {seconds:g} s"
                ) from None
            if push.status is not PushStatus.DELIVERED:
                raise self._failure(f"push {push.id} to {push.url} is {push.status}")
        return views.pushes(pushes, self._sandbox.journal)

    def pull_menu(self, store_id: str | None) -> list[PushRecord]:
        """Asks the Menu webhooks for a store's menu.

        Raises:
            Refused: There are none, or the store is not of the account.
        """
        pushes = self._sandbox.pull_menu(self.account.name, store_id)
        return views.pushes(pushes, self._sandbox.journal)

    def replay(self, push: PushRecord) -> PushRecord:
        """Sends the bytes of a push again.

        Raises:
            Refused: Its webhook is gone.
        """
        again = self._sandbox.replay(self._sandbox.find_push(push.id))
        return views.pushes([again], self._sandbox.journal)[0]

    def set_fault(self, fault: Fault) -> None:
        """Sets a fault.

        Raises:
            Refused: It is none that there can be.
        """
        self._sandbox.set_fault(fault)

    def clear_faults(self) -> None:
        """Removes every fault of the account."""
        self._sandbox.remove_faults(self.account.name, None)

    async def advance(self, seconds: float) -> None:
        """Sets the clock ahead, and returns once what fell due was done."""
        self.check_open()
        await self._sandbox.advance(seconds)

    def calls(self) -> list[CallRecord]:
        """Returns the API calls, the oldest first."""
        return [
            views.call(entry.at, entry.event)
            for entry in self._entries()
            if isinstance(entry.event, Call)
        ]

    def pushes(self) -> list[PushRecord]:
        """Returns the pushes, the oldest first."""
        return views.pushes(self._pushes(), self._sandbox.journal)

    def orders(self) -> list[Order]:
        """Returns the orders in order of arrival."""
        return [
            views.order(each)
            for each in self._sandbox.state.orders.values()
            if each.key.store_id in self.account.stores
        ]

    def webhooks(self) -> list[Webhook]:
        """Returns the webhooks in order of creation."""
        return views.webhooks(self.account)

    def menus(self) -> list[Menu]:
        """Returns the menus that were answered."""
        return [
            views.menu(each)
            for each in self._sandbox.state.menus.values()
            if each.account == self.account.name
        ]

    def timeline(self) -> str:
        """Returns what happened, in lines."""
        return text(self._sandbox, self.account, self._entries())

    def _pushes(self) -> Iterator[Push]:
        for push in self._sandbox.state.pushes.values():
            if push.account == self.account.name:
                yield push

    def _entries(self) -> Iterator[Entry]:
        return entries_of(self._sandbox.journal, self.account, self._since, self._former)

    def _failure(self, what: str) -> WaitError:
        lines = "".join(f"\n  {line}" for line in self.timeline().splitlines())
        return WaitError(f"{what}. What happened:{lines}")


def _name(order: Order) -> str:
    return f"order {order.order_external_id} (store {order.store_id}, delivery {order.delivery_id})"
