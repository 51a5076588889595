"""Connecting, but only to addresses that the policy allows.

What is checked is the very address that the socket then connects to, so that neither a spelling
of a host, nor a redirect, nor a name whose answers change leads anywhere else.
"""

import asyncio
import os
import socket
from typing import TYPE_CHECKING

from mipos_mock.sending.addresses import OPTION, AddressPolicy, plain
from mipos_mock.sending.failure import Deadline, SendError

if TYPE_CHECKING:
    from mipos_mock.sending.names import Address, Names
    from mipos_mock.sending.target import Target


async def connect(
    target: "Target", policy: AddressPolicy, names: "Names", deadline: Deadline
) -> socket.socket:
    """Returns a non-blocking socket, connected to the first allowed address that accepts it.

    Raises:
        SendError: The host has no address, none that is allowed, or none that accepts; or the
            deadline passed.
    """
    async with deadline.bounding(f"address of {target.host}"):
        addresses = await names.look_up(target.host)
    allowed = [address for address in addresses if policy.allows(address.ip)]
    if not allowed:
        raise SendError(_refusal(target.host, addresses[0]))
    failures: list[str] = []
    async with deadline.bounding(f"connection to {target.place}"):
        for address in allowed:
            try:
                return await _connect(address, target.port)
            except OSError as error:
                failures.append(_failure(address, target.port, error))
    raise SendError("; ".join(failures))


async def _connect(address: "Address", port: int) -> socket.socket:
    # Without an explicit protocol the plain asyncio loop sets no TCP_NODELAY.
    sock = socket.socket(address.family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        sock.settimeout(0)
        await asyncio.get_running_loop().sock_connect(sock, address.at(port))
    except BaseException:
        sock.close()
        raise
    return sock


def _refusal(host: str, address: "Address") -> str:
    ip = str(plain(address.ip))
    of = "" if host == ip else f" of {host}"
    return f"the address {ip}{of} is not allowed: start the mock with {OPTION} {ip}"


def _failure(address: "Address", port: int, error: OSError) -> str:
    place = f"[{address.ip}]:{port}" if ":" in address.ip else f"{address.ip}:{port}"
    if isinstance(error, ConnectionRefusedError):
        return f"connection refused at {place}"
    reason = os.strerror(error.errno) if error.errno else "the system gave no reason"
    return f"no connection to {place}: {reason}"
