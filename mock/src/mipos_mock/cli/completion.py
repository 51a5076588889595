"""`mipos-mock completion`: Tab in the shell."""

from typing import Final

import click
from click.shell_completion import get_completion_class

from mipos_mock.cli.commands import LocalCommand, refuse_shared_options

PROGRAM: Final = "mipos-mock"
"""What the command is called, however it was started."""

VARIABLE: Final = "_MIPOS_MOCK_COMPLETE"
"""The variable of the environment in which a shell asks what to offer."""


@click.command(
    cls=LocalCommand,
    examples=[
        'eval "$(mipos-mock completion bash)"',
        "mipos-mock completion fish > ~/.config/fish/completions/mipos-mock.fish",
    ],
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, /, *, shell: str) -> None:
    """Print what makes Tab complete this command in a shell.

    The first example is for the shell's start-up file, ~/.bashrc or ~/.zshrc; there say
    `zsh` for zsh. Orders, pushes and accounts are those of the mock that runs.
    """
    refuse_shared_options(ctx)
    kind = get_completion_class(shell)
    assert kind is not None, shell  # noqa: S101 - the choice is of those that there are
    script = kind(ctx.find_root().command, {}, PROGRAM, VARIABLE)
    # Not source(), which for bash starts one to see its version.
    click.echo(script.source_template % script.source_vars())
