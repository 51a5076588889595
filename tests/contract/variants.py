"""Correct servers that differ from the mock where the documents leave room: no run may fail.

A variant is judged as a deployment, of which only what has a source is demanded.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mipos_mock import messages, orders, webhooks
from mipos_mock.app import create_app
from mipos_mock.exchange import Answer, conflict
from mipos_mock.operations import OPERATIONS
from mipos_mock.seed import fresh_state
from mipos_mock.state import OrderKey
from mipos_mock.validation import URL, Field, matching, required, string
from tests.contract.transport import Reply, Seen, on_reply, with_status, with_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_mock.asgi import ASGIApp, Receive, Scope, Send
    from mipos_mock.operations import Run
    from mipos_mock.state import Account, State
    from mipos_mock.validation import Rule
    from tests.contract.faults.registry import Values

# A real platform is not on the same machine.
LATENCY = 0.05
ANY_URL = (required, string)


@dataclass(frozen=True, slots=True)
class Variant:
    """A correct server: how to build a fresh one, and in one line how it differs."""

    name: str
    text: str
    build: Callable[[], ASGIApp]


VARIANTS: dict[str, Variant] = {}


def server(build: Callable[[], ASGIApp]) -> Callable[[], ASGIApp]:
    """Register a variant that is a server of its own."""
    VARIANTS[build.__name__] = Variant(build.__name__, str(build.__doc__), build)
    return build


def reply(change: Callable[[Seen, Reply], Reply]) -> Callable[[Seen, Reply], Reply]:
    """Register a variant that answers otherwise."""

    def build() -> ASGIApp:
        return on_reply(create_app(fresh_state()), change)

    VARIANTS[change.__name__] = Variant(change.__name__, str(change.__doc__), build)
    return change


def core(operation: str) -> Callable[[Run], Run]:
    """Register a variant in which an operation does something else."""

    def register(run: Run) -> Run:
        def build() -> ASGIApp:
            changed = replace(OPERATIONS[operation], run=run)
            return create_app(fresh_state(), {**OPERATIONS, operation: changed})

        VARIANTS[run.__name__] = Variant(run.__name__, str(run.__doc__), build)
        return run

    return register


def with_rules(url_rules: tuple[Rule, ...], **runs: Run) -> ASGIApp:
    """Return a mock in which every URL has these rules, and some operations do something else."""
    operations = {
        name: replace(
            operation,
            fields=tuple(
                Field(field.name, url_rules) if "url" in field.name else field
                for field in operation.fields
            ),
            run=runs.get(name, operation.run),
        )
        for name, operation in OPERATIONS.items()
    }
    return create_app(fresh_state(), operations)


@server
def as_the_mock() -> ASGIApp:
    """The mock itself: a second acceptance is not found, a malformed URL fails validation."""
    return create_app(fresh_state())


@reply
def the_list_is_reversed(seen: Seen, reply: Reply) -> Reply:
    """The newest webhook comes first."""
    listed = seen.path == "webhooks" and reply.status == 200
    return with_value(reply, reply.value[::-1]) if listed else reply


@reply
def items_have_more_fields(seen: Seen, reply: Reply) -> Reply:
    """A webhook is listed with its id and its dates."""
    if seen.path != "webhooks" or reply.status != 200:
        return reply
    more = {"id": 7, "type": "ORDER", "created_at": "2020-03-20T04:51:03Z", "deleted_at": None}
    return with_value(reply, [{**more, **item} for item in reply.value])


@reply
def successes_have_more_fields(seen: Seen, reply: Reply) -> Reply:
    """An answer with a message has a code beside it."""
    more = seen.path != "webhooks" and reply.status in {200, 201, 409}
    return with_value(reply, {"code": 1, **reply.value}) if more else reply


@reply
def headers_are_those_of_php(_seen: Seen, reply: Reply) -> Reply:
    """The content type has a charset, and there are cookies, limits and a server's name."""
    return replace(
        reply,
        headers={
            "Server": "nginx",
            "Content-Type": "application/json; charset=UTF-8",
            "Cache-Control": "no-cache, private",
            "X-RateLimit-Remaining": "59",
            "Set-Cookie": "session=1; path=/; httponly",
        },
    )


@core("accept_order")
def a_second_acceptance_succeeds(state: State, account: Account, values: Values) -> Answer:
    """An order that was accepted is accepted again."""
    answer = orders.accept(state, account, values)
    known = OrderKey(*(values[name] for name in OrderKey._fields)) in state.orders
    if known and answer == conflict(messages.ORDER_NOT_FOUND):
        return Answer(200, {"message": [messages.ORDER_ACCEPTED], "data": None})
    return answer


@server
def a_malformed_url_conflicts() -> ASGIApp:
    """A text that is no URL passes validation, and then cannot be set up."""

    def create(state: State, account: Account, values: Values) -> Answer:
        if URL.fullmatch(values["url"]) is None:
            return conflict(messages.WEBHOOK_NOT_CREATED)
        return webhooks.create(state, account, values)

    def update(state: State, account: Account, values: Values) -> Answer:
        if URL.fullmatch(values["new_url"]) is None:
            return conflict(messages.WEBHOOK_NOT_UPDATED)
        return webhooks.update(state, account, values)

    return with_rules(ANY_URL, create_webhook=create, update_webhook=update)


@reply
def a_malformed_url_is_told_in_other_words(_seen: Seen, reply: Reply) -> Reply:
    """A message that no page shows has another wording."""
    if reply.status != 422:
        return reply
    fields: dict[str, list[str]] = reply.value
    told = {
        name: [text if "required" in text else f"El campo {name} no es válido." for text in texts]
        for name, texts in fields.items()
    }
    return with_value(reply, told)


@server
def urls_of_any_length_are_accepted() -> ASGIApp:
    """No page gives a limit, and there is none."""
    return with_rules((required, string, matching(URL)))


@server
def a_text_that_is_no_url_is_accepted() -> ASGIApp:
    """No page gives a rule for URLs, and there is none."""
    return with_rules(ANY_URL)


@server
def the_account_is_busy() -> ASGIApp:
    """Both accounts have 150 webhooks already."""
    state = fresh_state()
    for name in ("alpha", "beta"):
        urls = (f"https://pos.example/{name}/{number}" for number in range(150))
        state.accounts[name].webhooks.update(dict.fromkeys(urls, "ORDER"))
    return create_app(state)


@server
def answers_take_fifty_milliseconds() -> ASGIApp:
    """The platform is not on the same machine."""
    app = create_app(fresh_state())

    async def delayed(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(LATENCY)
        await app(scope, receive, send)

    return delayed


@reply
def members_come_in_another_order(_seen: Seen, reply: Reply) -> Reply:
    """`data` stands before `message`, and the last failed field first."""
    if reply.status not in {200, 201, 409, 422} or isinstance(reply.value, list):
        return reply
    members: dict[str, object] = reply.value
    return with_value(reply, dict(reversed(members.items())))


@reply
def json_is_written_as_php_writes_it(_seen: Seen, reply: Reply) -> Reply:
    """Slashes are escaped."""
    return replace(reply, raw=json.dumps(reply.value).replace("/", "\\/").encode())


@reply
def fields_are_looked_at_first(seen: Seen, reply: Reply) -> Reply:
    """A request that lacks its fields and a token is told of the fields."""
    names = {"create": ("url",), "delete": ("url",), "update": ("current_url", "new_url")}
    if reply.status != 401 or seen.body != b"{}" or seen.path not in names:
        return reply
    told = {name: [messages.field_required(name.replace("_", " "))] for name in names[seen.path]}
    return with_value(with_status(reply, 422), told)


@core("create_webhook")
def urls_are_unique_without_case(state: State, account: Account, values: Values) -> Answer:
    """A URL that an account has in other letters exists, as the database sorts texts."""
    if values["url"].lower() in map(str.lower, account.webhooks):
        return conflict(messages.WEBHOOK_EXISTS)
    return webhooks.create(state, account, values)


@core("create_webhook")
def urls_are_unique_on_the_platform(state: State, account: Account, values: Values) -> Answer:
    """A URL that another account has exists."""
    if any(values["url"] in owner.webhooks for owner in state.accounts.values()):
        return conflict(messages.WEBHOOK_EXISTS)
    return webhooks.create(state, account, values)


@core("update_webhook")
def an_update_to_the_same_url_succeeds(state: State, account: Account, values: Values) -> Answer:
    """A change that changes nothing is none that conflicts."""
    if values["current_url"] == values["new_url"] and values["new_url"] in account.webhooks:
        return Answer(200, {"message": messages.WEBHOOK_UPDATED, "data": None})
    return webhooks.update(state, account, values)
