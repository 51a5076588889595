"""Answers that only the wire can carry, by what is wrong with them."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, Final

from tests.client.hostile.server import End, answer

if TYPE_CHECKING:
    from tests.client.hostile.server import Answer

BODY: Final = b'{"message": "Done.", "data": null}'
_CHUNKED: Final = b"Transfer-Encoding: chunked"


def created(*headers: bytes, body: bytes = BODY, end: End = End.CLOSE) -> Answer:
    """Return the success of a create with these headers alone."""
    return answer(b"\r\n".join([b"HTTP/1.1 201 Created", *headers, b"", body]), end=end)


def _status_line(line: bytes) -> Answer:
    return answer(line + b"\r\nContent-Length: 2\r\n\r\n[]")


def _encoded(name: bytes, body: bytes) -> Answer:
    return created(b"Content-Encoding: " + name, body=body)


NOTHING: Final[dict[str, Answer]] = {
    "no byte": answer(),
    "reset": answer(end=End.RESET),
    "half a status line": answer(b"HTTP/1."),
    "half a status line and reset": answer(b"HTTP/1.", end=End.RESET),
    "garbage": answer(b"\x00\xff\x16\x03\x01\r\n\r\n"),
    "html": answer(b"<html>\r\n\r\n</html>"),
    "blank lines": answer(b"\r\n" * 100),
    "HTTP/0.9": answer(BODY),
    "HTTP/2": _status_line(b"HTTP/2 201"),
    "HTTP/1": _status_line(b"HTTP/1 201 Created"),
    "ICY": _status_line(b"ICY 201 Created"),
    "lower case": _status_line(b"http/1.1 201 Created"),
    "status 000": _status_line(b"HTTP/1.1 000 X"),
    "status 099": _status_line(b"HTTP/1.1 099 X"),
    "status 99": _status_line(b"HTTP/1.1 99 X"),
    "status 100 alone": _status_line(b"HTTP/1.1 100 X"),
    "status 101": _status_line(b"HTTP/1.1 101 X"),
    "status 1000": _status_line(b"HTTP/1.1 1000 X"),
    "status -1": _status_line(b"HTTP/1.1 -1 X"),
    "no status": _status_line(b"HTTP/1.1"),
    "nothing final": answer(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "lengths that differ": created(b"Content-Length: 34", b"Content-Length: 33"),
    "a negative length": created(b"Content-Length: -1"),
    "a length of 5000 digits": created(b"Content-Length: " + b"9" * 5000),
    "a length in words": created(b"Content-Length: many"),
    "a transfer encoding": created(b"Transfer-Encoding: gzip"),
    "a control character in a name": created(b"X\x01: a"),
    "a name beyond ASCII": created(b"X\xff: a"),
    "a header without a name": created(b": a"),
    "a header without a colon": created(b"Nothing"),
    "a blank before the colon": created(b"X : a"),
    "a NUL in a value": created(b"X: a\x00b"),
    "headers cut off": answer(b"HTTP/1.1 201 Created\r\nContent-Type: app"),
    "a header of a megabyte": created(b"X: " + b"x" * 2**20),
    "100,000 headers": created(*[b"X-%d: y" % each for each in range(100_000)]),
}
"""Nothing of it is an answer."""

BROKEN: Final[dict[str, Answer]] = {
    "gzip in deflate": _encoded(b"gzip, deflate", zlib.compress(gzip.compress(BODY))),
    "an unknown encoding": _encoded(b"\xff", BODY),
    "too short": created(b"Content-Length: 35"),
    "too short and reset": created(b"Content-Length: 35", end=End.RESET),
    "far too short": created(b"Content-Length: 99999999999999999999"),
    "no chunk": created(_CHUNKED),
    "a negative chunk": created(_CHUNKED, body=b"-2\r\n[]\r\n0\r\n\r\n"),
    "a huge chunk": created(_CHUNKED, body=b"ffffffffffffffffffff\r\n" + BODY),
    "no last chunk": created(_CHUNKED, body=b"22\r\n" + BODY + b"\r\n"),
    "a chunk without its end": created(_CHUNKED, body=b"21\r\n" + BODY + b"\r\n0\r\n\r\n"),
    "a long extension": created(_CHUNKED, body=b"2;" + b"x" * 300_000 + b"\r\n[]\r\n0\r\n\r\n"),
    "a long trailer": created(_CHUNKED, body=b"0\r\nX: " + b"x" * 300_000 + b"\r\n\r\n"),
    "no gzip": _encoded(b"gzip", BODY),
    "gzip cut off": _encoded(b"gzip", gzip.compress(BODY)[:-20]),
    "gzip with a wrong checksum": _encoded(b"gzip", gzip.compress(BODY)[:-8] + b"\0" * 8),
    "no deflate": _encoded(b"deflate", b"\xff" + BODY),
    "no br": _encoded(b"br", b"\x00\xff"),
    "no zstd": _encoded(b"zstd", b"(\xb5/\xfd"),
    "encodings that are none": _encoded(b"gzip, deflate, gzip", BODY),
    "encodings in the wrong order": _encoded(b"deflate, gzip", zlib.compress(gzip.compress(BODY))),
    "a gzip bomb": _encoded(b"gzip", gzip.compress(b"\0" * 2**27)),
}
"""The status is that of a success, and the body is none."""

SOUND: Final[dict[str, Answer]] = {
    "no length": created(),
    "no reason": answer(b"HTTP/1.1 201\r\n\r\n" + BODY),
    "HTTP/1.0": answer(b"HTTP/1.0 201 Created\r\n\r\n" + BODY),
    "HTTP/9.9": answer(b"HTTP/9.9 201 Created\r\n\r\n" + BODY),
    "a length twice": created(b"Content-Length: 34", b"Content-Length: 34"),
    "a length and chunks": created(
        b"Content-Length: 1", _CHUNKED, body=b"22\r\n" + BODY + b"\r\n0\r\n\r\n"
    ),
    "byte by byte": answer(
        b"HTTP/1.1 201 Created\r\n", b"\r\n", *(BODY[each : each + 1] for each in range(len(BODY)))
    ),
    "1,000 early answers": answer(
        *[b"HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n"] * 1000,
        b"HTTP/1.1 201 Created\r\n\r\n" + BODY,
    ),
    "a reason beyond ASCII": answer(b"HTTP/1.1 201 \xc3\xa9\xff\r\n\r\n" + BODY),
    "values beyond ASCII": created(b"X: \xff\xfe", b"Y: \xe2\x98\x83", b"Z: \x01\x7f"),
    "a folded header": created(b"X: a", b"  b"),
    "a header twice": created(b"Content-Type: text/html", b"Content-Type: \xff"),
    "thousands of headers": created(*[b"X-%d: y" % each for each in range(3000)]),
    "a header of 90 kB": created(b"X: " + b"x" * 90_000),
    "hostile cookies": created(
        b"Set-Cookie: a=b; expires=Mon, 99-Foo-99999 99:99:99 GMT; version=x",
        b"Set-Cookie: \xff=\xfe; domain=.com; max-age=9999999999999999999999",
        b"Set-Cookie: ;;=;",
        b"Set-Cookie2: a=b; Version=1; Port",
    ),
    "more than its length": created(b"Content-Length: 34", body=BODY + b"HTTP/1.1 500 X\r\n\r\n"),
    "gzip": _encoded(b"gzip", gzip.compress(BODY)),
    "deflate": _encoded(b"deflate", zlib.compress(BODY)),
}
"""It is odd, or even wrong, and can be read all the same."""
