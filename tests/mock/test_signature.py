"""The signature of a push, against vectors that the openssl command made."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest

from mipos_mock.signature import sign


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


def name_of(vector: Vector) -> str:
    """Name a case after its vector."""
    return vector["name"]


def body_of(vector: Vector) -> bytes:
    """The bytes that are signed."""
    text = vector.get("body_utf8")
    return base64.b64decode(vector.get("body_base64", "")) if text is None else text.encode()


@pytest.mark.parametrize("vector", VALID, ids=name_of)
def test_signature_is_that_of_openssl(vector: Vector) -> None:
    """Another implementation of HMAC-SHA256 makes the same signature."""
    assert vector["signature"] == sign(body_of(vector), vector["secret"])


@pytest.mark.parametrize("vector", INVALID, ids=name_of)
def test_other_signature_differs(vector: Vector) -> None:
    """No other body, secret, algorithm or spelling has the same signature."""
    assert vector["signature"] != sign(body_of(vector), vector["secret"])


def test_there_are_vectors_of_both_kinds() -> None:
    """The file holds signatures to accept and signatures to refuse, each name once."""
    assert (15, 15) == (len(VALID), len(INVALID))
    assert len(VECTORS) == len({vector["name"] for vector in VECTORS})
