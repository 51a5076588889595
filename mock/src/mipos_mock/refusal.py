"""What the stand-in says to who asks it for something that it cannot do."""

from collections.abc import Iterable


class Refused(Exception):  # noqa: N818 - it is the caller who erred
    """A mistake of the user. The text names the value, the place and the remedy.

    Attributes:
        status: The HTTP status that fits it.
    """

    def __init__(self, text: str, status: int = 400) -> None:
        """Says what is wrong, and with which HTTP status to answer it."""
        super().__init__(text)
        self.status = status


_SHOWN = 200  # characters of a refused value that a message repeats


def shorten(text: str) -> str:
    """Returns a text cut to a length that an error message can hold."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def choices(values: Iterable[object]) -> str:
    """Returns some values as a list for a message, ``none`` when there are none."""
    return ", ".join(map(str, values)) or "none"
