"""Webhook management: what the platform does once a request is authorised and valid.

Every function takes the state, the account of the token and the request's strings. Webhooks
belong to their account, and a URL is compared character by character, whatever its type
(assumption).
"""

from collections.abc import Mapping

from mipos_mock import messages
from mipos_mock.exchange import Answer, conflict
from mipos_mock.state import Account, State


def create(state: State, account: Account, values: Mapping[str, str]) -> Answer:
    """Adds a webhook: ``url`` and, if given, ``type``, which is ``ORDER`` by default."""
    if values["url"] in account.webhooks:
        return conflict(messages.WEBHOOK_EXISTS)
    if account.read_only:
        return conflict(messages.WEBHOOK_NOT_CREATED)
    account.webhooks[values["url"]] = values.get("type", "ORDER")
    state.keeper.save_webhook(account, account.webhooks.place(values["url"]))
    return Answer(201, {"message": messages.WEBHOOK_CREATED, "data": None})


def update(state: State, account: Account, values: Mapping[str, str]) -> Answer:
    """Gives the webhook at ``current_url`` the address ``new_url``; place and type stay."""
    current, new = values["current_url"], values["new_url"]
    if current not in account.webhooks:
        return conflict(messages.WEBHOOK_MISSING)
    if new in account.webhooks:
        return conflict(messages.NEW_WEBHOOK_EXISTS)
    if account.read_only:
        return conflict(messages.WEBHOOK_NOT_UPDATED)
    account.webhooks.rename(current, new)
    state.keeper.save_webhook(account, account.webhooks.place(new))
    return Answer(200, {"message": messages.WEBHOOK_UPDATED, "data": None})


def delete(state: State, account: Account, values: Mapping[str, str]) -> Answer:
    """Removes the webhook at ``url``."""
    if values["url"] not in account.webhooks:
        return conflict(messages.WEBHOOK_MISSING)
    if account.read_only:
        return conflict(messages.WEBHOOK_NOT_REMOVED)
    place = account.webhooks.place(values["url"])
    del account.webhooks[values["url"]]
    state.keeper.save_webhook(account, place)
    return Answer(200, {"message": messages.WEBHOOK_REMOVED, "data": None})


def list_all(_state: State, account: Account, _values: Mapping[str, str]) -> Answer:
    """Lists the URLs of the account's webhooks in order of creation."""
    return Answer(200, [{"url": url} for url in account.webhooks])
