"""Sends pushes: one after another to a webhook, side by side to different ones."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from mipos_mock import __version__, faults
from mipos_mock.journal import BODY_MAX, Journal, Note, Sent
from mipos_mock.menus import keep
from mipos_mock.pushes import RETRY_AFTER, Push, PushStatus, Try
from mipos_mock.signature import HEADER, sign
from mipos_mock.state import Account, State

if TYPE_CHECKING:
    from mipos_mock.sending.sender import Reply

HELD_MAX: Final = 5.0
"""Seconds that an out-of-order push waits for one that follows it."""

ANSWER_MAX: Final = {"ORDER": 64 * 1024, "Menu": 1024 * 1024}
"""Bytes that are read of a receiver's answer, by type of webhook."""

_ANSWER_KEPT = 2_000  # characters of an answer that a push remembers


class Sends(Protocol):
    """What sends a push: over HTTP, or to an application in this process."""

    def send(
        self,
        url: str,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        *,
        truncate: bool = False,
        body_limit: int | None = None,
    ) -> "Awaitable[Reply]":
        """Sends a body, or half of it, and reads so many bytes of the answer.

        Trouble is told in the reply, not raised.
        """
        ...

    def aclose(self) -> Awaitable[None]:
        """Ends every connection."""
        ...


class Courier:
    """Delivers pushes, tries again what was not taken, and notes every try."""

    def __init__(
        self, state: State, journal: Journal, sender: Sends, commit: Callable[[], None]
    ) -> None:
        """Sends with a sender, and calls a function that must not raise to keep what changed."""
        self._state = state
        self._journal = journal
        self._sender = sender
        self._commit = commit
        self._queues: dict[tuple[str, int], deque[Push]] = {}
        self._tasks: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._at_work = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def waiting(self) -> int:
        """How many pushes have not ended."""
        return sum(map(len, self._queues.values()))

    def enqueue(self, push: Push) -> None:
        """Sends a push after those that wait for the same webhook. Needs a running loop."""
        key = (push.account, push.place)
        queue = self._queues.setdefault(key, deque())
        queue.append(push)
        task = self._tasks.get(key)
        if task is None or task.done():
            self._count(1)
            self._tasks[key] = task = asyncio.get_running_loop().create_task(self._work(key))
            # Not at its own end: it may be cancelled before it has begun.
            task.add_done_callback(lambda _task: self._count(-1))
        elif len(queue) == 2:  # noqa: PLR2004 - the first may be held until there is a second
            self._state.clock.nudge()

    async def settle(self) -> None:
        """Returns once nothing is under way: every push has ended or waits for its time."""
        await asyncio.sleep(0)  # who was woken comes first
        while self._at_work:  # it may have been nothing for a moment alone
            await self._idle.wait()

    def drop(self, account: str | None = None) -> list[asyncio.Task[None]]:
        """Sends nothing more of what waits, for one account or for all, and changes nothing.

        Returns the tasks that are about to end; none of them does anything any more.
        """
        keys = [key for key in self._queues if account in {None, key[0]}]
        for key in keys:
            del self._queues[key]
        tasks = [task for key in keys if (task := self._tasks.pop(key, None))]
        for task in tasks:
            task.cancel()
        return tasks

    async def close(self) -> None:
        """Sends nothing more, and returns once nothing is under way."""
        await asyncio.gather(*self.drop(), return_exceptions=True)

    async def _work(self, key: tuple[str, int]) -> None:
        queue = self._queues[key]
        try:
            while queue:
                push = queue[0]
                await self._deliver(push, queue)
                queue.remove(push)
        finally:
            if not queue and self._queues.get(key) is queue:
                del self._queues[key]
                del self._tasks[key]

    async def _deliver(self, push: Push, queue: deque[Push], *, passing: bool = False) -> None:
        while not push.ended:
            await self._sleep(push.due_at)
            if self._aim(push) is None:
                self._end(push, PushStatus.CANCELLED, "the webhook is gone")
                return
            struck = faults.take(self._state, push.account, "push")
            kinds = {fault.kind for fault in struck}
            if "out-of-order" in kinds and not passing:  # else each would wait for the next
                await self._let_pass(push, queue)
            for fault in struck:
                if fault.kind == "late":
                    await self._wait(push, fault.seconds or 0)
            delivered = False
            for _ in range(2 if "duplicate" in kinds else 1):
                # Webhook and account may have changed while it waited.
                account = self._aim(push)
                if account is not None:
                    delivered = await self._try(push, account, kinds) or delivered
            self._conclude(push, delivered=delivered)

    def _conclude(self, push: Push, *, delivered: bool) -> None:
        """Ends a push after its try, or puts it off until the next one."""
        if delivered:
            self._end(push, PushStatus.DELIVERED)
        elif self._aim(push) is None:
            self._end(push, PushStatus.CANCELLED, "the webhook is gone")
        elif len(push.tries) <= len(RETRY_AFTER):
            self._put_off(push, RETRY_AFTER[len(push.tries) - 1])
        else:
            self._end(push, PushStatus.GIVEN_UP, f"no answer of 2xx in {len(push.tries)} tries")

    def _aim(self, push: Push) -> Account | None:
        """Points a push to where its webhook points now; None when account or webhook is gone."""
        account = self._state.accounts.get(push.account)
        webhook = account.webhooks.at(push.place) if account is not None else None
        if webhook is None:
            return None
        push.url = webhook[0]
        return account

    async def _let_pass(self, push: Push, queue: deque[Push]) -> None:
        """Sends the next push of the webhook first, if one comes in time."""
        position = queue.index(push) + 1
        due = self._state.clock.now() + HELD_MAX
        await self._sleep(due, lambda: len(queue) > position)
        if len(queue) > position:
            other = queue[position]
            await self._deliver(other, queue, passing=True)
            queue.remove(other)

    async def _wait(self, push: Push, seconds: float) -> None:
        self._put_off(push, seconds)
        await self._sleep(push.due_at)

    def _put_off(self, push: Push, seconds: float) -> None:
        push.status = PushStatus.WAITING
        push.due_at = self._state.clock.now() + seconds
        self._state.keeper.save(push)
        self._commit()

    async def _try(self, push: Push, account: Account, kinds: Collection[str]) -> bool:
        body = push.body.encode()
        secret = account.secret
        headers = (
            ("Content-Type", "application/json"),
            ("User-Agent", f"mipos-mock/{__version__}"),
            (HEADER, sign(body, f"not {secret}" if "wrong-signature" in kinds else secret)),
        )
        push.status, push.due_at = PushStatus.SENDING, None
        at = self._state.clock.now()
        reply = await self._sender.send(
            push.url,
            headers,
            body,
            truncate="truncated" in kinds,
            body_limit=ANSWER_MAX[push.kind],
        )
        answer = reply.body[:_ANSWER_KEPT].decode("utf-8", "replace")
        attempt = Try(at, reply.status, reply.error, reply.milliseconds, answer, sorted(kinds))
        push.tries.append(attempt)
        self._journal.add(
            push.account,
            Sent(
                push.id,
                push.order_id,
                push.kind,
                push.url,
                len(push.tries),
                headers,
                body[:BODY_MAX],
                reply.status,
                reply.error,
                reply.headers,
                reply.body[:BODY_MAX],
                reply.milliseconds,
                tuple(attempt.faults),
            ),
        )
        delivered = attempt.delivered and (push.kind == "ORDER" or reply.complete)
        if delivered and push.kind == "Menu":
            keep(self._state, push, reply.body)
        return delivered

    def _end(self, push: Push, status: PushStatus, problem: str | None = None) -> None:
        push.status, push.due_at = status, None
        self._state.end(push)
        if problem is not None:
            text = f"push {push.id} to {push.url} is {status}: {problem}"
            note = Note("push", text, problem=True, order_id=push.order_id, push_id=push.id)
            self._journal.add(push.account, note)
        self._commit()

    async def _sleep(self, due: float | None, unless: Callable[[], bool] = lambda: False) -> None:
        if due is None:
            return
        self._count(-1)
        try:
            await self._state.clock.sleep_until(due, unless)
        finally:
            self._count(1)

    def _count(self, step: int) -> None:
        self._at_work += step
        if self._at_work:
            self._idle.clear()
        else:
            self._idle.set()
