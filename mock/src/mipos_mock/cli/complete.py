"""What the shell offers for a value when Tab is pressed."""

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem

from mipos_mock.cli.lines import Json
from mipos_mock.cli.session import Session


def scenarios(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Offers the scenarios."""
    from mipos_mock.scenarios import SCENARIOS  # noqa: PLC0415 - only on Tab

    return _items(incomplete, ((each.name, each.text) for each in SCENARIOS.values()))


def fault_kinds(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Offers the kinds of faults."""
    from mipos_mock.faults import KINDS  # noqa: PLC0415 - only on Tab

    return _items(incomplete, ((each.name, each.text) for each in KINDS.values()))


def operations(
    _ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Offers the operations of the platform's API."""
    from mipos_mock.operations import OPERATIONS  # noqa: PLC0415 - only on Tab

    return _items(incomplete, ((each, "") for each in OPERATIONS))


def accounts(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Offers the accounts of the mock that runs."""
    found = ((each["name"], each["status"]) for each in _state(ctx)["accounts"])
    return _items(incomplete, found)


def orders(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Offers the orders of the mock that runs."""
    return _items(
        incomplete,
        (
            (str(each["id"]), f"{each['status']} {each['order_external_id']}")
            for each in _state(ctx)["orders"]
        ),
    )


def pushes(
    ctx: click.Context, _param: click.Parameter, incomplete: str
) -> list[CompletionItem[str]]:
    """Offers the pushes of the mock that runs."""
    return _items(
        incomplete,
        ((str(each["id"]), f"{each['status']} {each['url']}") for each in _state(ctx)["pushes"]),
    )


def _state(ctx: click.Context) -> Json:
    """Returns what the mock answers. Without one there is nothing to offer, and nothing to say."""
    try:
        answer: Json = ctx.ensure_object(Session).client.get("state", patience=1.0).value
    except click.ClickException:
        return {"accounts": [], "orders": [], "pushes": []}
    return answer


def _items(incomplete: str, found: Iterable[tuple[str, str]]) -> list[CompletionItem[str]]:
    return [
        CompletionItem(value, help=text or None)
        for value, text in found
        if value.startswith(incomplete)
    ]
