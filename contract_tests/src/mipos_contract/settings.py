"""The target of a run, read from the environment."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mipos_contract.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Mapping

BASE_URL = "MIPOS_BASE_URL"
ACCESS_TOKEN = "MIPOS_ACCESS_TOKEN"  # noqa: S105 - the name of a variable
OTHER_ACCESS_TOKEN = "MIPOS_OTHER_ACCESS_TOKEN"  # noqa: S105 - the name of a variable
STORE_ID = "MIPOS_STORE_ID"
PENDING_ORDERS = "MIPOS_PENDING_ORDERS"
ALLOW_WRITES = "MIPOS_ALLOW_WRITES"
RATE = "MIPOS_RATE"
BUDGET = "MIPOS_BUDGET"
TIMEOUT = "MIPOS_TIMEOUT"
VARIABLES = (
    BASE_URL,
    ACCESS_TOKEN,
    OTHER_ACCESS_TOKEN,
    STORE_ID,
    PENDING_ORDERS,
    ALLOW_WRITES,
    RATE,
    BUDGET,
    TIMEOUT,
)
DEFAULT_RATE = 5.0
DEFAULT_BUDGET = 10_000
DEFAULT_TIMEOUT = 30.0


_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_DIGITS = re.compile(r"[0-9]{1,9}")
_VISIBLE = re.compile(r"[!-~]+")


class SettingsError(Exception):
    """A variable is missing or wrong. The text is one line that names it and says what to do."""


@dataclass(frozen=True, slots=True)
class OrderKey:
    """The three ids that together name an order, as `acceptOrder` takes them."""

    delivery_id: str
    store_id: str
    order_external_id: str


@dataclass(frozen=True, slots=True)
class Settings:
    """A target that the suite did not start.

    Attributes:
        base_url: scheme, host, optional port and path, without a slash at the end.
        token: access token of the account that the run may use.
        other_token: access token of a second account, for tests of isolation.
        store_id: a store of the first account.
        pending_orders: orders that wait for an answer and that the run may accept.
        allow_writes: whether webhooks may be created, changed and deleted and orders accepted.
        rate: requests a second at most.
        budget: requests at most, those that clean up not counted.
        timeout: seconds to wait for a connection, and for an answer.
    """

    base_url: str
    token: Secret
    other_token: Secret | None
    store_id: str
    pending_orders: tuple[OrderKey, ...]
    allow_writes: bool
    rate: float = DEFAULT_RATE
    budget: int = DEFAULT_BUDGET
    timeout: float = DEFAULT_TIMEOUT


def from_environment(environ: Mapping[str, str]) -> Settings | None:
    """Read the settings, or None when no target is named and the mock is to be started.

    Raises:
        SettingsError: a variable is missing, wrong, or looks like a misspelt one.
    """
    _refuse_misspelt(environ)
    values = {name: environ[name] for name in VARIABLES if environ.get(name)}
    if BASE_URL not in values:
        if values:
            raise SettingsError(
                f"{BASE_URL} is not set, but {', '.join(values)} is: set {BASE_URL} to test a"
                " deployment, or unset the others to test the mock."
            )
        return None
    for name in (ACCESS_TOKEN, STORE_ID):
        if name not in values:
            raise SettingsError(
                f"{name} is not set: {BASE_URL} names a deployment, which needs it."
            )
    token = _token(ACCESS_TOKEN, values[ACCESS_TOKEN])
    other = values.get(OTHER_ACCESS_TOKEN)
    other_token = None if other is None else _token(OTHER_ACCESS_TOKEN, other)
    if other_token == token:
        raise SettingsError(
            f"{OTHER_ACCESS_TOKEN} is the same as {ACCESS_TOKEN}: use a token of another account,"
            " or unset it."
        )
    return Settings(
        base_url=_base_url(values[BASE_URL]),
        token=token,
        other_token=other_token,
        store_id=_id(STORE_ID, values[STORE_ID]),
        pending_orders=_pending_orders(values.get(PENDING_ORDERS, "")),
        allow_writes=_flag(ALLOW_WRITES, values.get(ALLOW_WRITES, "0")),
        rate=_above_zero(RATE, values.get(RATE, str(DEFAULT_RATE)), "requests a second, such as 5"),
        budget=_whole(BUDGET, values.get(BUDGET, str(DEFAULT_BUDGET))),
        timeout=_above_zero(TIMEOUT, values.get(TIMEOUT, str(DEFAULT_TIMEOUT)), "seconds"),
    )


def _refuse_misspelt(environ: Mapping[str, str]) -> None:
    for name in sorted(environ):
        if name.startswith("MIPOS") and name not in VARIABLES:
            close = difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.85)
            if close:
                raise SettingsError(f"{name} is not a setting: did you mean {close[0]}?")


def _base_url(value: str) -> str:
    remedy = "expected http(s)://host[:port], such as https://integrations.mipos.shop"
    try:
        parts = urlsplit(value)
        port_is_number = parts.port is None or parts.port > 0
    except ValueError:
        raise SettingsError(f"{BASE_URL} is not a URL: {remedy}.") from None
    # The value may hold a password, so it is not repeated.
    if parts.username is not None or parts.password is not None:
        raise SettingsError(f"{BASE_URL} holds a user name or password: {remedy}.")
    well_formed = parts.scheme in {"http", "https"} and parts.hostname and port_is_number
    if not well_formed or parts.query or parts.fragment or not _VISIBLE.fullmatch(value):
        raise SettingsError(f"{BASE_URL} is {value!r}: {remedy}.")
    return value.rstrip("/")


def _token(name: str, value: str) -> Secret:
    if not _VISIBLE.fullmatch(value):
        raise SettingsError(
            f"{name} holds a blank, a line break or a character outside ASCII: give the bare token,"
            " without `Bearer`."
        )
    return Secret(value)


def _id(name: str, value: str) -> str:
    if not _VISIBLE.fullmatch(value):
        raise SettingsError(f"{name} is {value!r}: expected an id without blanks, such as 3.")
    return value


def _pending_orders(value: str) -> tuple[OrderKey, ...]:
    orders: list[OrderKey] = []
    for number, entry in enumerate(filter(None, value.split(",")), start=1):
        # Only the last id comes from a delivery app and may hold a slash.
        parts = entry.strip().split("/", maxsplit=2)
        if len(parts) != len(fields(OrderKey)) or not all(map(_VISIBLE.fullmatch, parts)):
            raise SettingsError(
                f"{PENDING_ORDERS} has {entry!r} as entry {number}: expected"
                " delivery_id/store_id/order_external_id, such as 1/3/01f1b8ce."
            )
        orders.append(OrderKey(*parts))
    return tuple(orders)


def _flag(name: str, value: str) -> bool:
    if value not in {"0", "1"}:
        raise SettingsError(
            f"{name} is {value!r}: expected 1 to allow writes, 0 or nothing not to."
        )
    return value == "1"


def _above_zero(name: str, value: str, what: str) -> float:
    # Not what else float() takes: blanks, underscores, exponents, `inf`, other scripts' digits.
    number = float(value) if _DECIMAL.fullmatch(value) else 0.0
    if not number > 0:
        raise SettingsError(f"{name} is {value!r}: expected a number above 0, {what}.")
    return number


def _whole(name: str, value: str) -> int:
    number = int(value) if _DIGITS.fullmatch(value) else 0
    if number < 1:
        raise SettingsError(f"{name} is {value!r}: expected a number of requests, such as 2000.")
    return number
