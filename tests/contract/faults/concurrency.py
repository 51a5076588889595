"""Calls that are sound one after the other and not at the same time."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from typing import TYPE_CHECKING

from mipos_mock.app import create_app
from mipos_mock.hooks import Webhooks
from mipos_mock.seed import fresh_state
from tests.contract.faults.registry import assumed, sampled, server
from tests.contract.transport import html, send_reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_mock.asgi import ASGIApp, Message, Receive, Scope, Send
    from mipos_mock.state import State

# Seconds between the reading and the writing of a careless server.
MOMENT = 0.03


def racing(path: str, write: Callable[[State, State, State], None]) -> ASGIApp:
    """Return a mock that answers calls of a path from a copy, and writes back a moment later.

    Args:
        path: the end of the path.
        write: takes the state, the copy before the call and the copy after it.
    """
    state = fresh_state()
    app = create_app(state)

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        if not scope["path"].endswith(f"/{path}"):
            await app(scope, receive, send)
            return
        before, after, answer = deepcopy(state), deepcopy(state), list["Message"]()

        async def keep(message: Message) -> None:
            answer.append(message)

        await create_app(after)(scope, receive, keep)
        await asyncio.sleep(MOMENT)
        write(state, before, after)
        for message in answer:
            await send(message)

    return served


def write_all(state: State, before: State, after: State) -> None:
    """Replace all webhooks of an account that changed, and with them what happened meanwhile."""
    for name, account in after.accounts.items():
        if account.webhooks != before.accounts[name].webhooks:
            state.accounts[name].webhooks = account.webhooks


def write_change(state: State, before: State, after: State) -> None:
    """Take out what the call took out and put in what it put in, without looking again."""
    for name, account in after.accounts.items():
        old, webhooks = before.accounts[name].webhooks, state.accounts[name].webhooks
        for url in old.keys() - account.webhooks.keys():
            webhooks.pop(url, None)
        for url in account.webhooks.keys() - old.keys():
            webhooks[url] = account.webhooks[url]
    for key, order in after.orders.items():
        state.orders[key].status = max(order.status, state.orders[key].status, key=_by_progress)


def _by_progress(status: str) -> bool:
    return status == "accepted"


@sampled
@server
def simultaneous_creates_both_succeed() -> ASGIApp:
    """Two calls look whether a URL is there before either has written it."""
    return racing("create", write_change)


@server
def simultaneous_creates_lose_one() -> ASGIApp:
    """Two calls read the list, and each writes it back with its own URL alone."""
    return racing("create", write_all)


@server
def simultaneous_updates_both_succeed() -> ASGIApp:
    """Two calls move one webhook to two places."""
    return racing("update", write_change)


@server
def simultaneous_updates_lose_one() -> ASGIApp:
    """Two calls read the list, and each writes it back with its own change alone."""
    return racing("update", write_all)


@server
def simultaneous_deletes_both_succeed() -> ASGIApp:
    """Two calls find one webhook, and both say that they removed it."""
    return racing("delete", write_change)


@server
def simultaneous_deletes_bring_one_back() -> ASGIApp:
    """Two calls read the list, and each writes back what the other removed."""
    return racing("delete", write_all)


@assumed
@server
def simultaneous_acceptances_both_succeed() -> ASGIApp:
    """Two calls find one order pending, and both accept it."""
    return racing("accept", write_change)


@server
def simultaneous_changes_find_the_database_locked() -> ASGIApp:
    """A change while another one is under way is a server error."""
    app, busy = create_app(fresh_state()), list[str]()

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "GET":
            await app(scope, receive, send)
        elif busy:
            await send_reply(html(500), send)
        else:
            busy.append(scope["path"])
            await asyncio.sleep(MOMENT)
            await app(scope, receive, send)
            busy.clear()

    return served


@server
def simultaneous_calls_mix_accounts() -> ASGIApp:
    """The token of the call that came last is that of every call under way."""
    app, current = create_app(fresh_state()), dict[str, list[tuple[bytes, bytes]]]()

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        name = b"authorization"
        current["token"] = [each for each in scope["headers"] if each[0] == name]
        others = [each for each in scope["headers"] if each[0] != name]
        await asyncio.sleep(MOMENT)
        await app({**scope, "headers": [*others, *current["token"]]}, receive, send)

    return served


@server
def a_list_during_a_create_is_empty() -> ASGIApp:
    """The file that holds the webhooks is emptied before it is written again."""
    state = fresh_state()
    app = create_app(state)

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].endswith("/create"):
            kept = {name: account.webhooks for name, account in state.accounts.items()}
            for account in state.accounts.values():
                account.webhooks = Webhooks()
            await asyncio.sleep(MOMENT)
            for name, webhooks in kept.items():
                webhooks.update(state.accounts[name].webhooks)
                state.accounts[name].webhooks = webhooks
        await app(scope, receive, send)

    return served
