"""Tokens: who is let in, who is not, and what they are told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from mipos_mock import messages
from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from tests.contract.faults.registry import assumed, reply, request, sampled, server
from tests.contract.transport import (
    Reply,
    Seen,
    on_reply,
    on_request,
    with_authorization,
    with_status,
    with_value,
)

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp

KNOWN = "Bearer mock-token-alpha"


def header(seen: Seen) -> str:
    """Return the `Authorization` header, empty without one."""
    return seen.headers.get("authorization", "")


@reply(status=401)
def unauthorized_is_an_object(_seen: Seen, reply: Reply) -> Reply:
    """An object stands where a bare string is documented."""
    return with_value(reply, {"message": "Unauthorized."})


@reply(status=401)
def unauthorized_is_bare_text(_seen: Seen, reply: Reply) -> Reply:
    """The text comes without the quotes that make it JSON, as Lumen sends it."""
    return replace(
        reply, headers={"content-type": "text/html; charset=UTF-8"}, raw=b"Unauthorized."
    )


@reply(status=401)
def unauthorized_is_unauthenticated(_seen: Seen, reply: Reply) -> Reply:
    """The text is that of another version of the framework."""
    return with_value(reply, "Unauthenticated.")


@reply(status=401)
def an_unknown_token_is_a_conflict(_seen: Seen, reply: Reply) -> Reply:
    """A message about the account stands for a token that is not known."""
    body = {"message": [messages.USER_NOT_AUTHENTICATED], "data": None}
    return with_value(with_status(reply, 409), body)


@reply("webhooks", 401)
def a_list_without_a_token_is_empty(_seen: Seen, reply: Reply) -> Reply:
    """Nobody has no webhooks."""
    return with_value(with_status(reply, 200), [])


@sampled
@request("accept")
def accept_needs_no_token(seen: Seen) -> Seen:
    """An acceptance goes through for anybody."""
    return with_authorization(seen, KNOWN)


@request("delete")
def delete_needs_no_token(seen: Seen) -> Seen:
    """A request without a header removes webhooks."""
    return with_authorization(seen, header(seen) or KNOWN)


@request()
def a_longer_token_will_do(seen: Seen) -> Seen:
    """A token is looked up by its beginning."""
    return with_authorization(seen, header(seen).removesuffix("x"))


@request()
def a_shorter_token_will_do(seen: Seen) -> Seen:
    """A token is looked up as the beginning of one, as `LIKE` does with a wildcard after it."""
    known = len(header(seen)) > len("Bearer ") and KNOWN.startswith(header(seen))
    return with_authorization(seen, KNOWN) if known else seen


@request()
def tokens_have_no_case(seen: Seen) -> Seen:
    """A token is compared as the database sorts texts."""
    scheme, _, token = header(seen).partition(" ")
    return with_authorization(seen, f"{scheme} {token.lower()}")


@server
def the_last_account_stays_signed_in() -> ASGIApp:
    """A worker keeps the user of the request before, and a request without a token is theirs."""
    last = {"header": ""}

    def remember(seen: Seen) -> Seen:
        last["header"] = header(seen) or last["header"]
        return with_authorization(seen, last["header"])

    return on_request(create_app(fresh_state()), remember)


@server
def a_refused_create_has_an_effect() -> ASGIApp:
    """The token is looked at after the work is done."""
    state = fresh_state()

    def work(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "create" and reply.status == 401 and b'"url"' in seen.body:
            state.accounts["alpha"].webhooks[json.loads(seen.body)["url"]] = "ORDER"
        return reply

    return on_reply(create_app(state), work)


@assumed
@request()
def the_scheme_may_be_lower_case(seen: Seen) -> Seen:
    """A header that begins otherwise than documented opens the account."""
    return with_authorization(seen, header(seen).replace("bearer ", "Bearer ", 1))


@assumed
@request()
def the_scheme_may_be_absent(seen: Seen) -> Seen:
    """The token alone opens the account."""
    value = header(seen)
    return with_authorization(seen, value if " " in value else f"Bearer {value}")


@assumed
@reply(status=409)
def a_signed_out_account_is_unauthorized(_seen: Seen, reply: Reply) -> Reply:
    """A documented conflict of the account is answered as a token that is not known."""
    signed_out = reply.value["message"] == [messages.USER_NOT_AUTHENTICATED]
    return with_value(with_status(reply, 401), messages.UNAUTHORIZED) if signed_out else reply


@assumed
@reply(status=401)
def fields_come_before_the_token(seen: Seen, reply: Reply) -> Reply:
    """A request that lacks both is told of its fields."""
    missing = seen.path == "create" and seen.body == b"{}"
    text = {"url": ["The url field is required."]}
    return with_value(with_status(reply, 422), text) if missing else reply
