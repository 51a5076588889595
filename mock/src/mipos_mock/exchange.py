"""One request and its answer, without any web framework."""

from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Request:
    """What the core reads of an HTTP request.

    Attributes:
        authorization: The ``Authorization`` header, None without one. Kept out of the repr.
        content_type: The ``Content-Type`` header, None without one.
        body: The whole body as it was sent.
    """

    authorization: str | None = field(repr=False)
    content_type: str | None
    body: bytes


class Answer(NamedTuple):
    """What the core answers.

    Attributes:
        status: The HTTP status code.
        body: The JSON value of the answer, made of dict, list, str, int, bool and None.
    """

    status: int
    body: object


def conflict(message: str) -> Answer:
    """Returns the 409 that carries the one message that applied.

    The documented 409 bodies are catalogues of every message; only the shape is theirs.
    """
    return Answer(409, {"message": [message], "data": None})
