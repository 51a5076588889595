"""A blocking HTTP client that keeps its connection, for what is not under load."""

import http.client
import json
import time
from types import TracebackType
from typing import Any, Final, Self

from benchmarks.errors import NotMeasuredError

TOKEN: Final = "mock-token-alpha"  # noqa: S105 - the mock's tokens are public by design
API: Final = "/api/v1/integration"

_SECONDS: Final = 60.0
_IDLE: Final = 2.0


class Client:
    """One keep-alive connection to a server on this machine; the block's end closes it.

    Attributes:
        port: The server's port.
        token: The bearer token that it sends.
    """

    def __init__(self, port: int, token: str = TOKEN) -> None:
        self.port = port
        self.token = token
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_SECONDS)
        self._used = time.monotonic()

    def __enter__(self) -> Self:
        """Returns the client; it connects with its first request."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the connection."""
        self._connection.close()

    def send(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        """Sends a request and returns the status and the body of its answer.

        Raises:
            OSError: The server cannot be reached, or does not answer in time.
            http.client.HTTPException: What it answers is not HTTP.
        """
        # A server closes a connection that is idle for some seconds, which only a request that
        # gets no answer would tell.
        if time.monotonic() - self._used > _IDLE:
            self._connection.close()
        self._used = time.monotonic()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def expect(self, status: int, method: str, path: str, body: str | None = None) -> bytes:
        """Sends a request and returns the body of its answer.

        Raises:
            NotMeasuredError: The answer has another status.
        """
        actual, answer = self.send(method, path, body)
        if actual != status:
            text = answer[:200].decode("utf-8", "replace")
            raise NotMeasuredError(f"{method} {path} was answered {actual}, not {status}: {text}")
        return answer

    def control(self, path: str, status: int = 200, **fields: object) -> Any:  # noqa: ANN401 - JSON
        """Posts to the mock's control interface and returns the JSON of the answer.

        Args:
            path: What follows ``/_mock/``.
            status: The status that is expected.
            fields: The body.
        """
        return json.loads(self.expect(status, "POST", f"/_mock/{path}", json.dumps(fields)))

    def create_webhook(self, url: str) -> None:
        """Registers a webhook for orders."""
        self.expect(201, "POST", f"{API}/webhook/create", json.dumps({"url": url}))
