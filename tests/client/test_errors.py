"""What a call raises: which class for which answer, what an error holds, and what it says."""

import json

import httpx
import pytest

import mipos_client
from mipos_client import (
    AuthenticationError,
    ConflictError,
    MiposError,
    ResponseDecodeError,
    ResponseError,
    SentRequest,
    StatusError,
    TransportError,
    UnexpectedStatusError,
    ValidationError,
    errors,
)
from tests.client.support import (
    BASE_URL,
    CALLS,
    WAYS,
    Exchange,
    Way,
    answers,
    call,
    examples,
)

CLASSES = {401: AuthenticationError, 409: ConflictError, 422: ValidationError}
DOCUMENTED = [
    (operation, status) for operation in CALLS for status in answers(operation) if status >= 300
]
OTHERS = (200, 201, 204, 299, 301, 400, 403, 404, 419, 422, 429, 500, 503, 520, 599)
UNLISTED = [
    (operation, status)
    for operation in CALLS
    for status in OTHERS
    if status not in answers(operation)
]
PARENTS = {
    "MiposError": "Exception",
    "ConfigurationError": "MiposError",
    "TransportError": "MiposError",
    "TimeoutError": "TransportError",
    "ResponseError": "MiposError",
    "StatusError": "ResponseError",
    "AuthenticationError": "StatusError",
    "ConflictError": "StatusError",
    "ValidationError": "FieldsError",
    "UnexpectedStatusError": "ResponseError",
    "ResponseDecodeError": "ResponseError",
    "SignatureError": "MiposError",
    "PushDecodeError": "MiposError",
}


def failure(
    answer: httpx.Response | Exception, operation: str = "createWebhook", way: Way = "sync"
) -> MiposError:
    """Return what a call fails with."""
    with pytest.raises(MiposError) as caught:
        call(way, operation, Exchange(answer), retries=0)
    return caught.value


def refused(body: object, status: int = 409) -> ResponseError:
    """Return what a call fails with that is answered this, as JSON or byte for byte."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    error = failure(httpx.Response(status, content=content))
    assert isinstance(error, ResponseError)
    return error


def test_the_tree_of_errors_is_the_documented_one() -> None:
    """Every class has its place, and one base is enough to catch them all."""
    tree: dict[str, type[Exception]] = {name: getattr(errors, name) for name in errors.__all__}

    assert PARENTS == {name: each.__bases__[0].__name__ for name, each in tree.items()}
    assert all(issubclass(each, MiposError) for each in tree.values())
    assert all(getattr(mipos_client, name) is each for name, each in tree.items())
    assert issubclass(ValidationError, StatusError)
    assert issubclass(errors.ConfigurationError, ValueError)
    assert not issubclass(errors.TimeoutError, OSError)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("operation", "status"), DOCUMENTED)
def test_a_documented_status_is_an_error_of_its_class(
    way: Way, operation: str, status: int
) -> None:
    """The class is that of the status, and the error holds the request and the whole answer."""
    for body in examples(answers(operation)[status]):
        answer = httpx.Response(status, json=body, headers={"X-Trace": "7"})
        error = failure(answer, operation, way)

        assert type(error) is CLASSES[status]
        assert isinstance(error, StatusError)
        assert (operation, status) == (error.operation, error.status)
        assert (body, "7") == (json.loads(error.body), error.headers["x-trace"])
        assert type(error.request) is SentRequest
        assert BASE_URL in error.request.url
        assert str(error).startswith(f"{operation} was answered {status}: {error.messages[0]}")


@pytest.mark.parametrize("body", [b"", b"<html>Bad</html>", b'{"message": ["Us', b"\xff\x00", b"["])
@pytest.mark.parametrize(("operation", "status"), DOCUMENTED)
def test_the_status_alone_decides_the_class(operation: str, status: int, body: bytes) -> None:
    """A body that says nothing changes nothing, and is kept as it came."""
    error = failure(httpx.Response(status, content=body), operation)

    assert type(error) is CLASSES[status]
    assert isinstance(error, StatusError)
    assert (body, []) == (error.body, error.messages)
    assert {} == getattr(error, "errors", {})
    assert f"{status}: " in str(error)


@pytest.mark.parametrize(("operation", "status"), UNLISTED)
def test_a_status_that_the_document_does_not_list_is_unexpected(
    operation: str, status: int
) -> None:
    """So is a success that another operation has, and a status that Python does not know."""
    body = {"message": "As it is", "data": None}
    error = failure(httpx.Response(status, json=body), operation)

    assert type(error) is UnexpectedStatusError
    assert (status, ["As it is"]) == (error.status, error.messages)
    assert "the document does not list this status: As it is" in str(error)


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ("Unauthorized.", ["Unauthorized."]),
        ({"message": "One", "data": None}, ["One"]),
        ({"message": ["One", "Two"], "data": None}, ["One", "Two"]),
        ({"url": ["One", "Two"], "type": ["Three"]}, ["One", "Two", "Three"]),
        ({"message": ["One", 2, None, "Three"]}, ["One", "Three"]),
        ({"message": "One", "url": ["Two"]}, ["One"]),
        ({"message": ["One"], "url": ["Two"]}, ["One", "Two"]),
        ({"message": None}, []),
        ({"url": "One"}, []),
        ({}, []),
        ([], []),
        (["One"], ["One"]),
        (7, []),
        (None, []),
        (b"\xef\xbb\xbf", []),
        (b"[" * 100_000, []),
    ],
)
def test_messages_are_found_in_each_documented_shape(body: object, messages: list[str]) -> None:
    """A bare string, `message` as one text or many, and a map of fields; else there are none."""
    assert messages == refused(body).messages


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"url": ["One", "Two"], "type": ["Three"]}, {"url": ["One", "Two"], "type": ["Three"]}),
        ({"new": ["Wording that nobody knows"]}, {"new": ["Wording that nobody knows"]}),
        ({"url": "One"}, {"url": ["One"]}),
        ({"url": [], "type": [7]}, {}),
        (["One"], {}),
        ("One", {}),
        (b"", {}),
    ],
)
def test_the_fields_at_fault_are_found(body: object, fields: dict[str, list[str]]) -> None:
    """From each field to its texts, and nothing where a body names none."""
    error = refused(body, 422)

    assert isinstance(error, ValidationError)
    assert fields == error.errors


@pytest.mark.parametrize(
    ("operation", "status", "body", "place"),
    [
        ("createWebhook", 201, b'{"message": 1, "data": null}', r"\$\.message"),
        ("createWebhook", 201, b'{"data": null}', "`message`"),
        ("createWebhook", 201, b"[]", "Expected `object`, got `array`"),
        ("updateWebhook", 200, b'{"message": ["x"], "data": null}', r"\$\.message"),
        ("deleteWebhook", 200, b'{"message": "x"}', "`data`"),
        ("listWebhooks", 200, b'[{"url": "a"}, {"url": 1}]', r"\$\[1\]\.url"),
        ("listWebhooks", 200, b'{"data": []}', "Expected `array`, got `object`"),
        ("acceptOrder", 200, b'{"message": ["a", 1], "data": null}', r"\$\.message\[1\]"),
        ("acceptOrder", 200, b'{"message": "a", "data": null}', r"\$\.message"),
        ("listWebhooks", 200, b"<html>", "malformed"),
        ("listWebhooks", 200, b"", "an empty body"),
        ("listWebhooks", 200, b'[{"url":', "truncated"),
        ("listWebhooks", 200, b'[{"url": "\xff"}]', "utf-8"),
        ("createWebhook", 201, b'{"message": "x", "data": ' + b"[" * 100_000, "recursion"),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_a_success_that_cannot_be_read_names_the_place(
    way: Way, operation: str, status: int, body: bytes, place: str
) -> None:
    """The error says where in the body, or in what way, it is not what the document says."""
    with pytest.raises(ResponseDecodeError, match=place) as caught:
        call(way, operation, Exchange(httpx.Response(status, content=body)))

    assert (operation, status, body) == (
        caught.value.operation,
        caught.value.status,
        caught.value.body,
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize(
    ("error", "kind", "said"),
    [
        (httpx.ReadTimeout("slow"), errors.TimeoutError, "slow"),
        (httpx.WriteTimeout(""), errors.TimeoutError, "WriteTimeout"),
        (httpx.ConnectTimeout("slow"), errors.TimeoutError, r"nothing was sent \(slow\)"),
        (httpx.PoolTimeout(""), errors.TimeoutError, r"nothing was sent \(PoolTimeout\)"),
        (httpx.ConnectError("down"), TransportError, r"nothing was sent \(down\)"),
        (httpx.ProxyError("down"), TransportError, r"nothing was sent \(down\)"),
        (httpx.ReadError("broken"), TransportError, "broken"),
        (httpx.RemoteProtocolError("odd"), TransportError, "odd"),
        (httpx.DecodingError("odd"), TransportError, "odd"),
    ],
)
def test_no_answer_is_an_error_of_its_own(
    way: Way, operation: str, error: Exception, kind: type[TransportError], said: str
) -> None:
    """It says whether anything was sent, holds the request, and has httpx's error as its cause."""
    caught = failure(error, operation, way)

    assert type(caught) is kind
    assert operation == caught.operation
    assert f"({caught.request.method} {BASE_URL}/api/v1" in str(caught)
    assert f"{operation} got no answer: {said} (".replace("\\", "") in str(caught)
    assert caught.__cause__ is not None
    assert error in {caught.__cause__, caught.__cause__.__cause__}
