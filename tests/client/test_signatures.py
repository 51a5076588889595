"""The signature of a push: what the client takes for genuine, and what it says of the rest."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, NotRequired, TypedDict, cast

import pytest

from mipos_client import ConfigurationError, MiposError, SignatureError, pushes

if TYPE_CHECKING:
    from collections.abc import Callable


class Vector(TypedDict):
    """One body with a signature; ``valid`` tells whether it is the body's."""

    name: str
    secret: str
    body_utf8: NotRequired[str]
    body_base64: NotRequired[str]  # of bytes that are not UTF-8
    signature: str
    valid: bool


FILE = Path(__file__).parents[1] / "data" / "signature-vectors.json"
VECTORS = cast("list[Vector]", json.loads(FILE.read_text("utf-8"))["vectors"])
VALID = [vector for vector in VECTORS if vector["valid"]]
INVALID = [vector for vector in VECTORS if not vector["valid"]]
SECRET = "mock-secret-alpha"
BODY = b'{"store_id":"3"}'
SIGNATURE = "cff417c6b60cbfbd4e207dee613803a02e167c2fd2ed6b53d33227acbc096bfc"


def name_of(vector: Vector) -> str:
    """Name a case after its vector."""
    return vector["name"]


def body_of(vector: Vector) -> bytes:
    """Return the bytes that are signed."""
    text = vector.get("body_utf8")
    return base64.b64decode(vector.get("body_base64", "")) if text is None else text.encode()


def untyped() -> Callable[..., None]:
    """Return the function as a caller without a type checker has it."""
    return pushes.verify_signature


@pytest.mark.parametrize("vector", VALID, ids=name_of)
def test_genuine_signature_is_taken(vector: Vector) -> None:
    """What openssl signed with the secret is taken for genuine."""
    pushes.verify_signature(body_of(vector), vector["signature"], vector["secret"])


@pytest.mark.parametrize("vector", INVALID, ids=name_of)
def test_any_other_signature_is_refused(vector: Vector) -> None:
    """Another body, secret, algorithm or spelling is refused."""
    with pytest.raises(SignatureError, match=r"^the signature does not fit: "):
        pushes.verify_signature(body_of(vector), vector["signature"], vector["secret"])


def test_there_are_vectors_of_both_kinds() -> None:
    """There is something to take and something to refuse."""
    assert VALID
    assert INVALID


def test_missing_header_is_named() -> None:
    """A push without a signature is refused with the name of the header that is missing."""
    with pytest.raises(SignatureError, match=rf"the header {pushes.SIGNATURE_HEADER} is missing$"):
        pushes.verify_signature(BODY, None, SECRET)


@pytest.mark.parametrize("header", [None, "", SIGNATURE])
@pytest.mark.parametrize("secret", ["", None])
def test_empty_secret_is_a_mistake_of_the_caller(header: str | None, secret: str | None) -> None:
    """Without a secret nothing is taken for genuine, least of all what is signed with none."""
    signed_with_none = hmac.new(b"", BODY, hashlib.sha256).hexdigest()

    for each in (header, signed_with_none):
        with pytest.raises(ConfigurationError, match=r"^the secret is empty; "):
            untyped()(BODY, each, secret)


@pytest.mark.parametrize("body", [BODY.decode(), None, {"store_id": "3"}])
def test_body_that_is_not_bytes_is_a_mistake_of_the_caller(body: object) -> None:
    """A body that a framework has decoded or parsed is told what it is, and what to give."""
    with pytest.raises(TypeError, match=rf"type {type(body).__name__}; give the bytes"):
        untyped()(body, SIGNATURE, SECRET)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_every_kind_are_taken(kind: Callable[[bytes], bytes]) -> None:
    """Bytes are bytes, whatever type a server hands them over as."""
    pushes.verify_signature(kind(BODY), SIGNATURE, SECRET)

    with pytest.raises(SignatureError):
        pushes.verify_signature(kind(BODY + b" "), SIGNATURE, SECRET)


@pytest.mark.parametrize(
    "header",
    [
        "",
        " ",
        f" {SIGNATURE}",
        f"{SIGNATURE}\n",
        f"{SIGNATURE}, {SIGNATURE}",
        f"{SIGNATURE}0",
        SIGNATURE.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)}),
        f"{SIGNATURE[:-1]}\N{LATIN SMALL LETTER C WITH CEDILLA}",
        f"{SIGNATURE}\0",
        f"{SIGNATURE}\ud800",
        f"\udcff{SIGNATURE}",
        "\N{HAMBURGER}" * 10_000,
    ],
    ids=ascii,
)
def test_header_of_any_characters_is_refused(header: str) -> None:
    """A header that holds anything but the signature is refused, whatever its characters are."""
    with pytest.raises(SignatureError, match=r"^the signature does not fit: "):
        pushes.verify_signature(BODY, header, SECRET)


@pytest.mark.parametrize("equal", [True, False])
def test_comparison_of_constant_time_decides(
    monkeypatch: pytest.MonkeyPatch, *, equal: bool
) -> None:
    """What `hmac.compare_digest` says of the two signatures is what counts, and nothing else."""
    compared: list[set[bytes]] = []

    def compare(one: bytes, other: bytes) -> bool:
        compared.append({one, other})
        return equal

    monkeypatch.setattr(hmac, "compare_digest", compare)
    refused: list[SignatureError] = []
    for header in (SIGNATURE, "wrong"):
        try:
            pushes.verify_signature(BODY, header, SECRET)
        except SignatureError as error:
            refused.append(error)

    assert [{SIGNATURE.encode()}, {SIGNATURE.encode(), b"wrong"}] == compared
    assert (0 if equal else 2) == len(refused)


@pytest.mark.parametrize(
    ("body", "header", "secret"),
    [
        (BODY, "wrong", SECRET),
        (BODY, None, SECRET),
        (BODY, "\ud800", SECRET),
        (BODY.decode(), SIGNATURE, SECRET),
        (BODY, SIGNATURE, ""),
    ],
    ids=ascii,
)
def test_error_shows_neither_secret_nor_signature(
    body: object, header: object, secret: str
) -> None:
    """An error holds neither the secret nor the signature that was expected, wherever one looks."""
    with pytest.raises((MiposError, TypeError)) as caught:
        untyped()(body, header, secret)

    error = caught.value
    seen = f"{error} {error!r} {error.args} {vars(error)} {error.__cause__} {error.__context__}"
    assert SECRET not in seen
    assert SIGNATURE not in seen


@pytest.mark.parametrize("header", [None, "wrong"])
def test_error_can_be_pickled(header: str | None) -> None:
    """An error reaches another process as it is."""
    with pytest.raises(SignatureError) as caught:
        pushes.verify_signature(BODY, header, SECRET)

    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - made here

    assert (SignatureError, str(caught.value)) == (type(again), str(again))


def test_header_has_the_documented_name() -> None:
    """The header is the one of the page on webhook content."""
    assert "Signature-Webhook" == pushes.SIGNATURE_HEADER


@pytest.mark.parametrize("secret", ["\ud800-secret", "secret\n", "\udcff"])
def test_a_secret_with_control_characters_is_refused(secret: str) -> None:
    """The error does not hold it."""
    with pytest.raises(ConfigurationError, match="control character") as raised:
        pushes.verify_signature(b"x", "h", secret)

    assert secret not in repr(raised.value)
    assert raised.value.__context__ is None


def test_a_header_that_is_no_text_is_named() -> None:
    """As raw ASGI scopes have them."""
    with pytest.raises(TypeError, match="of type bytes; give its value as a str"):
        pushes.verify_signature(b"x", b"h", "secret")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  what is tested
