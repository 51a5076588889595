"""The life of a webhook, step by step: what each call must answer and what the list holds then."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from mipos_contract.exchange import shortened
from mipos_contract.messages import (
    NEW_WEBHOOK_EXISTS,
    WEBHOOK_EXISTS,
    WEBHOOK_MISSING,
    WEBHOOK_NOT_CREATED,
)
from mipos_contract.oracle import difference, expect_conflict, expect_success
from mipos_contract.violation import ContractError

if TYPE_CHECKING:
    from mipos_contract.exchange import Credentials, Exchange
    from mipos_contract.target import Target

pytestmark = pytest.mark.writes

# More than a common page of a list, and what any account must be able to have.
MANY, FEW = 105, 12
# What a server escapes, decodes, cuts or loses on its way to the database and back.
ODD_NAMES = {
    "ampersand": "a?x=1&y=2",
    "escapes": "a%20b%2Fc",
    "plus": "a+b?c=d+e",
    "quote": "it's",
    "angle brackets": "a?<b>",
    "120 characters": "a" * 120,
    "300 characters": "a" * 300,
    "1,100 characters": "a" * 1_100,
    "letters outside ASCII": "men\u00fa/\u00f1",
    "astral": "\U0001f355",
    "backslash": "a\\b",
    "slash at the end": "a/",
}
NAMES = ("x", "x/y", "X-2?shop=3", "x".ljust(20, "x"))


def urls(target: Target, scenario: str) -> list[str]:
    """Return URLs of the run that are easily mixed up, below a path for the scenario."""
    return [f"{target.confinement.prefix}{scenario}/{name}" for name in NAMES]


def equivalents(url: str) -> list[str]:
    """Return how else a platform may write a URL with characters that no URL may have."""
    escaped = quote(url, safe=":/?&=+%'")
    return [escaped, url.replace("\\", "/")]


def expect_listed(
    target: Target, account: Credentials, scenario: str, expected: list[str], after: str
) -> None:
    """Check which of a scenario's URLs an account lists, each as it was registered."""
    exchange = target.request("listWebhooks", account)
    expect_success(exchange, "the account is usable")
    root = f"{target.confinement.prefix}{scenario}/"
    listed = [item["url"] for item in exchange.value if item["url"].startswith(root)]
    if differs := difference(listed, expected):
        headline = f"after {after}, the list of {account.account} {differs}."
        says = f"{len(expected)} of the URLs below {root}: {shortened(', '.join(expected))}"
        raise ContractError("other-list", headline, says, exchange)


def test_a_webhook_is_created_updated_and_deleted(target: Target) -> None:
    """Each change lasts, is listed as registered, and conflicts when it is made twice."""
    account, (first, second, third, _) = target.account, urls(target, "life")

    def call(operation_id: str, **fields: str) -> Exchange:
        return target.request(operation_id, account, **fields)

    expect_success(call("createWebhook", url=first), "the URL is new")
    expect_conflict(call("createWebhook", url=first), "the account has this URL", WEBHOOK_EXISTS)
    expect_success(call("createWebhook", url=second, type="Menu"), "the URL is new")
    expect_listed(target, account, "life", [first, second], "two creates and a refused one")
    taken = call("updateWebhook", current_url=first, new_url=second)
    expect_conflict(taken, "the account has the new URL", NEW_WEBHOOK_EXISTS)
    missing = call("updateWebhook", current_url=third, new_url=f"{third}0")
    expect_conflict(missing, "there is no such webhook", WEBHOOK_MISSING)
    expect_listed(target, account, "life", [first, second], "two refused updates")
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


def test_many_webhooks_last(target: Target) -> None:
    """More than a page of webhooks are all listed and unique, and go one by one."""
    base = urls(target, "many")[0]
    expected = list[str]()
    for number in range(MANY):
        url = f"{base}{number}"
        exchange = target.request("createWebhook", url=url)
        if number >= FEW and exchange.answer.status == 409:
            # The platform may allow an account only so many.
            expect_conflict(exchange, "the account is full", WEBHOOK_NOT_CREATED)
            break
        expect_success(exchange, "the URL is new")
        expected.append(url)
    expect_listed(target, target.account, "many", expected, f"{len(expected)} creates")
    for url in expected[:FEW]:
        again = target.request("createWebhook", url=url)
        expect_conflict(again, "the account has this URL", WEBHOOK_EXISTS)
    while expected:
        expect_success(target.request("deleteWebhook", url=expected.pop()), "it is there")
        if len(expected) < FEW:
            expect_listed(target, target.account, "many", expected, "a delete")


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES.keys())
def test_a_url_is_listed_as_it_was_registered(target: Target, name: str) -> None:
    """Whatever text is accepted as a URL is listed, found and removed as that text."""
    url = f"{target.confinement.prefix}odd/{name}"
    if not target.request("createWebhook", url=url).succeeded:
        return  # No page says which URLs must be accepted.
    same = [url] if target.is_mock else [url, *equivalents(url)]
    listed = [each for each in target.webhooks() if each in same]
    expect_listed(target, target.account, "odd", listed or [url], f"the creation of {url}")
    expect_success(target.request("deleteWebhook", url=url), "the account has it")
    expect_listed(target, target.account, "odd", [], f"the removal of {url}")


@pytest.mark.two_accounts
def test_accounts_do_not_meet(target: Target) -> None:
    """What one account creates, changes and deletes, the other does not see."""
    other = target.other_account
    assert other is not None
    mine, theirs = urls(target, "apart/mine"), urls(target, "apart/theirs")
    for url, its in zip(mine, theirs, strict=True):
        expect_success(target.request("createWebhook", url=url), "the URL is new")
        expect_success(target.request("createWebhook", other, url=its), "the URL is new")

    # Below one path, so that what lands in the wrong account is in sight.
    expect_listed(target, target.account, "apart", mine, "creates in both accounts")
    expect_listed(target, other, "apart", theirs, "creates in both accounts")

    foreign = "it is another account's webhook"
    updated = target.request("updateWebhook", other, current_url=mine[0], new_url=f"{mine[0]}0")
    expect_conflict(updated, foreign, WEBHOOK_MISSING)
    expect_conflict(target.request("deleteWebhook", other, url=mine[1]), foreign, WEBHOOK_MISSING)
    expect_success(target.request("deleteWebhook", url=mine[2]), "the account has it")
    updated = target.request("updateWebhook", current_url=mine[3], new_url=mine[2])
    expect_success(updated, "the new URL is free")

    expect_listed(target, target.account, "apart", mine[:3], "a delete and an update")
    expect_listed(target, other, "apart", theirs, "changes in the first account")
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
