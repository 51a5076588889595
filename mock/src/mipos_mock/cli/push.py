"""`mipos-mock push`."""

from typing import TYPE_CHECKING

import click

from mipos_mock.cli import complete, lines
from mipos_mock.cli.commands import Group
from mipos_mock.cli.errors import Failure
from mipos_mock.cli.session import Session
from mipos_mock.cli.values import Seconds

if TYPE_CHECKING:
    from mipos_mock.cli.client import Answer


@click.group(cls=Group, examples=["mipos-mock push list", "mipos-mock push replay 1 --wait 10"])
def push() -> None:
    """See what was sent to webhooks, and send it again."""


@push.command("list", examples=["mipos-mock push list", "mipos-mock push list --order 5"])
@click.option("--account", metavar="NAME", shell_complete=complete.accounts, help="Only its own.")
@click.option(
    "--order", metavar="ORDER", shell_complete=complete.orders, help="Only those of an order."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="The newest (default 200).")
@click.pass_obj
def list_pushes(
    session: Session, /, *, account: str | None, order: str | None, limit: int | None
) -> None:
    """List pushes, the oldest first."""
    query = {"account": account, "order": order, "limit": limit}
    session.show(
        session.client.get("pushes", query=query), lambda answer: lines.pushes(answer["pushes"])
    )


@push.command("show", examples=["mipos-mock push show 1"])
@click.argument("push", type=click.IntRange(1), metavar="ID", shell_complete=complete.pushes)
@click.pass_obj
def show_push(session: Session, /, *, push: int) -> None:
    """Show a push: its body, and every try with what was answered."""
    session.show(session.client.get("pushes", str(push)), lines.push)


@push.command(examples=["mipos-mock push replay 1", "mipos-mock push replay 1 --wait 10"])
@click.argument("push", type=click.IntRange(1), metavar="ID", shell_complete=complete.pushes)
@click.option(
    "--wait",
    type=Seconds(),
    metavar="SECONDS",
    help="Wait until it is delivered; exit code 1 if it is not by then.",
)
@click.pass_obj
def replay(session: Session, /, *, push: int, wait: float | None) -> None:
    """Send the bytes of a push again, as a new push to the same webhook."""
    answer = session.client.post("pushes", str(push), "replay")
    if wait is None:
        session.show(answer, lambda again: lines.pushes([again]))
        return
    session.tell([f"push {push} is sent again as push {answer.value['id']}"])
    _await(session, answer.value["id"], wait)


@push.command("wait", examples=["mipos-mock push wait 1 --timeout 10"])
@click.argument("push", type=click.IntRange(1), metavar="ID", shell_complete=complete.pushes)
@click.option(
    "--timeout",
    type=Seconds(),
    metavar="SECONDS",
    default="5",
    show_default=True,
    help="How long to wait, in real time.",
)
@click.pass_obj
def wait_push(session: Session, /, *, push: int, timeout: float) -> None:
    """Wait until a push is delivered.

    If it is given up or cancelled it is printed all the same, and the exit code is 1, as it is
    when the time is over.
    """
    _await(session, push, timeout)


def _await(session: Session, push: int, seconds: float) -> None:
    answer = session.wait("pushes", str(push), seconds=seconds)
    session.show(answer, lines.push)
    demand_delivery(answer)


def demand_delivery(answer: "Answer") -> None:
    """Refuses an answer about a push that ended in another way.

    Raises:
        Failure: It is given up or cancelled.
    """
    status = answer.value["status"]
    if status != "delivered":
        raise Failure(
            f"push {answer.value['id']} to {answer.value['url']} is {status}: "
            "mipos-mock push show tells why"
        )
