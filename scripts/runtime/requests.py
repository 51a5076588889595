"""What was sent, as errors and logs may show it."""

from collections.abc import Mapping
from typing import Final

import httpx
from attrs import field, frozen

HIDDEN: Final = "***"
_CREDENTIALS: Final = frozenset({"authorization", "proxy-authorization", "cookie"})


@frozen
class SentRequest:
    """A request without what must not be shown.

    Attributes:
        method: The HTTP method, in upper case.
        url: The whole URL.
        headers: The headers by name in lower case, with asterisks for the values of those that
            carry credentials.
        body: The body, byte for byte; empty if it was streamed. It stays out of the repr.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    body: bytes = field(default=b"", repr=False)

    def __str__(self) -> str:
        """Return the method and the URL."""
        return f"{self.method} {self.url}"


def sent_request(request: httpx.Request) -> SentRequest:
    """Return what may be shown of a request."""
    headers = {
        name: HIDDEN if name in _CREDENTIALS else value for name, value in request.headers.items()
    }
    # Without user name and password, which a URL of the caller's own client may have.
    url = str(request.url.copy_with(userinfo=b"") if request.url.userinfo else request.url)
    try:
        body = request.content
    except httpx.RequestNotRead:
        # It is streamed, which a transport that stands alone may meet.
        body = b""
    return SentRequest(request.method, url, headers, body)
