"""The platform as one test sees it."""

from collections.abc import Callable, Coroutine, Generator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from mipos_mock.asgi import ASGIApp
from mipos_mock.placing import Wish
from mipos_mock.state import Fault
from mipos_mock.testing.desk import Desk
from mipos_mock.testing.engine import Engine
from mipos_mock.testing.mounts import Mounts, running_loop
from mipos_mock.testing.records import (
    Call,
    FaultKind,
    Menu,
    OperationName,
    Order,
    Push,
    Scenario,
    Webhook,
    WebhookType,
)
from mipos_mock.testing.waits import TIMEOUT, AsyncWaits
from mipos_mock.violations import Violation

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

T = TypeVar("T")


class MiposMock:
    """The platform as one test sees it: an account of its own, and what happens to it.

    Everything here may be used from any thread. What it shows is of this account alone; calls
    with no token, or with one that nobody was given, count as this test's, too.

    What cannot be raises `Refused`, whose text names the value and the remedy.

    Attributes:
        account: The account's name.
        token: The bearer token of the API.
        secret: What pushes are signed with; `mipos_mock.signature.sign` does it.
        stores: The ids of its two stores.
        aio: What blocks otherwise, for tests that are coroutines.
    """

    def __init__(self, engine: Engine) -> None:
        """Opens an account, which ends with the block."""
        account, tokens = engine.run(lambda: (engine.open_account(), frozenset(engine.tokens)))
        self.account = account.name
        self.token = account.token
        self.secret = account.secret
        self.stores = account.stores
        self._engine = engine
        self._desk = Desk(engine.sandbox, account, tokens - {account.token})
        self._mounts = Mounts(engine)
        self.aio = AsyncWaits(engine, self._desk)

    def __repr__(self) -> str:
        """Names the account."""
        return f"<MiposMock {self.account}>"

    def __enter__(self) -> Self:
        """Returns the mock."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the account and unmounts what is mounted; a second time it does nothing."""
        if self._desk.closed:
            return
        self._desk.closed = True
        with self._mounts:
            self._engine.run(lambda: self._engine.close_account(self._desk.account))

    @property
    def closed(self) -> bool:
        """Whether it has ended."""
        return self._desk.closed

    @property
    def base_url(self) -> str:
        """The address of the platform, without a slash at its end.

        A server is started when this is first asked for, and serves all tests of the session.
        """
        return self._engine.base_url

    @property
    def app(self) -> ASGIApp:
        """The platform's API as an ASGI application, for any asyncio loop; it opens no socket.

        A fault of kind ``drop`` raises `ConnectionResetError` here.
        """
        return self._engine.app

    @property
    def store_id(self) -> str:
        """The store that orders are for unless another one is named."""
        return self.stores[0]

    def mount(self, origin: str, app: ASGIApp) -> None:
        """Has pushes to an origin delivered to an ASGI application in this process.

        Called where an event loop runs (in a test or a fixture that is a coroutine), the
        application runs in that loop, and its lifespan is the caller's affair, as with
        `httpx.ASGITransport`. Called elsewhere, it runs in a loop and a thread of its own, from
        its startup to its shutdown at the end of the test.

        Args:
            origin: Scheme, host and port, such as ``http://pos.test``; nothing needs to be there.
            app: The application.

        Raises:
            RuntimeError: The application cannot start, or takes too long.
        """
        __tracebackhide__ = True
        self._desk.check_open()
        self._mounts.mount(origin, app)

    def mount_wsgi(self, origin: str, app: "WSGIApplication") -> None:
        """Has pushes to an origin delivered to a WSGI application in this process.

        It is called in a thread of its own for each push.

        Args:
            origin: Scheme, host and port, such as ``http://pos.test``; nothing needs to be there.
            app: The application.
        """
        __tracebackhide__ = True
        self._desk.check_open()
        self._mounts.mount_wsgi(origin, app)

    def add_webhook(self, url: str, type: WebhookType = "ORDER") -> None:  # noqa: A002 - API's name
        """Registers a webhook, without a call to the API."""
        __tracebackhide__ = True
        self._run(lambda: self._desk.add_webhook(url, type))

    def place_order(  # noqa: PLR0913 - what can be said of an order
        self,
        scenario: Scenario = "simple",
        *,
        seed: int | None = None,
        store_id: str | None = None,
        delivery_id: str = "1",
        order_external_id: str | None = None,
        overrides: Mapping[str, object] | None = None,
        push: bool = True,
    ) -> Order:
        """Places a pending order and pushes it to the account's ORDER webhooks.

        Args:
            scenario: What it is composed from.
            seed: Decides every value; by default the number of the account's orders so far.
            store_id: The store; by default the first one.
            delivery_id: The delivery platform: 2 is not configured, 3 has no token, 4 cannot be
                reached, any other one is ready.
            order_external_id: Its id there; by default one that follows from the seed.
            overrides: Values for fields of the push by name or dotted path, such as
                ``items.0.name``; totals follow.
            push: Whether it is pushed.
        """
        __tracebackhide__ = True
        wish = Wish(
            self.account,
            store_id or self.store_id,
            delivery_id,
            order_external_id,
            scenario,
            seed,
            overrides or {},
            push,
        )
        return self._run(lambda: self._desk.place_order(wish))

    def burst(
        self, count: int, *, per_second: float = 100.0, scenario: Scenario = "simple"
    ) -> list[Order]:
        """Places so many orders, so many a second, and returns them when all are placed."""
        __tracebackhide__ = True
        return self._block("burst", self._desk.burst(count, per_second, scenario))

    def wait_accepted(self, order: Order, timeout: float = TIMEOUT) -> Order:
        """Returns an order as it is once the POS has accepted it.

        Args:
            order: The order.
            timeout: Seconds of real time to wait at the most.

        Raises:
            WaitError: It was not accepted in time; the text shows what happened.
        """
        __tracebackhide__ = True
        return self._block("wait_accepted", self._desk.accepted(order, timeout))

    def wait_delivered(self, what: Order | Push, timeout: float = TIMEOUT) -> list[Push]:
        """Returns a push, or every push of an order, once the receiver has taken it over.

        Args:
            what: The push or the order.
            timeout: Seconds of real time to wait at the most.

        Raises:
            WaitError: It was not delivered in time, or given up; the text shows what
                happened.
        """
        __tracebackhide__ = True
        return self._block("wait_delivered", self._desk.delivered(what, timeout))

    def advance(self, seconds: float) -> None:
        """Sets the mock's clock ahead, and returns once what fell due was sent."""
        __tracebackhide__ = True
        self._block("advance", self._desk.advance(seconds))

    def pull_menu(self, store_id: str | None = None) -> list[Push]:
        """Asks every Menu webhook of the account for a store's menu; `menus` has the answers."""
        __tracebackhide__ = True
        return self._run(lambda: self._desk.pull_menu(store_id or self.store_id))

    def replay(self, push: Push) -> Push:
        """Sends the exact bytes of a push again, as a new push to the same webhook."""
        __tracebackhide__ = True
        return self._run(lambda: self._desk.replay(push))

    def fail_next(
        self,
        status: Literal[401, 409, 422] = 409,
        message: str | None = None,
        *,
        operation: OperationName | None = None,
        times: int | None = 1,
    ) -> None:
        """Has the next calls answered with a documented error, and nothing done.

        Args:
            status: The HTTP status.
            message: A message that is documented for it; by default the first one.
            operation: The only operation that fails; by default any that documents the message.
            times: How many calls fail; None for all until `clear_faults`.
        """
        __tracebackhide__ = True
        fault = Fault(0, "error", self.account, times, operation, status, message)
        self._run(lambda: self._desk.set_fault(fault))

    def fault(
        self,
        kind: FaultKind,
        *,
        operation: OperationName | None = None,
        seconds: float | None = None,
        times: int | None = 1,
    ) -> None:
        """Has something else go wrong with the next calls or pushes.

        Args:
            kind: What goes wrong: ``latency``, ``bad-gateway`` and ``drop`` with a call, the
                others with a push.
            operation: The only operation that it strikes, for calls; by default any.
            seconds: How long ``latency`` takes, or by how much ``late`` is late.
            times: How often it strikes; None for always until `clear_faults`.
        """
        __tracebackhide__ = True
        fault = Fault(0, kind, self.account, times, operation, seconds=seconds)
        self._run(lambda: self._desk.set_fault(fault))

    def clear_faults(self) -> None:
        """Lets nothing go wrong any more."""
        self._run(self._desk.clear_faults)

    @property
    def orders(self) -> list[Order]:
        """The account's orders as they are now, in order of arrival."""
        return self._run(self._desk.orders)

    @property
    def pushes(self) -> list[Push]:
        """The account's pushes as they are now, the oldest first."""
        return self._run(self._desk.pushes)

    @property
    def calls(self) -> list[Call]:
        """The calls to the platform's API so far, the oldest first."""
        return self._run(self._desk.calls)

    @property
    def violations(self) -> list[Violation]:
        """Where the calls so far depart from the published pages."""
        return [each for call in self.calls for each in call.violations]

    @property
    def webhooks(self) -> list[Webhook]:
        """The account's webhooks, in order of creation."""
        return self._run(self._desk.webhooks)

    @property
    def menus(self) -> list[Menu]:
        """The last menu that was answered for each store at each webhook."""
        return self._run(self._desk.menus)

    def timeline(self) -> str:
        """Returns what happened, what is still open and what the POS did wrong, in lines."""
        return self._run(self._desk.timeline)

    def _run(self, function: Callable[[], T]) -> T:
        __tracebackhide__ = True
        self._desk.check_open()
        return self._engine.run(function)

    def _block(self, name: str, coroutine: Coroutine[Any, Any, T]) -> T:
        """Waits for a coroutine, unless that would keep what it waits for from happening."""
        __tracebackhide__ = True
        text = None
        if running_loop() is not None:
            text = (
                f"{name} would block the event loop that it is called from: "
                f"await mipos_mock.aio.{name}(...) instead"
            )
        elif self._mounts.stand_still:
            text = (
                f"{name} would wait for an application whose event loop does not run: mount it "
                "where no loop runs, or make the test a coroutine"
            )
        if text is not None:
            coroutine.close()
            raise RuntimeError(text)
        return self._engine.wait(coroutine)


@contextmanager
def running_mock() -> Generator[MiposMock, None, None]:
    """Yields a mock that runs while the block does, for scripts and for unittest.

    Tests that each want one start the engine once: ``with Engine() as engine``, and then in each
    test ``with MiposMock(engine) as mock``.
    """
    with Engine() as engine, MiposMock(engine) as mock:
        yield mock
