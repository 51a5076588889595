"""Servers with one defect each, which the contract suite must catch.

A fault replaces one function of the mock's core, or changes requests or answers on their way. Its
docstring says what is wrong. `assumed` marks faults against what no document states: the suite
demands that of the mock alone.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from mipos_mock import messages, orders, webhooks
from mipos_mock.app import create_app
from mipos_mock.exchange import Answer, conflict
from mipos_mock.operations import OPERATIONS
from mipos_mock.seed import fresh_state
from mipos_mock.validation import URL, Field, at_most, matching, one_of, required, string, url
from tests.contract.transport import (
    Reply,
    Seen,
    html,
    on_reply,
    on_request,
    with_status,
    with_value,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp

    from mipos_mock.operations import Operation, Run
    from mipos_mock.state import Account, State

    Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A defect: how to build the server that has it, and whether a document forbids it."""

    name: str
    build: Callable[[], ASGIApp]
    assumed: bool


FAULTS: dict[str, Fault] = {}
TYPE = Field("type", (one_of("ORDER", "Menu"),))


def core(operation: str) -> Callable[[Run], Run]:
    """Register a fault that replaces what an operation does once a request is valid."""

    def register(run: Run) -> Run:
        _register(run.__name__, replace(OPERATIONS[operation], run=run))
        return run

    return register


def rules(operation: str) -> Callable[[Callable[[], tuple[Field, ...]]], None]:
    """Register a fault that validates by other rules."""

    def register(fields: Callable[[], tuple[Field, ...]]) -> None:
        _register(fields.__name__, replace(OPERATIONS[operation], fields=fields()))
        assumed(fields)

    return register


def assumed(change: Callable[..., object]) -> None:
    """Mark the fault as one that no document forbids."""
    FAULTS[change.__name__] = replace(FAULTS[change.__name__], assumed=True)


def reply(change: Callable[[Seen, Reply], Reply]) -> Callable[[Seen, Reply], Reply]:
    """Register a fault that changes answers."""
    build = partial(_sound, on_reply, change)
    FAULTS[change.__name__] = Fault(change.__name__, build, assumed=False)
    return change


def request(change: Callable[[Seen], Seen]) -> Callable[[Seen], Seen]:
    """Register a fault that changes requests."""
    build = partial(_sound, on_request, change)
    FAULTS[change.__name__] = Fault(change.__name__, build, assumed=False)
    return change


def with_effect_of_refused_updates() -> ASGIApp:
    """An update that is answered 422 for the missing current URL creates the new one."""
    state = fresh_state()

    def create(seen: Seen, reply: Reply) -> Reply:
        if (
            seen.path == "update"
            and set(reply.value) == {"current_url"}
            and b'"new_url"' in seen.body
        ):
            new = str(json.loads(seen.body)["new_url"])
            state.accounts["alpha"].webhooks[new] = "ORDER"
        return reply

    return on_reply(create_app(state), create)


FAULTS["refused_updates_have_an_effect"] = Fault(
    "refused_updates_have_an_effect", with_effect_of_refused_updates, assumed=False
)


def _register(name: str, changed: Operation) -> None:
    operations = {**OPERATIONS, changed.name: changed}
    FAULTS[name] = Fault(name, lambda: create_app(fresh_state(), operations), assumed=False)


def _sound(wrap: Callable[[ASGIApp, Any], ASGIApp], change: object) -> ASGIApp:
    return wrap(create_app(fresh_state()), change)


@reply
def create_answers_200(seen: Seen, reply: Reply) -> Reply:
    """Another success status than the documented one."""
    return with_status(reply, 200) if reply.status == 201 else reply


@reply
def missing_webhook_is_404(seen: Seen, reply: Reply) -> Reply:
    """A status that no page documents."""
    missing = reply.value == {"message": [messages.WEBHOOK_MISSING], "data": None}
    return with_status(reply, 404) if missing else reply


@reply
def accept_message_is_a_string(seen: Seen, reply: Reply) -> Reply:
    """The form of the webhook answers where an array is documented."""
    if seen.path == "accept" and reply.status == 200:
        return with_value(reply, {**reply.value, "message": reply.value["message"][0]})
    return reply


@reply
def update_message_is_reworded(seen: Seen, reply: Reply) -> Reply:
    """A full stop too much."""
    if seen.path == "update" and reply.status == 200:
        return with_value(reply, {**reply.value, "message": "Webhook successfully updated."})
    return reply


@reply
def conflict_message_is_a_string(seen: Seen, reply: Reply) -> Reply:
    """A 409 without its array."""
    if reply.status == 409:
        return with_value(reply, {**reply.value, "message": reply.value["message"][0]})
    return reply


@reply
def conflict_lacks_data(seen: Seen, reply: Reply) -> Reply:
    """A 409 without its `data: null`."""
    return with_value(reply, {"message": reply.value["message"]}) if reply.status == 409 else reply


@reply
def validation_is_wrapped(seen: Seen, reply: Reply) -> Reply:
    """Laravel's envelope where a bare map is documented."""
    if reply.status == 422:
        return with_value(reply, {"message": "Invalid.", "errors": reply.value})
    return reply


@reply
def validation_stops_at_the_first_field(seen: Seen, reply: Reply) -> Reply:
    """A 422 that names one of several failed fields."""
    if reply.status == 422:
        return with_value(reply, dict(itertools.islice(reply.value.items(), 1)))
    return reply


@reply
def validation_names_every_field(seen: Seen, reply: Reply) -> Reply:
    """A 422 that names fields which did not fail."""
    if reply.status == 422 and seen.path == "update":
        names = ("current_url", "new_url")
        return with_value(
            reply, {name: [f"The {name.replace('_', ' ')} field is required."] for name in names}
        )
    return reply


@reply
def unauthorized_is_an_object(seen: Seen, reply: Reply) -> Reply:
    """A 401 with an object where a bare string is documented."""
    return with_value(reply, {"message": "Unauthorized."}) if reply.status == 401 else reply


@reply
def list_is_wrapped(seen: Seen, reply: Reply) -> Reply:
    """An envelope where a bare array is documented."""
    if seen.path == "webhooks" and reply.status == 200:
        return with_value(reply, {"message": "Webhooks.", "data": reply.value})
    return reply


@reply
def json_is_sent_as_text(seen: Seen, reply: Reply) -> Reply:
    """The right bytes under the wrong content type."""
    return replace(reply, headers={**reply.headers, "content-type": "text/plain"})


@reply
def long_urls_break_the_gateway(seen: Seen, reply: Reply) -> Reply:
    """An HTML page for a text of more than 4,000 characters."""
    return html(502) if len(seen.body) > 4_000 else reply


@reply
def control_characters_crash(seen: Seen, reply: Reply) -> Reply:
    """A server error for a NUL in a text."""
    return with_status(reply, 500) if b"\\u0000" in seen.body else reply


@request
def accept_needs_no_token(seen: Seen) -> Seen:
    """An acceptance goes through for anybody."""
    if seen.path == "accept":
        return replace(seen, headers={**seen.headers, "authorization": "Bearer mock-token-alpha"})
    return seen


@request
def any_store_will_do(seen: Seen) -> Seen:
    """A store is taken for one that the account has."""
    if seen.path == "accept" and b"store_id" in seen.body and seen.body.startswith(b"{"):
        fields = json.loads(seen.body)
        return replace(seen, body=json.dumps({**fields, "store_id": "3"}).encode())
    return seen


@reply
def an_empty_list_is_an_object(seen: Seen, reply: Reply) -> Reply:
    """PHP's empty array, encoded as an object."""
    return with_value(reply, {}) if reply.value == [] else reply


@reply
def a_list_with_holes_is_an_object(seen: Seen, reply: Reply) -> Reply:
    """PHP's array after a deletion, encoded with its keys."""
    if seen.path == "webhooks" and reply.status == 200:
        return with_value(reply, {str(n): item for n, item in enumerate(reply.value, start=1)})
    return reply


@request
def a_longer_token_will_do(seen: Seen) -> Seen:
    """A token is looked up by its beginning."""
    value = seen.headers.get("authorization", "")
    return replace(seen, headers={**seen.headers, "authorization": value.removesuffix("x")})


@core("list_webhooks")
def the_list_ends_after_ten(state: State, account: Account, values: Values) -> Answer:
    """A page of a list that has no pages."""
    return Answer(200, [{"url": url} for url in [*account.webhooks][-10:]])


@core("create_webhook")
def create_stores_nothing(state: State, account: Account, values: Values) -> Answer:
    """Success without effect."""
    sound = webhooks.create(state, account, values)
    if sound.status == 201:
        del account.webhooks[values["url"]]
    return sound


@core("create_webhook")
def create_allows_duplicates(state: State, account: Account, values: Values) -> Answer:
    """A URL that is there already is created once more."""
    account.webhooks.pop(values["url"], None)
    return webhooks.create(state, account, values)


@core("update_webhook")
def update_keeps_the_old_url(state: State, account: Account, values: Values) -> Answer:
    """The new URL is added, and the old one stays."""
    sound = webhooks.update(state, account, values)
    if sound.status == 200:
        account.webhooks[values["current_url"]] = "ORDER"
    return sound


@core("update_webhook")
def update_overwrites(state: State, account: Account, values: Values) -> Answer:
    """A webhook that has the new URL already is lost."""
    if values["current_url"] != values["new_url"] and values["current_url"] in account.webhooks:
        account.webhooks.pop(values["new_url"], None)
    return webhooks.update(state, account, values)


@core("delete_webhook")
def delete_removes_all(state: State, account: Account, values: Values) -> Answer:
    """One webhook is named, and every one goes."""
    sound = webhooks.delete(state, account, values)
    if sound.status == 200:
        account.webhooks.clear()
    return sound


@core("delete_webhook")
def delete_of_nothing_succeeds(state: State, account: Account, values: Values) -> Answer:
    """A webhook that is not there is removed all the same."""
    webhooks.delete(state, account, values)
    return Answer(200, {"message": messages.WEBHOOK_REMOVED, "data": None})


@core("delete_webhook")
def delete_reaches_other_accounts(state: State, account: Account, values: Values) -> Answer:
    """A webhook of anybody is removed."""
    for owner in state.accounts.values():
        if values["url"] in owner.webhooks:
            return webhooks.delete(state, owner, values)
    return webhooks.delete(state, account, values)


@core("list_webhooks")
def list_shows_all_accounts(state: State, account: Account, values: Values) -> Answer:
    """The webhooks of everybody are listed."""
    urls = (url for owner in state.accounts.values() for url in owner.webhooks)
    return Answer(200, [{"url": url} for url in urls])


@core("list_webhooks")
def list_is_empty(state: State, account: Account, values: Values) -> Answer:
    """Nothing is ever listed."""
    return Answer(200, [])


@assumed
@core("create_webhook")
def create_ignores_case(state: State, account: Account, values: Values) -> Answer:
    """Two URLs that differ in case are taken for one, which no document settles."""
    if values["url"].lower() in map(str.lower, account.webhooks):
        return Answer(409, {"message": [messages.WEBHOOK_EXISTS], "data": None})
    return webhooks.create(state, account, values)


@assumed
@core("accept_order")
def accept_twice(state: State, account: Account, values: Values) -> Answer:
    """A second acceptance succeeds, which no document settles."""
    first = orders.accept(state, account, values)
    known = any(tuple(values[name] for name in key._fields) == key for key in state.orders)
    if first.status == 409 and known and values["delivery_id"] == "1":
        return Answer(200, {"message": [messages.ORDER_ACCEPTED], "data": None})
    return first


@assumed
@reply
def a_conflict_lists_the_catalogue(seen: Seen, reply: Reply) -> Reply:
    """Messages that did not apply, beside the one that did."""
    if reply.status == 409:
        return with_value(reply, {**reply.value, "message": [messages.USER_NOT_FOUND] * 2})
    return reply


@assumed
@reply
def malformed_json_is_400(seen: Seen, reply: Reply) -> Reply:
    """A status of its own for a body that cannot be read."""
    return with_status(reply, 400) if seen.body[-1:] not in {b"", b"}"} else reply


@assumed
@reply
def another_method_is_404(seen: Seen, reply: Reply) -> Reply:
    """A known path that denies being there."""
    return with_status(reply, 404) if reply.status == 405 else reply


@assumed
@request
def the_scheme_may_be_lower_case(seen: Seen) -> Seen:
    """A header that begins otherwise than documented opens the account."""
    value = seen.headers.get("authorization", "")
    return replace(seen, headers={**seen.headers, "authorization": value.replace("b", "B", 1)})


@rules("create_webhook")
def any_text_is_a_url() -> tuple[Field, ...]:
    """No format."""
    return Field("url", (required, string, at_most(2048))), Field(
        "type", (one_of("ORDER", "Menu"),)
    )


@rules("create_webhook")
def any_length_will_do() -> tuple[Field, ...]:
    """No limit."""
    return Field("url", (required, string, matching(URL))), Field(
        "type", (one_of("ORDER", "Menu"),)
    )


@rules("create_webhook")
def any_type_will_do() -> tuple[Field, ...]:
    """No rule for the optional field."""
    return (url("url"),)


@rules("delete_webhook")
def a_blank_is_a_url() -> tuple[Field, ...]:
    """`required` lets a blank pass to the rule of the format."""
    return (Field("url", (string, at_most(2048), matching(URL))),)


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
def a_slash_at_the_end_is_ignored(state: State, account: Account, values: Values) -> Answer:
    """Two URLs that differ in a slash are taken for one."""
    if values["url"].rstrip("/") in {url.rstrip("/") for url in account.webhooks}:
        return conflict(messages.WEBHOOK_EXISTS)
    return webhooks.create(state, account, values)


@assumed
@core("accept_order")
def a_failed_delivery_is_accepted(state: State, account: Account, values: Values) -> Answer:
    """An order is gone although the delivery app did not take its acceptance."""
    answer = orders.accept(state, account, values)
    if answer == conflict(messages.DELIVERY_WITHOUT_TOKEN):
        state.orders.clear()
    return answer


@assumed
@core("accept_order")
def ids_are_compared_as_numbers(state: State, account: Account, values: Values) -> Answer:
    """A zero before the id does not count."""
    return orders.accept(
        state, account, {**values, "delivery_id": values["delivery_id"].lstrip("0")}
    )


@assumed
@reply
def a_number_has_the_wrong_format(seen: Seen, reply: Reply) -> Reply:
    """A message of the catalogue, for another rule than the one that failed."""
    if reply.status != 422:
        return reply
    texts = {
        name: [text.replace("must be a string.", "format is invalid.") for text in each]
        for name, each in reply.value.items()
    }
    return with_value(reply, texts)
