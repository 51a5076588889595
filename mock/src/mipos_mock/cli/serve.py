"""`mipos-mock serve`."""

import os
import re
import signal
from collections.abc import Callable
from contextlib import ExitStack
from types import FrameType
from typing import TYPE_CHECKING

import click

from mipos_mock.cli.commands import LocalCommand, refuse_shared_options
from mipos_mock.cli.errors import Failure, Misuse
from mipos_mock.cli.session import colour
from mipos_mock.cli.values import Port, Seconds
from mipos_mock.sockets import listen, url_of

if TYPE_CHECKING:
    import socket


@click.command(
    cls=LocalCommand,
    examples=[
        "mipos-mock serve --port 8080",
        "mipos-mock serve --port 8080 --state mock.db",
        "mipos-mock serve --port 8080 --host 0.0.0.0 --allow-push-to 10.0.0.0/8",
    ],
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to bind.")
@click.option(
    "--port",
    type=Port(),
    metavar="PORT",
    default="8080",
    show_default=True,
    help="Port to bind, 0 for a free one.",
)
@click.option(
    "--state",
    "file",
    metavar="FILE",
    help="Keep everything in a file and go on from it; by default it is kept in memory.",
)
@click.option(
    "--allow-push-to",
    metavar="ADDRESS",
    multiple=True,
    help="What webhooks may reach beside loopback: an address, 10.0.0.5, or a network, "
    "10.0.0.0/8. May be given again.",
)
@click.option("--follow-redirects", is_flag=True, help="Let pushes follow 307 and 308.")
@click.option(
    "--push-timeout",
    type=Seconds(),
    metavar="SECONDS",
    default="10",
    show_default=True,
    help="How long a receiver has to answer a push.",
)
@click.pass_context
def serve(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    /,
    *,
    host: str,
    port: int,
    file: str | None,
    allow_push_to: tuple[str, ...],
    follow_redirects: bool,
    push_timeout: float,
) -> None:
    """Serve the platform's API until Ctrl-C.

    The first line of the output is "MiPOS mock listening on" and the address. Beyond loopback
    the control interface wants a secret: the one in MIPOS_MOCK_SECRET, else one that is made up
    and printed.
    """
    refuse_shared_options(ctx)
    if not push_timeout:
        raise click.UsageError("--push-timeout: 0 leaves no time to answer: give more", ctx)
    # Raising from a handler could strike anywhere, so a signal is only ever noted.
    early: list[int] = []
    _on_stop(lambda number, _frame: early.append(number))

    # Other commands need none of what follows, and it takes a while to import.
    from mipos_mock.opening import opened  # noqa: PLC0415 - see above
    from mipos_mock.sending.addresses import AddressError, AddressPolicy  # noqa: PLC0415 - see above
    from mipos_mock.store import StoreError  # noqa: PLC0415 - see above

    with ExitStack() as stack:
        try:
            policy = AddressPolicy.parse(allow_push_to)
            state = stack.enter_context(opened(file))
        except AddressError as error:
            raise click.UsageError(str(error), ctx) from error
        except StoreError as error:
            raise Misuse(str(error)) from error
        sock = stack.enter_context(_listening(host, port))
        secret, made = _secret(sock)

        # These take longest, so a taken port is reported without them.
        from mipos_mock.access import Access  # noqa: PLC0415 - see above
        from mipos_mock.app import application  # noqa: PLC0415 - see above
        from mipos_mock.cli.banner import banner  # noqa: PLC0415 - see above
        from mipos_mock.sandbox import Sandbox  # noqa: PLC0415 - see above
        from mipos_mock.sending.sender import Sender  # noqa: PLC0415 - see above
        from mipos_mock.server import server_of  # noqa: PLC0415 - see above

        def fail() -> None:
            server.should_exit = True

        sender = Sender(policy, timeout=push_timeout, follow_redirects=follow_redirects)
        sandbox = Sandbox(state, sender, fail)
        server = server_of(application(sandbox, access=Access(secret)))
        _on_stop(server.handle_exit)
        if early:
            return
        text = banner(url_of(sock), state, kept=file, secret=secret, made=made)
        click.echo(text, nl=False, color=colour())
        server.run(sockets=[sock])
        if sandbox.failure is not None:
            raise Failure(sandbox.failure)


def _on_stop(handler: Callable[[int, FrameType | None], object]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def _listening(host: str, port: int) -> "socket.socket":
    try:
        return listen(host, port)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Misuse(
            f"cannot listen on host {host!r}, port {port}: {reason}; "
            "give a free --port (0 picks one) and a --host of this machine"
        ) from error


def _secret(sock: "socket.socket") -> tuple[str | None, bool]:
    """Returns what the control interface wants, None on loopback, and whether it was made up."""
    from mipos_mock.sending.addresses import AddressPolicy  # noqa: PLC0415 - for this command alone

    if AddressPolicy().allows(sock.getsockname()[0]):
        return None, False
    given = os.environ.get("MIPOS_MOCK_SECRET")
    if not given:
        import secrets  # noqa: PLC0415 - seldom needed

        return secrets.token_urlsafe(), True
    if re.fullmatch(r"[\x21-\x7e]+", given) is None:
        raise Misuse(
            "MIPOS_MOCK_SECRET has characters that no header can hold: use visible ASCII, "
            "without blanks, or leave it empty to have one made up"
        )
    return given, False
