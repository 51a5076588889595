"""Keep the calls of a run on a foreign target away from everything that is not the run's own."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contract_tests.exchange import Call

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

    def confine(self, call: Call) -> Call | None:
        """Return the call with its names made the run's own, or None if it must not be sent.

        On the mock that the suite started, every call goes as it is. On a foreign target each
        text that names a webhook gets the run's prefix, each external id of an order the run's
        name, and what cannot be renamed (a number may become a text over there) is not sent.
        Without `allow_writes` only calls go that change nothing even on a server that forgets to
        look at the token.
        """
        if not self.foreign:
            return call
        if call.method not in {"", call.operation.method}:
            return None
        fields = call.fields
        if call.operation.method == "GET" or fields is None:
            return call
        renamed = self._renamed(fields)
        complete = all(name in fields for name in call.operation.required)
        if renamed is None or (complete and not self.allow_writes):
            return None
        return call if renamed == fields else call.with_fields(renamed)

    def _renamed(self, fields: dict[str, Any]) -> dict[str, Any] | None:
        renamed = dict(fields)
        for name, value in fields.items():
            own = {"order_external_id": f"{self.run}-"}.get(name)
            own = self.prefix if name in URL_FIELDS else own
            if own is None:
                continue
            # An empty text may be stored as one, a number as its digits: neither is the run's own.
            if not isinstance(value, str) or not value.strip():
                return None
            if not value.startswith(own):
                renamed[name] = own + value
        return renamed
