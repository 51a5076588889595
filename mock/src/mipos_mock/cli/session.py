"""What the options that all commands share come to: which mock is asked, and how is answered."""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from mipos_mock.cli.client import Answer, Client

_MARGIN: Final = 30.0  # seconds

Lines = Callable[[Any], Iterable[str]]
"""From a JSON value to what a person reads."""


@dataclass(slots=True)
class Session:
    """One run of the command.

    Attributes:
        url: The mock's address as ``--url`` gave it, None without.
        json: Whether ``--json`` was given.
    """

    url: str | None = None
    json: bool = False

    @property
    def client(self) -> "Client":
        """The mock that is asked.

        Raises:
            Misuse: Its address or the secret cannot be used.
        """
        # HTTP takes a while to import, and help and the server need none of it.
        from mipos_mock.cli import client  # noqa: PLC0415 - see above

        url = self.url or os.environ.get(client.URL_VARIABLE) or client.DEFAULT_URL
        return client.Client(url, os.environ.get(client.SECRET_VARIABLE))

    def wait(self, *path: str, seconds: float) -> "Answer":
        """Returns an answer once what stands at a path has come to its end.

        Raises:
            Failure: It has not after so many seconds.
        """
        patience = seconds + _MARGIN  # the mock decides when the time is over
        return self.client.get(*path, "wait", query={"timeout": seconds}, patience=patience)

    def show(self, answer: "Answer", lines: Lines) -> None:
        """Prints an answer: as it came with ``--json``, else as lines for a person."""
        if self.json:
            click.echo(answer.text)
        else:
            self.tell(lines(answer.value))

    def tell(self, lines: Iterable[str]) -> None:
        """Prints lines for a person; nothing with ``--json``."""
        if not self.json:
            for line in lines:
                click.echo(line, color=colour())

    def show_part(self, value: object, lines: Lines) -> None:
        """Prints what was taken out of an answer as an answer would be."""
        if self.json:
            click.echo(json.dumps(value, separators=(",", ":")))
        else:
            self.tell(lines(value))


def colour() -> bool | None:
    """Returns whether to write in colour: not if ``NO_COLOR`` says so, None for a terminal only."""
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None
