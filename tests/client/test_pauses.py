"""How long a call waits before it is repeated, when it gives up, and what a hook hears of it."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, tzinfo
from typing import Self

import httpx
import pytest

from mipos_client import (
    Attempt,
    MiposError,
    ResponseDecodeError,
    Retries,
    SentRequest,
    TransportError,
    UnexpectedStatusError,
)
from tests.client.support import BASE_URL, TOKEN, WAYS, Exchange, Way, call, success
from tests.client.waiting import Clock

pytestmark = pytest.mark.usefixtures("clock")


class Today(datetime):
    """A day on which it is always the same time."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """Return that time."""
        return cls(2026, 1, 2, 3, 4, 5, tzinfo=tz)


def pauses(exchange: Exchange, retries: int | Retries) -> list[float | None]:
    """List webhooks, and return the pause after each try."""
    heard = list[Attempt]()
    try:
        call("sync", "listWebhooks", exchange, retries=retries, hook=heard.append)
    except MiposError:
        assert heard[-1].pause is None
    return [attempt.pause for attempt in heard]


def busy(count: int, retry_after: str | None = None) -> Exchange:
    """Return an exchange that answers 503 as often as this."""
    headers = {} if retry_after is None else {b"Retry-After": retry_after.encode()}
    return Exchange(*(httpx.Response(503, headers=headers) for _ in range(count)))


@pytest.mark.usefixtures("longest")
def test_each_pause_may_be_twice_as_long_up_to_the_limit() -> None:
    """The upper limit doubles, and then stays what the limit is."""
    assert [0.5, 1, 2, 4, 8, 8, None] == pauses(busy(7), retries=6)
    assert [3, 5, 5, None] == pauses(busy(4), Retries(limit=3, backoff=3, backoff_limit=5))
    assert [0, None] == pauses(busy(2), Retries(limit=1, backoff=0))


def test_a_pause_is_drawn_between_nothing_and_its_limit() -> None:
    """Clients that failed together do not come back together."""
    drawn = [pauses(busy(2), Retries(limit=1, backoff=4))[0] or 0 for _ in range(30)]

    assert all(0 < each <= 4 for each in drawn)
    assert 30 == len(set(drawn))


@pytest.mark.usefixtures("longest")
def test_a_call_may_be_repeated_a_thousand_times() -> None:
    """Doubling does not grow beyond what a number can hold."""
    waited = pauses(busy(1101), Retries(limit=1100, budget=1e9))

    assert [8] * 1096 == waited[4:1100]


@pytest.mark.usefixtures("longest")
@pytest.mark.parametrize("way", WAYS)
def test_a_call_waits_for_its_pause(way: Way, clock: Clock) -> None:
    """Blocking or awaited, the pause that the hook hears of is slept."""
    heard = list[Attempt]()
    exchange = Exchange(httpx.ConnectError("1"), httpx.ConnectError("2"), success("acceptOrder"))
    call(way, "acceptOrder", exchange, hook=heard.append)

    assert {way: [0.5, 1]} == {each: slept for each, slept in clock.slept.items() if slept}
    assert [0.5, 1, None] == [attempt.pause for attempt in heard]


@pytest.mark.usefixtures("shortest")
@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("0", 0),
        ("7", 7),
        (" 7 ", 7),
        ("59", 59),
        # A date, of which the clock of the test is seven seconds short.
        ("Fri, 02 Jan 2026 03:04:12 GMT", 7),
        ("Fri, 02 Jan 2026 03:04:12 -0000", 7),
        ("Fri, 02 Jan 2026 05:04:12 +0200", 7),
        # The two forms of a date that are obsolete.
        ("Friday, 02-Jan-26 03:04:12 GMT", 7),
        ("Fri Jan  2 03:04:12 2026", 7),
        # What is over.
        ("Fri, 02 Jan 2026 03:04:01 GMT", 0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        # What says nothing that can be read.
        ("", 0),
        ("-7", 0),
        ("+7", 0),
        ("7.5", 0),
        ("1e9", 0),
        ("\u0667", 0),
        ("soon", 0),
        ("9" * 400, 0),
        ("Fri, 99 Jan 2026 03:04:12 GMT", 0),
        ("Fri, 02 Jan 99999 03:04:12 GMT", 0),
        ("nan", 0),
    ],
)
def test_a_pause_is_as_long_as_the_answer_wants(
    monkeypatch: pytest.MonkeyPatch, value: str, pause: float
) -> None:
    """`Retry-After` counts in seconds or as a date, and is ignored where it makes no sense."""
    monkeypatch.setattr("mipos_client._runtime.retries.datetime", Today)

    assert [pause, None] == pauses(busy(2, value), retries=1)


@pytest.mark.usefixtures("longest")
def test_what_the_answer_wants_comes_on_top_of_the_pause() -> None:
    """Clients that were told the same time do not come back together."""
    assert [7.5, 8, None] == pauses(busy(3, "7"), retries=2)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("value", ["61", "3600", "Fri, 02 Jan 2099 03:04:12 GMT"])
def test_a_pause_beyond_the_budget_is_not_begun(way: Way, clock: Clock, value: str) -> None:
    """A call fails at once where waiting would be in vain."""
    with pytest.raises(UnexpectedStatusError, match="503"):
        call(way, "listWebhooks", busy(1, value))

    assert {"sync": [], "async": []} == clock.slept


@pytest.mark.usefixtures("longest")
def test_the_budget_is_for_the_call_as_a_whole() -> None:
    """A pause that would end with the budget or after it is none."""
    exact = Retries(limit=9, backoff=10, backoff_limit=10, budget=30)
    more = Retries(limit=9, backoff=10, backoff_limit=10, budget=30.5)

    assert [10, 10, None] == pauses(busy(3), exact)
    assert [10, 10, 10, None] == pauses(busy(4), more)


@pytest.mark.parametrize("way", WAYS)
def test_no_try_begins_after_the_budget(way: Way, clock: Clock) -> None:
    """Time that the tries themselves take counts."""

    def slow(_attempt: Attempt) -> None:
        clock.now += 20

    exchange = Exchange(*(httpx.ConnectError("no way") for _ in range(4)))
    with pytest.raises(TransportError):
        call(way, "createWebhook", exchange, retries=Retries(limit=3, budget=40.0), hook=slow)

    assert 3 == len(exchange.requests)


@pytest.mark.parametrize("way", WAYS)
def test_a_body_that_outlasts_the_budget_is_given_up(way: Way, clock: Clock) -> None:
    """An answer that trickles in does not hold a call up, and its connection is given back."""
    closed = list[bool]()

    class Trickle(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for _ in range(100):
                clock.now += 20
                yield b" "

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for each in self:
                yield each

        def close(self) -> None:
            closed.append(True)

        async def aclose(self) -> None:
            closed.append(True)

    exchange = Exchange(httpx.Response(201, stream=Trickle()))
    with pytest.raises(ResponseDecodeError, match="did not end within the budget") as caught:
        call(way, "createWebhook", exchange)

    assert 4 == len(caught.value.body)
    assert [True] == closed


@pytest.mark.usefixtures("longest")
@pytest.mark.parametrize("way", WAYS)
def test_a_hook_hears_of_each_try(way: Way) -> None:
    """It is told what was sent, what came of it and what comes next, and no token."""
    heard = list[Attempt]()
    exchange = Exchange(
        httpx.ConnectError(f"no way for {TOKEN}"), httpx.Response(429), success("deleteWebhook")
    )
    call(way, "deleteWebhook", exchange, hook=heard.append)

    assert [
        (1, 0, None, "no way for ***", 0.5),
        (2, 0, 429, None, 1),
        (3, 0, 200, None, None),
    ] == [(each.number, each.seconds, each.status, each.error, each.pause) for each in heard]
    assert TOKEN not in repr([(each, each.request.headers) for each in heard])


@pytest.mark.parametrize("way", WAYS)
def test_a_hook_is_told_what_was_sent(way: Way) -> None:
    """The request has its method, address, headers and body; credentials are masked."""
    heard = list[Attempt]()
    call(way, "deleteWebhook", Exchange(success("deleteWebhook")), hook=heard.append)
    (request,) = (each.request for each in heard)

    assert type(request) is SentRequest
    assert f"POST {BASE_URL}/api/v1/integration/webhook/delete" == str(request)
    assert "***" == request.headers["authorization"]
    assert "application/json" == request.headers["content-type"]
    assert b'{"url":"https://pos.example/orders"}' == request.body
