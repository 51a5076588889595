"""A client of the mock in this process: one event loop, in which pushes go on, for a whole test.

Each answer of the control interface is held against the document that the interface serves.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import unquote

from mipos_mock.access import Access
from mipos_mock.app import application
from mipos_mock.sandbox import Sandbox
from mipos_mock.seed import fresh_state
from tests.mock import control_answers
from tests.mock.fakes import FakeSender
from tests.mock.support import ACCEPT, ALPHA, CREATE, JSON, Reply

if TYPE_CHECKING:
    from mipos_mock.asgi import ASGIApp, Message, Scope

T = TypeVar("T")

HOST = "127.0.0.1:8080"
HOOK = "http://127.0.0.1:9000/orders"
MENU_HOOK = "http://127.0.0.1:9000/menu"
PATIENCE = 10
"""Seconds after which what a test waits for is taken to never come."""

Json = dict[str, Any]


def play(script: "Callable[[Client], Awaitable[T]]", access: Access | None = None) -> T:
    """Runs a script against a fresh mock, and sees that it leaves no task behind."""

    async def run() -> T:
        sender = FakeSender()
        box = Sandbox(fresh_state(), sender)
        client = Client(box, sender, application(box, access=access))
        try:
            return await script(client)
        finally:
            await box.close()
            await asyncio.sleep(0)
            left = asyncio.all_tasks() - {asyncio.current_task()}
            assert not left, f"still running: {left}"

    return asyncio.run(run())


class Gate(asyncio.Event):
    """Holds pushes to a URL until it is set, and tells when one has come."""

    def __init__(self) -> None:
        """Holds everything."""
        super().__init__()
        self._reached = asyncio.Event()

    async def wait(self) -> Literal[True]:
        """Lets a push pass once the gate is set."""
        self._reached.set()
        return await super().wait()

    async def reached(self) -> None:
        """Returns once a push is held."""
        await asyncio.wait_for(self._reached.wait(), PATIENCE)


@dataclass
class Client:
    """Sends requests within the running loop.

    Attributes:
        box: The sandbox that answers.
        sender: What its pushes go through.
        app: The application over it.
        host: The host that requests name unless their headers do, None for none.
    """

    box: Sandbox
    sender: FakeSender
    app: "ASGIApp"
    host: str | None = HOST

    async def send(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Sends a request whose target may have a query, and checks answers of the interface."""
        sent: list[Message] = []
        received: list[Message] = [
            {"type": "http.disconnect"},  # so that an answer without an end has one
            {"type": "http.request", "body": body},
        ]

        async def receive() -> "Message":
            return received.pop()

        async def send(message: "Message") -> None:
            sent.append(message)

        own = {} if self.host is None else {"Host": self.host}
        scope = scope_of(method, target, {**own, **(headers or {})})
        await self.app(scope, receive, send)
        start, *rest = sent
        reply = Reply(
            start["status"],
            {name.decode(): value.decode() for name, value in start["headers"]},
            b"".join(message["body"] for message in rest),
        )
        if f"{scope['path']}/".startswith("/_mock/"):
            control_answers.check(method, target.partition("?")[0], reply)
        return reply

    async def get(self, target: str) -> Reply:
        """Reads something of the control interface."""
        return await self.send("GET", f"/_mock/{target}")

    async def post(self, path: str, values: object = None) -> Reply:
        """Has the control interface do something."""
        body = json.dumps({} if values is None else values).encode()
        return await self.send("POST", f"/_mock/{path}", body, {"Content-Type": JSON})

    async def delete(self, target: str) -> Reply:
        """Removes something."""
        return await self.send("DELETE", f"/_mock/{target}")

    async def api(
        self,
        method: str,
        target: str,
        values: object = None,
        token: str = ALPHA,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Calls the platform's API."""
        body = b"" if values is None else json.dumps(values).encode()
        sent = {"Authorization": token, "Content-Type": JSON, **(headers or {})}
        return await self.send(method, target, body, sent)

    async def hook(self, url: str = HOOK, kind: str = "ORDER", token: str = ALPHA) -> None:
        """Registers a webhook as the POS would."""
        reply = await self.api("POST", CREATE, {"url": url, "type": kind}, token)
        assert 201 == reply.status

    async def order(self, **values: object) -> Json:
        """Places an order and returns it."""
        reply = await self.post("orders", values)
        assert 201 == reply.status, reply.body
        order: Json = reply.json
        return order

    async def accept(self, order: Json, token: str = ALPHA) -> Reply:
        """Accepts an order as the POS would."""
        names = ("delivery_id", "store_id", "order_external_id")
        return await self.api("POST", ACCEPT, {name: order[name] for name in names}, token)

    def hold(self, url: str = HOOK) -> Gate:
        """Holds pushes to a URL."""
        self.sender.gates[url] = gate = Gate()
        return gate

    async def settle(self) -> None:
        """Returns once nothing is under way."""
        await self.box.advance(0)

    async def watched(self) -> None:
        """Returns once somebody waits for what happens next."""
        watchers = self.box.journal._watchers  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - nothing else tells
        async with asyncio.timeout(PATIENCE):
            while not watchers:  # noqa: ASYNC110 - it has no event to wait for
                await asyncio.sleep(0)

    async def shown(self) -> Json:
        """Everything that is remembered and does not change by itself."""
        state: Json = (await self.get("state?limit=10000")).json
        del state["clock"]["now"]
        return state

    @asynccontextmanager
    async def listening(
        self, target: str = "events", headers: Mapping[str, str] | None = None
    ) -> "AsyncGenerator[Listener, None]":
        """Listens to events until the block ends, and sees that nobody does afterwards."""
        listener = Listener()
        scope = scope_of("GET", f"/_mock/{target}", {"Host": HOST, **(headers or {})})
        task = asyncio.create_task(listener.run(self.app, scope))
        try:
            assert ": open\n\n" == await listener.block()
            yield listener
        finally:
            listener.gone.set()
            await asyncio.wait_for(task, PATIENCE)


class Listener:
    """A client that reads events."""

    def __init__(self) -> None:
        """Has not been answered yet."""
        self.gone = asyncio.Event()
        self.ended = asyncio.Event()
        self.headers: dict[str, str] = {}
        self.reading = asyncio.Event()
        self.reading.set()
        self._blocks: asyncio.Queue[str] = asyncio.Queue()

    async def run(self, app: "ASGIApp", scope: "Scope") -> None:
        """Calls the application until one of both ends it."""

        async def receive() -> "Message":
            await self.gone.wait()
            return {"type": "http.disconnect"}

        await app(scope, receive, self._take)
        self.ended.set()

    async def block(self) -> str:
        """Returns the next event or comment as it was sent."""
        return await asyncio.wait_for(self._blocks.get(), PATIENCE)

    async def event(self) -> Json:
        """Returns the entry of the next event."""
        number, data, *end = (await self.block()).split("\n")
        entry: Json = json.loads(data.removeprefix("data: "))
        assert [] == list(control_answers.schema("Entry").iter_errors(entry))
        assert (f"id: {entry['id']}", ["", ""]) == (number, end)
        return entry

    async def _take(self, message: "Message") -> None:
        if "headers" in message:
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
            return
        await self.reading.wait()
        if message["body"]:
            await self._blocks.put(message["body"].decode())


def scope_of(method: str, target: str, headers: Mapping[str, str]) -> "Scope":
    """What a server makes of a request. Header values are sent as Latin-1."""
    path, _, query = target.partition("?")
    return {
        "type": "http",
        "method": method,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [
            (name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()
        ],
    }
