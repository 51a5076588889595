"""What a call can fail with, apart from the statuses that the document lists.

Every class is picklable, and none holds the access token: the header that carries it is masked
in `request`, and where an answer repeats the token, asterisks stand for it.
"""

from collections.abc import Mapping
from typing import Final, cast

import msgspec

from .requests import SentRequest

UNDECODABLE: Final = (msgspec.MsgspecError, ValueError, RecursionError)
"""What decoding a body raises, and validating it, in any version of msgspec."""
_SHOWN: Final = 300


class MiposError(Exception):
    """What every error of this package is."""


class ConfigurationError(MiposError, ValueError):
    """A client, an option or a secret is not usable; nothing was sent."""


class TransportError(MiposError):
    """There is no answer: the connection failed, or broke before the answer was complete.

    Unless the text says that nothing was sent, the platform may have done what was asked.

    Attributes:
        operation: The operationId, such as `createWebhook`.
        request: What was sent, or was to be sent.
    """

    def __init__(self, operation: str, request: SentRequest, detail: str) -> None:
        super().__init__(operation, request, detail)
        self.operation = operation
        self.request = request
        self._detail = detail

    def __str__(self) -> str:
        """Return the operation, what went wrong, and the request."""
        return f"{self.operation} got no answer: {_printable(self._detail)} ({self.request})"

    def __repr__(self) -> str:
        """Return the class and the operation; `str` shows more."""
        return f"{type(self).__name__}({self.operation!r})"


class TimeoutError(TransportError):  # noqa: A001  the name that callers look for; it stays in its namespace
    """There is no answer within the time-out.

    Unless the text says that nothing was sent, the platform may have done what was asked.
    """


class ResponseError(MiposError):
    """There is an answer, but not the one that the call asks for.

    Attributes:
        operation: The operationId, such as `createWebhook`.
        request: What was sent.
        status: The HTTP status, whether Python knows it or not.
        headers: The headers of the answer by name in lower case.
        body: The body of the answer, as it came.
    """

    def __init__(
        self,
        operation: str,
        request: SentRequest,
        status: int,
        headers: Mapping[str, str],
        body: bytes,
        detail: str = "",
    ) -> None:
        super().__init__(operation, request, status, headers, body, detail)
        self.operation = operation
        self.request = request
        self.status = status
        self.headers = headers
        self.body = body
        self._detail = detail

    @property
    def messages(self) -> list[str]:
        """The human texts of the answer, in its order; none if the body has no such text.

        They are read from a bare JSON string, from `message` (a string or an array of them), and
        from a map of fields to their texts. Any wording is let through.
        """
        return _texts(_value(self.body))

    def __str__(self) -> str:
        """Return the operation, the status, what the answer says, and the request."""
        parts = [self._detail, "; ".join(self.messages)]
        said = ": ".join(part for part in parts if part)
        if not self.messages:
            said = ": ".join(part for part in (said, _excerpt(self.body)) if part)
        return f"{self.operation} was answered {self.status}: {_printable(said)} ({self.request})"

    def __repr__(self) -> str:
        """Return the class, the operation and the status; `str` shows more."""
        return f"{type(self).__name__}({self.operation!r}, status={self.status})"


class StatusError(ResponseError):
    """An error that the document lists for the operation; its subclass is the status."""


class FieldsError(StatusError):
    """A refusal that names the fields at fault."""

    @property
    def errors(self) -> dict[str, list[str]]:
        """From each field that failed to its messages; empty if the body names none."""
        value = _value(self.body)
        if not isinstance(value, dict):
            return {}
        fields = cast("dict[str, object]", value)
        return {name: texts for name, found in fields.items() if (texts := _texts(found))}


class UnexpectedStatusError(ResponseError):
    """The answer has a status that the document does not list for the operation."""


class ResponseDecodeError(ResponseError):
    """The status says that the call succeeded, but the body is not what the document says.

    What was asked for has been done. The text names the place in the body.
    """


class SignatureError(MiposError):
    """A push does not carry the signature that its body and the secret give: refuse it."""


class PushDecodeError(MiposError):
    """The body of a push is not what the document says; the text names the place.

    Attributes:
        body: The body, as it came.
    """

    def __init__(self, kind: str, body: bytes, detail: str) -> None:
        super().__init__(kind, body, detail)
        self.body = body
        self._kind = kind
        self._detail = detail

    def __str__(self) -> str:
        """Return what kind of push it is, and what is wrong with it."""
        return f"this is no {self._kind}: {_printable(self._detail)}"

    def __repr__(self) -> str:
        """Return the class and the kind; `str` shows what is wrong."""
        return f"{type(self).__name__}({self._kind!r})"


def _value(body: bytes) -> object:
    """Return what the body is as JSON, or None if it is not JSON."""
    try:
        return cast("object", msgspec.json.decode(body))
    except UNDECODABLE:
        return None


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [each for each in cast("list[object]", value) if isinstance(each, str)]
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        # In a map of fields, one of them can be called `message`.
        if "message" in fields and not all(isinstance(each, list) for each in fields.values()):
            return _texts(fields["message"])
        lists = (cast("object", each) for each in fields.values() if isinstance(each, list))
        return [text for each in lists for text in _texts(each)]
    return []


def _excerpt(body: bytes) -> str:
    return body[:_SHOWN].decode("utf-8", "replace") if body else "an empty body"


def _printable(text: str) -> str:
    """Return a text of foreign origin on one line, of a bounded length, without control codes."""
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in shown)
