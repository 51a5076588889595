"""`mipos-mock order`."""

import click

from mipos_mock.cli import complete, lines
from mipos_mock.cli.commands import Group
from mipos_mock.cli.session import Session
from mipos_mock.cli.values import Override, Seconds


@click.group(
    cls=Group,
    examples=["mipos-mock order place --wait 10", "mipos-mock order list --status pending"],
)
def order() -> None:
    """Place orders, and see what became of them."""


@order.command(
    examples=[
        "mipos-mock order place --wait 10",
        "mipos-mock order place --scenario big --seed 7",
        "mipos-mock order place --set customer=Ana --set items.0.quantity=3",
        "mipos-mock order place --count 100 --rate 20",
    ]
)
@click.option(
    "--scenario",
    metavar="NAME",
    shell_complete=complete.scenarios,
    help="What the order is composed from: simple (default), big, modifiers, discount, notes, "
    "unicode, rtl, long-text, zero-total.",
)
@click.option(
    "--seed", type=int, help="Decides every value; by default another one for each order."
)
@click.option("--store", metavar="ID", help="Store; by default the first of the account.")
@click.option(
    "--account",
    metavar="NAME",
    shell_complete=complete.accounts,
    help="Account; by default that of the store, else alpha.",
)
@click.option("--delivery-id", metavar="ID", help="Delivery platform, digits (default 1).")
@click.option("--external-id", metavar="ID", help="The order_external_id; by default made up.")
@click.option(
    "--set",
    "overrides",
    metavar="FIELD=VALUE",
    type=Override(),
    multiple=True,
    help="A value for a field of the push, by name or path as items.0.name. It is read as JSON "
    "if it is some, else it is text. May be given again.",
)
@click.option("--no-push", is_flag=True, help="Store the order and call no webhook.")
@click.option("--count", type=click.IntRange(1), metavar="N", help="Place so many orders.")
@click.option(
    "--rate",
    type=click.FloatRange(0, min_open=True),
    metavar="PER_SECOND",
    help="With --count: how many a second (default 10).",
)
@click.option(
    "--wait",
    type=Seconds(),
    metavar="SECONDS",
    help="Wait until the POS has accepted the order; exit code 1 if it has not by then.",
)
@click.pass_obj
def place(  # noqa: PLR0913 - one for each option
    session: Session,
    /,
    *,
    scenario: str | None,
    seed: int | None,
    store: str | None,
    account: str | None,
    delivery_id: str | None,
    external_id: str | None,
    overrides: tuple[tuple[str, object], ...],
    no_push: bool,
    count: int | None,
    rate: float | None,
    wait: float | None,
) -> None:
    """Place an order and push it to the ORDER webhooks of its store's account.

    With --count the orders are placed while the command has ended already; `order list` and
    `journal` show them.
    """
    wish = {
        "scenario": scenario,
        "seed": seed,
        "store_id": store,
        "account": account,
        "delivery_id": delivery_id,
        "overrides": dict(overrides) or None,
    }
    if count is not None:
        alone = {"--external-id": external_id, "--no-push": no_push, "--wait": wait}
        _refuse("is for one order: leave it out, or --count", alone)
        _place_many(session, {**wish, "count": count, "per_second": rate})
        return
    _refuse("goes with --count: give both", {"--rate": rate})
    wish |= {"order_external_id": external_id, "push": False if no_push else None}
    _place_one(session, wish, wait)


@order.command(
    examples=[
        "mipos-mock order wait 1 --timeout 10",
        "mipos-mock order wait 01f1b8ce-a65d-4876-a72f-8f549f3566b7",
    ]
)
@click.argument("order", shell_complete=complete.orders)
@click.option(
    "--timeout",
    type=Seconds(),
    metavar="SECONDS",
    default="5",
    show_default=True,
    help="How long to wait, in real time.",
)
@click.pass_obj
def wait(session: Session, /, *, order: str, timeout: float) -> None:
    """Wait until the POS has accepted an order.

    ORDER is its number or its order_external_id. If it is not accepted in time, the exit code
    is 1 and the error shows what happened.
    """
    session.show(session.wait("orders", order, seconds=timeout), lines.order)


@order.command(
    "list",
    examples=["mipos-mock order list", "mipos-mock order list --status pending --store 3"],
)
@click.option("--account", metavar="NAME", shell_complete=complete.accounts, help="Only its own.")
@click.option("--store", metavar="ID", help="Only those of a store.")
@click.option("--status", type=click.Choice(["pending", "accepted"]), help="Only these.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="The newest (default 200).")
@click.pass_obj
def list_orders(
    session: Session,
    /,
    *,
    account: str | None,
    store: str | None,
    status: str | None,
    limit: int | None,
) -> None:
    """List orders in order of arrival."""
    query = {"account": account, "store_id": store, "status": status, "limit": limit}
    session.show(
        session.client.get("orders", query=query), lambda answer: lines.orders(answer["orders"])
    )


@order.command("show", examples=["mipos-mock order show 1", "mipos-mock order show 1 --json"])
@click.argument("order", shell_complete=complete.orders)
@click.pass_obj
def show_order(session: Session, /, *, order: str) -> None:
    """Show an order, its pushes, and what happened to it.

    ORDER is its number or its order_external_id.
    """
    session.show(session.client.get("orders", order), lines.order)


def _place_many(session: Session, wish: lines.Json) -> None:
    session.show(
        session.client.post("bursts", body=lines.given(wish)),
        lambda answer: [f"placing {answer['count']} orders, {answer['per_second']:g} a second"],
    )


def _place_one(session: Session, wish: lines.Json, wait: float | None) -> None:
    answer = session.client.post("orders", body=lines.given(wish))
    if wait is None:
        session.show(answer, lines.order)
        return
    session.tell([f"{lines.order_name(answer.value)}  placed"])
    number = str(answer.value["id"])
    session.show(session.wait("orders", number, seconds=wait), lines.order)


def _refuse(remedy: str, options: lines.Json) -> None:
    for name, value in options.items():
        if value is not None and value is not False:
            raise click.UsageError(f"{name} {remedy}", click.get_current_context())
