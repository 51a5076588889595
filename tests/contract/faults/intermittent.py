"""What goes wrong now and then, or only after a while."""

from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from mipos_mock import messages, webhooks
from mipos_mock.app import create_app
from mipos_mock.exchange import Answer
from mipos_mock.hooks import Webhooks
from mipos_mock.seed import fresh_state, reset
from tests.contract.faults.registry import assumed, core, reply, sampled, server
from tests.contract.transport import Reply, Seen, html, on_reply, with_status, with_value

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp
    from mipos_mock.state import Account, State
    from tests.contract.faults.registry import Values


@sampled
@reply(every=17)
def every_seventeenth_answer_is_a_bad_gateway(_seen: Seen, _reply: Reply) -> Reply:
    """One of several workers is down."""
    return html(502)


@reply(every=30)
def every_thirtieth_answer_is_too_many_requests(_seen: Seen, reply: Reply) -> Reply:
    """A limit that no page documents is enforced."""
    return with_value(with_status(reply, 429), {"message": "Too Many Attempts."})


@reply(every=200)
def every_two_hundredth_answer_is_a_server_error(_seen: Seen, reply: Reply) -> Reply:
    """A worker is at the end of its memory."""
    return with_value(with_status(reply, 500), {"message": "Server Error"})


@reply(every=50)
def every_fiftieth_answer_is_cut_short(_seen: Seen, reply: Reply) -> Reply:
    """A body ends in its middle, and its length agrees."""
    sent = json.dumps(reply.value).encode()
    return Reply(reply.status, None, reply.headers, sent[: len(sent) // 2])


@reply("webhooks", 200, every=20)
def every_twentieth_list_needs_another_token(_seen: Seen, reply: Reply) -> Reply:
    """One of several workers does not know the token."""
    return with_value(with_status(reply, 401), messages.UNAUTHORIZED)


@reply("delete", 409, every=9)
def every_ninth_conflict_is_a_success(_seen: Seen, reply: Reply) -> Reply:
    """A webhook that is not there is removed now and then."""
    removed = {"message": messages.WEBHOOK_REMOVED, "data": None}
    return with_value(with_status(reply, 200), removed)


@reply(status=422, every=12)
def every_twelfth_validation_is_wrapped(_seen: Seen, reply: Reply) -> Reply:
    """One of several workers runs the next version."""
    return with_value(reply, {"message": "Invalid.", "errors": reply.value})


@core("create_webhook", every=10)
def every_tenth_webhook_is_lost(state: State, account: Account, values: Values) -> Answer:
    """A creation succeeds, and the transaction is rolled back."""
    sound = webhooks.create(state, account, values)
    if sound.status == 201:
        del account.webhooks[values["url"]]
    return sound


@core("create_webhook", every=7)
def every_seventh_webhook_is_there_twice(state: State, account: Account, values: Values) -> Answer:
    """A URL that is there already is created once more, now and then."""
    account.webhooks.pop(values["url"], None)
    return webhooks.create(state, account, values)


@core("update_webhook", every=5)
def every_fifth_update_adds(state: State, account: Account, values: Values) -> Answer:
    """The old URL of a changed webhook stays, now and then."""
    sound = webhooks.update(state, account, values)
    if sound.status == 200:
        account.webhooks[values["current_url"]] = "ORDER"
    return sound


@core("delete_webhook", every=7)
def every_seventh_removal_is_lost(state: State, account: Account, values: Values) -> Answer:
    """A removal succeeds without effect, now and then."""
    before = dict(account.webhooks)
    sound = webhooks.delete(state, account, values)
    account.webhooks = Webhooks(before)
    return sound


@core("list_webhooks", every=11)
def every_eleventh_list_is_another_accounts(
    state: State, account: Account, _values: Values
) -> Answer:
    """A worker keeps the user of a request before, now and then."""
    other = "beta" if account.name == "alpha" else "alpha"
    return Answer(200, [{"url": url} for url in state.accounts[other].webhooks])


@server
def webhooks_vanish_after_fifteen_calls() -> ASGIApp:
    """A webhook is kept in a cache that forgets."""
    state, born = fresh_state(), dict[str, int]()
    numbers = itertools.count()

    def forget(seen: Seen, reply: Reply) -> Reply:
        number = next(numbers)
        if seen.path == "create" and reply.status == 201:
            born[json.loads(seen.body)["url"]] = number
        for url in [url for url, since in born.items() if number - since >= 15]:
            del born[url]
            for account in state.accounts.values():
                account.webhooks.pop(url, None)
        return reply

    return on_reply(create_app(state), forget)


@server
def everything_is_lost_after_two_hundred_calls() -> ASGIApp:
    """A worker starts anew, and what it held in memory is gone."""
    state, numbers = fresh_state(), itertools.count(1)

    def restart(_seen: Seen, reply: Reply) -> Reply:
        if next(numbers) % 200 == 0:
            reset(state)
        return reply

    return on_reply(create_app(state), restart)


@reply("webhooks", 200)
def the_list_ends_after_twenty_five(_seen: Seen, reply: Reply) -> Reply:
    """A list that has no pages shows the first one of twenty-five."""
    return with_value(reply, reply.value[:25])


@reply("webhooks", 200)
def the_list_ends_after_a_hundred(_seen: Seen, reply: Reply) -> Reply:
    """A list that has no pages shows the first one of a hundred."""
    return with_value(reply, reply.value[:100])


@server
def the_list_is_stale_once() -> ASGIApp:
    """The first list after a change is that from before it."""
    shown, changed = dict[str, object](), set[str]()

    def delay(seen: Seen, reply: Reply) -> Reply:
        account = seen.headers.get("authorization", "")
        if seen.path != "webhooks" and reply.status in {200, 201}:
            changed.add(account)
        if seen.path != "webhooks" or reply.status != 200:
            return reply
        stale = account in changed and account in shown
        value, shown[account] = shown.get(account), reply.value
        changed.discard(account)
        return with_value(reply, value) if stale else reply

    return on_reply(create_app(fresh_state()), delay)


@server
def every_sixth_list_comes_from_an_old_copy() -> ASGIApp:
    """One of several databases is three lists behind."""
    shown, numbers = dict[str, list[object]](), itertools.count(1)

    def lag(seen: Seen, reply: Reply) -> Reply:
        if seen.path != "webhooks" or reply.status != 200:
            return reply
        past = shown.setdefault(seen.headers["authorization"], [])
        past.append(reply.value)
        return with_value(reply, past[-4:][0]) if next(numbers) % 6 == 0 else reply

    return on_reply(create_app(fresh_state()), lag)


@assumed
@core("accept_order", every=4)
def every_fourth_order_is_not_found(_state: State, _account: Account, _values: Values) -> Answer:
    """An order that waits is not found, now and then."""
    return Answer(409, {"message": [messages.ORDER_NOT_FOUND], "data": None})
