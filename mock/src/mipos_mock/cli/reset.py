"""`mipos-mock reset`."""

import click

from mipos_mock.cli import complete, lines
from mipos_mock.cli.commands import Command
from mipos_mock.cli.session import Session


@click.command(cls=Command, examples=["mipos-mock reset", "mipos-mock reset --account alpha"])
@click.option(
    "--account", metavar="NAME", shell_complete=complete.accounts, help="Only what is its own."
)
@click.pass_obj
def reset(session: Session, /, *, account: str | None) -> None:
    """Put everything back to what a fresh server holds."""
    answer = session.client.post("reset", body=lines.given({"account": account}))
    what = "everything" if account is None else f"account {account}"
    session.show(answer, lambda _: [f"{what} is as on a fresh server"])
