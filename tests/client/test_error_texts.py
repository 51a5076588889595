"""What errors say, that they can be handed on, and that they keep the token to themselves."""

import copy
import json
import pickle
from collections.abc import Callable
from urllib.parse import quote

import httpx
import pytest

from mipos_client import (
    ConfigurationError,
    Mipos,
    MiposError,
    PushDecodeError,
    ResponseError,
    SignatureError,
    TransportError,
    UnexpectedStatusError,
    pushes,
)
from tests.client.support import BASE_URL, TOKEN, Exchange, call, pickled


def raised(function: Callable[[], object]) -> MiposError:
    """Return the error that a function raises."""
    with pytest.raises(MiposError) as caught:
        function()
    return caught.value


def failed(answer: httpx.Response | Exception, token: str = TOKEN) -> MiposError:
    """Return what the deletion of a webhook fails with."""
    http = httpx.Client(transport=Exchange(answer))
    mipos = Mipos(token, base_url=BASE_URL, http_client=http, retries=0)
    return raised(lambda: mipos.webhooks.delete(url="https://pos.example/orders"))


ERRORS: list[MiposError] = [
    failed(httpx.Response(401, json="Unauthorized.")),
    failed(httpx.Response(409, json={"message": ["Two", "texts"], "data": None})),
    failed(httpx.Response(422, json={"url": ["The url field is required."]})),
    failed(httpx.Response(520, text="<html>", headers={"X-Trace": "7"})),
    failed(httpx.Response(302, headers={"Location": "https://other.example"})),
    failed(httpx.Response(200, json=[])),
    failed(httpx.ReadTimeout("slow")),
    failed(httpx.ConnectError("down")),
    raised(lambda: Mipos("")),
    raised(lambda: pushes.verify_signature(b"", None, "secret")),
    raised(lambda: pushes.parse_order(b"{}")),
]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("way", [pickled, copy.copy, copy.deepcopy])
def test_an_error_can_be_handed_to_another_process(
    error: MiposError, way: Callable[[MiposError], MiposError]
) -> None:
    """What comes out of a pickle or a copy is the same error, with all that it holds."""
    other = way(error)

    assert other is not error
    assert type(error) is type(other)
    assert vars(error) == vars(other)
    assert (str(error), repr(error)) == (str(other), repr(other))


def test_every_kind_of_error_was_raised() -> None:
    """The errors of these tests are all there are, and are what they should be."""
    assert [
        "AuthenticationError",
        "ConflictError",
        "ValidationError",
        "UnexpectedStatusError",
        "UnexpectedStatusError",
        "ResponseDecodeError",
        "TimeoutError",
        "TransportError",
        "ConfigurationError",
        "SignatureError",
        "PushDecodeError",
    ] == [type(error).__name__ for error in ERRORS]


@pytest.mark.parametrize(
    ("number", "said", "shown"),
    [
        (0, "Unauthorized.", "AuthenticationError('deleteWebhook', status=401)"),
        (1, "Two; texts", "ConflictError('deleteWebhook', status=409)"),
        (2, "The url field is required.", "ValidationError('deleteWebhook', status=422)"),
        (
            3,
            "the document does not list this status: <html>",
            "UnexpectedStatusError('deleteWebhook', status=520)",
        ),
    ],
)
def test_an_error_says_what_the_answer_says(number: int, said: str, shown: str) -> None:
    """The text has operation, status, message and request; the repr has the first two."""
    status = shown[-4:-1]
    url = f"{BASE_URL}/api/v1/integration/webhook/delete"

    assert f"deleteWebhook was answered {status}: {said} (POST {url})" == str(ERRORS[number])
    assert shown == repr(ERRORS[number])


def test_an_empty_body_is_called_so() -> None:
    """An answer that says nothing is told from one that could not be shown."""
    assert "401: an empty body (POST" in str(failed(httpx.Response(401)))


FOREIGN = "a\nb\rc\x1b[31md\u2028e\x00f\u202eg"


@pytest.mark.parametrize(
    "error",
    [
        failed(httpx.Response(409, json=FOREIGN)),
        failed(httpx.Response(500, content=FOREIGN.encode())),
        failed(httpx.Response(200, content=b'{"message": 1, "' + FOREIGN.encode() + b'": 2}')),
        failed(httpx.ReadError(FOREIGN)),
        raised(lambda: pushes.parse_menu(FOREIGN.encode())),
    ],
)
def test_a_foreign_text_stays_on_one_line(error: MiposError) -> None:
    """Line breaks and control codes of an answer do not reach a terminal or a log as such."""
    assert str(error).isprintable()
    assert 1 == len(str(error).splitlines())


@pytest.mark.parametrize(
    "error",
    [
        failed(httpx.Response(409, json="long" * 10_000)),
        failed(httpx.Response(500, text="long" * 10_000)),
        failed(httpx.ReadError("long" * 10_000)),
    ],
)
def test_a_long_text_is_cut(error: MiposError) -> None:
    """An error stays readable, and what was cut is in the body."""
    assert len(str(error)) < 500
    if isinstance(error, ResponseError):
        assert len(error.body) >= 40_000


@pytest.mark.parametrize(
    ("token", "form"),
    [
        ("to.ken-1", "to.ken-1"),
        ("to/k+n=", quote("to/k+n=")),
        ("to/k+n=", quote("to/k+n=", safe="")),
        ("to/k+n=", "to\\/k+n="),
        ('to"k\\n', json.dumps('to"k\\n')[1:-1]),
    ],
)
def test_a_token_that_the_answer_repeats_is_hidden(token: str, form: str) -> None:
    """Whoever reads the error, its body or its headers sees asterisks instead."""
    echoed = httpx.Response(
        500, content=f'"for {form}."'.encode(), headers={"X-Echo": form, "Location": form}
    )
    error = failed(echoed, token)
    moved = failed(httpx.Response(302, headers={"Location": f"https://x/{form}"}), token)

    assert isinstance(error, UnexpectedStatusError)
    assert (b'"for ***."', "***") == (error.body, error.headers["x-echo"])
    assert ["for ***."] == error.messages
    assert "a redirect to https://x/***, " in str(moved)
    for text in (str(error), repr(vars(error)), repr(pickle.dumps(error)), str(moved)):
        assert form not in text
        assert token not in text


def test_no_error_holds_the_token() -> None:
    """Neither its text, nor its pickle, nor the request that it or its cause has."""
    for error in (*ERRORS, failed(httpx.ReadError(f"no {TOKEN}"))):
        assert TOKEN not in str(error)
        assert TOKEN.encode() not in pickle.dumps(error)
        cause = error.__cause__
        if isinstance(error, TransportError | ResponseError):
            assert "***" == error.request.headers["authorization"]
            assert b'{"url":"https://pos.example/orders"}' == error.request.body
        if cause is not None:
            assert isinstance(cause, httpx.RequestError)
            assert "authorization" not in cause.request.headers


def test_an_error_that_nobody_called_for_is_not_masked() -> None:
    """A defect of a transport of one's own comes through as it is."""
    with pytest.raises(KeyError):
        call("sync", "listWebhooks", Exchange(KeyError("mine")))


def test_the_errors_of_pushes_are_caught_with_the_others() -> None:
    """One `except MiposError` is enough for receiving too."""
    *_, configuration, signature, push = ERRORS

    assert isinstance(configuration, ConfigurationError)
    assert isinstance(signature, SignatureError)
    assert isinstance(push, PushDecodeError)
    assert b"{}" == push.body
    assert "PushDecodeError('order')" == repr(push)
