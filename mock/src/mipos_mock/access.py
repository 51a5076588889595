"""Who may use the control interface."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Final

from mipos_mock.asgi import header
from mipos_mock.refusal import Refused, shorten
from mipos_mock.signature import HEADER

SECRET_HEADER: Final = "X-Mipos-Mock-Secret"  # noqa: S105 - the name of a header
"""Carries the secret of a server that is bound beyond loopback."""

_PUSH: Final = HEADER.lower().encode()
_LOOPBACK = re.compile(
    r"(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Access:
    """Keeps web pages of other origins out, and everybody without the secret if there is one.

    Attributes:
        secret: What a client has to send; None for a server that only this machine reaches.
    """

    secret: str | None = field(default=None, repr=False)

    def check(self, headers: Iterable[tuple[bytes, bytes]], *, public: bool = False) -> None:
        """Lets a request pass.

        A push is none: a webhook at the control interface could steer the stand-in, and a menu
        that is asked for there would be asked for without end.

        A page of another origin gives itself away by ``Origin``. One that had its own name
        resolve to this machine (DNS rebinding) gives itself away by ``Host``. Beyond loopback a
        proxy may speak TLS for the stand-in; on loopback a page under ``https`` is another's.

        Args:
            headers: Of the request, names in lower case.
            public: Whether it is for something that is no secret: the console's files.

        Raises:
            Refused: 401 or 403, with the remedy.
        """
        headers = list(headers)
        if header(headers, _PUSH) is not None:
            raise Refused(
                "the request is a push, to a webhook that points at the stand-in itself: let it "
                "point at your POS",
                403,
            )
        host, origin = header(headers, b"host"), header(headers, b"origin")
        schemes = ("http",) if self.secret is None else ("http", "https")
        if origin is not None and origin not in {f"{scheme}://{host}" for scheme in schemes}:
            raise Refused(
                f"the request comes from a page of another origin, {shorten(origin)!r}: "
                "use the console at /_mock/, or a client that is no browser",
                403,
            )
        if self.secret is None:
            if host is not None and _LOOPBACK.fullmatch(host) is None:
                raise Refused(
                    f"Host is {shorten(host)!r}: use 127.0.0.1 or localhost, or start the "
                    "stand-in with --host to be reached under another name",
                    403,
                )
            return
        sent = header(headers, SECRET_HEADER.lower().encode())
        if not public and not compare_digest((sent or "").encode(), self.secret.encode()):
            raise Refused(
                f"{SECRET_HEADER} is {'wrong' if sent else 'missing'}: send the secret that the "
                "stand-in printed when it started",
                401,
            )
