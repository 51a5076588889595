"""What the platform sends to a POS: whether it is genuine, and what it says.

    from mipos_client import pushes

    pushes.verify_signature(body, headers.get(pushes.SIGNATURE_HEADER), secret)
    order = pushes.parse_order(body)
    mipos.orders.accept(**pushes.acceptance(order))

`body` is what arrived, byte for byte, before a framework has parsed it.
"""

from typing import Final

from ._runtime.money import to_decimal
from ._runtime.pushes import OrderKey, acceptance, read, store_of
from ._runtime.signatures import verify_signature
from .errors import PushDecodeError, SignatureError
from .models.menu_pull import MenuPull
from .models.order_push import OrderPush

__all__ = [
    "SIGNATURE_HEADER",
    "MenuPull",
    "OrderKey",
    "OrderPush",
    "PushDecodeError",
    "SignatureError",
    "acceptance",
    "parse_menu",
    "parse_order",
    "store_of",
    "to_decimal",
    "verify_signature",
]

SIGNATURE_HEADER: Final = "Signature-Webhook"
"""The header that carries the signature of a push."""


def parse_order(body: bytes) -> OrderPush:
    """Return a push as a model: a new order (webhooks of type ORDER).

    Properties that the document does not describe are kept in `raw`, with all the others.

    Args:
        body: The body of the request. Verify its signature first.

    Raises:
        PushDecodeError: It is no JSON, or not what the document says; the text names the place.
    """
    return read("order", OrderPush, body)


def parse_menu(body: bytes) -> MenuPull:
    """Return a push as a model: the menu is asked for (webhooks of type Menu).

    Properties that the document does not describe are kept in `raw`, with all the others.

    Args:
        body: The body of the request. Verify its signature first.

    Raises:
        PushDecodeError: It is no JSON, or not what the document says; the text names the place.
    """
    return read("menu", MenuPull, body)
