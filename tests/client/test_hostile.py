"""Whatever a server answers, a call returns its value or raises an error of the client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mipos_client import (
    Attempt,
    MiposError,
    ResponseDecodeError,
    ResponseError,
    Retries,
    TimeoutError,  # noqa: A004  the client's name for it
    TransportError,
)
from tests.client.hostile.bodies import LOCATIONS, UNREADABLE, bodies, headers
from tests.client.hostile.calls import CALLS, CREATE, LIST, STYLES, Call, Style
from tests.client.hostile.inspection import flaws, forms, texts_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

# The second has everything that is escaped or quoted somewhere.
TOKENS: Final = ("mock-token-alpha", 'a/b+c=d~"e\\f%g|<h>&i')
STATUSES: Final = (200, 201, 204, 302, 401, 403, 404, 409, 419, 422, 429, 500, 502, 503, 520, 999)
NO_WAIT: Final = Retries(limit=2, backoff=0, budget=0.5)

every_call = pytest.mark.parametrize("call", CALLS, ids=str)
every_style = pytest.mark.parametrize("style", STYLES)


def answering(
    status: int, body: bytes = b"", headers: Sequence[tuple[bytes, bytes]] = ()
) -> Callable[[httpx.Request], httpx.Response]:
    """Return what gives each request the same answer, byte for byte."""

    def handler(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers=list(headers), stream=httpx.ByteStream(body))

    return handler


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield what led to an error, the last first."""
    while error.__cause__ is not None:
        error = error.__cause__
        yield error


class Breaking(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that begins well and then breaks."""

    def __init__(self, begin: bytes, error: Exception) -> None:
        """Remember what to send and what to raise."""
        self._begin = begin
        self._error = error

    def __iter__(self) -> Iterator[bytes]:
        """Yield the beginning, and break."""
        yield self._begin
        raise self._error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the beginning, and break."""
        yield self._begin
        raise self._error


@every_style
@every_call
@settings(derandomize=True, max_examples=60)
@given(data=st.data())
def test_only_the_value_or_an_error_of_the_client_comes_out(
    call: Call, style: Style, data: st.DataObject
) -> None:
    """The status decides the class, the error can be shown and kept, and nothing has the token."""
    token = data.draw(st.sampled_from(TOKENS))
    status = data.draw(st.one_of(st.sampled_from(STATUSES), st.integers(200, 999)))
    body = data.draw(bodies(call, token))
    given_headers = data.draw(headers(token))
    attempts = list[Attempt]()
    handler = answering(status, body, given_headers)
    raised: MiposError | None = None

    try:
        call.of(style, token=token, handler=handler, retries=NO_WAIT, hook=attempts.append)
    except MiposError as error:
        raised = error

    expected = ResponseDecodeError if status == call.success else call.error(status)
    assert raised is None or [] == flaws(raised, token)
    assert (status == call.success) if raised is None else (expected is type(raised))
    assert 1 <= len(attempts) <= 3
    assert not [each for each in texts_in(attempts) if token in each]


@every_style
@every_call
def test_a_success_that_cannot_be_read_is_an_error_of_its_own(call: Call, style: Style) -> None:
    """The error says that the call was done, and has the body as it came."""
    for body in UNREADABLE.values():
        with pytest.raises(MiposError) as raised:
            call.of(style, handler=answering(call.success, body))

        assert isinstance(raised.value, ResponseDecodeError)
        assert (call.success, body) == (raised.value.status, raised.value.body)
        assert [] == flaws(raised.value, TOKENS[0])


@every_style
@pytest.mark.parametrize("status", [201, 302, 409, 422, 500])
def test_a_long_answer_makes_no_long_text(style: Style, status: int) -> None:
    """An error shows the beginning of what it was told, and keeps all of it."""
    long = b"\xf3\xa0\x80\x81" * 25_000
    given_headers = [(b"location", b"/" + b"x" * 50_000)]

    for body in (long, b'"%s"' % long, b'{"message": ["%s"]}' % long, b'{"%s": ["x"]}' % long):
        with pytest.raises(ResponseError) as raised:
            CREATE.of(style, handler=answering(status, body, given_headers))

        assert body == raised.value.body
        assert [] == flaws(raised.value, TOKENS[0])


@every_call
@pytest.mark.parametrize("status", STATUSES)
def test_the_status_decides_the_class_whatever_the_body_is(call: Call, status: int) -> None:
    """A body that cannot be read does not hide what the status says."""
    found = set[type[Exception]]()

    for body in (*UNREADABLE.values(), call.body):
        if status != call.success or body != call.body:
            with pytest.raises(ResponseError) as raised:
                call.of("sync", handler=answering(status, body))
            found.add(type(raised.value))

    assert {ResponseDecodeError if status == call.success else call.error(status)} == found


@every_style
@every_call
def test_what_the_document_does_not_describe_does_not_disturb(call: Call, style: Style) -> None:
    """Further fields, blanks and a wrong content type leave the value as it is."""
    plain = call.of(style, handler=answering(call.success, call.body))
    more = b'"extra": {"deep": [1, null]}, "\\u0000": 0, '
    body = b"\n\t " + call.body.replace(b"{", b"{" + more) + b"\r\n"
    html = [(b"content-type", b"text/html; charset=utf-16"), (b"x-nothing", b"\xff\x01")]

    assert plain == call.of(style, handler=answering(call.success, body, html))


@every_style
@pytest.mark.parametrize("call", [CREATE, LIST], ids=str)
@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize("status", [200, 201, 302, 401, 409, 422, 500])
def test_a_token_that_an_answer_repeats_is_masked(
    call: Call, style: Style, token: str, status: int
) -> None:
    """It is so in each form, in headers, texts, names of fields and the address of a redirect."""
    everywhere = " ".join(forms(token))
    escaped = everywhere.encode()
    quoted = forms(token)[2].encode()
    fields = b'{"message": ["%s", 1], "%s": ["%s"], "data": 1' % (quoted, quoted, quoted)
    given_headers = [
        (b"location", b"https://elsewhere.example/?" + escaped),
        (b"x-echo", b"Bearer " + escaped),
        (b"set-cookie", b"token=" + escaped),
    ]

    for body in (escaped, fields + b"}", fields + b" and no more", b'"%s"' % quoted):
        with pytest.raises(ResponseError) as raised:
            call.of(style, token=token, handler=answering(status, body, given_headers))

        assert [] == flaws(raised.value, token)
        assert "***" in raised.value.headers["x-echo"]
        assert b"***" in raised.value.body


@every_style
@pytest.mark.parametrize("call", [CREATE, LIST], ids=str)
@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadError("reset, mock-token-alpha"),
        httpx.ReadTimeout(""),
        httpx.RemoteProtocolError("illegal chunk: mock-token-alpha"),
        httpx.DecodingError("gzip"),
        httpx.StreamClosed(),
        ValueError("mock-token-alpha"),
        OSError(104, "reset"),
        EOFError(),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("status", [200, 201, 401, 409, 422, 500])
def test_a_body_that_breaks_off_leaves_the_status(
    call: Call, style: Style, error: Exception, status: int
) -> None:
    """What arrived is kept, and the error says that it is not all."""

    def handler(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, stream=Breaking(call.body, error))

    with pytest.raises(MiposError) as raised:
        call.of(style, handler=handler)

    expected = ResponseDecodeError if status == call.success else call.error(status)
    assert expected is type(raised.value)
    assert isinstance(raised.value, ResponseError)
    assert call.body == raised.value.body
    assert "broke off" in str(raised.value)
    assert [] == flaws(raised.value, TOKENS[0])


@every_style
@pytest.mark.parametrize("call", [CREATE, LIST], ids=str)
@pytest.mark.parametrize(
    "error",
    [
        *(httpx.ConnectError, httpx.ReadError, httpx.WriteError, httpx.CloseError),
        *(httpx.ConnectTimeout, httpx.ReadTimeout, httpx.WriteTimeout, httpx.PoolTimeout),
        *(httpx.RemoteProtocolError, httpx.LocalProtocolError, httpx.UnsupportedProtocol),
        *(httpx.ProxyError, httpx.DecodingError, httpx.TooManyRedirects, httpx.InvalidURL),
        *(httpx.HTTPError, ValueError, UnicodeError, OSError, EOFError),
    ],
)
def test_a_call_without_an_answer_is_an_error_of_its_own(
    call: Call, style: Style, error: type[Exception]
) -> None:
    """Whatever httpx raises is among its causes, and a time-out can be told from the rest."""

    def handler(_request: httpx.Request) -> httpx.Response:
        raise error("first line\nsecond line\x1b[31m" + "x" * 1000)

    with pytest.raises(MiposError) as raised:
        call.of(style, handler=handler)

    is_late = issubclass(error, httpx.TimeoutException)
    assert (TimeoutError if is_late else TransportError) is type(raised.value)
    assert error in [type(each) for each in causes(raised.value)]
    assert [] == flaws(raised.value, TOKENS[0])


@every_style
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("location", LOCATIONS)
def test_a_redirect_says_where_to(style: Style, status: int, location: str) -> None:
    """It is a status that the document does not list, and is asked for once."""
    requests = list[httpx.URL]()

    def handler(request: httpx.Request) -> httpx.Response:
        requests.append(request.url)
        return httpx.Response(status, headers=[(b"location", location.encode("latin-1"))])

    with pytest.raises(ResponseError) as raised:
        LIST.of(style, handler=handler, retries=NO_WAIT)

    assert 1 == len(requests)
    assert LIST.error(status) is type(raised.value)
    assert f"a redirect to {location}" in str(raised.value)
    assert [] == flaws(raised.value, TOKENS[0])
