"""What the core answers, without any web framework."""

from typing import NamedTuple


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
