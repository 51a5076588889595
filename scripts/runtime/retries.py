"""Which calls are repeated, when, and for how long."""

import re
import ssl
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import uniform
from typing import Final

import httpx
from attrs import frozen

from .errors import ConfigurationError

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
NOTHING_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)
_TOO_MANY_REQUESTS: Final = 429
_REFUSED_FOR_NOW: Final = frozenset({_TOO_MANY_REQUESTS, 502, 503, 504})
_MAX_DOUBLINGS: Final = 30
_SECONDS: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


@frozen(kw_only=True)
class Retries:
    """How a call is repeated.

    A call is repeated where that is safe: when nothing was sent, since no connection came about, or
    when the answer is a 429; a `GET` (the list of webhooks) also when the connection broke, or the
    answer is 502, 503 or 504. A create, update, delete or accept whose answer was lost may have
    taken effect; it is repeated only with `unsafe`.

    Attributes:
        limit: How often a call is repeated at most; 0 never.
        backoff: Seconds, the upper limit of the first pause. It doubles with each repetition, and
            the pause is drawn between nothing and it. If the answer has a `Retry-After`, the pause
            is at least as long.
        backoff_limit: Seconds that the upper limit does not exceed.
        budget: Seconds for a call as a whole. No repetition begins after them, a pause that would
            end after them is not begun, and an answer that still arrives then is given up.
        unsafe: Whether a call that is not safe to repeat is repeated like a `GET`.

    Raises:
        ConfigurationError: A number is negative, or the budget is 0.
    """

    limit: int = 2
    backoff: float = 0.5
    backoff_limit: float = 8.0
    budget: float = 60.0
    unsafe: bool = False

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        for name in ("limit", "backoff", "backoff_limit"):
            if not getattr(self, name) >= 0:
                raise ConfigurationError(f"retries: {name} is {getattr(self, name)}, but not >= 0")
        if not self.budget > 0:
            raise ConfigurationError(f"retries: budget is {self.budget} s, but not > 0")


DEFAULT_RETRIES: Final = Retries()
"""What a client does unless it is told otherwise."""


class Schedule:
    """When the next try of one request is due; it neither waits nor sends."""

    def __init__(self, retries: Retries, method: str) -> None:
        self._retries = retries
        self._safe = retries.unsafe or method in SAFE_METHODS
        self._done = 0
        self.deadline = time.monotonic() + retries.budget

    def after_error(self, error: Exception) -> float | None:
        """Return the seconds to wait before the next try, or None if there is none."""
        if _is_about_a_certificate(error):
            return None
        if isinstance(error, NOTHING_SENT) or (
            self._safe
            and isinstance(error, httpx.TransportError)
            and not isinstance(error, httpx.LocalProtocolError | httpx.UnsupportedProtocol)
        ):
            return self._pause(at_least=0)
        return None

    def after_answer(
        self, status: int, headers: Mapping[str, str], *, broken: bool
    ) -> float | None:
        """Return the seconds to wait before the next try, or None if there is none.

        Args:
            status: The status of the answer.
            headers: The headers of the answer.
            broken: Whether its body did not arrive whole.
        """
        lost = status in _REFUSED_FOR_NOW or (broken and httpx.codes.is_success(status))
        if status == _TOO_MANY_REQUESTS or (self._safe and lost):
            return self._pause(at_least=_retry_after(headers.get("retry-after", "")))
        return None

    def _pause(self, at_least: float) -> float | None:
        retries = self._retries
        if self._done >= retries.limit:
            return None
        most = min(retries.backoff * 2 ** min(self._done, _MAX_DOUBLINGS), retries.backoff_limit)
        self._done += 1
        pause = at_least + uniform(0, most)  # noqa: S311  spreads load, guards nothing
        return pause if time.monotonic() + pause < self.deadline else None


def _retry_after(value: str) -> float:
    """Return what a `Retry-After` asks for in seconds; 0 if it says nothing that can be read."""
    if _SECONDS.fullmatch(value.strip()):
        return float(value)
    try:
        date = parsedate_to_datetime(value)
        # A date without a zone is UTC (RFC 9110, section 5.6.7).
        moment = date if date.tzinfo else date.replace(tzinfo=UTC)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):
        return 0.0


def _is_about_a_certificate(error: BaseException) -> bool:
    return any(isinstance(each, ssl.SSLCertVerificationError) for each in chain(error))


def chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it."""
    seen = set[int]()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.__cause__ or each.__context__
