"""Keep the calls of a run on a foreign target away from everything that is not the run's own."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mipos_contract.exchange import Call

_RUN = re.compile(r"mipos-contract-[0-9a-f]{12}")
_URL_OF_A_RUN = re.compile(rf"https://(?P<run>{_RUN.pattern})\.invalid/.*", re.DOTALL)
URL_FIELDS = frozenset({"url", "current_url", "new_url"})


@dataclass(frozen=True, slots=True)
class Confinement:
    """The names that a run may use.

    Attributes:
        run: what tells this run from all others. The hosts under `.invalid` never resolve
            (RFC 2606), so nothing that a target sends to the run's webhooks reaches anybody.
        foreign: whether the target is one that the suite did not start.
        allow_writes: whether calls that may change a foreign target are sent.
    """

    run: str = field(default_factory=lambda: f"mipos-contract-{secrets.token_hex(6)}")
    foreign: bool = True
    allow_writes: bool = False

    @property
    def prefix(self) -> str:
        """What every URL of the run begins with; lower case, as a server may fold case."""
        return f"https://{self.run}.invalid/"

    def owns(self, url: object) -> bool:
        """Return whether the URL is one of this run."""
        return isinstance(url, str) and url.startswith(self.prefix)

    @staticmethod
    def is_run(name: str) -> bool:
        """Return whether a text is the name of some run."""
        return _RUN.fullmatch(name) is not None

    @staticmethod
    def run_of(url: object) -> str | None:
        """Return the name of the run that a webhook's URL belongs to, None for any other URL."""
        match = _URL_OF_A_RUN.fullmatch(url) if isinstance(url, str) else None
        return match["run"] if match else None

    def confine(self, call: Call) -> Call | None:
        """Return the call with its names made the run's own, or None if it must not be sent.

        On the mock that the suite started, every call goes as it is. On a foreign target each
        text that names a webhook gets the run's prefix and each external id of an order the run's
        name; what cannot be renamed (a number may become a text over there) is not sent. Without
        `allow_writes` only calls go that change nothing even on a server that forgets to look at
        the token or reads more into a body than it should.
        """
        if not self.foreign:
            return call
        if call.method not in {"", call.operation.method}:
            return None
        if call.operation.method == "GET":
            return call
        fields = call.fields
        if fields is None:
            return call if self._is_harmless(call) else None
        renamed = self._renamed(fields)
        complete = all(name in fields for name in call.operation.required)
        if renamed is None or (complete and not self.allow_writes):
            return None
        return call if renamed == fields else call.with_fields(renamed)

    def _is_harmless(self, call: Call) -> bool:
        # Some server may read fields out of what is no JSON object.
        body = call.body or b""
        if not any(name.encode() in body for name in call.operation.body):
            return True
        return self.allow_writes and self.prefix.encode() in body

    def _renamed(self, fields: dict[str, Any]) -> dict[str, Any] | None:
        own = dict.fromkeys(URL_FIELDS, self.prefix) | {"order_external_id": f"{self.run}-"}
        # Where the external id is not there to name an order of the run's, the other two do.
        if not self.allow_writes or "order_external_id" not in fields:
            own |= dict.fromkeys(("delivery_id", "store_id"), f"{self.run}-")
        renamed = dict(fields)
        for name in fields.keys() & own.keys():
            value = fields[name]
            # An empty text may be stored as one, a number as its digits: neither is the run's own.
            if not isinstance(value, str) or not value.strip():
                return None
            if not value.startswith(own[name]):
                renamed[name] = own[name] + value
        return renamed
