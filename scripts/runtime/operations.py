"""What a client knows of an operation, and what becomes of its answer."""

from collections.abc import Mapping
from typing import Final, Generic, TypeVar

import httpx
import msgspec
from attrs import AttrsInstance, asdict

from .errors import (
    UNDECODABLE,
    ResponseDecodeError,
    ResponseError,
    StatusError,
    UnexpectedStatusError,
)
from .requests import sent_request
from .sending import BODY
from .tokens import Token
from .transports import BROKEN

Value = TypeVar("Value")
_FIRST_REDIRECT: Final = 300
_FIRST_ERROR: Final = 400


class Operation(Generic[Value]):
    """An operation of the document.

    Args:
        name: The operationId.
        method: The HTTP method.
        path: The path below the server's URL.
        statuses: The statuses of a success.
        returns: What a success holds.
        errors: The class of each other status that the document lists.
        content_type: That of the body, if the operation has one.
    """

    def __init__(
        self,
        *,
        name: str,
        method: str,
        path: str,
        statuses: frozenset[int],
        returns: type[Value],
        errors: Mapping[int, type[StatusError]],
        content_type: str | None = None,
    ) -> None:
        self.name = name
        self.method = method
        self.path = path
        self.headers = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate"}
        if content_type is not None:
            self.headers["Content-Type"] = content_type
        self._statuses = statuses
        self._errors = errors
        self._decoder = msgspec.json.Decoder(returns)

    def value(self, request: httpx.Request, response: httpx.Response, token: Token) -> Value:
        """Return what a successful answer holds.

        Raises:
            StatusError: The answer has another status that the document lists.
            UnexpectedStatusError: The document does not list the status.
            ResponseDecodeError: The status is that of a success, the body is not.
        """
        broken: str | None = response.extensions.get(BROKEN)
        if response.status_code not in self._statuses:
            kind = self._errors.get(response.status_code, UnexpectedStatusError)
            detail = "" if broken is None else f"the body broke off ({broken})"
            if kind is UnexpectedStatusError:
                detail = detail or _unexpected(response)
            raise self._error(kind, request, response, token, detail)
        if broken is not None:
            raise self._error(
                ResponseDecodeError, request, response, token, f"the body broke off ({broken})"
            )
        try:
            return self._decoder.decode(response.extensions[BODY])
        except UNDECODABLE as error:
            detail = str(error)
        # Here, and not above, where the error would be its context and hold the body unmasked.
        raise self._error(ResponseDecodeError, request, response, token, detail)

    def _error(
        self,
        kind: type[ResponseError],
        request: httpx.Request,
        response: httpx.Response,
        token: Token,
        detail: str,
    ) -> ResponseError:
        headers = {
            token.hide_in_name(name): token.hide_in(value)
            for name, value in response.headers.items()
        }
        body = token.hide_in_bytes(response.extensions[BODY])
        sent = sent_request(request)
        return kind(self.name, sent, response.status_code, headers, body, token.hide_in(detail))


def encoded(body: AttrsInstance) -> bytes:
    """Return a model as JSON; properties that are None are left out."""
    return msgspec.json.encode(asdict(body, recurse=False, filter=_is_given))


def _is_given(_attribute: object, value: object) -> bool:
    return value is not None


def _unexpected(response: httpx.Response) -> str:
    if _FIRST_REDIRECT <= response.status_code < _FIRST_ERROR and "location" in response.headers:
        return (
            f"a redirect to {response.headers['location']}, which is not followed, so that the "
            "token stays with its host; if it is right, give the new address as base_url"
        )
    return "the document does not list this status"
