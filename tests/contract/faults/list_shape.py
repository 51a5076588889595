"""Lists of another shape than an array of objects with a URL each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mipos_mock import messages
from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from tests.contract.faults.registry import reply, sampled, server
from tests.contract.transport import Reply, Seen, empty, on_reply, with_status, with_value

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp


@reply("webhooks", 200)
def list_is_wrapped(_seen: Seen, reply: Reply) -> Reply:
    """An envelope stands where a bare array is documented."""
    return with_value(reply, {"message": "Webhooks.", "data": reply.value})


@sampled
@reply("webhooks", 200)
def an_empty_list_is_an_object(_seen: Seen, reply: Reply) -> Reply:
    """PHP's empty array is encoded as an object."""
    return reply if reply.value else with_value(reply, {})


@reply("webhooks", 200)
def an_empty_list_is_null(_seen: Seen, reply: Reply) -> Reply:
    """No webhooks are no list."""
    return reply if reply.value else with_value(reply, None)


@reply("webhooks", 200)
def an_empty_list_has_no_body(_seen: Seen, reply: Reply) -> Reply:
    """No webhooks are no content."""
    return reply if reply.value else empty(204)


@server
def an_emptied_list_is_a_conflict() -> ASGIApp:
    """Once the last webhook is gone, the list is a webhook that does not exist."""
    missing = {"message": [messages.WEBHOOK_MISSING], "data": None}
    removed = list[str]()

    def refuse(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "delete" and reply.status == 200:
            removed.append(seen.path)
        if seen.path == "webhooks" and reply.value == [] and removed:
            return with_value(with_status(reply, 409), missing)
        return reply

    return on_reply(create_app(fresh_state()), refuse)


@reply("webhooks", 200)
def a_list_of_one_is_an_object(_seen: Seen, reply: Reply) -> Reply:
    """A single webhook is no list, as where the answer was XML before."""
    return with_value(reply, reply.value[0]) if len(reply.value) == 1 else reply


@server
def a_list_with_holes_is_an_object() -> ASGIApp:
    """PHP's array is encoded with its keys once one in the middle was taken out."""
    state, listed = fresh_state(), dict[str, list[str]]()

    def number(seen: Seen, reply: Reply) -> Reply:
        if seen.path != "webhooks" or reply.status != 200:
            return reply
        # Every URL keeps the number that it got when it was first listed.
        keys = listed.setdefault(seen.headers["authorization"], [])
        urls = [item["url"] for item in reply.value]
        keys += [url for url in urls if url not in keys]
        if [keys.index(url) for url in urls] == [*range(len(urls))]:
            return reply
        return with_value(reply, {str(keys.index(url)): {"url": url} for url in urls})

    return on_reply(create_app(state), number)


@server
def a_removed_webhook_leaves_a_null() -> ASGIApp:
    """The place of what was taken out stays in the list."""
    removed = set[str]()

    def leave(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "delete" and reply.status == 200:
            removed.add(json.loads(seen.body)["url"])
        if seen.path == "webhooks" and reply.status == 200 and removed:
            return with_value(reply, [None, *reply.value])
        return reply

    return on_reply(create_app(fresh_state()), leave)


@reply("webhooks", 200)
def items_are_bare_urls(_seen: Seen, reply: Reply) -> Reply:
    """Texts stand where objects are documented."""
    return with_value(reply, [item["url"] for item in reply.value])


@reply("webhooks", 200)
def items_name_their_url_otherwise(_seen: Seen, reply: Reply) -> Reply:
    """The member has the name of its column."""
    return with_value(reply, [{"webhook_url": item["url"]} for item in reply.value])


@reply("webhooks", 200)
def items_are_lists(_seen: Seen, reply: Reply) -> Reply:
    """Rows come without the names of their columns."""
    return with_value(reply, [[item["url"]] for item in reply.value])


@reply("webhooks", 200)
def the_list_is_grouped(_seen: Seen, reply: Reply) -> Reply:
    """The list is an object of lists by type."""
    return with_value(reply, {"ORDER": reply.value})


@server
def an_updated_webhook_is_listed_twice() -> ASGIApp:
    """The list is joined with the history of changes."""
    changed = set[str]()

    def join(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "update" and reply.status == 200:
            changed.add(json.loads(seen.body)["new_url"])
        if seen.path == "webhooks" and reply.status == 200:
            again = [item for item in reply.value if item["url"] in changed]
            return with_value(reply, [*reply.value, *again])
        return reply

    return on_reply(create_app(fresh_state()), join)


@reply("webhooks", 200)
def the_list_ends_after_ten(_seen: Seen, reply: Reply) -> Reply:
    """A list that has no pages shows the last one."""
    return with_value(reply, reply.value[-10:])
