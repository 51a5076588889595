"""ASGI applications in this process: Starlette, FastAPI, Django, Quart."""

import asyncio
import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Final
from urllib.parse import unquote

from mipos_mock.asgi import ASGIApp, Message
from mipos_mock.sending.answer import Answer
from mipos_mock.sending.failure import SendError
from mipos_mock.testing.receivers import PATIENCE, TIMEOUT, Posted, crash, finish
from mipos_mock.testing.receivers_lifespan import Lifespan

_ASGI: Final = {"version": "3.0", "spec_version": "2.3"}


class AsgiReceiver:
    """An application in a loop that somebody else runs.

    Attributes:
        loop: The loop.
    """

    def __init__(self, app: ASGIApp, loop: asyncio.AbstractEventLoop) -> None:
        """Calls an application in a loop. Its lifespan is left to who runs the loop."""
        self.loop = loop
        self._app = app
        self._state: dict[str, Any] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def post(self, posted: Posted, answer: Answer) -> Future[None]:
        """Starts a request; see `Receiver.post`."""
        done: Future[None] = Future()
        try:
            self.loop.call_soon_threadsafe(self._start, posted, answer, done)
        except RuntimeError:
            raise SendError("the event loop of the application has ended") from None
        return done

    def close(self) -> None:
        """Cancels what the application is at."""
        with suppress(RuntimeError):  # the loop has ended, and all this with it
            self.loop.call_soon_threadsafe(self._cancel)

    def _start(self, posted: Posted, answer: Answer, done: Future[None]) -> None:
        scope = _scope(posted)
        scope["state"] = self._state.copy()
        task = self.loop.create_task(_exchange(self._app, scope, posted, answer, done))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()


class AsgiThread(AsgiReceiver):
    """An application in a loop and a thread of its own, from its startup to its shutdown."""

    def __init__(self, app: ASGIApp) -> None:
        """Starts the thread and then the application, if it knows of ASGI's lifespan.

        Raises:
            RuntimeError: The application cannot start, or takes too long.
        """
        super().__init__(app, asyncio.new_event_loop())
        self._life = Lifespan(app)
        self._state = self._life.state
        self._thread = threading.Thread(target=self._run, name="mipos-mock-receiver", daemon=True)
        self._thread.start()
        try:
            self._life.started.result(TIMEOUT)
        except TimeoutError:
            self.close()
            raise RuntimeError(f"the application did not start within {TIMEOUT:g} s") from None
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Cancels what the application is at, and shuts it down."""
        with suppress(RuntimeError):  # it has ended by itself
            self.loop.call_soon_threadsafe(self._life.stopping.set)
        self._thread.join(PATIENCE)
        if self._thread.is_alive():
            raise RuntimeError(
                f"the application that was mounted does not end within {PATIENCE:g} s: "
                "let no handler and no shutdown block"
            )

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self.loop) as runner:
            runner.run(self._live())

    async def _live(self) -> None:
        life = asyncio.ensure_future(self._life.run())
        await self._life.stopping.wait()
        tasks = list(self._tasks)
        self._cancel()
        if not self._life.started.done():
            life.cancel()
        await asyncio.gather(life, *tasks, return_exceptions=True)


def _scope(posted: Posted) -> dict[str, Any]:
    target = posted.target
    path, _, query = target.path.partition("?")
    return {
        "type": "http",
        "asgi": _ASGI,
        "http_version": "1.1",
        "method": "POST",
        "scheme": target.scheme,
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in posted.headers],
        "client": ("127.0.0.1", 0),
        "server": (target.host, target.port),
    }


async def _exchange(
    app: ASGIApp, scope: dict[str, Any], posted: Posted, answer: Answer, done: Future[None]
) -> None:
    answered = asyncio.Event()
    parts = [posted.body]

    async def receive() -> Message:
        if parts:
            return {
                "type": "http.request",
                "body": parts.pop(),
                "more_body": posted.truncated,
            }
        if not posted.truncated:
            await answered.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = tuple(
                (name.decode("latin-1"), value.decode("latin-1"))
                for name, value in message.get("headers", ())
            )
            answer.begin(message["status"], headers)
        elif message["type"] == "http.response.body":
            answer.body += message.get("body", b"")
            if not message.get("more_body"):
                answer.complete = True
                answered.set()
                finish(done)  # background work of the application goes on

    try:
        await app(scope, receive, send)
    except Exception as error:  # noqa: BLE001 - whatever it is, a server would go on
        finish(done, crash(error, posted, answer))
    except asyncio.CancelledError:
        finish(done, SendError("the application was stopped before it answered"))
        raise
    finish(done, SendError("the application returned without a whole answer"))
