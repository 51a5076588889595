"""Remove what a run created on a target that the suite did not start."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from contract_tests.target import NoAnswerError, Target

if TYPE_CHECKING:
    from collections.abc import Generator

    from contract_tests.exchange import Credentials


def remove_leftovers(target: Target) -> list[str]:
    """Delete every webhook of the run, in each account that it used.

    Returns:
        The URLs that are still there, or may be because the target does not say.
    """
    left: list[str] = []
    with _uninterrupted():
        for account in filter(None, (target.account, target.other_account)):
            for url in _own(target, account):
                _delete(target, account, url)
            left += _own(target, account, unknown_is_left=False)
    return left


@contextmanager
def _uninterrupted() -> Generator[None]:
    # A second Ctrl-C must not stop the removal; every call in here is bounded by a time-out.
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in handlers:
        signal.signal(number, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _own(target: Target, account: Credentials, *, unknown_is_left: bool = True) -> list[str]:
    touched = list(target.touched.get(account.account, ()))
    try:
        exchange = target.deliver(target.call("listWebhooks", account))
        items: list[dict[str, Any]] = exchange.value if exchange.answer.status == 200 else []
        listed = [item["url"] for item in items if target.confinement.owns(item["url"])]
    except (NoAnswerError, ValueError, TypeError, KeyError):
        return touched
    # A server that hides a webhook may still have it: those sent by the run are tried as well.
    return list(dict.fromkeys([*listed, *touched])) if unknown_is_left else listed


def _delete(target: Target, account: Credentials, url: str) -> None:
    try:
        target.deliver(target.call("deleteWebhook", account, url=url))
    except NoAnswerError:
        # What is still there afterwards is reported; the other webhooks are tried all the same.
        return
