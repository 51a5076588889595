"""`mipos-mock journal`."""

from collections.abc import Iterator
from typing import Final

import click

from mipos_mock.cli import complete, lines
from mipos_mock.cli.commands import Group
from mipos_mock.cli.errors import Unreachable
from mipos_mock.cli.lines import Json
from mipos_mock.cli.session import Session

_ALL: Final = 10_000
"""More entries than a mock remembers."""


@click.group(
    cls=Group,
    invoke_without_command=True,
    subcommand_metavar="[show ID]",
    examples=[
        "mipos-mock journal",
        "mipos-mock journal --problems --limit 5",
        "mipos-mock journal --follow --account alpha",
        "mipos-mock journal show 1",
    ],
)
@click.option("-f", "--follow", is_flag=True, help="Go on with what happens, until Ctrl-C.")
@click.option("--account", metavar="NAME", shell_complete=complete.accounts, help="Only its own.")
@click.option("--kind", type=click.Choice(["call", "push", "order", "control"]), help="Only these.")
@click.option(
    "--limit",
    type=click.IntRange(1, _ALL),
    metavar="N",
    default=50,
    show_default=True,
    help="How many of the newest.",
)
@click.option("--problems", is_flag=True, help="Only errors and violations of the documents.")
@click.pass_context
def journal(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    /,
    *,
    follow: bool,
    account: str | None,
    kind: str | None,
    limit: int,
    problems: bool,
) -> None:
    """Show what happened, the newest last. Times are those of the mock's clock, in UTC.

    A line that is marked with ! is an error or a violation of the documents; `journal show`
    with its number, the first of the line, has the headers, the bodies and the remedy.
    With --follow and --json each entry is a line.
    """
    if ctx.invoked_subcommand is not None:
        return
    session = ctx.ensure_object(Session)
    query = {"account": account, "kind": kind, "limit": _ALL if problems else limit}
    answer = session.client.get("journal", query=query)
    entries: list[Json] = answer.value["entries"]
    if problems:
        entries = list(filter(_is_problem, entries))[-limit:]
    if not follow:
        session.show_part({**answer.value, "entries": entries}, _lines)
        return
    for entry in entries:
        session.show_part(entry, _line)
    for entry in _news(session, account, answer.value["last"]):
        if kind in {None, entry["kind"]} and (_is_problem(entry) or not problems):
            session.show_part(entry, _line)


@journal.command("show", examples=["mipos-mock journal show 1"])
@click.argument("entry", type=click.IntRange(1), metavar="ID")
@click.pass_obj
def show_entry(session: Session, /, *, entry: int) -> None:
    """Show an entry with headers and bodies, and what the client did wrong."""
    session.show(session.client.get("journal", str(entry)), lines.whole_entry)


def _news(session: Session, account: str | None, last: int) -> Iterator[Json]:
    client = session.client
    while True:
        known = last
        for event in client.events({"account": account, "after": last}):
            entry: Json = event.value
            last = entry["id"]
            yield entry
        # A mock ends the answer to a client that is far behind, which is to come again.
        if last == known:
            raise Unreachable("the mock has ended: see why, or start it again")


def _is_problem(entry: Json) -> bool:
    return bool(entry["problem"] or entry["violations"])


def _line(entry: Json) -> list[str]:
    return [lines.entry(entry)]


def _lines(journal: Json) -> list[str]:
    return [lines.entry(each) for each in journal["entries"]] or ["nothing happened"]
