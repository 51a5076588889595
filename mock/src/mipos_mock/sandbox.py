"""The one core behind the command, the control interface and the pytest fixture."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from mipos_mock import accounts, faults, menus, placing, seed, timeline
from mipos_mock.clock import AHEAD_MAX
from mipos_mock.courier import Courier, Sends
from mipos_mock.journal import Journal, Note
from mipos_mock.placing import Wish
from mipos_mock.pushes import Push
from mipos_mock.refusal import Refused, shorten
from mipos_mock.state import Account, Fault, Order, OrderStatus, State
from mipos_mock.store import StoreError

QUEUED_MAX: Final = 20_000
"""Pushes that may wait at a time, over all accounts."""

ORDERS_MAX: Final = 30_000
"""Orders that there may be at a time, over all accounts. Accepted ones give way sooner."""

FAULTS_MAX: Final = 1_000
"""Faults that may be set at a time, over all accounts."""


class Sandbox:
    """A platform to build a POS against.

    Its methods belong to one event loop; those that send need it to run.

    Attributes:
        state: What it remembers.
        journal: What happened.
        failure: Why nothing can be kept any more, None while all is well.
    """

    def __init__(
        self, state: State, sender: Sends, on_failure: Callable[[], object] = lambda: None
    ) -> None:
        """Wraps a state.

        Args:
            state: What it remembers, and goes on changing.
            sender: Sends pushes; it is closed with the sandbox.
            on_failure: Called once when the state file can no longer be written.
        """
        self.state = state
        self.journal = Journal(state.clock)
        self.failure: str | None = None
        self._courier = Courier(state, self.journal, sender, self._keep)
        self._sender = sender
        self._on_failure = on_failure
        self._bursts: dict[asyncio.Task[None], str] = {}
        state.on_accept = self._note_acceptance

    def commit(self) -> None:
        """Keeps what has changed, before it is answered with success.

        Raises:
            StoreError: The state file cannot be written. Nothing is kept from then on.
        """
        if self.failure is not None:
            raise StoreError(self.failure)
        try:
            self.state.keeper.commit()
        except StoreError as error:
            self._fail(error)
            raise

    def resume(self) -> None:
        """Sends what a former process did not get to send. Needs a running loop."""
        for push in [each for each in self.state.pushes.values() if not each.ended]:
            self._courier.enqueue(push)

    async def close(self) -> None:
        """Stops sending; what is not sent stays as it is."""
        for task in self._bursts:
            task.cancel()
        await self._courier.close()
        await self._sender.aclose()

    def place_order(self, wish: Wish) -> Order:
        """Stores an order as pending and pushes it to the ORDER webhooks of the store's account.

        Raises:
            Refused: A value of the wish cannot be, the order is pending already, or too many
                pushes wait.
        """
        account, order = placing.compose(self.state, wish)
        if len(self.state.orders) >= ORDERS_MAX:
            raise Refused(f"there are {ORDERS_MAX} orders: reset, or accept some", 409)
        urls = [url for url, kind in account.webhooks.items() if kind == "ORDER"]
        if not wish.push:
            reach, urls = "not pushed, as asked", []
        elif not urls:
            reach = f"pushed nowhere: {account.name} has no ORDER webhook"
        else:
            reach = f"pushed to {len(urls)} webhook{'s' if len(urls) > 1 else ''}"
        self._make_room(len(urls))
        order.id = self.state.number("order")
        self.state.orders[order.key] = order
        self.state.keeper.save(order)
        problem = wish.push and not urls
        name = order.key.order_external_id
        self._note(account, "order", f"order {name} placed, {reach}", order=order, problem=problem)
        pushes = [
            self._push(account, url, order.body, order.key.store_id, order.id) for url in urls
        ]
        self._dispatch(pushes)
        return order

    def burst(self, wish: Wish, count: int, per_second: float) -> None:
        """Places so many orders, so many a second, while the loop runs.

        Raises:
            Refused: As for the first order.
        """
        account, _ = placing.compose(self.state, wish)
        task = asyncio.get_running_loop().create_task(self._burst(account, wish, count, per_second))
        self._bursts[task] = account.name
        task.add_done_callback(self._bursts.pop)

    def find_order(self, name: str) -> Order:
        """Returns the order with a number, else the newest with an ``order_external_id``.

        Raises:
            Refused: There is none.
        """
        orders = list(self.state.orders.values())
        found = [order for order in orders if str(order.id) == name]
        found += [order for order in orders[::-1] if order.key.order_external_id == name]
        if not found:
            raise Refused(f"order {shorten(name)!r} is unknown: GET /_mock/orders lists them", 404)
        return found[0]

    def owner(self, order: Order) -> Account:
        """Returns the account of an order's store."""
        account = self.state.owner_of(order.key.store_id)
        assert account is not None, "an account's orders go with it"  # noqa: S101 - for types
        return account

    async def wait_accepted(self, order: Order, seconds: float) -> None:
        """Returns once the POS has accepted an order.

        Raises:
            Refused: It has not after so many seconds of real time. The text shows what happened.
        """
        account = self.owner(order).name  # which may be gone once the time is over
        accepted = await self._wait(lambda: order.status is OrderStatus.ACCEPTED, seconds)
        if accepted:
            return
        about = timeline.of_order(self.journal, order, account)
        happened = "\n".join(f"  {line}" for line in timeline.lines(about))
        raise Refused(
            f"order {order.key.order_external_id} (store {order.key.store_id}, delivery "
            f"{order.key.delivery_id}) was not accepted within {seconds:g} s. What happened:\n"
            f"{happened or '  nothing'}",
            504,
        )

    def find_push(self, number: int) -> Push:
        """Returns the push with a number.

        Raises:
            Refused: There is none, or it ended long ago and is forgotten.
        """
        push = self.state.pushes.get(number)
        if push is None:
            raise Refused(f"push {number} is unknown: GET /_mock/pushes lists them", 404)
        return push

    async def wait_ended(self, push: Push, seconds: float) -> None:
        """Returns once a push is delivered, given up or cancelled.

        Raises:
            Refused: It is none of these after so many seconds of real time.
        """
        if await self._wait(lambda: push.ended, seconds):
            return
        last = push.tries[-1] if push.tries else None
        told = "" if last is None else f", the last try ended with {last.error or last.status}"
        raise Refused(
            f"push {push.id} to {push.url} is {push.status} after {seconds:g} s{told}: "
            "mend the receiver, and set the clock ahead to the next try",
            504,
        )

    def replay(self, push: Push) -> Push:
        """Sends the bytes of a push again, as a new push to the same webhook.

        Raises:
            Refused: The webhook is gone, or too many pushes wait.
        """
        account = accounts.find(self.state, push.account)
        webhook = account.webhooks.at(push.place)
        if webhook is None:
            raise Refused(
                f"push {push.id} was for {shorten(push.url)}, which is no webhook any more: "
                "register it and place an order",
                409,
            )
        self._make_room(1)
        again = self._push(account, webhook[0], push.body, push.store_id, push.order_id)
        again.replay_of = push.id
        self._note(account, "push", f"push {push.id} is sent again as push {again.id}", push=again)
        self._dispatch([again])
        return again

    def pull_menu(self, account_name: str | None, store_id: str | None) -> list[Push]:
        """Asks every Menu webhook of a store's account for the store's menu.

        Raises:
            Refused: The account has no such webhook, or too many pushes wait.
        """
        account, store = placing.store_of(self.state, account_name, store_id)
        urls = [url for url, kind in account.webhooks.items() if kind == "Menu"]
        if not urls:
            raise Refused(
                f"account {account.name!r} has no webhook of type Menu: create one first", 409
            )
        self._make_room(len(urls))
        body = menus.question(store)
        pushes = [self._push(account, url, body, store, None) for url in urls]
        self._note(account, "control", f"menu of store {store} asked for")
        self._dispatch(pushes)
        return pushes

    def set_fault(self, fault: Fault) -> Fault:
        """Sets a fault; its number is given here.

        Raises:
            Refused: It is none that there can be.
        """
        account = accounts.find(self.state, fault.account)
        faults.check(fault)
        if len(self.state.faults) >= FAULTS_MAX:
            raise Refused(f"{FAULTS_MAX} faults are set: remove some, or reset", 409)
        fault.id = self.state.number("fault")
        self.state.faults[fault.id] = fault
        self.state.keeper.save(fault)
        self._note(account, "control", f"fault set: {faults.text(fault)}")
        self.commit()
        return fault

    def remove_faults(self, account_name: str | None, number: int | None) -> int:
        """Removes faults: of an account, of all, or the one with a number; returns how many."""
        gone = [
            fault
            for fault in self.state.faults.values()
            if account_name in {None, fault.account} and number in {None, fault.id}
        ]
        for fault in gone:
            del self.state.faults[fault.id]
            self.state.keeper.drop(fault)
        self.commit()
        return len(gone)

    def add_account(self, name: str | None, stores: Sequence[str] | None) -> Account:
        """Adds an account.

        Raises:
            Refused: The name or a store is taken or malformed.
        """
        account = accounts.add(self.state, name, stores)
        self.commit()
        return account

    def delete_account(self, account: Account) -> None:
        """Removes an account with all that is its own, its part of the journal included."""
        accounts.delete(self.state, account)
        self.journal.clear(account.name)
        self._stop(account.name)
        self.commit()

    def reset(self, account: Account | None = None) -> None:
        """Puts everything, or one account, back to what a fresh server holds."""
        if account is None:
            seed.reset(self.state)
            self.state.clock.ahead = 0.0
            self.journal.clear()
            try:
                self.state.keeper.begin_anew(self.state)
            except StoreError as error:
                self._fail(error)
                raise
        else:
            accounts.clear(self.state, account)
            seed.refill(self.state, account)
            self.journal.clear(account.name)
        name = account.name if account else None
        self.journal.add(name, Note("control", "reset"))
        self._stop(name)
        self.commit()

    async def advance(self, seconds: float) -> None:
        """Sets the clock ahead, step by step, and returns once what fell due was done.

        Raises:
            Refused: It would be too far ahead.
        """
        clock = self.state.clock
        await self._courier.settle()
        if clock.ahead + seconds > AHEAD_MAX:
            raise Refused(
                f"the clock is {clock.ahead:g} s ahead, and {seconds:g} s more are over "
                f"{AHEAD_MAX:g}: reset, which sets it right",
                409,
            )
        target = clock.now() + seconds
        while (due := clock.next_due()) is not None and due <= target:
            clock.advance_to(due)
            await self._courier.settle()
        clock.advance_to(target)
        self.state.keeper.save_clock(clock.ahead)
        self.journal.add(None, Note("control", f"clock set ahead by {seconds:g} s"))
        self.commit()

    def _stop(self, account: str | None) -> None:
        """Stops bursts and pushes, of an account or of all."""
        for task, name in self._bursts.items():
            if account in {None, name}:
                task.cancel()
        self._courier.drop(account)

    async def _burst(self, account: Account, wish: Wish, count: int, per_second: float) -> None:
        loop = asyncio.get_running_loop()
        start = loop.time()
        for number in range(count):
            await asyncio.sleep(start + number / per_second - loop.time())
            try:
                # With one seed for all of them, they would all be the same order.
                seed = None if wish.seed is None else wish.seed + number
                self.place_order(replace(wish, seed=seed))
            except (Refused, StoreError) as error:
                text = f"burst ended after {number} of {count} orders: {error}"
                self._note(account, "control", text, problem=True)
                return

    async def _wait(self, condition: Callable[[], bool], seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                with self.journal.watch() as entries:
                    while not condition():
                        await entries.get()
        except TimeoutError:
            return condition()
        return True

    def _make_room(self, count: int) -> None:
        waiting = self._courier.waiting
        if waiting + count > QUEUED_MAX:
            raise Refused(
                f"{waiting} pushes wait, and {count} more are over {QUEUED_MAX}: mend the "
                "receiver, or reset",
                409,
            )

    def _push(
        self, account: Account, url: str, body: str, store_id: str, order_id: int | None
    ) -> Push:
        place, kind = account.webhooks.place(url), account.webhooks[url]
        number = self.state.number("push")
        push = Push(number, account.name, kind, place, url, store_id, body, order_id)
        self.state.add(push)
        return push

    def _dispatch(self, pushes: Sequence[Push]) -> None:
        self.commit()
        for push in pushes:
            self._courier.enqueue(push)

    def _note(  # noqa: PLR0913 - the last three are rarely given
        self,
        account: Account,
        kind: str,
        title: str,
        *,
        order: Order | None = None,
        push: Push | None = None,
        problem: bool = False,
    ) -> None:
        order_id = order.id if order else push.order_id if push else None
        note = Note(kind, title, problem, order_id, push.id if push else None)
        self.journal.add(account.name, note)

    def _note_acceptance(self, order: Order) -> None:
        name = order.key.order_external_id
        self._note(self.owner(order), "order", f"order {name} accepted", order=order)

    def _keep(self) -> None:
        if self.failure is None:
            try:
                self.state.keeper.commit()
            except StoreError as error:
                self._fail(error)

    def _fail(self, error: StoreError) -> None:
        self.failure = str(error)
        self._on_failure()
