"""Simultaneous requests add up: one of them wins, and the list agrees with the answers.

Bounded: a handful of requests at once, a few rounds, as many of them as the rate allows for.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from mipos_contract.exchange import shortened
from mipos_contract.messages import NEW_WEBHOOK_EXISTS, WEBHOOK_EXISTS, WEBHOOK_MISSING
from mipos_contract.oracle import difference, expect_conflict, expect_success
from mipos_contract.violation import ContractError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mipos_contract.exchange import Call, Exchange
    from mipos_contract.settings import OrderKey
    from mipos_contract.target import Target

pytestmark = pytest.mark.writes

ROUNDS = 3
# A database that finds the conflict may word it as a failure of its own.
UNABLE = {
    "createWebhook": "Unable to set up the webhook URL.",
    "updateWebhook": "Unable to update the webhook URL.",
    "deleteWebhook": "Unable to remove the webhook URL.",
}


def register(target: Target, *urls: str) -> None:
    """Create webhooks, one after another."""
    for url in urls:
        expect_success(target.request("createWebhook", url=url), "the URL is new")


def expect_one_winner(target: Target, calls: Sequence[Call], message: str, what: str) -> Exchange:
    """Send calls at once, check that one succeeds and the others conflict, and return that one."""
    exchanges = target.together(calls)
    operation = calls[0].operation
    winners = [each for each in exchanges if each.succeeded]
    if len(winners) != 1:
        # A second success is the answer that should not have been.
        raise ContractError(
            "race",
            f"of {len(calls)} simultaneous requests {what}, {len(winners)} succeeded.",
            f"exactly one succeeds, and the others get 409 with {message!r}.",
            (winners or exchanges)[-1],
        )
    messages = [message] if target.is_mock else [message, UNABLE[operation.id]]
    for exchange in exchanges:
        if exchange is not winners[0]:
            expect_conflict(exchange, f"another request {what} came first", *messages)
    return winners[0]


def expect_listed(target: Target, root: str, expected: Sequence[str], after: str) -> None:
    """Check that the list has these URLs below the root, once each, and no others."""
    exchange = target.request("listWebhooks")
    expect_success(exchange, "the account is usable")
    listed = [item["url"] for item in exchange.value if item["url"].startswith(root)]
    if differs := difference(listed, expected):
        says = f"{len(expected)} URLs below {root}: {shortened(', '.join(expected))}"
        headline = f"after simultaneous {after} the list {differs}."
        raise ContractError("race", headline, says, exchange)


def remove(target: Target, *urls: str) -> None:
    """Delete webhooks, one after another."""
    for url in urls:
        expect_success(target.request("deleteWebhook", url=url), "the list has it")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_one_of_many_creates_of_a_url_succeeds(target: Target, number: int) -> None:
    """Exactly one gets 201, and the URL is listed once."""
    root = f"{target.confinement.prefix}race/create/{number}/"
    call = target.call("createWebhook", url=f"{root}a")

    expect_one_winner(target, [call] * target.burst, WEBHOOK_EXISTS, "to create one URL")

    expect_listed(target, root, [f"{root}a"], "creates of one URL")
    remove(target, f"{root}a")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_simultaneous_creates_of_many_urls_all_last(target: Target, number: int) -> None:
    """Each gets 201, and each is listed."""
    root = f"{target.confinement.prefix}race/many/{number}/"
    urls = [f"{root}{each}" for each in range(target.burst)]

    for exchange in target.together([target.call("createWebhook", url=url) for url in urls]):
        expect_success(exchange, "the URL is new")

    expect_listed(target, root, urls, "creates of several URLs")
    remove(target, *urls)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_one_of_many_updates_of_a_webhook_succeeds(target: Target, number: int) -> None:
    """Exactly one gets 200, and the list has the URL that it asked for."""
    root = f"{target.confinement.prefix}race/update/{number}/"
    register(target, f"{root}old")
    calls = [
        target.call("updateWebhook", current_url=f"{root}old", new_url=f"{root}{each}")
        for each in range(target.burst)
    ]

    winner = expect_one_winner(target, calls, WEBHOOK_MISSING, "to change one webhook")

    new = str((winner.call.fields or {})["new_url"])
    expect_listed(target, root, [new], "changes of one webhook")
    remove(target, new)


def test_one_of_many_updates_to_a_url_succeeds(target: Target) -> None:
    """Exactly one gets 200, and the URL is listed once."""
    root = f"{target.confinement.prefix}race/onto/"
    old = [f"{root}{each}" for each in range(target.burst)]
    register(target, *old)
    calls = [target.call("updateWebhook", current_url=url, new_url=f"{root}new") for url in old]

    winner = expect_one_winner(target, calls, NEW_WEBHOOK_EXISTS, "to change a webhook to one URL")

    moved = str((winner.call.fields or {})["current_url"])
    left = [f"{root}new", *(url for url in old if url != moved)]
    expect_listed(target, root, left, "changes to one URL")
    remove(target, *left)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_one_of_many_deletes_of_a_webhook_succeeds(target: Target, number: int) -> None:
    """Exactly one gets 200, and the list has it no more."""
    root = f"{target.confinement.prefix}race/delete/{number}/"
    register(target, f"{root}a", f"{root}b")
    call = target.call("deleteWebhook", url=f"{root}a")

    expect_one_winner(target, [call] * target.burst, WEBHOOK_MISSING, "to delete one webhook")

    expect_listed(target, root, [f"{root}b"], "deletes of one webhook")
    remove(target, f"{root}b")


@pytest.mark.mock_only("no document says what a second acceptance gets")
def test_one_of_many_acceptances_of_an_order_succeeds(
    target: Target, pending_order: OrderKey
) -> None:
    """Exactly one gets 200."""
    call = target.call("acceptOrder", **asdict(pending_order))

    expect_one_winner(target, [call] * target.burst, "Order not found.", "to accept one order")


@pytest.mark.two_accounts
@pytest.mark.parametrize("number", range(ROUNDS))
def test_simultaneous_requests_stay_in_their_account(target: Target, number: int) -> None:
    """Two accounts at once each create, and list, what is theirs."""
    root = f"{target.confinement.prefix}race/apart/{number}/"
    accounts = {f"{root}mine": target.account, f"{root}theirs": target.other_account}
    creates = [target.call("createWebhook", account, url=url) for url, account in accounts.items()]
    for exchange in target.together(creates):
        expect_success(exchange, "the URL is new")
    lists = [target.call("listWebhooks", account) for account in accounts.values()]
    for exchange, url in zip(target.together(lists), accounts, strict=True):
        expect_success(exchange, "the account is usable")
        listed = [item["url"] for item in exchange.value if item["url"].startswith(root)]
        if listed != [url]:
            headline = f"after simultaneous requests of two accounts the list has {listed}."
            raise ContractError("race", headline, f"{[url]}, the account's own.", exchange)
    for url, account in accounts.items():
        expect_success(target.request("deleteWebhook", account, url=url), "the account has it")


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_list_during_a_change_has_what_does_not_change(target: Target, number: int) -> None:
    """A webhook that is left alone is listed while others are created."""
    root = f"{target.confinement.prefix}race/during/{number}/"
    register(target, f"{root}left-alone")
    create, listing = target.call("createWebhook", url=f"{root}a"), target.call("listWebhooks")
    for exchange in target.together([create, *[listing] * (target.burst - 1)])[1:]:
        expect_success(exchange, "the account is usable")
        if f"{root}left-alone" not in [item["url"] for item in exchange.value]:
            headline = "a list during a change lacks a webhook that did not change."
            raise ContractError("race", headline, f"{root}left-alone among others.", exchange)
    remove(target, f"{root}left-alone", f"{root}a")
