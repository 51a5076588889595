"""What only bytes on a wire can do to a call."""

from __future__ import annotations

import asyncio
import pickle
from typing import TYPE_CHECKING, Final, cast

import httpx
import pytest

from mipos_client import (
    AsyncMipos,
    Attempt,
    ConflictError,
    Mipos,
    MiposError,
    ResponseDecodeError,
    ResponseError,
    Retries,
    TimeoutError,  # noqa: A004  the client's name for it
    TransportError,
    UnexpectedStatusError,
)
from tests.client.hostile.answers import BODY, BROKEN, NOTHING, SOUND, created
from tests.client.hostile.calls import CALLS, CREATE, LIST, STYLES, Call, Style
from tests.client.hostile.inspection import flaws, texts_in
from tests.client.hostile.server import Answer, End, HostileServer, answer, refusing, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.client.waiting import Clock

TOKEN: Final = "mock-token-alpha"
NO_WAIT: Final = Retries(limit=2, backoff=0)

every_style = pytest.mark.parametrize("style", STYLES)


@every_style
@pytest.mark.parametrize(("call", "count"), [(CREATE, 1), (LIST, 3)], ids=["create", "list"])
@pytest.mark.parametrize("given", NOTHING.values(), ids=NOTHING)
def test_bytes_that_are_no_answer_are_an_error(
    style: Style, call: Call, count: int, given: Answer
) -> None:
    """A list is asked for again, and a create, which may have taken effect, is sent once."""
    with HostileServer(given) as server:
        with pytest.raises(MiposError) as raised:
            call.of(style, base_url=server.url, retries=NO_WAIT)

        assert server.is_idle()
        assert count == len(server.requests)
    assert TransportError is type(raised.value)
    assert "nothing was sent" not in str(raised.value)
    assert [] == flaws(raised.value, TOKEN)


@every_style
@pytest.mark.parametrize("line", [b"%s", b"HTTP/1.1 201 Created\r\n%s"])
def test_a_line_that_is_no_http_is_shown_without_the_token(style: Style, line: bytes) -> None:
    """What the error says of it has asterisks for a token that it repeats, also when pickled."""
    attempts = list[Attempt]()
    given = answer(line % TOKEN.encode() + b"\r\n\r\n")

    with HostileServer(given) as server, pytest.raises(TransportError) as raised:
        CREATE.of(style, base_url=server.url, hook=attempts.append)

    copy = cast("TransportError", pickle.loads(pickle.dumps(raised.value)))  # noqa: S301  written in this line
    assert "***" in str(raised.value)
    assert TOKEN not in str(raised.value)
    assert [] == flaws(copy, TOKEN)
    assert [] == [each for each in texts_in(attempts) if TOKEN in each]


@every_style
@pytest.mark.parametrize("given", BROKEN.values(), ids=BROKEN)
def test_a_body_that_is_broken_on_its_way_is_an_error(style: Style, given: Answer) -> None:
    """The status says that the webhook was created, so that it is not created again."""
    with HostileServer(given) as server:
        with pytest.raises(MiposError) as raised:
            CREATE.of(style, base_url=server.url, retries=NO_WAIT)

        assert server.is_idle()
        assert 1 == len(server.requests)
    assert ResponseDecodeError is type(raised.value)
    assert [] == flaws(raised.value, TOKEN)


@every_style
@pytest.mark.parametrize("given", SOUND.values(), ids=SOUND)
def test_an_odd_answer_is_read(style: Style, given: Answer) -> None:
    """What can be told from it without a doubt is the value of the call."""
    with HostileServer(given) as server:
        created = CREATE.of(style, base_url=server.url, timeout=10)

        assert server.is_idle()
    assert "Done." == getattr(created, "message", None)


@every_style
@pytest.mark.parametrize("status", ["204", "304", "419", "520", "599", "999"])
def test_a_status_that_python_does_not_know_is_shown(style: Style, status: str) -> None:
    """It is an unexpected one like any other; a reason that repeats the token is left out."""
    given = answer(b"HTTP/1.1 %s %s\r\n\r\n" % (status.encode(), TOKEN.encode()))
    with HostileServer(given) as server, pytest.raises(MiposError) as raised:
        CREATE.of(style, base_url=server.url)

    assert isinstance(raised.value, UnexpectedStatusError)
    assert int(status) == raised.value.status
    assert [] == flaws(raised.value, TOKEN)


def test_an_answer_may_end_anywhere() -> None:
    """Before the end of the headers there is no answer, and before the end of the body no value."""
    (whole,) = reply(201, BODY, b"Content-Type: application/json").parts
    found = list[type[MiposError]]()

    with (
        HostileServer(*(answer(whole[:end]) for end in range(len(whole)))) as server,
        Mipos(TOKEN, base_url=server.url) as mipos,
    ):
        for _ in range(len(whole)):
            with pytest.raises(MiposError) as raised:
                mipos.webhooks.create(url="https://pos.example/orders")
            found.append(type(raised.value))
            assert [] == flaws(raised.value, TOKEN)

    head = len(whole) - len(BODY)
    assert [TransportError] * head + [ResponseDecodeError] * len(BODY) == found


@every_style
def test_silence_is_a_time_out(style: Style) -> None:
    """It may come before the answer, where it is told from a connection that broke."""
    with HostileServer(answer(end=End.STALL)) as server:
        with pytest.raises(TimeoutError) as raised:
            CREATE.of(style, base_url=server.url, timeout=0.05, retries=NO_WAIT)

        assert server.is_idle()
        assert 1 == len(server.requests)
    assert [] == flaws(raised.value, TOKEN)


@every_style
def test_silence_within_a_body_leaves_the_status(style: Style) -> None:
    """What arrived before it is a refusal that can be told."""
    given = answer(b"HTTP/1.1 409 X\r\nContent-Length: 9\r\n\r\n[", end=End.STALL)
    with HostileServer(given) as server:
        with pytest.raises(ConflictError) as raised:
            CREATE.of(style, base_url=server.url, timeout=0.05, retries=NO_WAIT)

        assert server.is_idle()
    assert b"[" == raised.value.body


def test_a_body_that_trickles_does_not_outlast_the_budget(clock: Clock) -> None:
    """A server that sends a byte each second is left when the budget is spent."""

    def trickle() -> Iterator[bytes]:
        yield b"HTTP/1.1 201 Created\r\n\r\n"
        # It ends, lest a call that does not leave never does.
        for _ in range(600):
            clock.now += 1
            yield b" "

    with HostileServer(Answer(trickle())) as server:
        with pytest.raises(ResponseDecodeError, match="did not end within the budget"):
            CREATE.of("sync", base_url=server.url)

        assert server.is_idle()


@every_style
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_no_other_host_sees_the_token(style: Style, status: int, call: Call) -> None:
    """A redirect is followed by no client, so that the host it names hears nothing."""
    with HostileServer(reply(200)) as other:
        to_other = reply(status, b"", b"Location: %s/api" % other.url.encode(), b"Set-Cookie: a=b")
        with HostileServer(to_other) as server, pytest.raises(UnexpectedStatusError) as raised:
            call.of(style, base_url=server.url, retries=NO_WAIT)

        assert [] == other.requests
        assert 1 == len(server.requests)
    assert status == raised.value.status


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_client_of_ones_own_does_not_follow_either(status: int) -> None:
    """Its wish to follow redirects does not hold for the calls, and its cookies go nowhere else."""
    with HostileServer(reply(200)) as other:
        to_other = reply(status, b"", b"Location: %s/api" % other.url.encode())
        with (
            HostileServer(to_other) as server,
            httpx.Client(follow_redirects=True, cookies={"mine": "1"}) as http,
        ):
            with pytest.raises(UnexpectedStatusError):
                Mipos(TOKEN, base_url=server.url, http_client=http).webhooks.list()

            assert 1 == len(server.requests)
        assert [] == other.requests


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_async_client_of_ones_own_does_not_follow_either(status: int) -> None:
    """The same holds where calls are awaited."""

    async def ask(url: str) -> None:
        async with httpx.AsyncClient(follow_redirects=True, cookies={"mine": "1"}) as http:
            await AsyncMipos(TOKEN, base_url=url, http_client=http).webhooks.list()

    with HostileServer(reply(200)) as other:
        to_other = reply(status, b"", b"Location: %s/api" % other.url.encode())
        with HostileServer(to_other) as server:
            with pytest.raises(UnexpectedStatusError):
                asyncio.run(ask(server.url))

            assert 1 == len(server.requests)
        assert [] == other.requests


def test_a_loop_of_redirects_is_left_at_once() -> None:
    """An address that sends a call to itself is asked once."""
    with HostileServer(reply(302, b"", b"Location: /api/v1/integration/webhooks")) as server:
        with pytest.raises(ResponseError):
            LIST.of("sync", base_url=server.url, retries=NO_WAIT)

        assert 1 == len(server.requests)


def test_cookies_are_not_sent_back() -> None:
    """Neither a success nor a refusal makes the next request carry a cookie."""
    cookie = (b"Set-Cookie: a=b; Path=/", b"Set-Cookie: c=d; Domain=127.0.0.1")
    given = (reply(200, b"[]", *cookie), reply(401, b'"Unauthorized."', *cookie), reply(200, b"[]"))

    with HostileServer(*given) as server, Mipos(TOKEN, base_url=server.url) as mipos:
        mipos.webhooks.list()
        with pytest.raises(MiposError):
            mipos.webhooks.list()
        mipos.webhooks.list()

        assert 3 == len(server.requests)
        assert [] == [each for each in server.requests if b"cookie" in each.lower()]


@every_style
@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_refused_connection_repeats_any_call(style: Style, call: Call) -> None:
    """Nothing was sent, as the error says, and the hook hears of each try but of no token."""
    attempts = list[Attempt]()

    with refusing() as url, pytest.raises(TransportError, match="nothing was sent") as raised:
        call.of(style, base_url=url, retries=NO_WAIT, hook=attempts.append)

    assert [1, 2, 3] == [each.number for each in attempts]
    assert [None] * 3 == [each.status for each in attempts]
    assert [] == [each for each in texts_in(attempts) if TOKEN in each]
    assert [] == flaws(raised.value, TOKEN)


def test_a_server_that_is_busy_is_asked_when_it_wants(clock: Clock) -> None:
    """Any call waits as long as the 429 says, and the hook hears of it."""
    attempts = list[Attempt]()
    busy = reply(429, b"[]", b"Retry-After: 7", b"X-Echo: " + TOKEN.encode())

    with HostileServer(busy, busy, created()) as server:
        CREATE.of("sync", base_url=server.url, retries=NO_WAIT, hook=attempts.append)

        assert 3 == len(server.requests)
    assert [7.0, 7.0] == clock.slept["sync"]
    assert [429, 429, 201] == [each.status for each in attempts]
    assert [] == [each for each in texts_in(attempts) if TOKEN in each]


@pytest.mark.parametrize("value", [b"61", b"999999999", b"Fri, 31 Dec 9999 23:59:59 GMT"])
def test_a_wait_beyond_the_budget_is_not_begun(clock: Clock, value: bytes) -> None:
    """The call fails with the answer that it has."""
    with HostileServer(reply(429, b"[]", b"Retry-After: " + value)) as server:
        with pytest.raises(UnexpectedStatusError):
            CREATE.of("sync", base_url=server.url, retries=NO_WAIT)

        assert 1 == len(server.requests)
    assert [] == clock.slept["sync"]


@every_style
@pytest.mark.parametrize(
    "value",
    [b"-1", b"-999", b"9" * 400, b"\xff", b"1.5", b"soon", b"", b"Mon, 99 Foo 2024 99:99:99 +9999"],
)
def test_a_wait_that_means_nothing_is_none(style: Style, value: bytes) -> None:
    """The call is repeated after the pause that it would make anyway."""
    with HostileServer(reply(429, b"[]", b"Retry-After: " + value), created()) as server:
        CREATE.of(style, base_url=server.url, retries=NO_WAIT)

        assert 2 == len(server.requests)


@every_style
@pytest.mark.parametrize("lost", [answer(), answer(end=End.RESET), answer(b"HTTP/1.1 201 C")])
def test_whoever_accepts_it_has_a_create_repeated(style: Style, lost: Answer) -> None:
    """With `unsafe` a create whose answer was lost is sent again, unchanged."""
    attempts = list[Attempt]()
    retries = Retries(limit=2, backoff=0, unsafe=True)

    with HostileServer(lost, created()) as server:
        CREATE.of(style, base_url=server.url, retries=retries, hook=attempts.append)

        assert 2 == len(server.requests)
        assert 1 == len(set(server.requests))
    assert [None, 201] == [each.status for each in attempts]
    assert [] == [each for each in texts_in(attempts) if TOKEN in each]


def test_a_connection_that_was_closed_meanwhile_is_not_used() -> None:
    """A create after a pause opens another one, and is sent once."""
    closing = created(b"Content-Length: 34")
    with HostileServer(closing, closing) as server, Mipos(TOKEN, base_url=server.url) as mipos:
        mipos.webhooks.create(url="https://pos.example/1")

        assert server.is_idle()
        mipos.webhooks.create(url="https://pos.example/2")
        assert 2 == len(server.requests)
