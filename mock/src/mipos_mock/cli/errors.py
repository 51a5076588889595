"""Why a command did not do what was asked. Each says it in one line and has an exit code."""

import click


class Failure(click.ClickException):
    """The answer is no: the mock refused, or what was waited for did not come."""

    exit_code = 1


class Misuse(click.ClickException):
    """What was given on the command line or in the environment cannot be used."""

    exit_code = 2


class Unreachable(click.ClickException):
    """No mock answers."""

    exit_code = 3
