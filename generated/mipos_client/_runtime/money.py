"""Amounts of the platform as decimals, and back."""

from decimal import Decimal
from typing import Final

_PLACES: Final = 2


def to_decimal(amount: int) -> Decimal:
    """Return an amount of a push as a decimal with two places: 1150 is `Decimal("11.50")`.

    Amounts have their two decimals folded in; for a currency without decimals two zeros are added
    (page "Webhook Content"). So this holds for every currency.

    Raises:
        TypeError: The amount is no int.
    """
    if not isinstance(amount, int) or isinstance(amount, bool):  # pyright: ignore[reportUnnecessaryIsInstance]  callers without a type checker
        raise TypeError(f"an amount is an int, not {amount!r}")
    # Not by scaleb or division, which round to the precision of the caller's context.
    digits = tuple(int(digit) for digit in str(abs(amount)))
    return Decimal((int(amount < 0), digits, -_PLACES))
