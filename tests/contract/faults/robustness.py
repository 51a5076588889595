"""Input that breaks the server."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from mipos_mock import messages
from tests.contract.faults.registry import assumed, reply, sampled
from tests.contract.transport import Reply, Seen, html, with_status

if TYPE_CHECKING:
    from collections.abc import Callable


def crash(seen: Seen, reply: Reply, *parts: bytes) -> Reply:
    """Return a server error if the body has one of the parts."""
    return html(500) if any(part in seen.body for part in parts) else reply


def crash_at_value(seen: Seen, reply: Reply, breaks: Callable[[Any], bool]) -> Reply:
    """Return a server error if the body is an object with a documented field of that kind."""
    try:
        fields = json.loads(seen.body)
    except (ValueError, RecursionError):
        return reply
    names = {"url", "current_url", "new_url", "delivery_id", "store_id", "order_external_id"}
    if isinstance(fields, dict) and any(breaks(fields[name]) for name in names & fields.keys()):
        return html(500)
    return reply


@reply()
def long_urls_break_the_gateway(seen: Seen, reply: Reply) -> Reply:
    """A text of more than 4,000 characters gets an HTML page."""
    return html(502) if len(seen.body) > 4_000 else reply


@sampled
@reply()
def nul_crashes(seen: Seen, reply: Reply) -> Reply:
    """A NUL in a text is a server error."""
    return with_status(reply, 500) if b"\\u0000" in seen.body else reply


@reply()
def astral_characters_crash(seen: Seen, reply: Reply) -> Reply:
    """A character of four bytes does not fit the database's encoding."""
    return crash(seen, reply, b"\\ud83c\\udf55")


@reply()
def a_lone_surrogate_crashes(seen: Seen, reply: Reply) -> Reply:
    """Half a character cannot be written to the log."""
    return html(500) if re.search(rb"\\ud800[^\\]", seen.body) else reply


@reply()
def a_quote_crashes(seen: Seen, reply: Reply) -> Reply:
    """A text ends the SQL that it was put into."""
    return crash(seen, reply, b"'")


@reply()
def a_percent_sign_crashes(seen: Seen, reply: Reply) -> Reply:
    """A text is taken for a format."""
    return crash(seen, reply, b"%")


@reply()
def malformed_json_crashes(seen: Seen, reply: Reply) -> Reply:
    """A body that cannot be read is an exception that nobody catches."""
    try:
        json.loads(seen.body or b"{}")
    except RecursionError:
        return reply
    except ValueError:
        return html(500)
    return reply


@reply()
def an_empty_body_crashes(seen: Seen, reply: Reply) -> Reply:
    """No body at all is null where an array is expected."""
    return html(500) if seen.path != "webhooks" and not seen.body else reply


@reply()
def a_list_as_body_crashes(seen: Seen, reply: Reply) -> Reply:
    """A body that is an array has no names."""
    return html(500) if seen.body.startswith(b"[") and seen.body.endswith(b"]") else reply


@reply()
def a_scalar_as_body_crashes(seen: Seen, reply: Reply) -> Reply:
    """A body that is a text or a number has no names."""
    return html(500) if re.fullmatch(rb'"[^"]*"|[0-9.]+|true|false', seen.body) else reply


@reply()
def deep_nesting_crashes(seen: Seen, reply: Reply) -> Reply:
    """A body is read by a function that calls itself."""
    return crash(seen, reply, b"[" * 1_000)


@reply()
def bytes_that_are_no_utf8_crash(seen: Seen, reply: Reply) -> Reply:
    """A body in no encoding cannot be encoded again."""
    return crash(seen, reply, b"\xff")


@reply()
def a_long_number_crashes(seen: Seen, reply: Reply) -> Reply:
    """A number of many digits becomes an infinity that JSON does not have."""
    return crash(seen, reply, b"9" * 400)


@reply()
def a_null_crashes(seen: Seen, reply: Reply) -> Reply:
    """A null is passed where a text is declared."""
    return crash_at_value(seen, reply, lambda value: value is None)


@reply()
def a_number_crashes(seen: Seen, reply: Reply) -> Reply:
    """A number is passed where a text is declared."""
    return crash_at_value(seen, reply, lambda value: isinstance(value, int | float))


@reply()
def a_list_for_a_text_crashes(seen: Seen, reply: Reply) -> Reply:
    """A list is turned into a text."""
    return crash_at_value(seen, reply, lambda value: isinstance(value, list | dict))


@reply()
def an_unknown_field_crashes(seen: Seen, reply: Reply) -> Reply:
    """Every field of the request is written to a column."""
    return crash(seen, reply, b'"id"', b'"__proto__"')


@reply("delete", 409)
def deleting_what_is_missing_crashes(_seen: Seen, reply: Reply) -> Reply:
    """What was looked up is used without a look whether it was found."""
    return html(500) if messages.WEBHOOK_MISSING in reply.value["message"] else reply


@assumed
@reply()
def a_megabyte_is_refused(seen: Seen, reply: Reply) -> Reply:
    """A proxy lets no large body pass."""
    return html(413) if len(seen.body) > 500_000 else reply
