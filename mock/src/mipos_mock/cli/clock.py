"""`mipos-mock clock`."""

from collections.abc import Iterator

import click

from mipos_mock.cli import show
from mipos_mock.cli.commands import Group
from mipos_mock.cli.lines import Json
from mipos_mock.cli.session import Session
from mipos_mock.cli.values import Seconds


@click.group(cls=Group, examples=["mipos-mock clock show", "mipos-mock clock advance 10m"])
def clock() -> None:
    """The mock's own time, which can be set ahead."""


@clock.command("show", examples=["mipos-mock clock show"])
@click.pass_obj
def show_clock(session: Session, /) -> None:
    """Show what time it is for the mock."""
    session.show(session.client.get("clock"), _lines)


@clock.command(examples=["mipos-mock clock advance 90s", "mipos-mock clock advance 10m"])
@click.argument("seconds", type=Seconds())
@click.pass_obj
def advance(session: Session, /, *, seconds: float) -> None:
    """Set the clock ahead, for example to the next try of a push.

    SECONDS may have a unit: 90s, 10m, 2h, 1d. The command ends once what fell due was done.
    """
    # Every push that falls due is sent, to a receiver that may take its time.
    answer = session.client.post("clock", "advance", body={"seconds": seconds}, patience=None)
    session.show(answer, _lines)


def _lines(of: Json) -> Iterator[str]:
    ahead = of["ahead_seconds"]
    yield f"{show.moment(of['now'])} UTC" + (f", {ahead:g} s ahead" if ahead else "")
