"""One call and its answer, and the call as a curl line."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from mipos_contract.document import Operation

MAX_SHOWN = 600
_FIRST_ERROR = 400


@dataclass(frozen=True, slots=True)
class Credentials:
    """What stands behind `Authorization: `, and the text that stands for it in a message.

    Attributes:
        header: the value sent, None for no header.
        shown: the value as a message shows it; a variable's name where the value is secret.
        valid: whether the target is expected to know the token.
        account: which account's token it is, for keeping accounts apart.
    """

    header: str | None
    shown: str | None
    valid: bool
    account: str = ""

    def __repr__(self) -> str:
        """Return the text without the value, since a failing test prints it."""
        return f"Credentials({self.shown})"


@dataclass(frozen=True, slots=True)
class Call:
    """A request to one operation, as bytes.

    Attributes:
        operation: what is called.
        credentials: whose token is sent, if any.
        body: the bytes of the body, None for no body.
        content_type: value of the header, None for no header.
        method: upper case, where it differs from the operation's.
    """

    operation: Operation
    credentials: Credentials
    body: bytes | None = None
    content_type: str | None = None
    method: str = ""

    @property
    def fields(self) -> dict[str, Any] | None:
        """The body's members, or None if it is not a JSON object in UTF-8."""
        if self.body is None:
            return None
        try:
            value: object = json.loads(self.body.decode(), parse_int=float, parse_constant=_refuse)
        except (ValueError, RecursionError):
            return None
        return cast("dict[str, Any]", value) if isinstance(value, dict) else None

    def with_fields(self, fields: dict[str, Any]) -> Call:
        """Return the same call with another JSON object as its body."""
        return replace(self, body=json.dumps(fields).encode())

    def curl(self, base_url: str) -> str:
        """Return a line for a POSIX shell that repeats the call, its token read from a variable."""
        parts = ["curl", "-sS", "-i", "-X", self.method or self.operation.method]
        parts.append(shlex.quote(base_url + self.operation.path))
        parts += ["-H", "'Accept: application/json'"]
        if self.credentials.shown is not None:
            parts += ["-H", f'"Authorization: {self.credentials.shown}"']
        if self.content_type is not None:
            parts += ["-H", shlex.quote(f"Content-Type: {self.content_type}")]
        if self.body is not None:
            text = self.body.decode("utf-8", errors="backslashreplace")
            parts += ["--data-raw", shlex.quote(shortened(text))]
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters, lower case; empty when there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def __str__(self) -> str:
        """Return status, content type and the beginning of the body."""
        text = shortened(self.body.decode("utf-8", errors="backslashreplace"))
        return f"{self.status} {self.headers.get('content-type', '(no content type)')} {text}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A call, its answer, and the base URL that it went to.

    Attributes:
        deviates: whether the answer differs from the document in a way that is put up with.
    """

    call: Call
    answer: Answer
    base_url: str
    deviates: bool = False

    @property
    def succeeded(self) -> bool:
        """Whether the answer is the documented success, or one that is put up with as such."""
        status = self.answer.status
        return status == self.call.operation.success or (self.deviates and status < _FIRST_ERROR)

    @property
    def value(self) -> Any:  # noqa: ANN401 - the answer's JSON, of any shape
        """The answer's body as JSON.

        Raises:
            ValueError: it is not JSON in UTF-8, or one object has a name twice.
        """
        try:
            return json.loads(
                self.answer.body.decode(), parse_constant=_refuse, object_pairs_hook=_distinct
            )
        except RecursionError:
            raise ValueError("it is nested too deep to be read") from None

    def __str__(self) -> str:
        """Return the call and the status of its answer in one line."""
        call = self.call
        body = shortened((call.body or b"").decode("utf-8", errors="backslashreplace"))
        what = f"{call.credentials.shown or 'no token'} {call.operation.id} {body}".rstrip()
        return f"{what} -> {self.answer.status} {self._gist()}".rstrip()

    def _gist(self) -> str:
        """Return the message of a refusal, the length of a list; empty for any other answer."""
        try:
            value: object = self.value
        except ValueError:
            return ""
        if isinstance(value, list):
            return f"({len(cast('list[object]', value))} listed)"
        if self.answer.status < _FIRST_ERROR or not isinstance(value, dict):
            return ""
        members = cast("dict[str, object]", value)
        return shortened(json.dumps(members.get("message", members)))


def _distinct(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("an object has a name twice")
    return members


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is not JSON")


def shortened(text: str) -> str:
    """Return the text, its middle left out when it is too long to read."""
    if len(text) <= MAX_SHOWN:
        return text
    half = MAX_SHOWN // 2
    return f"{text[:half]} [... {len(text) - MAX_SHOWN} characters left out ...] {text[-half:]}"
