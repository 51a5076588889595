"""How fast and how often a run may send."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from mipos_contract.violation import BudgetError

if TYPE_CHECKING:
    from collections.abc import Callable


class Pace:
    """At most so many requests a second, evenly spaced, and so many in all; for any thread.

    Attributes:
        rate: requests a second, None for no limit.
        budget: requests in all, None for no limit.
        sent: requests that were let through.
        on_sent: called after each of them.
    """

    def __init__(self, rate: float | None, budget: int | None) -> None:
        self.rate = rate
        self.budget = budget
        self.sent = 0
        self.on_sent: Callable[[], None] | None = None
        self._lock = threading.Lock()
        self._free_at = 0.0

    def wait(self, calls: int = 1, *, beyond_budget: bool = False) -> None:
        """Wait until so many requests may be sent at once, and count them.

        A burst is paid for before it: no stretch of time that ends with it has more than the rate.

        Args:
            calls: how many will be sent.
            beyond_budget: whether they go even when the budget is used up, to clean up.

        Raises:
            BudgetError: the budget does not allow for them.
        """
        with self._lock:
            if not beyond_budget and self.budget is not None and self.sent + calls > self.budget:
                raise BudgetError(
                    f"the budget of {self.budget} requests is used up: allow more with"
                    " MIPOS_BUDGET, or ask for fewer cases with --examples"
                )
            self.sent += calls
            start = now = time.monotonic()
            if self.rate is not None:
                start = max(now, self._free_at) + (calls - 1) / self.rate
                self._free_at = start + 1 / self.rate
        if self.on_sent is not None:
            self.on_sent()
        time.sleep(start - now)
