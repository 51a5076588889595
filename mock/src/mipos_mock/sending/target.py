"""Where a push goes: a URL, taken apart."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from mipos_mock.sending.failure import SendError

# Without user and password. What is wrong with a path of visible ASCII, the receiver may say.
_URL: Final = re.compile(
    r"(?P<scheme>https?)://"
    r"(?:(?P<name>[A-Za-z0-9_][A-Za-z0-9._-]{0,252})|\[(?P<literal>[0-9A-Fa-f:.]+)\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<path>(?:[/?][!-\"$-~]*)?)"
    r"(?:#[!-~]*)?",
    re.IGNORECASE,
)
_NO_URL = "no http:// or https:// URL in plain ASCII, without a user"
_PORTS: Final = {"http": 80, "https": 443}
_PORT_MAX = 65535

Origin = tuple[str, str, int]
"""Scheme, host and port: what a connection can be used for again."""


@dataclass(frozen=True, slots=True)
class Target:
    """An http or https URL.

    Attributes:
        scheme: ``http`` or ``https``.
        host: The name or address, without brackets, in lower case.
        port: From 1 to 65535.
        path: Path and query as in the URL; at least ``/``.
    """

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, url: str) -> "Target":
        """Takes a URL apart; its fragment is not sent.

        Raises:
            SendError: It is no such URL. The URL itself is not repeated: it may hold a secret.
        """
        match = _URL.fullmatch(url)
        if match is None:
            raise SendError(f"the URL is {_NO_URL}")
        scheme = match["scheme"].lower()
        port = int(match["port"]) if match["port"] else _PORTS[scheme]
        if not 0 < port <= _PORT_MAX:
            raise SendError(f"port {port} is no port: use one from 1 to {_PORT_MAX}")
        path = match["path"] if match["path"].startswith("/") else f"/{match['path']}"
        return cls(scheme, (match["name"] or match["literal"]).lower(), port, path)

    @property
    def origin(self) -> Origin:
        """Scheme, host and port."""
        return self.scheme, self.host, self.port

    @property
    def place(self) -> str:
        """Host and port, for messages."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def authority(self) -> str:
        """The ``Host`` header: host and port, without a port that the scheme implies."""
        return self.place.removesuffix(f":{_PORTS[self.scheme]}")

    def redirected(self, location: str) -> "Target":
        """Returns where a ``Location`` header points to, seen from here.

        Raises:
            SendError: It is no http or https URL.
        """
        try:
            url = urljoin(f"{self.scheme}://{self.authority}{self.path}", location)
        except ValueError:
            raise SendError(f"the URL is {_NO_URL}") from None
        return self.parse(url)
