"""The ASGI application: the platform's API, and beside it the control interface."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from mipos_mock.api import Api
from mipos_mock.asgi import ASGIApp, Receive, Scope, Send
from mipos_mock.operations import OPERATIONS, Operation
from mipos_mock.sandbox import Sandbox
from mipos_mock.sending.addresses import AddressPolicy
from mipos_mock.sending.sender import Sender

if TYPE_CHECKING:
    from mipos_mock.access import Access
    from mipos_mock.state import State

PREFIX: Final = "/_mock/"
"""Where the control interface is."""


def create_app(state: "State", operations: Mapping[str, Operation] = OPERATIONS) -> ASGIApp:
    """Returns the application over a state, with a sandbox of its own that pushes to loopback.

    Args:
        state: What it reads and changes; the caller may do so too between requests.
        operations: The operations by name.
    """
    return application(Sandbox(state, Sender(AddressPolicy())), operations)


def application(
    sandbox: Sandbox,
    operations: Mapping[str, Operation] = OPERATIONS,
    access: "Access | None" = None,
) -> ASGIApp:
    """Returns the application over a sandbox.

    Args:
        sandbox: What its answers come from.
        operations: The operations by name.
        access: Who may use the control interface; by default whoever comes to a loopback
            address.
    """
    api = Api(sandbox, operations)
    control: ASGIApp | None = None

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal control
        if scope["type"] == "lifespan":
            await _live(sandbox, receive, send)
        elif not _is_control(scope["path"]):
            await api(scope, receive, send)
        else:
            if control is None:
                # Takes a while to import, and many runs never use it.
                from mipos_mock.control.interface import interface  # noqa: PLC0415 - see above

                control = interface(sandbox, access)
            await control(scope, receive, send)

    return app


def _is_control(path: str) -> bool:
    return path.startswith(PREFIX) or path == PREFIX[:-1]


async def _live(sandbox: Sandbox, receive: Receive, send: Send) -> None:
    """Takes up what a former process left, and ends with the server."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            sandbox.resume()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await sandbox.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
