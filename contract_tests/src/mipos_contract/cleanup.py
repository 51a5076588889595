"""Remove what a run created on a target that the suite did not start."""

from __future__ import annotations

import json
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from mipos_contract.exchange import shortened
from mipos_contract.violation import NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import FrameType

    from mipos_contract.exchange import Credentials
    from mipos_contract.target import Target

# SIGHUP, which not every system has, comes when a terminal is closed.
_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
# A target that is gone or slow is not asked for each webhook in turn, so that all of the removal
# fits into the minute that `nox -s contract` leaves to it.
_PATIENCE = 3
_SECONDS = 45.0
_CALL_SECONDS = 4.0
_MAX_LINES = 10


@dataclass(slots=True)
class Cleanup:
    """What became of the run's webhooks.

    Attributes:
        removed: how many the target says it removed.
        left: those that the target still lists.
        unsure: those that may be there, since the target did not say.
    """

    removed: int = 0
    left: list[str] = field(default_factory=list[str])
    unsure: list[str] = field(default_factory=list[str])

    def lines(self, prefix: str) -> list[str]:
        """Return what to tell the reader, for webhooks that all begin with the prefix."""
        lines = [f"cleaned up: {self.removed} webhooks removed"]
        for title, urls in (("LEFT BEHIND", self.left), ("MAY BE LEFT BEHIND", self.unsure)):
            if urls:
                lines.append(f"{title}: {len(urls)} webhooks under {prefix}; remove them by hand:")
                # As JSON, since a URL of the run may hold line breaks and other control characters.
                lines += [f"  {shortened(json.dumps(url))}" for url in urls[:_MAX_LINES]]
                lines += ["  ..."] if len(urls) > _MAX_LINES else []
        return lines


def interrupt_once() -> None:
    """Let the first signal to end end the run, and later ones not disturb the removal.

    All are set, as a background job and some CI runners start their children with SIGINT ignored.
    """
    for number in _SIGNALS:
        signal.signal(number, _interrupt)


def remove_leftovers(target: Target) -> Cleanup:
    """Delete every webhook of the run, in each account that it used, for 45 seconds at most."""
    with _uninterrupted():
        return remove(target, target.confinement.owns, _SECONDS)


def remove(target: Target, owns: Callable[[object], bool], seconds: float) -> Cleanup:
    """Delete webhooks, in each account of the target.

    Args:
        target: the server.
        owns: which URLs to delete, besides those that the run touched.
        seconds: how long to go on.
    """
    cleanup = Cleanup()
    deadline = time.monotonic() + seconds
    for account in filter(None, (target.account, target.other_account)):
        _remove(target, account, owns, cleanup, deadline)
    return cleanup


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


@contextmanager
def _uninterrupted() -> Generator[None]:
    handlers = {number: signal.signal(number, signal.SIG_IGN) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _remove(
    target: Target,
    account: Credentials,
    owns: Callable[[object], bool],
    cleanup: Cleanup,
    deadline: float,
) -> None:
    # A server that hides a webhook may still have it: those sent by the run are tried as well.
    touched = target.touched.get(account.account, {})
    urls = list(dict.fromkeys([*(_listed(target, account, owns) or ()), *touched]))
    unsure: list[str] = []
    for number, url in enumerate(urls):
        if len(unsure) >= _PATIENCE or time.monotonic() > deadline:
            unsure += urls[number:]
            break
        status = _delete(target, account, url)
        cleanup.removed += status == 200
        if status not in {200, 409}:
            unsure.append(url)
    left = _listed(target, account, owns)
    if left is None:
        cleanup.unsure += unsure
    else:
        cleanup.left += left


def _listed(
    target: Target, account: Credentials, owns: Callable[[object], bool]
) -> list[str] | None:
    try:
        exchange = target.deliver(
            target.call("listWebhooks", account), _CALL_SECONDS, beyond_budget=True
        )
        if exchange.answer.status != 200:
            return None
        items: list[dict[str, Any]] = exchange.value
        return [item["url"] for item in items if owns(item["url"])]
    except (NoAnswerError, RecursionError, ValueError, TypeError, KeyError):
        return None


def _delete(target: Target, account: Credentials, url: str) -> int | None:
    try:
        call = target.call("deleteWebhook", account, url=url)
        return target.deliver(call, _CALL_SECONDS, beyond_budget=True).answer.status
    except NoAnswerError:
        return None
