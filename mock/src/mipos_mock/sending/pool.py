"""The connections to receivers: opened when needed, kept for a moment, closed in the end."""

import asyncio
import ssl
from functools import cached_property, partial
from typing import Final
from weakref import WeakSet

from mipos_mock.sending.addresses import AddressPolicy
from mipos_mock.sending.connection import Connection
from mipos_mock.sending.failure import Deadline, SendError
from mipos_mock.sending.guard import connect
from mipos_mock.sending.names import Names
from mipos_mock.sending.target import Origin, Target

IDLE_MAX: Final = 1.0
"""Seconds that a connection is kept for the next push.

That is less than receivers keep it themselves (2 to 5 s are common). And it is soon over, because
some receivers do not stop, or serve nobody else, while a connection is open.
"""


class Pool:
    """Connections, by scheme, host and port."""

    def __init__(self, policy: AddressPolicy) -> None:
        self._policy = policy
        self._names = Names()
        self._idle: dict[Origin, dict[Connection, asyncio.TimerHandle]] = {}
        self._all: WeakSet[Connection] = WeakSet()

    async def take(self, target: Target, deadline: Deadline) -> Connection:
        """Returns a connection for one request: an idle one, else a new one.

        Raises:
            SendError: There is none to be had; it tells why.
        """
        idle = self._idle.get(target.origin)
        while idle:
            connection, timer = idle.popitem()
            timer.cancel()
            if connection.usable:
                return connection
            connection.abort()
        sock = await connect(target, self._policy, self._names, deadline)
        tls = self._trust if target.scheme == "https" else None
        try:
            async with deadline.bounding(f"TLS with {target.place}"):
                _, connection = await asyncio.get_running_loop().create_connection(
                    partial(Connection, target.place),
                    sock=sock,
                    ssl=tls,
                    server_hostname=target.host if tls else None,
                )
        except OSError as error:
            raise SendError(f"TLS with {target.place} failed: {_reason(error)}") from None
        self._all.add(connection)
        return connection

    def give_back(self, target: Target, connection: Connection) -> None:
        """Keeps a connection for the next request if it can carry one, and ends it otherwise."""
        if connection.usable:
            timer = asyncio.get_running_loop().call_later(
                IDLE_MAX, self._expire, target.origin, connection
            )
            self._idle.setdefault(target.origin, {})[connection] = timer
        else:
            connection.abort()

    async def aclose(self) -> None:
        """Ends every connection, also those that are in use."""
        for timer in [timer for idle in self._idle.values() for timer in idle.values()]:
            timer.cancel()
        self._idle.clear()
        await asyncio.gather(*(connection.aclose() for connection in self._all))
        await self._names.aclose()

    def _expire(self, origin: Origin, connection: Connection) -> None:
        idle = self._idle[origin]
        del idle[connection]
        if not idle:
            del self._idle[origin]
        connection.abort()

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context()


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    if isinstance(error, ssl.SSLError):
        return (error.reason or "no reason was given").lower().replace("_", " ")
    return "the receiver closed the connection"
