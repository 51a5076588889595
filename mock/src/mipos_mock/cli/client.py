"""Asks a running mock over HTTP."""

import json
import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import (
    BadStatusLine,
    HTTPConnection,
    HTTPException,
    HTTPResponse,
    RemoteDisconnected,
)
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from mipos_mock.access import SECRET_HEADER
from mipos_mock.cli.errors import Failure, Misuse, Unreachable
from mipos_mock.cli.lines import given

DEFAULT_URL: Final = "http://127.0.0.1:8080"
"""Where a mock is that was started without options."""

URL_VARIABLE: Final = "MIPOS_MOCK_URL"
"""The variable of the environment that names another address."""

SECRET_VARIABLE: Final = "MIPOS_MOCK_SECRET"  # noqa: S105 - the name of a variable
"""The variable of the environment with the secret. No argument has it: those can be listed."""

PATIENCE: Final = 30.0
"""Seconds that an answer may take which has nothing to wait for."""

_CONNECTING = 5.0  # seconds for a connection
_SILENCE = 60.0  # seconds without an event or a ping, which comes every 15
_UNAUTHORIZED = 401
_ERROR = 400  # statuses from here on are errors
_JSON = {"Content-Type": "application/json"}
_OTHERS = f"name another with --url or {URL_VARIABLE}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the mock answered.

    Attributes:
        text: The JSON document as it was sent.
        value: The same, read.
    """

    text: str = field(repr=False)
    value: Any = field(repr=False)


class Client:
    """The control interface of one mock."""

    def __init__(self, url: str, secret: str | None = None) -> None:
        """Connects to nothing yet.

        Args:
            url: The mock's address, ``http://HOST:PORT``.
            secret: The one that a mock beyond loopback wants.

        Raises:
            Misuse: The address is none, or the secret cannot be sent.
        """
        self._url = url.rstrip("/")
        self._host, self._port = _address(url)
        self._headers = {"Accept": "application/json"}
        if secret:
            if re.fullmatch(r"[\x21-\x7e]+", secret) is None:
                raise Misuse(
                    f"{SECRET_VARIABLE} has characters that no header can hold: set it to what "
                    "mipos-mock serve printed"
                )
            self._headers[SECRET_HEADER] = secret

    def get(
        self,
        *path: str,
        query: Mapping[str, object] | None = None,
        patience: float | None = PATIENCE,
    ) -> Answer:
        """Asks for something.

        Args:
            path: What stands after ``/_mock/``, each part by itself.
            query: Values by name; those that are None are left out.
            patience: Seconds that the answer may take, None for any time.

        Raises:
            Failure: The mock refuses.
            Unreachable: No mock answers.
        """
        return self._ask("GET", path, query=query, patience=patience)

    def post(
        self,
        *path: str,
        body: Mapping[str, object] | None = None,
        patience: float | None = PATIENCE,
    ) -> Answer:
        """Has something done. As for ``get``, but a value of None is sent."""
        return self._ask("POST", path, body=body or {}, patience=patience)

    def delete(self, *path: str, query: Mapping[str, object] | None = None) -> Answer:
        """Removes something. As for ``get``."""
        return self._ask("DELETE", path, query=query)

    def events(self, query: Mapping[str, object]) -> Iterator[Answer]:
        """Gives the entries of the journal as they are made, until the mock ends the answer.

        Raises:
            Failure: The mock refuses.
            Unreachable: No mock answers, or its answer broke off.
        """
        target = _target(("events",), query)
        with self._trouble(_SILENCE), self._response("GET", target, None, _SILENCE) as response:
            if response.status >= _ERROR:
                self._read(response)
            for line in response:
                if line.startswith(b"data: "):
                    text = line.removeprefix(b"data: ").decode().rstrip("\n")
                    yield Answer(text, json.loads(text))

    def _ask(
        self,
        method: str,
        path: tuple[str, ...],
        *,
        query: Mapping[str, object] | None = None,
        body: Mapping[str, object] | None = None,
        patience: float | None = PATIENCE,
    ) -> Answer:
        content = None if body is None else json.dumps(body).encode()
        with (
            self._trouble(patience),
            self._response(method, _target(path, query), content, patience) as response,
        ):
            return self._read(response)

    @contextmanager
    def _response(
        self, method: str, target: str, content: bytes | None, patience: float | None
    ) -> Generator[HTTPResponse, None, None]:
        connection = HTTPConnection(self._host, self._port, timeout=_CONNECTING)
        try:
            try:
                connection.connect()
            except (OSError, UnicodeError) as error:
                reason = getattr(error, "strerror", None) or str(error)
                raise Unreachable(
                    f"no mock answers at {self._url} ({reason}): start one with "
                    f"mipos-mock serve, or {_OTHERS}"
                ) from error
            connection.sock.settimeout(patience)
            headers = self._headers if content is None else {**self._headers, **_JSON}
            connection.request(method, target, content, headers)
            response = connection.getresponse()
            if response.getheader("X-Mipos-Mock") != "control":
                raise self._stranger("its answer lacks the header X-Mipos-Mock")
            yield response
        finally:
            connection.close()

    @contextmanager
    def _trouble(self, patience: float | None) -> Generator[None, None, None]:
        """Tells in one line what goes wrong with a connection that stands."""
        try:
            yield
        except TimeoutError as error:
            within = "" if patience is None else f" within {patience:g} s"
            raise Unreachable(
                f"the mock at {self._url} has not answered{within}: see what it does, or start "
                "it again"
            ) from error
        except RemoteDisconnected as error:
            raise Unreachable(
                f"the connection to {self._url} ended without an answer: see whether the mock runs"
            ) from error
        except BadStatusLine as error:
            raise self._stranger("it does not speak HTTP") from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise Unreachable(
                f"the connection to {self._url} ended ({reason}): see whether the mock runs"
            ) from error

    def _read(self, response: HTTPResponse) -> Answer:
        try:
            text = response.read().decode()
            value = json.loads(text)
            error = value["error"] if response.status >= _ERROR else None
        except (KeyError, TypeError, ValueError) as broken:
            raise self._stranger("its answer is none of a mock's") from broken
        if error is None:
            return Answer(text, value)
        if response.status == _UNAUTHORIZED:
            error = f"{error} (put it into {SECRET_VARIABLE})"
        raise Failure(str(error))

    def _stranger(self, reason: str) -> Unreachable:
        return Unreachable(f"what answers at {self._url} is no mipos-mock, {reason}: {_OTHERS}")


def _address(url: str) -> tuple[str, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or 80
    except ValueError:
        parts, port = urlsplit(""), 0
    rest = (parts.username, parts.path.rstrip("/"), parts.query, parts.fragment)
    if parts.scheme != "http" or not parts.hostname or any(rest):
        shown = re.sub(r"//.*@", "//...@", url.partition("#")[0])
        raise Misuse(
            f"the mock's address {shown!r} is none: give http://HOST:PORT with --url or "
            f"in {URL_VARIABLE}"
        )
    return parts.hostname, port


def _target(path: tuple[str, ...], query: Mapping[str, object] | None) -> str:
    target = "/".join(["/_mock", *(quote(part, safe="") for part in path)])
    values = given(query or {})
    return f"{target}?{urlencode(values)}" if values else target
