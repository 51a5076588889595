"""How applications that are mounted start and end."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from tests.mock.plugin_support import (
    HOOK,
    ORIGIN,
    answer,
    first_try,
)

if TYPE_CHECKING:
    from mipos_mock.asgi import Receive, Scope, Send
    from mipos_mock.testing import MiposMock


def test_an_application_is_started_and_shut_down(mipos_mock: MiposMock) -> None:
    """In a loop of its own its lifespan is run, and what it keeps in the state is passed on."""
    life: list[object] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            life.append((scope["state"]["pool"], asyncio.get_running_loop() is life[0]))
            await answer(send)
            return
        life.append(asyncio.get_running_loop())
        assert "lifespan.startup" == (await receive())["type"]
        scope["state"]["pool"] = "open"
        await send({"type": "lifespan.startup.complete"})
        assert "lifespan.shutdown" == (await receive())["type"]
        life.append("shut down")
        await send({"type": "lifespan.shutdown.complete"})

    with mipos_mock:
        first_try(mipos_mock, app)

    assert [("open", True), "shut down"] == life[1:]


def test_an_application_that_cannot_start_is_told(mipos_mock: MiposMock) -> None:
    """Its own last words are in the error."""

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        text = "Traceback (most recent call last):\n  ...\nKeyError: 'DATABASE_URL'\n"
        await send({"type": "lifespan.startup.failed", "message": text})

    with pytest.raises(RuntimeError, match="did not start: KeyError: 'DATABASE_URL'"):
        mipos_mock.mount(ORIGIN, app)


def test_an_application_that_does_not_start_in_time_is_told(
    mipos_mock: MiposMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A startup that never ends does not block the tests, and leaves nothing."""
    monkeypatch.setattr("mipos_mock.testing.receivers_asgi.TIMEOUT", 0.02)
    before = set(threading.enumerate())

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        await asyncio.Event().wait()

    with pytest.raises(RuntimeError, match=r"did not start within 0\.02 s"):
        mipos_mock.mount(ORIGIN, app)
    assert set() == set(threading.enumerate()) - before


@pytest.mark.parametrize("kind", ["lifespan", "http"])
def test_an_application_without_a_lifespan_is_mounted(mipos_mock: MiposMock, kind: str) -> None:
    """Whether it refuses to begin, or takes the beginning for a request, it gets its pushes."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        assert kind == "http" or scope["type"] == "http"
        await receive()
        await answer(send)
        await asyncio.Event().wait()

    assert 200 == first_try(mipos_mock, app).status


def test_a_failed_shutdown_is_logged(
    mipos_mock: MiposMock, caplog: pytest.LogCaptureFixture
) -> None:
    """It is the application's to mend, and ends the test all the same."""

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        raise RuntimeError("still in use")

    with mipos_mock:
        mipos_mock.mount(ORIGIN, app)

    assert ["The application raised in its lifespan"] == [
        record.getMessage() for record in caplog.records
    ]


@pytest.mark.parametrize("wsgi", [False, True])
def test_an_application_that_does_not_end_is_told(
    mipos_mock: MiposMock, monkeypatch: pytest.MonkeyPatch, *, wsgi: bool
) -> None:
    """A handler that blocks for ever does not block the tests."""
    monkeypatch.setattr("mipos_mock.testing.receivers_asgi.PATIENCE", 0.02)
    monkeypatch.setattr("mipos_mock.testing.receivers_wsgi.PATIENCE", 0.02)
    entered, go_on = threading.Event(), threading.Event()
    before = set(threading.enumerate())

    async def stuck(scope: Scope, _receive: Receive, _send: Send) -> None:
        assert scope["type"] == "http"
        entered.set()
        go_on.wait()

    def stuck_wsgi(_environ: object, _start_response: object) -> list[bytes]:
        entered.set()
        go_on.wait()
        return []

    def block() -> None:
        with mipos_mock:
            if wsgi:
                mipos_mock.mount_wsgi(ORIGIN, stuck_wsgi)
            else:
                mipos_mock.mount(ORIGIN, stuck)
            mipos_mock.add_webhook(HOOK)
            mipos_mock.place_order()
            assert entered.wait(10)

    with pytest.raises(RuntimeError, match=r"does not end within 0\.02 s"):
        block()
    go_on.set()
    for thread in set(threading.enumerate()) - before:
        thread.join(10)
