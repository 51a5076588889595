"""From host names to addresses, without a slow name in the way of another.

The event loops look names up in a few threads that everybody shares, so that names whose server
never answers soon block all others, and the end of the process as well. Here each name has a
thread of its own that the process does not wait for.
"""

import asyncio
import socket
from contextlib import suppress
from threading import Thread
from typing import Final, NamedTuple

from mipos_mock.sending.failure import SendError

AT_ONCE_MAX: Final = 32
"""Names that are looked up at once; further ones wait."""

_RESERVED = ("example", "invalid")


class Address(NamedTuple):
    """A numeric address that a socket can connect to.

    Attributes:
        ip: IPv4 or IPv6, without a zone.
        scope: The number of the zone of an IPv6 address, 0 without one.
    """

    ip: str
    scope: int = 0

    @property
    def family(self) -> socket.AddressFamily:
        """IPv4 or IPv6, as sockets call it."""
        return socket.AF_INET6 if ":" in self.ip else socket.AF_INET

    def at(self, port: int) -> tuple[str, int] | tuple[str, int, int, int]:
        """Returns what a socket connects to."""
        return (self.ip, port, 0, self.scope) if ":" in self.ip else (self.ip, port)


class Names:
    """Looks up host names; several pushes to one name share one look-up."""

    def __init__(self) -> None:
        self._threads = asyncio.Semaphore(AT_ONCE_MAX)
        self._pending: dict[str, asyncio.Task[tuple[Address, ...] | str]] = {}

    async def look_up(self, host: str) -> tuple[Address, ...]:
        """Returns the addresses of a host, at least one.

        Numeric hosts in any spelling that the system knows (``2130706433``, ``0x7f.1``) need no
        look-up. Names under ``.example`` and ``.invalid``, which RFC 2606 and RFC 6761 reserve,
        are never looked up.

        Raises:
            SendError: The host has no address.
        """
        if host.rstrip(".").rpartition(".")[2] in _RESERVED:
            raise SendError(f"the host {host} never resolves")
        found = _ask(host, socket.AI_NUMERICHOST)
        if isinstance(found, str):
            # A push that gives up leaves the look-up to others that wait for it.
            found = await asyncio.shield(self._pending.get(host) or self._start(host))
        if isinstance(found, str):
            raise SendError(f"the host {host} does not resolve: {found}")
        return found

    async def aclose(self) -> None:
        """Calls off every look-up; its thread ends with the system's answer, or the process."""
        tasks = list(self._pending.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)  # one that had not begun is cancelled

    def _start(self, host: str) -> "asyncio.Task[tuple[Address, ...] | str]":
        task = asyncio.get_running_loop().create_task(self._look_up(host))
        self._pending[host] = task
        task.add_done_callback(lambda _: self._pending.pop(host, None))
        return task

    async def _look_up(self, host: str) -> tuple[Address, ...] | str:
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[tuple[Address, ...] | str] = loop.create_future()

        def settle(found: tuple[Address, ...] | str) -> None:
            if not answer.done():
                answer.set_result(found)

        def work() -> None:
            found = _ask(host)
            with suppress(RuntimeError):  # the loop may have ended meanwhile
                loop.call_soon_threadsafe(settle, found)

        try:
            async with self._threads:
                Thread(target=work, name=f"look up {host}", daemon=True).start()
                return await answer
        except asyncio.CancelledError:
            return "the look-up was called off"  # to those that wait, who were not cancelled


def _ask(host: str, flags: int = 0) -> tuple[Address, ...] | str:
    """Returns the addresses of a host, or why it has none."""
    try:
        found = socket.getaddrinfo(
            host, None, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP, flags=flags
        )
    except OSError as error:
        return error.strerror or "no reason was given"
    except UnicodeError:
        return "a part between its dots is empty or too long"
    return tuple(
        Address(str(address[0]), int(address[-1]) if family == socket.AF_INET6 else 0)
        for family, *_, address in found
    )
