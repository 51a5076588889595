"""The life of an ASGI application, from its startup to its shutdown."""

import asyncio
from concurrent.futures import Future
from typing import Any

from mipos_mock.asgi import ASGIApp, Message
from mipos_mock.testing.receivers import log


class Lifespan:
    """One lifespan, as a server leads it.

    Attributes:
        state: What the application keeps for its requests.
        started: Is done when the application has started, or knows of no lifespan. It raises
            `RuntimeError` when the application cannot start.
        stopping: Is set to shut the application down; it belongs to the application's loop.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Is about an application."""
        self.state: dict[str, Any] = {}
        self.started: Future[None] = Future()
        self.stopping = asyncio.Event()
        self._app = app
        self._begun = False

    async def run(self) -> None:
        """Leads the application through its life; cancelled, it ends before the startup did."""
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": self.state}
        try:
            await self._app(scope, self._receive, self._send)
        except Exception as error:  # noqa: BLE001 - that is how one says that it knows none
            if self.started.done() and self.started.exception() is None:
                log.error("The application raised in its lifespan", exc_info=error)
        if not self.started.done():
            self.started.set_result(None)

    async def _receive(self) -> Message:
        if not self._begun:
            self._begun = True
            return {"type": "lifespan.startup"}
        await self.stopping.wait()
        return {"type": "lifespan.shutdown"}

    async def _send(self, message: Message) -> None:
        match message["type"]:
            case "lifespan.startup.complete":
                self.started.set_result(None)
            case "lifespan.startup.failed":
                last = message.get("message", "").strip().rpartition("\n")[2]
                text = f"the application did not start: {last or 'it gave no reason'}"
                self.started.set_exception(RuntimeError(text))
            case "lifespan.shutdown.complete":
                pass
            case "lifespan.shutdown.failed":
                log.error("The application did not shut down: %s", message.get("message", ""))
            case other:
                raise RuntimeError(f"{other} does not belong to a lifespan")
