"""What a receiver answers, while it comes in."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Answer:
    """As much of an answer as is there.

    Attributes:
        status: The HTTP status, None until the head is there.
        headers: Names and values in order, as they were sent.
        body: The body, at most as much of it as was asked for.
        complete: Whether its end was seen.
    """

    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytearray = field(default_factory=bytearray)
    complete: bool = False

    def begin(self, status: int, headers: tuple[tuple[str, str], ...]) -> None:
        """Takes the head of an answer; it replaces that of a redirect."""
        self.status, self.headers, self.complete = status, headers, False
        self.body.clear()

    def header(self, name: str) -> str | None:
        """Returns the first value of a header, None without one."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), None)
