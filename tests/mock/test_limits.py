"""What a request may take, over real sockets, and how a connection is ended."""

import asyncio
import socket
from urllib.parse import urlsplit

import pytest

from mipos_mock.app import application
from mipos_mock.asgi import BODY_MAX
from mipos_mock.clock import AHEAD_MAX, Clock
from mipos_mock.journal import BYTES_MAX, ENTRIES_MAX, Call, Journal
from mipos_mock.placing import Wish
from mipos_mock.protocol import HEAD_MAX, REQUEST_MAX
from mipos_mock.refusal import Refused
from mipos_mock.sandbox import FAULTS_MAX, Sandbox
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from mipos_mock.state import Fault
from tests.mock.fakes import FakeSender
from tests.mock.support import ALPHA, DELETE, LIST

POST = f"POST {DELETE} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {ALPHA}\r\n".encode()
GET = f"GET {LIST} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {ALPHA}\r\n".encode()


def connect(base_url: str) -> socket.socket:
    """Opens a connection to a server."""
    url = urlsplit(base_url)
    return socket.create_connection((url.hostname, url.port), timeout=10)


def answer(base_url: str, *parts: bytes) -> bytes:
    """Sends bytes until the server has had enough, and returns all that comes back."""
    with connect(base_url) as sock:
        try:
            for part in parts:
                sock.sendall(part)
        except OSError:
            pass
        received = b""
        try:
            while data := sock.recv(65536):
                received += data
        except ConnectionResetError:
            pass
        return received


def status(received: bytes) -> bytes:
    """The status of the first answer."""
    return received.split(b" ", 2)[1] if received else b""


def test_body_of_the_most_is_read(base_url: str) -> None:
    """A body that has exactly as much as it may is answered."""
    head = POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % BODY_MAX

    assert b"422" == status(answer(base_url, head, b"x" * BODY_MAX))


@pytest.mark.parametrize(
    ("header", "before", "after"),
    [
        (b"Content-Length: %d" % (BODY_MAX + 1), b"", b""),
        (b"Transfer-Encoding: chunked", b"%x\r\n" % (BODY_MAX + 1), b"\r\n0\r\n\r\n"),
    ],
    ids=["length", "chunked"],
)
def test_larger_body_is_refused(base_url: str, header: bytes, before: bytes, after: bytes) -> None:
    """One byte more is 413, and the message says how much there may be."""
    head = POST + b"Connection: close\r\n" + header + b"\r\n\r\n"

    received = answer(base_url, head, before, b"x" * (BODY_MAX + 1), after)

    assert b"413" == status(received)
    assert b"over 1048576 bytes: send less" in received


def test_head_of_the_most_is_read(base_url: str) -> None:
    """A head that has nearly as much as it may is answered."""
    head = GET + b"Connection: close\r\nX: " + b"x" * (HEAD_MAX - 400) + b"\r\n\r\n"

    assert b"200" == status(answer(base_url, head))


@pytest.mark.parametrize(
    "head",
    [
        GET + b"X: " + b"x" * HEAD_MAX + b"\r\n\r\n",
        GET + b"X: 1\r\n" * (HEAD_MAX // 5) + b"\r\n",
        b"GET /" + b"x" * HEAD_MAX + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    ],
    ids=["header", "headers", "url"],
)
def test_larger_head_is_refused(base_url: str, head: bytes) -> None:
    """Too much of it is 431, and the connection ends."""
    received = answer(base_url, head)

    assert b"431" == status(received)
    assert b"over 65536 bytes: send less" in received


def test_endless_head_is_refused_before_it_ends(base_url: str) -> None:
    """A header that never ends is not waited for."""
    assert b"431" == status(answer(base_url, GET + b"X: ", *[b"x" * 8192] * 20))


def test_endless_trailers_end_the_connection(base_url: str) -> None:
    """What follows the last chunk is bounded too."""
    head = POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"
    trailer = b"X: " + b"x" * 60_000 + b"\r\n"

    received = answer(base_url, head, *[trailer] * (2 * REQUEST_MAX // len(trailer)))

    assert b"HTTP/1.1 2" not in received


def test_the_connection_serves_on_after_many_requests(base_url: str) -> None:
    """The bounds are those of one request, not of a connection."""
    request = GET + b"X: " + b"x" * 30_000 + b"\r\n\r\n"
    last = GET + b"Connection: close\r\n\r\n"

    received = answer(base_url, *[request] * 200, last)

    assert 201 == received.count(b"HTTP/1.1 200")


def test_dropped_connection_gets_no_byte(capfd: pytest.CaptureFixture[str]) -> None:
    """A fault of kind drop ends the connection without an answer, and nothing is logged."""
    state = fresh_state()
    state.faults[1] = Fault(1, "drop", "alpha")
    with running(application(Sandbox(state, FakeSender()))) as url:
        dropped = answer(url, GET + b"\r\n")
        after = answer(url, GET + b"Connection: close\r\n\r\n")

    assert (b"", b"200") == (dropped, status(after))
    assert ("", "") == capfd.readouterr()


def call(size: int) -> Call:
    """A call whose body has so many bytes."""
    return Call("GET", "/", b"", [], b"x" * size, None, 404, b"", 1.0)


def test_journal_remembers_so_many_entries() -> None:
    """The oldest entry gives way to one too many."""
    journal = Journal(Clock())
    for _ in range(ENTRIES_MAX + 3):
        journal.add("alpha", call(0))

    assert (3, ENTRIES_MAX) == (journal.dropped, len(list(journal)))
    assert 4 == next(iter(journal)).id


def test_journal_remembers_so_many_bytes() -> None:
    """Large entries give way sooner."""
    journal = Journal(Clock())
    size = 1024 * 1024
    for _ in range(100):
        journal.add("alpha", call(size))

    assert BYTES_MAX // size - 1 <= len(list(journal)) <= BYTES_MAX // size


def test_cleared_journal_has_room_again() -> None:
    """What is forgotten no longer counts."""
    journal = Journal(Clock())
    for account in ("alpha", "beta"):
        for _ in range(10):
            journal.add(account, call(1024 * 1024))
    journal.clear("alpha")
    for _ in range(10):
        journal.add("alpha", call(1024 * 1024))

    assert (0, ["beta"] * 10 + ["alpha"] * 10) == (
        journal.dropped,
        [each.account for each in journal],
    )


def test_orders_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """One order too many is refused with the remedy, and not placed."""
    box = Sandbox(fresh_state(), FakeSender())
    monkeypatch.setattr("mipos_mock.sandbox.ORDERS_MAX", len(box.state.orders) + 1)
    box.place_order(Wish(push=False))

    with pytest.raises(Refused, match="there are 5 orders: reset, or accept some"):
        box.place_order(Wish(push=False))

    assert 5 == len(box.state.orders)


def test_faults_are_bounded() -> None:
    """One fault too many is refused with the remedy, and not set."""
    box = Sandbox(fresh_state(), FakeSender())
    for _ in range(FAULTS_MAX):
        box.set_fault(Fault(0, "drop", "alpha"))

    with pytest.raises(Refused, match="1000 faults are set: remove some, or reset"):
        box.set_fault(Fault(0, "drop", "beta"))

    assert FAULTS_MAX == len(box.state.faults)


def test_the_clock_can_be_set_so_far_ahead() -> None:
    """Beyond that it is refused with the remedy, and stays."""
    box = Sandbox(fresh_state(), FakeSender())
    asyncio.run(box.advance(AHEAD_MAX - 10))
    ahead = box.state.clock.ahead

    with pytest.raises(Refused, match="reset, which sets it right"):
        asyncio.run(box.advance(60))

    assert ahead == box.state.clock.ahead


def test_the_clock_cannot_be_set_too_far_by_many_at_once() -> None:
    """Each looks where the clock is when its turn comes."""
    box = Sandbox(fresh_state(), FakeSender())

    async def run() -> None:
        calls = [box.advance(AHEAD_MAX * 0.4) for _ in range(5)]
        results = await asyncio.gather(*calls, return_exceptions=True)
        assert 3 == sum(isinstance(each, Refused) for each in results)

    asyncio.run(run())

    assert box.state.clock.ahead <= AHEAD_MAX
