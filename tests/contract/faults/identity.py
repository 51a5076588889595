"""Which texts are one webhook URL, and whether it is listed as it was registered."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from mipos_mock import messages, webhooks
from mipos_mock.app import create_app
from mipos_mock.exchange import Answer, conflict
from mipos_mock.operations import OPERATIONS
from mipos_mock.seed import fresh_state
from mipos_mock.validation import Field, matching, one_of, required, string
from tests.contract.faults.registry import assumed, core, reply, request, sampled, server
from tests.contract.transport import Reply, Seen, with_fields, with_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_mock.asgi import ASGIApp
    from mipos_mock.state import Account, State
    from tests.contract.faults.registry import Values


def listed_as(reply: Reply, shown: Callable[[str], str]) -> Reply:
    """Return a list with each URL shown in another way."""
    return with_value(reply, [{"url": shown(item["url"])} for item in reply.value])


def create_unless_near(
    state: State, account: Account, values: Values, key: Callable[[str], str]
) -> Answer:
    """Create a webhook unless the account has one with the same key."""
    if key(values["url"]) in {key(url) for url in account.webhooks}:
        return conflict(messages.WEBHOOK_EXISTS)
    return webhooks.create(state, account, values)


@sampled
@reply("webhooks", 200)
def urls_are_listed_in_lower_case(_seen: Seen, reply: Reply) -> Reply:
    """A URL loses its capitals."""
    return listed_as(reply, str.lower)


@reply("webhooks", 200)
def urls_are_listed_without_their_query(_seen: Seen, reply: Reply) -> Reply:
    """A URL loses what begins with its question mark."""
    return listed_as(reply, lambda url: url.partition("?")[0])


@reply("webhooks", 200)
def urls_are_listed_with_a_slash(_seen: Seen, reply: Reply) -> Reply:
    """A URL gets a slash at its end."""
    return listed_as(reply, lambda url: url.rstrip("/") + "/")


@reply("webhooks", 200)
def urls_are_listed_for_html(_seen: Seen, reply: Reply) -> Reply:
    """A URL is escaped for a page that it is not on."""
    return listed_as(reply, html.escape)


@reply("webhooks", 200)
def urls_are_listed_decoded(_seen: Seen, reply: Reply) -> Reply:
    """A URL has the characters that its escapes stand for."""
    return listed_as(reply, unquote)


@reply("webhooks", 200)
def urls_are_listed_cut_at_255(_seen: Seen, reply: Reply) -> Reply:
    """A URL ends where its column does."""
    return listed_as(reply, lambda url: url[:255])


@reply("webhooks", 200)
def urls_are_listed_cut_at_100(_seen: Seen, reply: Reply) -> Reply:
    """A URL ends where its column does, and the column is short."""
    return listed_as(reply, lambda url: url[:100])


@request()
def urls_are_stored_without_tls(seen: Seen) -> Seen:
    """A URL is stored and listed with another scheme than it was registered with."""
    return with_fields(seen, lambda value: re.sub("^https:", "http:", value))


@server
def unicode_is_stored_as_question_marks() -> ASGIApp:
    """A URL outside ASCII is created, and stored in an encoding that lacks its characters."""
    run = OPERATIONS["create_webhook"].run

    def create(state: State, account: Account, values: Values) -> Answer:
        stored = values["url"].encode("ascii", "replace").decode()
        return run(state, account, {**values, "url": stored})

    # Nothing but the letters is taken that the mock would refuse to delete.
    letters = matching(re.compile(r"https?://[^\s<>\\]+"))
    fields = (Field("url", (required, string, letters)), Field("type", (one_of("ORDER", "Menu"),)))
    lenient = replace(OPERATIONS["create_webhook"], fields=fields, run=create)
    return create_app(fresh_state(), {**OPERATIONS, "create_webhook": lenient})


@assumed
@core("create_webhook")
def create_ignores_case(state: State, account: Account, values: Values) -> Answer:
    """Two URLs that differ in case are taken for one."""
    return create_unless_near(state, account, values, str.lower)


@assumed
@core("create_webhook")
def a_slash_at_the_end_is_ignored(state: State, account: Account, values: Values) -> Answer:
    """Two URLs that differ in a slash are taken for one."""
    return create_unless_near(state, account, values, lambda url: url.rstrip("/"))


@assumed
@core("create_webhook")
def the_query_is_ignored(state: State, account: Account, values: Values) -> Answer:
    """Two URLs that differ in their query are taken for one."""
    return create_unless_near(state, account, values, lambda url: url.partition("?")[0])


@assumed
@core("create_webhook")
def the_order_of_the_query_is_ignored(state: State, account: Account, values: Values) -> Answer:
    """Two URLs whose query has the same parts are taken for one."""
    return create_unless_near(
        state, account, values, lambda url: "&".join(sorted(re.split("[?&]", url)))
    )


@assumed
@core("create_webhook")
def urls_are_compared_up_to_255(state: State, account: Account, values: Values) -> Answer:
    """Two URLs that begin alike are taken for one, as the index sees no more of them."""
    return create_unless_near(state, account, values, lambda url: url[:255])


@assumed
@core("create_webhook")
def escapes_are_decoded_first(state: State, account: Account, values: Values) -> Answer:
    """Two URLs that differ in what is escaped are taken for one."""
    return create_unless_near(state, account, values, unquote)


@assumed
@core("create_webhook")
def the_default_port_is_ignored(state: State, account: Account, values: Values) -> Answer:
    """Two URLs are taken for one if one spells the port out that the other means."""
    return create_unless_near(state, account, values, lambda url: url.replace(":443/", "/"))


@assumed
@core("delete_webhook")
def delete_ignores_case(state: State, account: Account, values: Values) -> Answer:
    """A webhook is found by a URL in another case, as the database sorts texts."""
    wanted = values["url"].lower()
    near = next((url for url in account.webhooks if url.lower() == wanted), values["url"])
    return webhooks.delete(state, account, {"url": near})


@assumed
@request()
def blanks_around_a_url_are_cut(seen: Seen) -> Seen:
    """A text is trimmed before anything looks at it."""
    return with_fields(seen, str.strip)
