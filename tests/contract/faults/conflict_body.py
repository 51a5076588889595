"""Bodies of a 409 that differ from the documented ones, or that name another reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mipos_mock import messages, orders, webhooks
from mipos_mock.exchange import Answer, conflict
from tests.contract.faults.registry import assumed, core, reply, sampled
from tests.contract.transport import Reply, Seen, with_member, with_value

if TYPE_CHECKING:
    from mipos_mock.state import Account, State
    from tests.contract.faults.registry import Values


@sampled
@reply(status=409)
def conflict_message_is_a_string(_seen: Seen, reply: Reply) -> Reply:
    """The message lacks its array."""
    return with_member(reply, "message", reply.value["message"][0])


@reply(status=409)
def conflict_message_is_an_object(_seen: Seen, reply: Reply) -> Reply:
    """The messages were filtered, and PHP's array kept the key of the one that is left."""
    return with_member(reply, "message", {"2": reply.value["message"][0]})


@reply(status=409)
def conflict_says_nothing(_seen: Seen, reply: Reply) -> Reply:
    """The array of messages is empty."""
    return with_member(reply, "message", [])


@reply(status=409)
def conflict_lacks_data(_seen: Seen, reply: Reply) -> Reply:
    """The member that is always null is left out."""
    return with_value(reply, {"message": reply.value["message"]})


@reply("update", 409)
def conflict_data_is_an_empty_object(_seen: Seen, reply: Reply) -> Reply:
    """`data` is an object where null is documented."""
    return with_member(reply, "data", {})


@reply(status=409)
def conflict_texts_have_full_stops(_seen: Seen, reply: Reply) -> Reply:
    """Every message ends with a full stop, also those that are documented without."""
    return with_member(
        reply, "message", [f"{text.rstrip('.')}." for text in reply.value["message"]]
    )


@reply("create", 409)
def existing_is_said_to_be_missing(_seen: Seen, reply: Reply) -> Reply:
    """The message is that of the opposite reason."""
    return with_member(reply, "message", [messages.WEBHOOK_MISSING])


@core("update_webhook")
def a_taken_new_url_is_called_missing(state: State, account: Account, values: Values) -> Answer:
    """An update onto another webhook is told that the current one does not exist."""
    sound = webhooks.update(state, account, values)
    taken = conflict(messages.NEW_WEBHOOK_EXISTS)
    return conflict(messages.WEBHOOK_MISSING) if sound == taken else sound


@core("delete_webhook")
def a_missing_webhook_cannot_be_removed(state: State, account: Account, values: Values) -> Answer:
    """Instead of the reason, the message says that it did not work."""
    sound = webhooks.delete(state, account, values)
    missing = conflict(messages.WEBHOOK_MISSING)
    return conflict(messages.WEBHOOK_NOT_REMOVED) if sound == missing else sound


@core("accept_order")
def an_unknown_order_is_an_unknown_store(state: State, account: Account, values: Values) -> Answer:
    """An order that is not there is blamed on a store that is."""
    sound = orders.accept(state, account, values)
    unknown = conflict(messages.ORDER_NOT_FOUND)
    return conflict(messages.STORE_NOT_AVAILABLE) if sound == unknown else sound


@assumed
@reply(status=409)
def a_conflict_lists_the_catalogue(_seen: Seen, reply: Reply) -> Reply:
    """Messages that did not apply stand beside the one that did."""
    return with_member(reply, "message", [messages.USER_NOT_FOUND, *reply.value["message"]])


@assumed
@core("create_webhook")
def a_failed_create_succeeds(state: State, account: Account, values: Values) -> Answer:
    """The platform could not set the webhook up, and nobody is told."""
    sound = webhooks.create(state, account, values)
    failed = conflict(messages.WEBHOOK_NOT_CREATED)
    created = Answer(201, {"message": messages.WEBHOOK_CREATED, "data": None})
    return created if sound == failed else sound


@assumed
@reply(status=409)
def a_deleted_user_is_signed_out(_seen: Seen, reply: Reply) -> Reply:
    """Two states of an account share one message."""
    if reply.value["message"] == [messages.USER_NOT_FOUND]:
        return with_member(reply, "message", [messages.USER_NOT_AUTHENTICATED])
    return reply
