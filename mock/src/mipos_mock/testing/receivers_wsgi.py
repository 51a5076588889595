"""WSGI applications in this process: Flask, Django, Bottle."""

import sys
import threading
from concurrent.futures import Future
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from mipos_mock.sending.answer import Answer
from mipos_mock.testing.receivers import PATIENCE, Posted, crash, finish

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from wsgiref.types import WSGIApplication

    _ExcInfo = (
        tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None] | None
    )


class WsgiReceiver:
    """An application that is called in a thread of its own for each request."""

    def __init__(self, app: "WSGIApplication") -> None:
        """Calls an application."""
        self._app = app
        self._threads: list[threading.Thread] = []

    def post(self, posted: Posted, answer: Answer) -> Future[None]:
        """Starts a request; see `Receiver.post`."""
        done: Future[None] = Future()
        thread = threading.Thread(
            target=self._answer,
            args=(posted, answer, done),
            name="mipos-mock-receiver",
            daemon=True,
        )
        self._threads = [each for each in self._threads if each.is_alive()]
        self._threads.append(thread)
        thread.start()
        return done

    def close(self) -> None:
        """Waits for the requests that are under way."""
        end = monotonic() + PATIENCE
        for thread in self._threads:
            thread.join(max(0.0, end - monotonic()))
        if any(thread.is_alive() for thread in self._threads):
            raise RuntimeError(
                f"the application that was mounted does not end within {PATIENCE:g} s: "
                "let no view block"
            )

    def _answer(self, posted: Posted, answer: Answer, done: Future[None]) -> None:
        try:
            _call(self._app, posted, answer)
        except Exception as error:  # noqa: BLE001 - whatever it is, a server would go on
            finish(done, crash(error, posted, answer))
        else:
            answer.complete = True
            finish(done)


def _call(app: "WSGIApplication", posted: Posted, answer: Answer) -> None:
    def start_response(
        status: str, headers: list[tuple[str, str]], _exc_info: "_ExcInfo" = None, /
    ) -> "Callable[[bytes], object]":
        answer.begin(int(status[:3]), tuple(headers))
        return answer.body.extend

    result = app(_environ(posted), start_response)
    try:
        for part in result:
            answer.body += part
    finally:
        close = getattr(result, "close", None)
        if close is not None:
            close()


def _environ(posted: Posted) -> dict[str, Any]:
    """Returns the request as PEP 3333 puts it."""
    target = posted.target
    path, _, query = target.path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": target.host,
        "SERVER_PORT": str(target.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": target.scheme,
        "wsgi.input": BytesIO(posted.body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in posted.headers:
        key = name.upper().replace("-", "_")
        environ[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
    return environ
