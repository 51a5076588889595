"""`mipos-mock menu`."""

import time

import click

from mipos_mock.cli import complete, lines
from mipos_mock.cli.commands import Group
from mipos_mock.cli.push import demand_delivery
from mipos_mock.cli.session import Session
from mipos_mock.cli.values import Seconds


@click.group(cls=Group, examples=["mipos-mock menu pull", "mipos-mock menu list"])
def menu() -> None:
    """Ask a POS for its menu."""


@menu.command(examples=["mipos-mock menu pull", "mipos-mock menu pull --store 3 --wait 10"])
@click.option("--store", metavar="ID", help="Store; by default the first of the account.")
@click.option(
    "--account",
    metavar="NAME",
    shell_complete=complete.accounts,
    help="Account; by default that of the store, else alpha.",
)
@click.option(
    "--wait",
    type=Seconds(),
    metavar="SECONDS",
    default="5",
    show_default=True,
    help="Wait for the answers and show them; exit code 1 if one has not come by then. 0: no wait.",
)
@click.pass_obj
def pull(session: Session, /, *, store: str | None, account: str | None, wait: float) -> None:
    """Ask the Menu webhooks for a store's menu."""
    body = lines.given({"store_id": store, "account": account})
    asked = session.client.post("menus", "pull", body=body)
    pushes = asked.value["pushes"]
    if wait == 0:
        session.show(asked, lambda answer: lines.pushes(answer["pushes"]))
        return
    end = time.monotonic() + wait
    for push in pushes:
        left = max(0.0, end - time.monotonic())
        demand_delivery(session.wait("pushes", str(push["id"]), seconds=left))
    numbers = {push["id"] for push in pushes}
    answer = session.client.get("menus", query={"account": pushes[0]["account"]})
    menus = [each for each in answer.value["menus"] if each["push_id"] in numbers]
    session.show_part(
        {"menus": menus}, lambda part: (line for of in part["menus"] for line in lines.menu(of))
    )


@menu.command("list", examples=["mipos-mock menu list", "mipos-mock menu list --json"])
@click.option("--account", metavar="NAME", shell_complete=complete.accounts, help="Only its own.")
@click.pass_obj
def list_menus(session: Session, /, *, account: str | None) -> None:
    """List the menus that were answered, the last of each store and URL."""
    session.show(
        session.client.get("menus", query={"account": account}),
        lambda answer: lines.menus(answer["menus"]),
    )
