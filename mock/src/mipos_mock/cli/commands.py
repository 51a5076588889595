"""Commands with examples in their help, and with the options that go before and after them."""

from collections.abc import Sequence
from typing import Any

import click

from mipos_mock.cli.session import Session


class LocalCommand(click.Command):
    """A command that asks no mock.

    Attributes:
        examples: Command lines, the first words of each are the command itself.
    """

    def __init__(self, *args: Any, examples: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401 - those of click
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the examples, one a line, as they are to be typed."""
        super().format_epilog(ctx, formatter)
        _write_examples(self.examples, formatter)


class Command(LocalCommand):
    """A command that asks a running mock."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - those of click
        super().__init__(*args, **kwargs)
        self.params += shared_options()


class Group(click.Group):
    """A command that has commands.

    Attributes:
        examples: As of `LocalCommand`.
    """

    command_class = Command

    def __init__(self, *args: Any, examples: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401 - those of click
        super().__init__(*args, **{"no_args_is_help": False, **kwargs})
        self.examples = tuple(examples)
        self.params += shared_options()

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Returns the names of its commands, the first that is needed first."""
        return list(self.commands)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the examples, one a line, as they are to be typed."""
        super().format_epilog(ctx, formatter)
        _write_examples(self.examples, formatter)


def shared_options() -> list[click.Parameter]:
    """Returns the options that stand before or after the name of a command."""
    return [
        click.Option(
            ["--url"],
            metavar="URL",
            expose_value=False,
            callback=_set_url,
            help="Address of the mock; else MIPOS_MOCK_URL, else http://127.0.0.1:8080.",
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            callback=_set_json,
            help="Print what the mock answers, as JSON.",
        ),
    ]


def refuse_shared_options(ctx: click.Context) -> None:
    """Refuses shared options in front of a command that asks no mock.

    Raises:
        UsageError: One was given.
    """
    session = ctx.find_object(Session)
    if session is not None and (session.json or session.url is not None):
        name = "--json" if session.json else "--url"
        raise click.UsageError(f"{name} is for commands that ask a running mock: leave it out", ctx)


def _set_url(ctx: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(Session).url = value


def _set_json(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as click calls it
    if value:
        ctx.ensure_object(Session).json = True


def _write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    heading = "Example" if len(examples) == 1 else "Examples"
    with formatter.section(heading):
        formatter.write("".join(f"{'':{formatter.current_indent}}{line}\n" for line in examples))
