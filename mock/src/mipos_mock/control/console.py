"""The console: one page in the browser, and the files that it needs."""

from functools import cache
from importlib.resources import files
from typing import Final

from mipos_mock.access import Access
from mipos_mock.asgi import Scope, Send, header, respond

_TYPES: Final = {
    ".css": b"text/css; charset=utf-8",
    ".html": b"text/html; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
}
_SCRIPTS: Final = (
    "accounts", "actions", "api", "console", "details", "dom", "faults", "format", "json", "live",
    "orders", "parts", "place", "pushes", "rove", "settings", "state", "tabs", "timeline", "views",
)  # fmt: skip
_FILES: Final = {
    f"/_mock/{'' if name == 'console.html' else name}": name
    for name in ("console.html", "console.css", *(f"{each}.js" for each in _SCRIPTS))
}
_POLICY: Final = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    b"img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


async def serve(scope: Scope, send: Send, access: Access) -> bool:
    """Answers with a file of the console, and returns whether the request was for one.

    Raises:
        Refused: The request may not see it.
    """
    name = _FILES.get(scope["path"])
    if name is None or scope["method"] not in {"GET", "HEAD"}:
        return False
    accept = header(scope["headers"], b"accept") or ""
    if name == "console.html" and "text/html" not in accept:
        return False
    access.check(scope["headers"], public=True)
    headers = [
        (b"content-type", _TYPES[name[name.index(".") :]]),
        (b"x-mipos-mock", b"control"),
        (b"content-security-policy", _POLICY),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
        (b"cache-control", b"no-cache"),
        (b"vary", b"accept"),
    ]
    await respond(send, 200, _read(name), headers)
    return True


@cache
def _read(name: str) -> bytes:
    return (files("mipos_mock.control") / "page" / name).read_bytes()
