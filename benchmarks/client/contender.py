"""A client to measure: how it is opened, and how it makes a call."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from typing import Any

import httpx

Calls = Mapping[str, Callable[[int], Any]]
"""By operation: from a number that no other call had to what the call returns."""
AsyncCalls = Mapping[str, Callable[[int], Awaitable[Any]]]


@dataclass(frozen=True, slots=True)
class Target:
    """Where the calls go.

    Attributes:
        base_url: The address, without a slash at the end.
        token: The access token.
        transport: What answers in place of a server; None for a server.
    """

    base_url: str
    token: str
    transport: httpx.MockTransport | None = None


@dataclass(frozen=True, slots=True)
class Contender:
    """A client to measure.

    Attributes:
        name: What the results call it.
        imports: What a program imports that makes all calls.
        sync: Opens it for calls that block.
        awaited: Opens it for calls to await.
        sync_needs_server: Whether calls that block cannot do without a server.
        absent: Why it cannot be measured here, and the remedy; empty if it can.
    """

    name: str
    imports: str
    sync: Callable[[Target], AbstractContextManager[Calls]]
    awaited: Callable[[Target], AbstractAsyncContextManager[AsyncCalls]]
    sync_needs_server: bool = False
    absent: str = ""
