"""Headers, content types and encodings, of requests and of answers."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

from tests.contract.faults.registry import assumed, reply, request, sampled
from tests.contract.transport import Reply, Seen, html, with_value


def typed(reply: Reply, content_type: str) -> Reply:
    """Return the answer under another content type."""
    return replace(reply, headers={**reply.headers, "content-type": content_type})


def sent(reply: Reply) -> bytes:
    """Return the bytes of a sound answer."""
    return json.dumps(reply.value).encode()


@sampled
@reply()
def json_is_sent_as_text(_seen: Seen, reply: Reply) -> Reply:
    """The right bytes have the wrong content type."""
    return typed(reply, "text/plain")


@reply("webhooks", 200)
def json_is_sent_as_html(_seen: Seen, reply: Reply) -> Reply:
    """The list is echoed without a content type, and PHP adds its own."""
    return typed(reply, "text/html; charset=UTF-8")


@reply("delete")
def json_has_no_content_type(_seen: Seen, reply: Reply) -> Reply:
    """A proxy takes the content type away."""
    others = {name: value for name, value in reply.headers.items() if name != "content-type"}
    return replace(reply, headers=others)


@reply(status=409)
def problems_have_a_type_of_their_own(_seen: Seen, reply: Reply) -> Reply:
    """A conflict has the content type of RFC 9457."""
    return typed(reply, "application/problem+json")


@reply()
def json_begins_with_a_byte_order_mark(_seen: Seen, reply: Reply) -> Reply:
    """A source file was saved by an editor that puts three bytes before it."""
    return replace(reply, raw=b"\xef\xbb\xbf" + sent(reply))


@reply()
def json_is_in_utf_16(_seen: Seen, reply: Reply) -> Reply:
    """The body is JSON in an encoding that JSON does not have."""
    return replace(reply, raw=json.dumps(reply.value).encode("utf-16"))


@reply("update")
def a_notice_stands_before_the_json(_seen: Seen, reply: Reply) -> Reply:
    """PHP prints what it noticed."""
    return replace(reply, raw=b"Notice: Undefined index: type in Hook.php on line 7" + sent(reply))


@reply()
def a_comment_follows_the_json(_seen: Seen, reply: Reply) -> Reply:
    """A debug bar writes itself below every answer."""
    return replace(reply, raw=sent(reply) + b"\n<!-- debugbar: 12 ms -->")


@reply(status=409)
def a_member_is_there_twice(_seen: Seen, reply: Reply) -> Reply:
    """A JSON text that was put together by hand repeats a name."""
    return replace(reply, raw=b'{"message": [],' + sent(reply)[1:])


@reply("create")
def a_body_is_compressed_and_does_not_say_so(_seen: Seen, reply: Reply) -> Reply:
    """A proxy compresses, and another one takes the header away."""
    return replace(reply, raw=gzip.compress(sent(reply)))


@reply("create")
def a_body_says_that_it_is_compressed(_seen: Seen, reply: Reply) -> Reply:
    """A proxy decompresses, and leaves the header."""
    return replace(reply, headers={**reply.headers, "content-encoding": "gzip"})


@reply("webhooks", 200)
def a_body_ends_after_a_kilobyte(_seen: Seen, reply: Reply) -> Reply:
    """A buffer of a proxy is full."""
    return replace(reply, raw=sent(reply)[:1024])


@request("update")
def jsonc_is_not_read(seen: Seen) -> Seen:
    """The documented content type of an update is not one that the server parses."""
    plain = seen.headers.get("content-type") != "application/jsonc"
    return seen if plain else replace(seen, body=b"")


@reply("update")
def jsonc_is_refused(seen: Seen, reply: Reply) -> Reply:
    """The documented content type of an update is answered 415."""
    text = {"message": "Unsupported Media Type"}
    refused = seen.headers.get("content-type") == "application/jsonc"
    return replace(with_value(reply, text), status=415) if refused else reply


@reply()
def a_request_without_a_length_is_refused(seen: Seen, reply: Reply) -> Reply:
    """A proxy takes a POST without a body for a POST that does not end."""
    nothing = seen.path != "webhooks" and seen.headers.get("content-length", "0") == "0"
    return html(411) if nothing else reply


@reply()
def an_unknown_agent_is_challenged(seen: Seen, reply: Reply) -> Reply:
    """A firewall asks whoever is not a browser to prove that they are human."""
    robot = "Mozilla" not in seen.headers.get("user-agent", "")
    return html(403) if robot and seen.path != "webhooks" else reply


@assumed
@reply(status=405)
def a_refused_method_does_not_say_which_is_allowed(_seen: Seen, reply: Reply) -> Reply:
    """A 405 lacks its header `Allow`."""
    return replace(reply, headers={"content-type": "application/json"})


@assumed
@request()
def every_content_type_is_read(seen: Seen) -> Seen:
    """A body counts whatever its type says."""
    return replace(seen, headers={**seen.headers, "content-type": "application/json"})


@assumed
@reply("webhooks")
def a_post_of_the_list_is_a_list(_seen: Seen, reply: Reply) -> Reply:
    """A route takes any method."""
    return Reply(200, [], {"content-type": "application/json"}) if reply.status == 405 else reply
