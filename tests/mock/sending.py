"""What the tests of the sender share: one push, a sender for the length of a call, both loops."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import TYPE_CHECKING, TypeVar

import pytest
import uvloop

from mipos_mock.sending.addresses import AddressPolicy
from mipos_mock.sending.failure import Deadline
from mipos_mock.sending.sender import Reply, Sender
from tests.mock.receiver import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

Result = TypeVar("Result")
Loop = type[asyncio.AbstractEventLoop]

BODY = b'{"external_id":"1","customer":"Jos\xc3\xa9"}\r\n'
SIGNATURE = "5f" * 32
HEADERS = (
    ("Content-Type", "application/json"),
    ("User-Agent", "mipos-mock/1"),
    ("Signature-Webhook", SIGNATURE),
)

both_loops = pytest.mark.parametrize(
    "loop", [asyncio.SelectorEventLoop, uvloop.Loop], ids=["asyncio", "uvloop"]
)


def using(
    use: Callable[[Sender], Awaitable[Result]],
    loop: Loop = asyncio.SelectorEventLoop,
    *,
    allow: Sequence[str] = (),
    timeout: float = PATIENCE,
    follow_redirects: bool = False,
) -> Result:
    """Calls a function with a sender, in a loop of its own where nothing else may go wrong."""
    problems: list[Mapping[str, object]] = []

    async def main() -> Result:
        asyncio.get_running_loop().set_exception_handler(lambda _, what: problems.append(what))
        sender = Sender(
            AddressPolicy.parse(allow), timeout=timeout, follow_redirects=follow_redirects
        )
        try:
            async with asyncio.timeout(3 * PATIENCE):
                return await use(sender)
        finally:
            await sender.aclose()

    with asyncio.Runner(loop_factory=loop) as runner:
        result = runner.run(main())
    assert [] == problems
    return result


def push(
    url: str,
    loop: Loop = asyncio.SelectorEventLoop,
    *,
    allow: Sequence[str] = (),
    timeout: float = PATIENCE,
    follow_redirects: bool = False,
) -> Reply:
    """Sends one push."""
    return using(
        lambda sender: sender.send(url, HEADERS, BODY),
        loop,
        allow=allow,
        timeout=timeout,
        follow_redirects=follow_redirects,
    )


def only_while_there_is_no(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """Lets an attempt run out of time at one thing only, however slow the machine is at others."""
    bounding = Deadline.bounding

    def patient(deadline: Deadline, what: str) -> AbstractAsyncContextManager[None]:
        return bounding(deadline, what) if what.startswith(missing) else nullcontext()

    monkeypatch.setattr(Deadline, "bounding", patient)


class Resolver:
    """Stands in for the system's look-up of names, and asks it about numeric hosts only."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, names: Mapping[str, Sequence[Sequence[str]]]
    ) -> None:
        """Answers look-ups of a name from its list, one after another, the last one for ever.

        Args:
            monkeypatch: Takes the stand-in away again.
            names: The addresses of each answer, by name; a name that is missing has none.
        """
        self.asked: list[str] = []
        self._names = {name: list(answers) for name, answers in names.items()}
        self._system = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self._look_up)

    def _look_up(self, host: str, port: int | None, **options: int) -> Sequence[tuple[object, ...]]:
        if options["flags"] & socket.AI_NUMERICHOST:
            return self._system(host, port, **options)
        self.asked.append(host)
        answers = self._names.get(host)
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        return [found for ip in answer for found in self._system(ip, port, **options)]


def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Returns the list of addresses that the running loop connects to from now on."""
    tried: list[str] = []
    loop = asyncio.get_running_loop()
    connect = loop.sock_connect

    async def sock_connect(sock: socket.socket, address: tuple[str, int]) -> None:
        tried.append(address[0])
        await connect(sock, address)

    monkeypatch.setattr(loop, "sock_connect", sock_connect)
    return tried
