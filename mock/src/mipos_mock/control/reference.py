"""The reference of the API: one page, made from the published contract and packed with the mock.

The mock shows this page and reads nothing from it: what the mock does is written from the
platform's pages.
"""

import re
from functools import lru_cache
from html import escape
from importlib.resources import files
from typing import Final

from mipos_mock.access import Access
from mipos_mock.asgi import Scope, Send, header, respond

PATH: Final = "/_mock/docs"
"""Where it is."""

SUMMARY: Final = "the reference of the API, for a browser"
"""What it is, in one line."""

# Where the samples of the page find the mock.
_DEFAULT: Final = "127.0.0.1:8080"
_FILES: Final = {
    PATH: ("reference.html", b"text/html; charset=utf-8"),
    "/_mock/docs.css": ("docs.css", b"text/css; charset=utf-8"),
}
_POLICY: Final = (
    b"default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    b"frame-ancestors 'none'"
)


async def serve(scope: Scope, send: Send, access: Access) -> bool:
    """Answers with a file of the reference, and returns whether the request was for one.

    A slash at the end is redirected to the path without it.

    Raises:
        Refused: The request may not see it.
    """
    path = scope["path"]
    found = _FILES.get(path.removesuffix("/"))
    if found is None or scope["method"] not in {"GET", "HEAD"}:
        return False
    access.check(scope["headers"], public=True)
    if path.endswith("/"):
        # Below the path with a slash, the page's own links would lead astray.
        name = path.rsplit("/", 2)[1]
        headers = [(b"location", f"../{name}".encode()), (b"x-mipos-mock", b"control")]
        await respond(send, 308, b"", headers)
        return True
    name, kind = found
    headers = [
        (b"content-type", kind),
        (b"x-mipos-mock", b"control"),
        (b"content-security-policy", _POLICY),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"cache-control", b"no-cache"),
    ]
    await respond(send, 200, _read(name, header(scope["headers"], b"host") or ""), headers)
    return True


@lru_cache(maxsize=8)
def _read(name: str, host: str) -> bytes:
    """Returns a file, its samples calling the host that the reader has asked."""
    text = (files("mipos_mock.control") / "docs" / name).read_text("utf-8")
    address = f"http://{escape(host or _DEFAULT)}"
    return re.sub(
        "<pre.*?</pre>",
        lambda sample: sample[0].replace(f"http://{_DEFAULT}", address),
        text,
        flags=re.DOTALL,
    ).encode()
