"""The applications that a test has mounted in place of a network."""

import asyncio
import inspect
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from mipos_mock.asgi import ASGIApp
from mipos_mock.refusal import Refused, shorten
from mipos_mock.sending.failure import SendError
from mipos_mock.sending.target import Origin, Target
from mipos_mock.testing.engine import Engine
from mipos_mock.testing.receivers import Receiver
from mipos_mock.testing.receivers_asgi import AsgiReceiver, AsgiThread

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication


class Mounts(ExitStack):
    """Applications by origin; they end with the block, the last one first."""

    def __init__(self, engine: Engine) -> None:
        """Mounts them in an engine."""
        super().__init__()
        self._engine = engine
        self._loops: list[asyncio.AbstractEventLoop] = []

    @property
    def stand_still(self) -> bool:
        """Whether there is an application whose loop somebody else runs, and nobody does."""
        return not all(loop.is_running() for loop in self._loops)

    def mount(self, origin: str, app: ASGIApp) -> None:
        """Mounts an ASGI application; see `MiposMock.mount`.

        Raises:
            Refused: It is none, or nothing can be mounted there.
            RuntimeError: The application cannot start, or takes too long.
        """
        __tracebackhide__ = True
        if not _takes(app, "scope", "receive", "send"):
            raise Refused(f"{app!r} is no ASGI application: use mount_wsgi if it is a WSGI one")
        place = _origin(origin)
        loop = running_loop()
        if loop is None:
            self._add(place, AsgiThread(app))
        else:
            self._add(place, AsgiReceiver(app, loop))
            self._loops.append(loop)

    def mount_wsgi(self, origin: str, app: "WSGIApplication") -> None:
        """Mounts a WSGI application; see `MiposMock.mount_wsgi`.

        Raises:
            Refused: It is none, or nothing can be mounted there.
        """
        __tracebackhide__ = True
        from mipos_mock.testing.receivers_wsgi import WsgiReceiver  # noqa: PLC0415 - not needed by most

        if not _takes(app, "environ", "start_response"):
            raise Refused(f"{app!r} is no WSGI application: use mount if it is an ASGI one")
        self._add(_origin(origin), WsgiReceiver(app))

    def _add(self, origin: Origin, receiver: Receiver) -> None:
        __tracebackhide__ = True
        receivers = self._engine.receivers
        self.callback(receiver.close)
        if not self._engine.run(lambda: receivers.mount(origin, receiver)):
            raise Refused(
                f"an application is mounted at {origin[1]} already: take another host or port"
            )
        self.callback(self._engine.run, lambda: receivers.unmount(origin))


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Returns the loop that runs in this thread, None without one."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _origin(url: str) -> Origin:
    __tracebackhide__ = True
    try:
        target = Target.parse(url)
    except SendError as error:
        raise Refused(f"{shorten(url)!r} is no origin: {error}") from None
    if target.path != "/":
        raise Refused(
            f"{shorten(url)!r} has a path: mount at {target.scheme}://{target.authority}, and give "
            "the whole URL to add_webhook"
        )
    return target.origin


def _takes(app: Callable[..., object], *arguments: str) -> bool:
    try:
        inspect.signature(app).bind(*arguments)
    except TypeError:
        return False
    except ValueError:  # it does not say
        return True
    return True
