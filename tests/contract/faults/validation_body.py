"""Validation that lets too much or too little pass, or that says so otherwise than documented."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from mipos_mock.app import create_app
from mipos_mock.operations import OPERATIONS
from mipos_mock.seed import fresh_state
from mipos_mock.validation import (
    URL,
    Field,
    at_most,
    matching,
    one_of,
    required,
    string,
    url,
)
from tests.contract.faults.registry import assumed, reply, request, rules, sampled, server
from tests.contract.transport import Reply, Seen, with_value

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp
    from mipos_mock.exchange import Answer
    from mipos_mock.state import Account, State
    from tests.contract.faults.registry import Values

TYPE = Field("type", (one_of("ORDER", "Menu"),))


@sampled
@reply(status=422)
def validation_is_wrapped(_seen: Seen, reply: Reply) -> Reply:
    """Laravel's envelope stands where a bare map is documented."""
    return with_value(reply, {"message": "The given data was invalid.", "errors": reply.value})


@reply(status=422)
def validation_is_a_list(_seen: Seen, reply: Reply) -> Reply:
    """The messages come without the names of their fields."""
    return with_value(reply, [text for texts in reply.value.values() for text in texts])


@reply(status=422)
def validation_stops_at_the_first_field(_seen: Seen, reply: Reply) -> Reply:
    """One of several failed fields is named."""
    return with_value(reply, dict(itertools.islice(reply.value.items(), 1)))


@reply("update", 422)
def validation_names_every_field(_seen: Seen, reply: Reply) -> Reply:
    """Fields are named that did not fail."""
    names = ("current_url", "new_url")
    texts = {name: [f"The {name.replace('_', ' ')} field is required."] for name in names}
    return with_value(reply, texts)


@reply(status=422)
def validation_messages_are_strings(_seen: Seen, reply: Reply) -> Reply:
    """Each field has a text where an array of texts is documented."""
    return with_value(reply, {name: texts[0] for name, texts in reply.value.items()})


@reply("update", 422)
def validation_names_are_in_camel_case(_seen: Seen, reply: Reply) -> Reply:
    """Fields are named otherwise than the request names them."""
    camel = {"current_url": "currentUrl", "new_url": "newUrl"}
    return with_value(reply, {camel[name]: texts for name, texts in reply.value.items()})


@reply("accept", 422)
def validation_texts_keep_the_underscore(_seen: Seen, reply: Reply) -> Reply:
    """The name of a field stands in its message as it is."""
    texts = {name: [f"The {name} field is required."] for name in reply.value}
    return with_value(reply, texts)


@reply(status=422)
def validation_texts_are_keys(_seen: Seen, reply: Reply) -> Reply:
    """The translations are not installed, so that their keys show."""
    return with_value(reply, {name: ["validation.required"] for name in reply.value})


@reply("update", 422)
def a_message_speaks_of_another_field(_seen: Seen, reply: Reply) -> Reply:
    """The message of one field was copied to the other."""
    texts = {name: ["The current url field is required."] for name in reply.value}
    return with_value(reply, texts)


@reply("create", 422)
def validation_has_data_beside_its_fields(_seen: Seen, reply: Reply) -> Reply:
    """The map of fields has a member that is none."""
    return with_value(reply, {**reply.value, "data": None})


@server
def the_external_id_may_be_absent() -> ASGIApp:
    """A required field has a default, which no order has."""
    sound = OPERATIONS["accept_order"]

    def accept(state: State, account: Account, values: Values) -> Answer:
        return sound.run(state, account, {"order_external_id": "", **values})

    lenient = replace(sound, fields=sound.fields[:2], run=accept)
    return create_app(fresh_state(), {**OPERATIONS, "accept_order": lenient})


@rules("create_webhook")
def the_type_is_required() -> tuple[Field, ...]:
    """A field with a default must be there."""
    return url("url"), Field("type", (required, one_of("ORDER", "Menu")))


@rules("create_webhook")
def a_menu_is_no_type() -> tuple[Field, ...]:
    """One of the two documented types is refused in its documented spelling."""
    return url("url"), Field("type", (one_of("ORDER", "MENU"),))


@request("delete")
def delete_reads_another_field(seen: Seen) -> Seen:
    """The documented name of the field was changed, and the old one is not read any more."""
    return replace(seen, body=seen.body.replace(b'"url"', b'"old"').replace(b'"hook"', b'"url"'))


@assumed
@rules("create_webhook")
def any_text_is_a_url() -> tuple[Field, ...]:
    """No format is demanded."""
    return Field("url", (required, string, at_most(2048))), TYPE


@assumed
@rules("create_webhook")
def any_length_will_do() -> tuple[Field, ...]:
    """No limit is demanded."""
    return Field("url", (required, string, matching(URL))), TYPE


@assumed
@rules("create_webhook")
def any_type_will_do() -> tuple[Field, ...]:
    """The optional field has no rule."""
    return (url("url"),)


@assumed
@reply("delete", 422)
def a_blank_is_a_url(seen: Seen, reply: Reply) -> Reply:
    """`required` lets a blank pass to the rule of the format."""
    blank = b'"url": " "' in seen.body
    return with_value(reply, {"url": ["The url format is invalid."]}) if blank else reply


@assumed
@reply(status=422)
def a_number_has_the_wrong_format(_seen: Seen, reply: Reply) -> Reply:
    """A message of the catalogue stands for another rule than the one that failed."""
    texts = {
        name: [text.replace("must be a string.", "format is invalid.") for text in each]
        for name, each in reply.value.items()
    }
    return with_value(reply, texts)
