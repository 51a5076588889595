"""`mipos-mock account`."""

import click

from mipos_mock.cli import complete, lines
from mipos_mock.cli.commands import Group
from mipos_mock.cli.session import Session


@click.group(cls=Group, examples=["mipos-mock account add", "mipos-mock account list"])
def account() -> None:
    """Accounts of the platform, with tokens, secrets and stores."""


@account.command(
    examples=["mipos-mock account add", "mipos-mock account add till-7 --store 70 --store 71"]
)
@click.argument("name", required=False)
@click.option(
    "--store",
    "stores",
    metavar="ID",
    multiple=True,
    help="A store of its own; by default one is made up. May be given again.",
)
@click.pass_obj
def add(session: Session, /, *, name: str | None, stores: tuple[str, ...]) -> None:
    """Add an account, by default with a made-up name and store."""
    body = lines.given({"name": name, "stores": list(stores) or None})
    session.show(
        session.client.post("accounts", body=body), lambda account: lines.accounts([account])
    )


@account.command("list", examples=["mipos-mock account list"])
@click.pass_obj
def list_accounts(session: Session, /) -> None:
    """List the accounts and their webhooks."""
    found = session.client.get("state", query={"limit": 1}).value["accounts"]
    session.show_part({"accounts": found}, lambda part: lines.accounts(part["accounts"]))


@account.command(examples=["mipos-mock account delete till-9"])
@click.argument("name", shell_complete=complete.accounts)
@click.pass_obj
def delete(session: Session, /, *, name: str) -> None:
    """Delete an account with its webhooks, orders, pushes, faults and menus."""
    session.show(
        session.client.delete("accounts", name),
        lambda answer: [f"account {answer['deleted']} deleted"],
    )
