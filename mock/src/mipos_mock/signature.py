"""The signature that a push carries."""

import hashlib
import hmac
from typing import Final

HEADER: Final = "Signature-Webhook"
"""The header that carries it (page "Webhook Content")."""


def sign(body: bytes, secret: str) -> str:
    """Returns the signature of a body: HMAC-SHA256 over its exact bytes, in lower-case hex.

    The page calls it the SHA-256 hash of the complete request body, signed with the secret id
    registered in the webhook. That this is an HMAC, keyed with the secret's UTF-8, in hex, is
    an assumption; it is so on sibling pages of the API.

    Args:
        body: What is sent, byte for byte.
        secret: The secret of the account that the webhook belongs to.
    """
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
