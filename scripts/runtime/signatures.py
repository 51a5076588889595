"""Whether a push was signed with the account's secret."""

import hashlib
import hmac

from .errors import ConfigurationError, SignatureError


def verify_signature(body: bytes, header: str | None, secret: str) -> None:
    """Return if the signature of a push is right, and raise an error if it is not.

    The signature is the lower-case hex of HMAC-SHA256 over the exact bytes of the body, keyed with
    the UTF-8 of the secret. That is an assumption: the page calls it the SHA-256 hash of the
    complete request body, signed with the secret id that is registered in the webhook. The
    comparison takes the same time wherever the two differ.

    Args:
        body: The body of the request as it arrived, before anything has parsed it.
        header: The value of the header `Signature-Webhook`, or None if there was none.
        secret: The secret of the account.

    Raises:
        SignatureError: The header is missing, or is not the signature of this body.
        ConfigurationError: The secret is empty, with which everybody could sign, or holds
            control characters.
        TypeError: `body` is not bytes, or `header` is not a text.
    """
    if not isinstance(body, bytes | bytearray | memoryview):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without a type checker
        raise TypeError(
            f"the body is of type {type(body).__name__}; give the bytes that arrived, since text "
            "that was decoded and encoded again may differ from what was signed"
        )
    if header is not None and not isinstance(header, str):  # pyright: ignore[reportUnnecessaryIsInstance]  as above
        raise TypeError(f"the header is of type {type(header).__name__}; give its value as a str")
    if not secret:
        raise ConfigurationError("the secret is empty; give the secret of the account")
    if not secret.isprintable():
        raise ConfigurationError(
            "the secret holds a line break or another control character; if it was read from a "
            "file, strip it"
        )
    if header is None:
        raise SignatureError("the push has no signature: the header Signature-Webhook is missing")
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), header.encode("utf-8", "surrogatepass")):
        raise SignatureError(
            "the signature does not fit: the body was altered on its way, or signed with another "
            "secret"
        )
