"""Bodies that no operation can read, and what an answer may be made of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from tests.client.hostile.inspection import forms

if TYPE_CHECKING:
    from tests.client.hostile.calls import Call

_DEEP: Final = 100_000

UNREADABLE: Final[dict[str, bytes]] = {
    "html": b"<html><body><h1>502 Bad Gateway</h1></body></html>",
    "empty": b"",
    "blank": b" \r\n\t",
    "not utf-8": b'[{"url": "\xff\xfe"}]',
    "utf-16": '{"message": "Done.", "data": null}'.encode("utf-16"),
    "bom": b"\xef\xbb\xbf[]",
    "nan": b'{"message": "Done.", "data": NaN}',
    "infinity": b"-Infinity",
    "huge int": b'{"message": ' + b"9" * 10_000 + b"}",
    "huge exponent": b'{"message": "Done.", "data": 1e999999}',
    "deep arrays": b"[" * _DEEP + b"]" * _DEEP,
    "deep objects": b'{"message":' * _DEEP + b'"Done."' + b"}" * _DEEP,
    "deep and open": b'{"message":[' * _DEEP,
    "lone surrogate": b'{"message": "\\ud800", "data": null}',
    "null": b"null",
    "true": b"true",
    "number": b"-0.5",
    "string": b'"Done."',
    "nulls": b"[null]",
    "arrays": b"[[]]",
    "strings": b'["Done."]',
    "empty object": b"{}",
    "empty item": b"[{}]",
    "null message": b'{"message": null, "data": null}',
    "number as message": b'{"message": 1, "data": null}',
    "object as message": b'{"message": {"message": "Done."}, "data": null}',
    "no data": b'{"message": "Done."}',
    "no message": b'{"data": null}',
    "other case": b'{"Message": "Done.", "Data": null}',
    "null url": b'[{"url": null}]',
    "cut off": b'{"message": "Done.", "da',
    "two": b'[] {"message": "Done.", "data": null}',
    "single quotes": b"{'message': 'Done.', 'data': null}",
    "trailing comma": b'{"message": "Done.", "data": null,}',
    "comment": b'{"message": "Done.", "data": null} // done',
    "nul": b'{"message": "Done.", "data": null}\0',
}
"""Bodies that are no success of any operation, by what is wrong with them."""

LOCATIONS: Final = (
    "/elsewhere",
    "https://elsewhere.example/",
    "file:///etc/passwd",
    "",
    "?",
    "\xff",
)
_NAMES: Final = (
    "retry-after",
    "content-type",
    "server",
    "x-request-id",
    "www-authenticate",
    "link",
)
_VALUES: Final = (
    *("-1", "0", "9" * 400, "Wed, 21 Oct 2015 07:28:00 GMT", "Thu, 01 Jan 9999 00:00:00 +9999"),
    *("nan", "soon", "", "\x7f\x01", "\xff\xfe", "x" * 100_000, "text/html; charset=no-such"),
)
_COOKIES: Final = (
    *("a=b; Domain=.example; Path=/; Secure; HttpOnly", ";;=;", "a" * 5000),
    *("a=b; expires=Mon, 99-Foo-99999 99:99:99 GMT; version=x; max-age=" + "9" * 50,),
)


def bodies(call: Call, token: str) -> st.SearchStrategy[bytes]:
    """Return what draws bodies, of which some repeat the token and some are a success."""
    repeated = st.sampled_from(forms(token))
    text = st.one_of(st.text(), repeated, st.builds("{}{}".format, st.text(), repeated))
    leaf = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), text)
    fields = st.one_of(st.sampled_from(("message", "data", "url", "errors")), text)
    value = st.recursive(
        leaf, lambda inner: st.lists(inner) | st.dictionaries(fields, inner), max_leaves=10
    )
    return st.one_of(
        st.just(call.body),
        st.sampled_from(list(UNREADABLE.values())),
        st.binary(max_size=300),
        st.builds(_joined, st.binary(max_size=50), repeated),
        st.builds(_json, value, ascii_=st.booleans()),
        st.integers(0, len(call.body)).map(lambda end: call.body[:end]),
    )


def headers(token: str) -> st.SearchStrategy[list[tuple[bytes, bytes]]]:
    """Return what draws headers, of which some repeat the token."""
    values = st.one_of(
        st.sampled_from(_VALUES),
        st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=50),
        st.builds(
            "{}{}".format, st.sampled_from(("", "Bearer ", "\xff")), st.sampled_from(forms(token))
        ),
    )
    one = st.one_of(
        st.tuples(st.sampled_from(_NAMES), values),
        st.tuples(st.just("set-cookie"), st.sampled_from(_COOKIES)),
        st.tuples(st.just("location"), st.sampled_from((*LOCATIONS, f"/?token={token}"))),
        st.tuples(
            st.just("content-encoding"),
            st.sampled_from(("gzip", "deflate", "br", "zstd", "gzip, deflate", "identity", "\xff")),
        ),
    )
    return st.lists(one, max_size=6).map(
        lambda pairs: [(name.encode(), value.encode("latin-1")) for name, value in pairs]
    )


def _joined(raw: bytes, form: str) -> bytes:
    return raw + form.encode()


def _json(value: object, *, ascii_: bool) -> bytes:
    return json.dumps(value, ensure_ascii=ascii_).encode("utf-8", "surrogatepass")
