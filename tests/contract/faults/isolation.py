"""Accounts that meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mipos_mock import messages, webhooks
from mipos_mock.app import create_app
from mipos_mock.exchange import Answer, conflict
from mipos_mock.seed import fresh_state
from tests.contract.faults.registry import assumed, core, request, sampled, server
from tests.contract.transport import Reply, Seen, on_reply, with_authorization, with_value

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp
    from mipos_mock.state import Account, State
    from tests.contract.faults.registry import Values


def owner_of(state: State, account: Account, url: str) -> Account:
    """Return any account that has the webhook, or the given one if none has."""
    owners = (each for each in state.accounts.values() if url in each.webhooks)
    return next(owners, account)


@core("delete_webhook")
def delete_reaches_other_accounts(state: State, account: Account, values: Values) -> Answer:
    """A webhook of anybody is removed."""
    return webhooks.delete(state, owner_of(state, account, values["url"]), values)


@core("update_webhook")
def update_reaches_other_accounts(state: State, account: Account, values: Values) -> Answer:
    """A webhook of anybody is changed."""
    return webhooks.update(state, owner_of(state, account, values["current_url"]), values)


@core("delete_webhook")
def a_refused_delete_reaches_other_accounts(
    state: State, account: Account, values: Values
) -> Answer:
    """A webhook of another account is said to be missing, and is removed."""
    sound = webhooks.delete(state, account, values)
    if sound == conflict(messages.WEBHOOK_MISSING):
        owner_of(state, account, values["url"]).webhooks.pop(values["url"], None)
    return sound


@core("create_webhook")
def create_lands_in_the_first_account(state: State, account: Account, values: Values) -> Answer:
    """Whoever creates a webhook, the first account has it."""
    if account.name == "beta":
        return webhooks.create(state, state.accounts["alpha"], values)
    return webhooks.create(state, account, values)


@sampled
@core("list_webhooks")
def list_shows_all_accounts(state: State, _account: Account, _values: Values) -> Answer:
    """The webhooks of everybody are listed."""
    urls = (url for owner in state.accounts.values() for url in owner.webhooks)
    return Answer(200, [{"url": url} for url in urls])


@request()
def every_token_is_of_one_account(seen: Seen) -> Seen:
    """Two accounts of one company are taken for one."""
    header = seen.headers.get("authorization", "")
    return with_authorization(seen, header.replace("mock-token-beta", "mock-token-alpha"))


@server
def the_list_is_cached_for_everybody() -> ASGIApp:
    """A proxy keeps the list until something changes, and does not look at whose it is."""
    cache = list[object]()

    def remember(seen: Seen, reply: Reply) -> Reply:
        if seen.path != "webhooks":
            cache.clear()
        elif reply.status == 200:
            cache.append(reply.value)
            return with_value(reply, cache[0])
        return reply

    return on_reply(create_app(fresh_state()), remember)


@assumed
@core("delete_webhook")
def delete_reaches_the_same_url_elsewhere(state: State, account: Account, values: Values) -> Answer:
    """One URL in two accounts is taken for one webhook."""
    sound = webhooks.delete(state, account, values)
    if sound.status == 200:
        for owner in state.accounts.values():
            owner.webhooks.pop(values["url"], None)
    return sound


@assumed
@core("create_webhook")
def a_url_of_another_account_exists(state: State, account: Account, values: Values) -> Answer:
    """A URL is unique on the whole platform."""
    if values["url"] in owner_of(state, account, values["url"]).webhooks:
        return conflict(messages.WEBHOOK_EXISTS)
    return webhooks.create(state, account, values)
