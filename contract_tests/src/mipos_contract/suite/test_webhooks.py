"""The life of a webhook, step by step: what each call must answer and what the list holds then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mipos_contract.messages import NEW_WEBHOOK_EXISTS, WEBHOOK_EXISTS, WEBHOOK_MISSING
from mipos_contract.oracle import expect_conflict, expect_success
from mipos_contract.violation import ContractError

if TYPE_CHECKING:
    from mipos_contract.exchange import Credentials, Exchange
    from mipos_contract.target import Target

pytestmark = pytest.mark.writes

NAMES = ("x", "x/y", "X-2?shop=3", "x".ljust(20, "x"))


def urls(target: Target, scenario: str) -> list[str]:
    """Return URLs of the run that are easily mixed up, below a path for the scenario."""
    return [f"{target.confinement.prefix}{scenario}/{name}" for name in NAMES]


def expect_listed(
    target: Target, account: Credentials, scenario: str, expected: list[str], after: str
) -> None:
    """Check which of a scenario's URLs an account lists, each as it was registered."""
    exchange = target.request("listWebhooks", account)
    expect_success(exchange, "the account is usable")
    root = f"{target.confinement.prefix}{scenario}/"
    listed = [item["url"] for item in exchange.value if item["url"].startswith(root)]
    if sorted(listed) != sorted(expected):
        headline = f"after {after}, {account.account} lists {listed}."
        raise ContractError("other-list", headline, f"{expected}, in any order.", exchange)


def test_a_webhook_is_created_updated_and_deleted(target: Target) -> None:
    """Each change lasts, is listed as registered, and conflicts when it is made twice."""
    account, (first, second, third, _) = target.account, urls(target, "life")

    def call(operation_id: str, **fields: str) -> Exchange:
        return target.request(operation_id, account, **fields)

    expect_success(call("createWebhook", url=first), "the URL is new")
    expect_conflict(call("createWebhook", url=first), "the account has this URL", WEBHOOK_EXISTS)
    expect_success(call("createWebhook", url=second, type="Menu"), "the URL is new")
    expect_listed(target, account, "life", [first, second], "two creates")
    taken = call("updateWebhook", current_url=first, new_url=second)
    expect_conflict(taken, "the account has the new URL", NEW_WEBHOOK_EXISTS)
    missing = call("updateWebhook", current_url=third, new_url=f"{third}0")
    expect_conflict(missing, "there is no such webhook", WEBHOOK_MISSING)
    updated = call("updateWebhook", current_url=first, new_url=third)
    expect_success(updated, "the new URL is free")
    expect_listed(target, account, "life", [second, third], "an update")
    expect_conflict(call("deleteWebhook", url=first), "it has another URL now", WEBHOOK_MISSING)
    expect_success(call("deleteWebhook", url=third), "the account has it")
    expect_conflict(call("deleteWebhook", url=third), "it was removed", WEBHOOK_MISSING)
    expect_listed(target, account, "life", [second], "a delete")
    expect_success(call("createWebhook", url=third), "it was removed before")
    for url in (second, third):
        expect_success(call("deleteWebhook", url=url), "the account has it")


def test_webhooks_last(target: Target) -> None:
    """A dozen webhooks are all listed, and go one by one."""
    base = urls(target, "many")[0]
    expected = [f"{base}{number}" for number in range(12)]
    for url in expected:
        expect_success(target.request("createWebhook", url=url), "the URL is new")
    expect_listed(target, target.account, "many", expected, "twelve creates")
    while expected:
        expect_success(target.request("deleteWebhook", url=expected.pop()), "it is there")
        expect_listed(target, target.account, "many", expected, "a delete")


@pytest.mark.two_accounts
def test_accounts_do_not_meet(target: Target) -> None:
    """What one account creates, changes and deletes, the other does not see."""
    other = target.other_account
    assert other is not None
    mine, theirs = urls(target, "mine"), urls(target, "theirs")
    for url, its in zip(mine, theirs, strict=True):
        expect_success(target.request("createWebhook", url=url), "the URL is new")
        expect_success(target.request("createWebhook", other, url=its), "the URL is new")

    foreign = "it is another account's webhook"
    updated = target.request("updateWebhook", other, current_url=mine[0], new_url=f"{mine[0]}0")
    expect_conflict(updated, foreign, WEBHOOK_MISSING)
    expect_conflict(target.request("deleteWebhook", other, url=mine[1]), foreign, WEBHOOK_MISSING)
    expect_success(target.request("deleteWebhook", url=mine[2]), "the account has it")
    updated = target.request("updateWebhook", current_url=mine[3], new_url=mine[2])
    expect_success(updated, "the new URL is free")

    expect_listed(target, target.account, "mine", mine[:3], "a delete and an update")
    expect_listed(target, other, "theirs", theirs, "changes in the first account")
    for url, its in zip(mine[:3], theirs, strict=False):
        expect_success(target.request("deleteWebhook", url=url), "the account has it")
        expect_success(target.request("deleteWebhook", other, url=its), "the account has it")
    expect_success(target.request("deleteWebhook", other, url=theirs[3]), "the account has it")


@pytest.mark.two_accounts
@pytest.mark.mock_only("no document says whether a URL may stand in two accounts")
def test_two_accounts_may_have_the_same_url(target: Target) -> None:
    """A change in one account leaves the same URL in the other alone."""
    other = target.other_account
    assert other is not None
    shared = urls(target, "shared")
    for account in (target.account, other):
        for url in shared:
            expect_success(target.request("createWebhook", account, url=url), "it is new here")
    expect_success(target.request("deleteWebhook", url=shared[0]), "the account has it")
    updated = target.request("updateWebhook", current_url=shared[1], new_url=shared[0])
    expect_success(updated, "the new URL is free")

    left = [shared[0], *shared[2:]]
    expect_listed(target, target.account, "shared", left, "a delete and an update")
    expect_listed(target, other, "shared", shared, "changes in the first account")
    for account in (target.account, other):
        for url in target.webhooks(account):
            if url in shared:
                expect_success(target.request("deleteWebhook", account, url=url), "it is there")
