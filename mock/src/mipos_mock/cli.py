"""The ``mipos-mock`` command."""

import argparse
import re
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

from mipos_mock.seed import fresh_state
from mipos_mock.sockets import listen, url_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import FrameType

    from mipos_mock.state import State

_EXAMPLE = """\
example:
  mipos-mock serve --port 8080
  curl -H 'Authorization: Bearer mock-token-alpha' \\
    http://127.0.0.1:8080/api/v1/integration/webhooks
"""


_PORT_MAX = 65535


class _Parser(argparse.ArgumentParser):
    """Reports a mistake in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"mipos-mock: {message} (try: {self.prog} --help)\n")


def main(argv: "Sequence[str] | None" = None) -> int:
    """Runs the command and returns its exit code.

    Args:
        argv: The arguments after the command's name; by default those of the process.
    """
    parser = _Parser(
        prog="mipos-mock",
        description="A stateful stand-in for the MiPOS delivery platform.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser(
        "serve",
        help="serve the platform's API until Ctrl-C",
        description="Serve the platform's API until Ctrl-C. Everything is kept in memory.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    serve.add_argument("--host", default="127.0.0.1", help="address to bind (%(default)s)")
    serve.add_argument(
        "--port", default=8080, type=_port, help="port to bind, 0 for a free one (%(default)s)"
    )
    arguments = parser.parse_args(argv)
    return _serve(arguments.host, arguments.port)


def _port(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", text) is None or int(text) > _PORT_MAX:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no port: give a number from 0 to {_PORT_MAX}"
        )
    return int(text)


def _serve(host: str, port: int) -> int:
    # Raising from a handler could strike anywhere, so a signal is only ever noted.
    early: list[int] = []
    _on_stop(lambda number, _frame: early.append(number))
    try:
        sock = listen(host, port)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        sys.stderr.write(
            f"mipos-mock: cannot listen on host {host!r}, port {port}: {reason}; "
            "give a free --port (0 picks one) and a --host of this machine\n"
        )
        return 2

    # These take long to import, so a taken port is reported without them.
    from mipos_mock.app import create_app  # noqa: PLC0415 - see above
    from mipos_mock.server import server_of  # noqa: PLC0415 - see above

    state = fresh_state()
    server = server_of(create_app(state))
    _on_stop(server.handle_exit)
    with sock:
        if not early:
            sys.stdout.write(_banner(url_of(sock), state))
            sys.stdout.flush()
            server.run(sockets=[sock])
    return 0


def _on_stop(handler: "Callable[[int, FrameType | None], object]") -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, handler)


def _banner(url: str, state: "State") -> str:
    """Returns what is printed once the socket listens; its first line is fixed."""
    accounts = "\n".join(
        f"  {account.name:<10}  {account.token:<21}  {', '.join(account.stores) or '-'}"
        for account in state.accounts.values()
    )
    order = '{"delivery_id": "1", "store_id": "3", "order_external_id": "my-order"}'
    return f"""\
MiPOS mock listening on {url}

  account     token                  stores
{accounts}

Add an order:
  curl -H 'Content-Type: application/json' -d '{order}' {url}/_mock/orders
Stop: Ctrl-C
"""
