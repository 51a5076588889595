"""A hostile answer fills no memory, shows no token, and keeps nothing alive."""

from __future__ import annotations

import gc
import gzip
import tracemalloc
import weakref
from contextlib import suppress
from typing import Final

import pytest

from mipos_client import Mipos, MiposError, ResponseError
from tests.client.hostile.calls import CREATE, LIST, STYLES, Style
from tests.client.hostile.inspection import flaws
from tests.client.hostile.server import Answer, HostileServer, answer, reply

TOKEN: Final = "mock-token-alpha"
every_style = pytest.mark.parametrize("style", STYLES)


@every_style
def test_an_answer_that_is_encoded_twice_stays_within_bounds(style: Style) -> None:
    """A few hundred bytes do not fill the memory."""
    bomb = gzip.compress(gzip.compress(b"\0" * 2**28, 9), 9)
    given = reply(201, bomb, b"Content-Encoding: gzip, gzip")
    with HostileServer(given) as server:
        tracemalloc.start()
        with pytest.raises(ResponseError):
            CREATE.of(style, base_url=server.url)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert len(bomb) < 2000
    assert peak < 2 * 64 * 2**20


@every_style
@pytest.mark.parametrize(
    "given",
    [
        answer(b"nonsense %s\r\n\r\n" % TOKEN.encode()),
        answer(b"HTTP/1.1 200 OK\r\nnonsense %s\r\n\r\n" % TOKEN.encode()),
    ],
)
def test_the_cause_of_an_error_has_no_token(style: Style, given: Answer) -> None:
    """A line that repeats the token and is no HTTP is quoted by nothing that a traceback prints."""
    with HostileServer(given) as server, pytest.raises(MiposError) as raised:
        LIST.of(style, base_url=server.url)

    assert [] == flaws(raised.value, TOKEN)


@every_style
def test_the_name_of_a_header_has_no_token(style: Style) -> None:
    """A name is masked like a value."""
    with (
        HostileServer(reply(500, b"", TOKEN.encode() + b": x")) as server,
        pytest.raises(MiposError) as raised,
    ):
        LIST.of(style, base_url=server.url)

    assert [] == flaws(raised.value, TOKEN)


@every_style
def test_the_repr_of_an_error_is_bounded(style: Style) -> None:
    """A status line of 90 kB does not make it long."""
    with (
        HostileServer(answer(b"x" * 90_000 + b"\r\n\r\n")) as server,
        pytest.raises(MiposError) as raised,
    ):
        LIST.of(style, base_url=server.url)

    assert [] == flaws(raised.value, TOKEN)


def test_a_body_that_broke_off_keeps_no_client() -> None:
    """Neither the client nor the body waits for a collector."""
    given = answer(b"HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n[")
    gc.collect()
    gc.disable()
    try:
        with HostileServer(given) as server:
            mipos = Mipos(TOKEN, base_url=server.url)
            freed = weakref.ref(mipos)
            with suppress(MiposError):
                mipos.webhooks.create(url="https://pos.example/orders")
            mipos.close()
            del mipos

        assert freed() is None
    finally:
        gc.enable()
