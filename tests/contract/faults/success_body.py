"""Bodies of successful answers that differ from the documented ones."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.contract.faults.registry import reply, sampled
from tests.contract.transport import Reply, Seen, with_member, with_value


@sampled
@reply("accept", 200)
def accept_message_is_a_string(_seen: Seen, reply: Reply) -> Reply:
    """An acceptance has the form of the webhook answers where an array is documented."""
    return with_member(reply, "message", reply.value["message"][0])


@reply("create", 201)
def create_message_is_an_array(_seen: Seen, reply: Reply) -> Reply:
    """A created webhook has the form of an acceptance where a string is documented."""
    return with_member(reply, "message", [reply.value["message"]])


@reply("update", 200)
def update_message_is_reworded(_seen: Seen, reply: Reply) -> Reply:
    """A message has a full stop too much."""
    return with_member(reply, "message", "Webhook successfully updated.")


@reply("update", 200)
def update_says_created(_seen: Seen, reply: Reply) -> Reply:
    """A message was copied from the operation above."""
    return with_member(reply, "message", "Webhook successfully created")


@reply("delete", 200)
def delete_message_is_translated(_seen: Seen, reply: Reply) -> Reply:
    """A message follows the locale of the server."""
    return with_member(reply, "message", "Webhook eliminado con éxito")


@reply("accept", 200)
def accept_repeats_its_message(_seen: Seen, reply: Reply) -> Reply:
    """The array of one message has two."""
    return with_member(reply, "message", reply.value["message"] * 2)


@reply("accept", 200)
def accept_says_nothing(_seen: Seen, reply: Reply) -> Reply:
    """The array of one message is empty."""
    return with_member(reply, "message", [])


@reply("create", 201)
def create_lacks_data(_seen: Seen, reply: Reply) -> Reply:
    """The member that is always null is left out, as serialisers do with nulls."""
    return with_value(reply, {"message": reply.value["message"]})


@reply("create", 201)
def create_returns_the_webhook(seen: Seen, reply: Reply) -> Reply:
    """`data` holds what was created where null is documented."""
    return with_member(reply, "data", {"id": 7, "url": json.loads(seen.body)["url"]})


@reply("delete", 200)
def delete_data_is_an_empty_array(_seen: Seen, reply: Reply) -> Reply:
    """`data` is PHP's empty array where null is documented."""
    return with_member(reply, "data", [])


@reply("create", 201)
def create_has_no_body(_seen: Seen, reply: Reply) -> Reply:
    """The answer ends after its headers."""
    return replace(reply, raw=b"")


@reply("update", 200)
def update_is_encoded_twice(_seen: Seen, reply: Reply) -> Reply:
    """The body is a JSON text that holds the JSON."""
    return with_value(reply, json.dumps(reply.value))
