"""Changes that do not happen, that happen otherwise, or that happen to more than was named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mipos_mock import messages, webhooks
from mipos_mock.app import create_app
from mipos_mock.exchange import Answer, conflict
from mipos_mock.hooks import Webhooks
from mipos_mock.seed import fresh_state
from tests.contract.faults.registry import app_with, assumed, core, sampled, server
from tests.contract.transport import Reply, Seen, on_reply

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp
    from mipos_mock.state import Account, State
    from tests.contract.faults.registry import Values


@core("create_webhook")
def create_stores_nothing(state: State, account: Account, values: Values) -> Answer:
    """A creation succeeds without effect."""
    sound = webhooks.create(state, account, values)
    if sound.status == 201:
        del account.webhooks[values["url"]]
    return sound


@core("create_webhook")
def create_allows_duplicates(state: State, account: Account, values: Values) -> Answer:
    """A URL that is there already is created once more."""
    account.webhooks.pop(values["url"], None)
    return webhooks.create(state, account, values)


@core("create_webhook")
def create_replaces_the_one_of_its_type(state: State, account: Account, values: Values) -> Answer:
    """An account has one webhook of each type, and a further one takes its place."""
    sound = webhooks.create(state, account, values)
    if sound.status == 201:
        url, kind = values["url"], account.webhooks[values["url"]]
        others = {each: of for each, of in account.webhooks.items() if of != kind}
        account.webhooks = Webhooks({**others, url: kind})
    return sound


@core("create_webhook")
def a_second_create_removes(state: State, account: Account, values: Values) -> Answer:
    """A creation that conflicts switches the webhook off."""
    sound = webhooks.create(state, account, values)
    if sound.status == 409:
        account.webhooks.pop(values["url"], None)
    return sound


@core("update_webhook")
def update_changes_nothing(state: State, account: Account, values: Values) -> Answer:
    """A change succeeds without effect."""
    before = dict(account.webhooks)
    sound = webhooks.update(state, account, values)
    account.webhooks = Webhooks(before)
    return sound


@core("update_webhook")
def update_keeps_the_old_url(state: State, account: Account, values: Values) -> Answer:
    """The new URL is added, and the old one stays."""
    sound = webhooks.update(state, account, values)
    if sound.status == 200:
        account.webhooks[values["current_url"]] = "ORDER"
    return sound


@sampled
@core("update_webhook")
def update_overwrites(state: State, account: Account, values: Values) -> Answer:
    """A webhook that has the new URL already is lost."""
    if values["current_url"] != values["new_url"] and values["current_url"] in account.webhooks:
        account.webhooks.pop(values["new_url"], None)
    return webhooks.update(state, account, values)


@core("update_webhook")
def update_creates(state: State, account: Account, values: Values) -> Answer:
    """A webhook that is not there is created at its new URL."""
    account.webhooks.setdefault(values["current_url"], "ORDER")
    return webhooks.update(state, account, values)


@core("update_webhook")
def update_moves_what_lies_below(state: State, account: Account, values: Values) -> Answer:
    """The URL is replaced wherever a webhook's URL begins with it."""
    sound = webhooks.update(state, account, values)
    if sound.status == 200:
        current, new = values["current_url"], values["new_url"]
        account.webhooks = Webhooks(
            {
                new + url.removeprefix(current) if url.startswith(current) else url: kind
                for url, kind in account.webhooks.items()
            }
        )
    return sound


@core("update_webhook")
def a_conflicting_update_removes(state: State, account: Account, values: Values) -> Answer:
    """The old URL goes before the new one turns out to be taken, without a transaction."""
    sound = webhooks.update(state, account, values)
    if sound == conflict(messages.NEW_WEBHOOK_EXISTS):
        account.webhooks.pop(values["current_url"], None)
    return sound


@core("delete_webhook")
def delete_changes_nothing(state: State, account: Account, values: Values) -> Answer:
    """A removal succeeds without effect."""
    before = dict(account.webhooks)
    sound = webhooks.delete(state, account, values)
    account.webhooks = Webhooks(before)
    return sound


@core("delete_webhook")
def delete_removes_all(state: State, account: Account, values: Values) -> Answer:
    """One webhook is named, and every one goes."""
    sound = webhooks.delete(state, account, values)
    if sound.status == 200:
        account.webhooks.clear()
    return sound


@core("delete_webhook")
def delete_removes_what_lies_below(state: State, account: Account, values: Values) -> Answer:
    """Every webhook goes whose URL begins with the one that is named."""
    sound = webhooks.delete(state, account, values)
    if sound.status == 200:
        urls = [url for url in account.webhooks if url.startswith(values["url"])]
        for url in urls:
            del account.webhooks[url]
    return sound


@core("delete_webhook")
def delete_removes_the_newest(state: State, account: Account, values: Values) -> Answer:
    """The last webhook goes, whichever is named."""
    if values["url"] not in account.webhooks or account.read_only:
        return webhooks.delete(state, account, values)
    account.webhooks.popitem()
    return Answer(200, {"message": messages.WEBHOOK_REMOVED, "data": None})


@core("delete_webhook")
def delete_of_nothing_succeeds(state: State, account: Account, values: Values) -> Answer:
    """A webhook that is not there is removed all the same."""
    webhooks.delete(state, account, values)
    return Answer(200, {"message": messages.WEBHOOK_REMOVED, "data": None})


@server
def a_deleted_url_cannot_come_back() -> ASGIApp:
    """A removal marks the row, which is still unique."""
    marked = set[str]()

    def mark(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "delete" and reply.status == 200:
            marked.add(json.loads(seen.body)["url"])
        return reply

    def create(state: State, account: Account, values: Values) -> Answer:
        if values["url"] in marked:
            return conflict(messages.WEBHOOK_EXISTS)
        return webhooks.create(state, account, values)

    return on_reply(app_with("create_webhook", create), mark)


@server
def refused_updates_have_an_effect() -> ASGIApp:
    """An update that is answered 422 for the missing current URL creates the new one."""
    state = fresh_state()

    def create(seen: Seen, reply: Reply) -> Reply:
        refused = seen.path == "update" and reply.status == 422
        if refused and set(reply.value) == {"current_url"} and b'"new_url"' in seen.body:
            state.accounts["alpha"].webhooks[str(json.loads(seen.body)["new_url"])] = "ORDER"
        return reply

    return on_reply(create_app(state), create)


@server
def a_delete_without_a_url_removes_all() -> ASGIApp:
    """A removal that is answered 422 for the missing URL has removed what has any URL."""
    state = fresh_state()

    def remove(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "delete" and reply.status == 422 and b'"url"' not in seen.body:
            state.accounts["alpha"].webhooks.clear()
        return reply

    return on_reply(create_app(state), remove)


@core("list_webhooks")
def list_is_empty(_state: State, _account: Account, _values: Values) -> Answer:
    """Nothing is ever listed."""
    return Answer(200, [])


@core("list_webhooks")
def a_menu_webhook_is_not_listed(_state: State, account: Account, _values: Values) -> Answer:
    """Only webhooks of the default type are listed."""
    return Answer(200, [{"url": url} for url, kind in account.webhooks.items() if kind == "ORDER"])


@assumed
@core("create_webhook")
def a_url_is_free_for_the_other_type(state: State, account: Account, values: Values) -> Answer:
    """A URL may stand for orders and for the menu at once."""
    kind = account.webhooks.get(values["url"])
    if kind is not None and kind != values.get("type", "ORDER"):
        return Answer(201, {"message": messages.WEBHOOK_CREATED, "data": None})
    return webhooks.create(state, account, values)
