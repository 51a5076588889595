"""What the mock runs in for tests: an event loop in a thread of its own, with one sandbox."""

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from itertools import count, islice
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from mipos_mock.api import Api
from mipos_mock.operations import OPERATIONS
from mipos_mock.refusal import Refused
from mipos_mock.sandbox import Sandbox
from mipos_mock.seed import fresh_state
from mipos_mock.sending.addresses import AddressPolicy
from mipos_mock.sending.sender import Sender
from mipos_mock.sockets import listen, url_of
from mipos_mock.state import Account
from mipos_mock.testing.in_process import bridge
from mipos_mock.testing.receivers import Receivers

if TYPE_CHECKING:
    import uvicorn

    from mipos_mock.asgi import ASGIApp

T = TypeVar("T")

STORES: Final = 2
"""Stores of each account: one to use, and another one that is not to be confused with it."""

_FIRST_STORE = 100  # the ids below are those of a fresh server
_TOLD = (Refused, AssertionError)  # what the user is told without a look into the engine


class Engine:
    """Runs a sandbox for mocks that come and go, as a context manager.

    Nothing but its methods touches the sandbox from another thread.

    Attributes:
        sandbox: The platform. It belongs to the engine's loop.
        receivers: Where pushes go.
        app: The platform's API as an ASGI application, for any asyncio loop.
        tokens: Every token that was given out so far.
    """

    def __init__(self) -> None:
        """Prepares; the thread starts with the block."""
        self.receivers = Receivers(Sender(AddressPolicy()))
        self.sandbox = Sandbox(fresh_state(), self.receivers)
        self.app = bridge(Api(self.sandbox, OPERATIONS), self.submit)
        self.tokens: set[str] = set()
        self._accounts: list[Account] = []
        self._loop: asyncio.AbstractEventLoop
        self._thread = threading.Thread(target=self._run, name="mipos-mock", daemon=True)
        self._stopping = asyncio.Event()
        self._lock = threading.Lock()
        self._url: str | None = None
        self._server: uvicorn.Server | None = None
        self._serving: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        """Starts the thread."""
        self._loop = _new_loop()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops the server if there is one, and everything else; returns when that is done."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    @property
    def base_url(self) -> str:
        """The address of a server, which is started when this is first asked for."""
        with self._lock:
            if self._url is None:
                from mipos_mock.server import server_of  # noqa: PLC0415 - takes 0.2 s

                self._url = self.run(lambda: self._serve(server_of))
            return self._url

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> Future[T]:
        """Runs a coroutine in the engine's loop.

        Raises:
            RuntimeError: The engine has ended.
        """
        if self._loop.is_closed():
            coroutine.close()
            raise RuntimeError("the mock's engine has ended: use a mock only within its block")
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Returns what a coroutine returns that runs in the engine's loop; blocks until then."""
        __tracebackhide__ = True
        future = self.submit(coroutine)
        try:
            return future.result()
        except _TOLD as error:
            raise error.with_traceback(None) from None
        except BaseException:
            future.cancel()  # interrupted by Ctrl-C
            raise

    async def join(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Does what ``wait`` does, without blocking the loop that awaits it."""
        __tracebackhide__ = True
        try:
            return await asyncio.wrap_future(self.submit(coroutine))
        except _TOLD as error:
            raise error.with_traceback(None) from None

    def run(self, function: Callable[[], T]) -> T:
        """Returns what a function returns that runs in the engine's loop."""
        __tracebackhide__ = True

        async def call() -> T:
            return function()

        return self.wait(call())

    def open_account(self) -> Account:
        """Adds an account with two stores of its own. For the engine's loop."""
        state = self.sandbox.state
        if not self._accounts:
            state.clock.ahead = 0.0  # a former mock may have set it ahead
        taken = {store for each in state.accounts.values() for store in each.stores}
        free = (store for number in count(_FIRST_STORE) if (store := str(number)) not in taken)
        account = self.sandbox.add_account(None, list(islice(free, STORES)))
        self._accounts.append(account)
        self.tokens.add(account.token)
        return account

    def close_account(self, account: Account) -> None:
        """Removes an account with all that is its own."""
        self._accounts.remove(account)
        if account.name in self.sandbox.state.accounts:  # not if all was reset
            self.sandbox.delete_account(account)

    def _serve(self, server_of: "Callable[[ASGIApp], uvicorn.Server]") -> str:
        from mipos_mock.app import application  # noqa: PLC0415 - only with a server

        sock = listen("127.0.0.1", 0)
        self._server = server_of(application(self.sandbox))
        # The sandbox is alive already, and outlives the server.
        self._server.config.lifespan = "off"
        self._serving = asyncio.get_running_loop().create_task(self._server.serve([sock]))
        return url_of(sock)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._live())

    async def _live(self) -> None:
        await self._stopping.wait()
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await self._serving
        await self.sandbox.close()


def _new_loop() -> asyncio.AbstractEventLoop:
    if sys.platform == "win32":
        return asyncio.new_event_loop()
    # It reads the system's clock itself: a test that freezes Python's does not stop it.
    import uvloop  # noqa: PLC0415 - not there on Windows

    return uvloop.new_event_loop()
