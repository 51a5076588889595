"""Wrong statuses."""

from __future__ import annotations

from dataclasses import replace

from mipos_mock import messages
from tests.contract.faults.registry import assumed, reply, sampled
from tests.contract.transport import Reply, Seen, empty, with_status


@reply("create", 201)
def create_answers_200(_seen: Seen, reply: Reply) -> Reply:
    """A created webhook is answered with the status of a change."""
    return with_status(reply, 200)


@reply("accept", 200)
def accept_answers_202(_seen: Seen, reply: Reply) -> Reply:
    """An acceptance is put into a queue, and answered as such."""
    return with_status(reply, 202)


@reply("delete", 200)
def delete_answers_204(_seen: Seen, _reply: Reply) -> Reply:
    """A removal is answered without a body, as a REST style guide would have it."""
    return empty(204)


@sampled
@reply(status=409)
def missing_webhook_is_404(_seen: Seen, reply: Reply) -> Reply:
    """A webhook that is not there gets a status that no page documents."""
    return with_status(reply, 404) if messages.WEBHOOK_MISSING in reply.value["message"] else reply


@reply("create", 409)
def an_existing_webhook_is_400(_seen: Seen, reply: Reply) -> Reply:
    """A conflict is answered as a bad request."""
    return with_status(reply, 400)


@reply("accept", 409)
def an_unknown_order_is_422(_seen: Seen, reply: Reply) -> Reply:
    """A conflict is taken for a field that fails, with the body of a conflict."""
    return with_status(reply, 422)


@reply(status=422)
def validation_is_400(_seen: Seen, reply: Reply) -> Reply:
    """Fields that fail are answered as a bad request."""
    return with_status(reply, 400)


@reply(status=401)
def unauthorized_is_403(_seen: Seen, reply: Reply) -> Reply:
    """A token that is not valid is answered as one that does not suffice."""
    return with_status(reply, 403)


@reply(status=401)
def unauthorized_redirects_to_a_login(_seen: Seen, _reply: Reply) -> Reply:
    """A request without a token is sent to a page, as Laravel does with a browser."""
    return replace(empty(302), headers={"location": "/login"})


@reply()
def errors_come_with_200(_seen: Seen, reply: Reply) -> Reply:
    """Whatever happens, the status is 200, and the body alone tells."""
    return with_status(reply, 200)


@assumed
@reply()
def malformed_json_is_400(seen: Seen, reply: Reply) -> Reply:
    """A body that cannot be read gets a status of its own."""
    return with_status(reply, 400) if seen.body[-1:] not in {b"", b"}"} else reply


@assumed
@reply(status=405)
def another_method_is_404(_seen: Seen, reply: Reply) -> Reply:
    """A known path denies being there."""
    return with_status(reply, 404)
