"""Pushes to an application in this process."""

from __future__ import annotations

import asyncio
import logging
import threading
from typing import TYPE_CHECKING, Any

import pytest

from mipos_mock.signature import HEADER, sign
from mipos_mock.testing import Refused, receivers
from tests.mock.plugin_support import (
    HOOK,
    ORIGIN,
    Pos,
    accepting,
    accepting_script,
    answer,
    environ_of,
    first_try,
)
from tests.mock.receiver import receiving

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_mock.asgi import Receive, Scope, Send
    from mipos_mock.testing import MiposMock


def test_a_pos_accepts_inside_its_handler(mipos_mock: MiposMock) -> None:
    """The call comes while the push is under way, and neither waits for the other."""
    mipos_mock.mount(ORIGIN, accepting(mipos_mock))
    mipos_mock.add_webhook(HOOK)

    order = mipos_mock.place_order()

    assert "accepted" == mipos_mock.wait_accepted(order).status
    assert ["delivered"] == [push.status for push in mipos_mock.wait_delivered(order)]


def test_a_pos_behind_a_socket_accepts_inside_its_handler(mipos_mock: MiposMock) -> None:
    """So it does over the network, where the mock is a server."""
    with receiving(accepting_script(mipos_mock)) as receiver:
        mipos_mock.add_webhook(receiver.url)

        order = mipos_mock.place_order()

        assert "accepted" == mipos_mock.wait_accepted(order).status
        assert [200] == [each.tries[0].status for each in mipos_mock.wait_delivered(order)]


def test_a_pos_in_the_tests_loop_accepts_inside_its_handler(mipos_mock: MiposMock) -> None:
    """Mounted where a loop runs, the application runs in that one."""
    pos = accepting(mipos_mock)

    async def main() -> asyncio.AbstractEventLoop:
        mipos_mock.mount(ORIGIN, pos)
        mipos_mock.add_webhook(HOOK)
        await mipos_mock.aio.wait_accepted(mipos_mock.place_order())
        return asyncio.get_running_loop()

    assert [asyncio.run(main())] == pos.loops


def test_a_handler_may_block_and_use_the_mock(mipos_mock: MiposMock) -> None:
    """An application in a loop of its own holds up nobody when it blocks that loop."""
    seen: list[int] = []

    async def on_push(_body: bytes) -> None:
        seen.append(len(mipos_mock.orders))

    assert 200 == first_try(mipos_mock, Pos(on_push)).status
    assert [1] == seen


def test_a_push_arrives_as_over_the_network(mipos_mock: MiposMock) -> None:
    """Method, path, query and headers are those of an HTTP client, the signature included."""
    pos = Pos()
    mipos_mock.mount("https://pos.test:8443", pos)
    mipos_mock.add_webhook("https://pos.test:8443/a%20b?c=%20d")
    mipos_mock.wait_delivered(mipos_mock.place_order("unicode"))
    (scope,), (body,) = pos.scopes, pos.pushed
    headers = dict(scope["headers"])

    assert ("POST", "https", "/a b", b"/a%20b", b"c=%20d", ("pos.test", 8443)) == (
        scope["method"],
        scope["scheme"],
        scope["path"],
        scope["raw_path"],
        scope["query_string"],
        scope["server"],
    )
    assert b"pos.test:8443" == headers[b"host"]
    assert str(len(body)).encode() == headers[b"content-length"]
    assert sign(body, mipos_mock.secret).encode() == headers[HEADER.lower().encode()]
    assert mipos_mock.pushes[0].body == body


def test_other_origins_are_reached_over_the_network(mipos_mock: MiposMock) -> None:
    """An application takes what is for its scheme, host and port, and nothing else."""
    pos = Pos()
    mipos_mock.mount(ORIGIN, pos)
    with receiving() as receiver:
        mipos_mock.add_webhook(receiver.url)
        mipos_mock.wait_delivered(mipos_mock.place_order())

        assert 1 == len(receiver.received)
    assert [] == pos.pushed


@pytest.mark.parametrize("url", ["https://pos.invalid/orders", "http://pos.invalid:81/orders"])
def test_scheme_and_port_count(mipos_mock: MiposMock, url: str) -> None:
    """Another scheme or port of the same host is another origin."""
    mipos_mock.mount("http://pos.invalid", Pos())
    mipos_mock.add_webhook(url)
    mipos_mock.place_order()
    mipos_mock.advance(1)

    assert ["the host pos.invalid never resolves"] == [
        each.error for each in mipos_mock.pushes[0].tries
    ]


def test_a_port_that_the_scheme_implies_may_be_left_out(mipos_mock: MiposMock) -> None:
    """Port 80 is the same origin as none."""
    mipos_mock.mount(f"{ORIGIN}:80/", Pos())
    mipos_mock.add_webhook(HOOK)

    assert mipos_mock.wait_delivered(mipos_mock.place_order())


def test_a_crash_is_answered_500(mipos_mock: MiposMock, caplog: pytest.LogCaptureFixture) -> None:
    """What an application raises is told in the try, and logged with its traceback."""

    async def crash(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise KeyError("total\nsecond line")

    tried = first_try(mipos_mock, crash)

    assert (500, "the application raised KeyError: 'total\\nsecond line'") == (
        tried.status,
        tried.error,
    )
    (record,) = caplog.records
    assert ("mipos_mock", logging.ERROR) == (record.name, record.levelno)
    assert "The application at pos.test:80 raised" == record.getMessage()
    assert record.exc_info is not None


def test_what_goes_wrong_after_the_answer_does_not_change_it(
    mipos_mock: MiposMock, caplog: pytest.LogCaptureFixture
) -> None:
    """Work in the background that fails is logged; the push is delivered."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await answer(send)
        raise RuntimeError("late")

    with mipos_mock:  # at its end the application has done what it does after the answer
        tried = first_try(mipos_mock, app)

    assert (200, None, '{"message":"stored"}') == (tried.status, tried.error, tried.answer)
    assert caplog.records


def test_an_answer_does_not_wait_for_work_in_the_background(mipos_mock: MiposMock) -> None:
    """The push is delivered when the answer is whole, whatever the application does then."""
    go_on, done = threading.Event(), threading.Event()

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await answer(send)
        await asyncio.to_thread(go_on.wait)
        done.set()

    assert 200 == first_try(mipos_mock, app).status
    assert not done.is_set()
    go_on.set()
    assert done.wait(10)


def test_no_answer_is_told(mipos_mock: MiposMock) -> None:
    """An application that returns without one is no success."""

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        await receive()

    tried = first_try(mipos_mock, app)

    assert (None, "the application returned without a whole answer") == (
        tried.status,
        tried.error,
    )


@pytest.mark.parametrize("wsgi", [False, True])
def test_an_answer_has_its_time(
    mipos_mock: MiposMock, monkeypatch: pytest.MonkeyPatch, *, wsgi: bool
) -> None:
    """An application that does not answer is given up, as a receiver on the network is."""
    monkeypatch.setattr(receivers, "TIMEOUT", 0.02)
    go_on = threading.Event()

    async def silent(scope: Scope, _receive: Receive, _send: Send) -> None:
        assert scope["type"] == "http"
        await asyncio.Event().wait()

    def silent_wsgi(_environ: object, start_response: Callable[..., object]) -> list[bytes]:
        go_on.wait()
        start_response("200 OK", [])
        return []

    tried = first_try(mipos_mock, silent_wsgi if wsgi else silent, wsgi=wsgi)
    go_on.set()

    assert (None, "no answer within 0.02 s") == (tried.status, tried.error)


def test_an_answer_may_be_too_long(mipos_mock: MiposMock) -> None:
    """No more is read of it than of one from the network."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await answer(send, body=b"x" * 65537)

    assert "the answer is over 65536 bytes" == first_try(mipos_mock, app).error


@pytest.mark.parametrize("wsgi", [False, True])
def test_half_of_a_push_arrives_when_it_is_truncated(mipos_mock: MiposMock, *, wsgi: bool) -> None:
    """The application is announced the whole, gets half of it, and is then told of the end."""
    mipos_mock.fault("truncated")
    got: list[bytes] = []
    announced: list[bytes] = []
    ends: list[str] = []

    async def app(scope: Scope, receive: Receive, _send: Send) -> None:
        announced.append(dict(scope["headers"])[b"content-length"])
        got.append((await receive())["body"])
        ends.append((await receive())["type"])

    seen: list[dict[str, Any]] = []
    tried = first_try(mipos_mock, environ_of(seen) if wsgi else app, wsgi=wsgi)
    if wsgi:
        got, announced = [seen[0]["body"]], [seen[0]["CONTENT_LENGTH"].encode()]
        ends = ["http.disconnect"]
    body = mipos_mock.pushes[0].body

    assert [body[: len(body) // 2]] == got
    assert [str(len(body)).encode()] == announced
    assert ["http.disconnect"] == ends
    assert tried.status is None
    assert f"on purpose after {len(got[0])} of {len(body)} bytes" in str(tried.error)


def test_nothing_is_left_of_a_mount(mipos_mock: MiposMock) -> None:
    """After the test no thread is left, and the origin is free."""
    before = set(threading.enumerate())

    with mipos_mock:
        first_try(mipos_mock, Pos())
        assert set(threading.enumerate()) - before

    assert set() == set(threading.enumerate()) - before


def test_a_loop_that_has_ended_is_told(mipos_mock: MiposMock) -> None:
    """A push to an application whose loop is closed fails, and says why."""

    async def main() -> None:
        mipos_mock.mount(ORIGIN, Pos())
        mipos_mock.add_webhook(HOOK)

    asyncio.run(main())
    mipos_mock.place_order()

    async def later() -> None:
        await mipos_mock.aio.advance(1)

    asyncio.run(later())
    assert "the event loop of the application has ended" == mipos_mock.pushes[0].tries[0].error


def test_an_application_that_was_stopped_is_told(mipos_mock: MiposMock) -> None:
    """A loop that ends in the middle of a push is no deadlock."""
    entered = threading.Event()

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        entered.set()
        await asyncio.Event().wait()

    async def main() -> None:
        mipos_mock.mount(ORIGIN, app)
        mipos_mock.add_webhook(HOOK)
        mipos_mock.place_order()
        await asyncio.to_thread(entered.wait)

    asyncio.run(main())

    async def later() -> None:
        await mipos_mock.aio.advance(1)

    asyncio.run(later())
    assert "the application was stopped before it answered" == mipos_mock.pushes[0].tries[0].error


def test_what_is_under_way_in_the_tests_loop_is_cancelled(mipos_mock: MiposMock) -> None:
    """At the end of a mount nothing of the application goes on in somebody else's loop."""

    async def main() -> None:
        entered, cancelled = asyncio.Event(), asyncio.Event()

        async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
            entered.set()
            try:
                await asyncio.Event().wait()
            finally:
                cancelled.set()

        with mipos_mock:
            mipos_mock.mount(ORIGIN, app)
            mipos_mock.add_webhook(HOOK)
            mipos_mock.place_order()
            await entered.wait()
        await asyncio.wait_for(cancelled.wait(), 10)

    asyncio.run(main())


def test_waiting_for_a_loop_that_stands_still_is_refused(mipos_mock: MiposMock) -> None:
    """A test that is no coroutine cannot wait for an application in a loop that only it runs."""
    loop = asyncio.new_event_loop()

    async def mount() -> None:
        mipos_mock.mount(ORIGIN, Pos())

    loop.run_until_complete(mount())
    order = mipos_mock.place_order()

    with pytest.raises(RuntimeError, match="event loop does not run: mount it where no loop runs"):
        mipos_mock.wait_accepted(order)
    loop.close()


def test_a_wsgi_application_is_called_as_pep_3333_says(mipos_mock: MiposMock) -> None:
    """The environment is that of the push, and the answer is put together."""
    seen: list[dict[str, Any]] = []
    mipos_mock.mount_wsgi("https://pos.test:8443", environ_of(seen))
    mipos_mock.add_webhook("https://pos.test:8443/a%20b?c=%20d")
    order = mipos_mock.place_order()
    (push,) = mipos_mock.wait_delivered(order)
    expected = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/a b",
        "QUERY_STRING": "c=%20d",
        "SERVER_NAME": "pos.test",
        "SERVER_PORT": "8443",
        "wsgi.url_scheme": "https",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(push.body)),
        "HTTP_HOST": "pos.test:8443",
        "HTTP_SIGNATURE_WEBHOOK": sign(push.body, mipos_mock.secret),
        "body": push.body,
    }

    assert expected == {name: seen[0][name] for name in expected}
    assert '{"message":"stored"}' == push.tries[0].answer


def test_a_wsgi_answer_is_closed(mipos_mock: MiposMock) -> None:
    """What the application returns is closed, and what it writes counts, as PEP 3333 demands."""
    closed: list[bool] = []

    class Result(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    def app(_environ: object, start_response: Callable[..., Any]) -> Result:
        start_response("201 Created", [])(b"written, ")
        return Result([b"returned"])

    tried = first_try(mipos_mock, app, wsgi=True)

    assert ((201, "written, returned"), [True]) == ((tried.status, tried.answer), closed)


def test_a_wsgi_crash_is_answered_500(
    mipos_mock: MiposMock, caplog: pytest.LogCaptureFixture
) -> None:
    """What a WSGI application raises is told and logged, too."""

    def crash(_environ: object, _start_response: object) -> list[bytes]:
        raise ZeroDivisionError("by nothing")

    tried = first_try(mipos_mock, crash, wsgi=True)

    assert (500, "the application raised ZeroDivisionError: by nothing") == (
        tried.status,
        tried.error,
    )
    assert caplog.records


def test_origins_are_taken_once(mipos_mock: MiposMock) -> None:
    """A second application at the same origin is refused, and the first one stays."""
    pos = Pos()
    mipos_mock.mount(ORIGIN, pos)

    with pytest.raises(Refused, match=r"mounted at pos\.test already: take another"):
        mipos_mock.mount(f"{ORIGIN}:80", Pos())

    mipos_mock.add_webhook(HOOK)
    mipos_mock.wait_delivered(mipos_mock.place_order())
    assert 1 == len(pos.pushed)


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        (HOOK, r"has a path: mount at http://pos\.test, and give the whole URL to add_webhook"),
        ("http://pos.test:8080/x", r"mount at http://pos\.test:8080, and"),
        ("pos.test", "'pos.test' is no origin: the URL is no http:// or https:// URL"),
    ],
)
def test_what_is_no_origin_is_refused(mipos_mock: MiposMock, origin: str, told: str) -> None:
    """The error names the value and the remedy."""
    with pytest.raises(Refused, match=told):
        mipos_mock.mount(origin, Pos())


def test_the_wrong_kind_of_application_is_refused(mipos_mock: MiposMock) -> None:
    """ASGI and WSGI are told apart before a push finds out."""
    with pytest.raises(Refused, match="use mount_wsgi if it is a WSGI one"):
        mipos_mock.mount(ORIGIN, environ_of([]))  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] - the mistake
    with pytest.raises(Refused, match="use mount if it is an ASGI one"):
        mipos_mock.mount_wsgi(ORIGIN, Pos())  # type: ignore[arg-type] # pyright: ignore[reportArgumentType] - the mistake
