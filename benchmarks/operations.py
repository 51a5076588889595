"""The requests that are measured."""

from dataclasses import dataclass
from typing import Final

from benchmarks.http_client import API


@dataclass(frozen=True, slots=True)
class Operation:
    """One request, sent over and over.

    Attributes:
        name: What the results call it.
        method: The HTTP method.
        path: The path.
        body: The body, empty for none. ``{run}`` and ``{n}`` make the name of something new.
        status: The documented status.
    """

    name: str
    method: str
    path: str
    body: str
    status: int

    def filled(self, run: str, n: int) -> str | None:
        """Returns the body of one request, None for none."""
        return self.body.replace("{run}", run).replace("{n}", str(n)) or None


LIST: Final = Operation("list", "GET", f"{API}/webhooks", "", 200)
CREATE: Final = Operation(
    *("create", "POST", f"{API}/webhook/create"),
    '{"url": "https://pos.example/{run}/{n}"}',
    201,
)
INVALID: Final = Operation(
    *("create without url", "POST", f"{API}/webhook/create"),
    '{"type": "ORDER"}',
    422,
)
UPDATE: Final = Operation(
    *("update", "POST", f"{API}/webhook/update"),
    '{"current_url": "https://pos.example/{run}/{n}",'
    ' "new_url": "https://pos.example/{run}/{n}/new"}',
    200,
)
DELETE: Final = Operation(
    *("delete", "POST", f"{API}/webhook/delete"),
    '{"url": "https://pos.example/{run}/{n}/new"}',
    200,
)

COMPARED: Final = (LIST, CREATE, INVALID)
"""What every server is measured on."""
