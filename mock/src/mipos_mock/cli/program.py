"""The whole command: its groups, its exit codes, and how mistakes are told."""

import json
import os
import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Final

import click
from click.shell_completion import shell_complete

from mipos_mock import __version__
from mipos_mock.cli import (
    account,
    clock,
    completion,
    fault,
    journal,
    menu,
    order,
    push,
    reset,
    serve,
)
from mipos_mock.cli.commands import Group
from mipos_mock.cli.session import Session
from mipos_mock.cli.show import plain

HELP: Final = """\
A stateful stand-in for the MiPOS delivery platform.

`serve` runs it. The other commands ask one that runs: the one at --url, else at
MIPOS_MOCK_URL, else at http://127.0.0.1:8080. If it is bound beyond loopback they need the
secret that it printed, in MIPOS_MOCK_SECRET.

\b
Exit codes:
  0    done
  1    the answer is no: not accepted in time, push given up, refused by the mock
  2    a mistake on the command line or in the environment
  3    no mock answers
  130  ended by Ctrl-C

\b
Errors go to standard error in one line; with --json the line is {"error": "..."}.
"""


@click.group(
    completion.PROGRAM,
    cls=Group,
    help=HELP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    examples=[
        "mipos-mock serve --port 8080",
        "mipos-mock order place --wait 10",
        "mipos-mock journal --problems",
    ],
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def root() -> None:
    """Stands for every command."""


for _command in (
    serve.serve,
    order.order,
    push.push,
    menu.menu,
    fault.fault,
    account.account,
    clock.clock,
    journal.journal,
    reset.reset,
    completion.completion,
):
    root.add_command(_command)


def run(argv: Sequence[str]) -> int:
    """Runs a command line and returns its exit code."""
    session = Session()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # what cannot be encoded is no reason to fail
            stream.reconfigure(errors="backslashreplace")
    try:
        return _invoke(session, argv)
    except BrokenPipeError:
        # Who read the output has seen enough. What is left of it must not fail at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except click.ClickException as error:
        _report(error, as_json="--json" in argv)
        return error.exit_code


def _invoke(session: Session, argv: Sequence[str]) -> int:
    instruction = os.environ.get(completion.VARIABLE)
    if instruction:
        return shell_complete(root, {}, completion.PROGRAM, completion.VARIABLE, instruction)
    try:
        with root.make_context(completion.PROGRAM, list(argv), obj=session) as context:
            return root.invoke(context) or 0
    except click.exceptions.Exit as end:
        return end.exit_code


def _report(error: click.ClickException, *, as_json: bool) -> None:
    text = error.format_message()
    if isinstance(error, click.UsageError):
        text = re.sub(r"\s*\n\s*", " ", text).rstrip(".")
        text = text[:1].lower() + text[1:]
        if isinstance(error, click.BadParameter) and error.param is not None and error.message:
            text = f"{error.param.opts[-1]}: {error.message}"
        if error.ctx is not None:
            text += f" (try: {error.ctx.command_path} --help)"
    if as_json:
        click.echo(json.dumps({"error": text}), err=True)
    else:
        click.echo("\n".join(map(plain, f"{completion.PROGRAM}: {text}".split("\n"))), err=True)
