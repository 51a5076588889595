"""`mipos-mock fault`."""

import click

from mipos_mock.cli import complete, lines
from mipos_mock.cli.commands import Group
from mipos_mock.cli.errors import Failure
from mipos_mock.cli.session import Session
from mipos_mock.cli.values import Seconds, Times


@click.group(
    cls=Group,
    examples=["mipos-mock fault set error --status 401", "mipos-mock fault list --kinds"],
)
def fault() -> None:
    """Make something go wrong on purpose."""


@fault.command(
    "set",
    examples=[
        "mipos-mock fault set error --status 409 --message 'Order not found.'",
        "mipos-mock fault set latency --seconds 3 --operation accept_order --times forever",
        "mipos-mock fault set duplicate",
    ],
)
@click.argument("kind", shell_complete=complete.fault_kinds)
@click.option(
    "--account",
    metavar="NAME",
    shell_complete=complete.accounts,
    help="Whom it strikes (default alpha).",
)
@click.option(
    "--times",
    type=Times(),
    metavar="N|forever",
    default="1",
    show_default=True,
    help="How often it strikes; forever: until it is removed.",
)
@click.option(
    "--operation",
    metavar="NAME",
    shell_complete=complete.operations,
    help="The only one that it strikes: create_webhook, update_webhook, delete_webhook, "
    "list_webhooks, accept_order.",
)
@click.option("--status", type=int, help="For error: 401, 409 or 422.")
@click.option("--message", metavar="TEXT", help="For error: a documented message.")
@click.option(
    "--seconds", type=Seconds(), metavar="SECONDS", help="For latency and late: how long."
)
@click.pass_obj
def set_fault(  # noqa: PLR0913 - one for each option
    session: Session,
    /,
    *,
    kind: str,
    account: str | None,
    times: int | None,
    operation: str | None,
    status: int | None,
    message: str | None,
    seconds: float | None,
) -> None:
    """Make something go wrong for an account.

    KIND is for its calls: error, latency, bad-gateway, drop; or for pushes to it: duplicate,
    late, truncated, wrong-signature, out-of-order. `fault list --kinds` says what each does.
    """
    body = lines.given(
        {
            "kind": kind,
            "account": account,
            "operation": operation,
            "status": status,
            "message": message,
            "seconds": seconds,
        }
    )
    answer = session.client.post("faults", body={**body, "times": times})
    session.show(answer, lambda fault: lines.faults([fault]))


@fault.command("list", examples=["mipos-mock fault list", "mipos-mock fault list --kinds"])
@click.option("--account", metavar="NAME", shell_complete=complete.accounts, help="Only its own.")
@click.option("--kinds", is_flag=True, help="List what can be set instead.")
@click.pass_obj
def list_faults(session: Session, /, *, account: str | None, kinds: bool) -> None:
    """List the faults that are set."""
    if kinds and account is not None:
        raise click.UsageError(
            "--kinds are the same for every account: leave --account out",
            click.get_current_context(),
        )
    if kinds:
        session.show(session.client.get("faults", "kinds"), lines.fault_kinds)
        return
    session.show(
        session.client.get("faults", query={"account": account}),
        lambda answer: lines.faults(answer["faults"]),
    )


@fault.command(
    examples=[
        "mipos-mock fault remove 1",
        "mipos-mock fault remove --account alpha",
        "mipos-mock fault remove --all",
    ]
)
@click.argument("fault", type=click.IntRange(1), metavar="[ID]", required=False)
@click.option(
    "--account", metavar="NAME", shell_complete=complete.accounts, help="All of an account."
)
@click.option("--all", "every", is_flag=True, help="All that are set.")
@click.pass_obj
def remove(session: Session, /, *, fault: int | None, account: str | None, every: bool) -> None:
    """Remove a fault by its number, or several."""
    if (fault is not None) + (account is not None) + every != 1:
        raise click.UsageError(
            "what is to be removed is not clear: give one of ID, --account and --all",
            click.get_current_context(),
        )
    answer = session.client.delete("faults", query={"id": fault, "account": account})
    removed = answer.value["removed"]
    if fault is not None and not removed:
        raise Failure(f"fault {fault} is not set: mipos-mock fault list shows those that are")
    session.show(answer, lambda _: [f"removed {removed} fault{'' if removed == 1 else 's'}"])
