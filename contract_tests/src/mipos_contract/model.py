"""A model of what the documents say of webhooks and orders, to compare a server with.

Hypothesis draws sequences of calls; after each one the model knows what must have come back, and
what the lists of both accounts must hold. All webhooks stand under a path of their own, so the
accounts need not be empty and runs do not meet.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mipos_contract.messages import (
    NEW_WEBHOOK_EXISTS,
    ORDER_NOT_FOUND,
    STORE_NOT_AVAILABLE,
    WEBHOOK_EXISTS,
    WEBHOOK_MISSING,
    WEBHOOK_NOT_CREATED,
)
from mipos_contract.oracle import expect_conflict, expect_success
from mipos_contract.settings import OrderKey
from mipos_contract.violation import ContractError

if TYPE_CHECKING:
    from typing import Protocol

    from mipos_contract.exchange import Credentials, Exchange
    from mipos_contract.target import Target

    class Request(Protocol):
        """Sends a well-formed request with these fields, and checks the answer."""

        def __call__(
            self, operation_id: str, credentials: Credentials | None = None, **fields: object
        ) -> Exchange:
            """Return the call as it was sent, with its answer."""
            ...


# On the mock: names that a careless comparison takes for each other.
NEAR_NAMES = ("a", "A", "a/", "a?x=1", "a?X=1", "a%20", "a%2520", "b", "b".ljust(1_500, "b"))
# Elsewhere: names that no comparison takes for each other, since no document says how it compares.
PLAIN_NAMES = ("a", "b", "c", "d", "e")

_numbers = itertools.count()

accounts = st.integers(min_value=0, max_value=1)
names = st.integers(min_value=0, max_value=len(NEAR_NAMES) - 1)
types = st.sampled_from([None, "ORDER", "Menu"])


class PlatformModel(RuleBasedStateMachine):
    """Webhooks of one or two accounts, and pending orders where the target lets us place some."""

    def __init__(self, target: Target, request: Request) -> None:
        """Begin with what both accounts list.

        Args:
            target: the server.
            request: sends a call to it, as `Target.request` does, and checks the answer.
        """
        super().__init__()
        self.target = target
        self.request = request
        self.root = f"{target.confinement.prefix}model/{next(_numbers)}/"
        self.accounts = tuple(filter(None, (target.account, target.other_account)))
        self.own: tuple[set[str], ...] = tuple(set[str]() for _ in self.accounts)
        self.others = tuple(Counter(target.webhooks(account)) for account in self.accounts)
        self.sent: list[str] = []
        self.placed: list[OrderKey] = []
        self.pending: set[OrderKey] = set()

    @rule(account=accounts, name=names, kind=types)
    def create(self, account: int, name: int, kind: str | None) -> None:
        """A URL that the account lacks is created; one that it has conflicts."""
        self._create(account, self._url(name), kind)

    @precondition(lambda self: any(self.own))
    @rule(account=accounts, index=names)
    def create_existing(self, account: int, index: int) -> None:
        """The same for a URL that is there, which a drawn name seldom is."""
        own = sorted(self._own(account))
        if own:
            self._create(account, own[index % len(own)], None)

    @rule(account=accounts, name=names, new=names)
    def update(self, account: int, name: int, new: int) -> None:
        """The URL of a webhook changes; without the webhook, or onto another one, it conflicts."""
        self._update(account, self._url(name), self._url(new))

    @precondition(lambda self: any(self.own))
    @rule(account=accounts, index=names, new=names)
    def update_existing(self, account: int, index: int, new: int) -> None:
        """The same for a webhook that is there."""
        own = sorted(self._own(account))
        if own:
            self._update(account, own[index % len(own)], self._url(new))

    @rule(account=accounts, name=names)
    def delete(self, account: int, name: int) -> None:
        """A webhook that the account has is removed; any other conflicts."""
        self._delete(account, self._url(name))

    @precondition(lambda self: any(self.own))
    @rule(account=accounts, index=names)
    def delete_existing(self, account: int, index: int) -> None:
        """The same for a webhook that is there."""
        own = sorted(self._own(account))
        if own:
            self._delete(account, own[index % len(own)])

    @precondition(lambda self: self.target.is_mock)
    @rule()
    def place_order(self) -> None:
        """The platform gets an order."""
        name = f"{self.target.confinement.run}-model-{next(_numbers)}"
        order = OrderKey("1", self.target.store_id, name)
        self.target.place_order(order)
        self.placed.append(order)
        self.sent.append(f"the platform gets the order {json.dumps(asdict(order))}")
        self.pending.add(order)

    @precondition(lambda self: self.placed)
    @rule(
        account=accounts,
        index=names,
        wrong=st.sampled_from([None, "delivery_id", "order_external_id"]),
    )
    def accept(self, account: int, index: int, wrong: str | None) -> None:
        """A pending order is accepted once, by its account, with all its ids."""
        order = self.placed[index % len(self.placed)]
        sent = order if wrong is None else replace(order, **{wrong: f"{getattr(order, wrong)}0"})
        credentials = self._account(account)
        exchange = self._request("acceptOrder", credentials, asdict(sent))
        if credentials is not self.target.account:
            expect_conflict(exchange, "the store is another account's", STORE_NOT_AVAILABLE)
        elif sent in self.pending:
            expect_success(exchange, "the order is pending")
            self.pending.remove(sent)
        else:
            expect_conflict(exchange, "no such order is pending", ORDER_NOT_FOUND)

    @invariant()
    def lists_agree(self) -> None:
        """Each account lists its webhooks once each, and the ones from before are untouched."""
        for credentials, own, others in zip(self.accounts, self.own, self.others, strict=True):
            exchange = self.request("listWebhooks", credentials)
            expect_success(exchange, "the account is usable")
            listed = Counter(item["url"] for item in exchange.value)
            self._compare(exchange, listed, own, others)

    def _compare(
        self, exchange: Exchange, listed: Counter[str], own: set[str], others: Counter[str]
    ) -> None:
        says = "the webhooks that were created, changed and not deleted, and no other account's."
        mine = Counter({url: count for url, count in listed.items() if url.startswith(self.root)})
        if lost := Counter(own) - mine:
            raise ContractError("webhook-lost", f"the list lacks {_shown(lost)}.", says, exchange)
        if more := mine - Counter(own):
            raise ContractError(
                "webhook-too-much", f"the list has {_shown(more)} too much.", says, exchange
            )
        if gone := others - listed:
            raise ContractError(
                "foreign-webhook-lost",
                f"webhooks from before the run are gone: {_shown(gone)}.",
                says,
                exchange,
            )

    def teardown(self) -> None:
        """Remove what is left; whether that works has been checked by then."""
        for credentials, own in zip(self.accounts, self.own, strict=True):
            for url in own:
                self.target.deliver(self.target.call("deleteWebhook", credentials, url=url))

    def _create(self, account: int, url: str, kind: str | None) -> None:
        credentials, own = self._account(account), self._own(account)
        fields = {"url": url} if kind is None else {"url": url, "type": kind}
        exchange = self._request("createWebhook", credentials, fields)
        if url in own:
            expect_conflict(exchange, "the account has this URL already", WEBHOOK_EXISTS)
        elif self._is_taken_elsewhere(account, url) and exchange.answer.status == 409:
            # No document says whether a URL may stand in two accounts.
            why = "another account may have this URL"
            expect_conflict(exchange, why, WEBHOOK_EXISTS, WEBHOOK_NOT_CREATED)
        else:
            expect_success(exchange, "the account does not have this URL")
            own.add(url)

    def _delete(self, account: int, url: str) -> None:
        credentials, own = self._account(account), self._own(account)
        exchange = self._request("deleteWebhook", credentials, {"url": url})
        if url in own:
            expect_success(exchange, "the account has this webhook")
            own.remove(url)
        else:
            expect_conflict(exchange, "the account does not have this webhook", WEBHOOK_MISSING)

    def _update(self, account: int, url: str, new: str) -> None:
        credentials, own = self._account(account), self._own(account)
        fields = {"current_url": url, "new_url": new}
        exchange = self._request("updateWebhook", credentials, fields)
        missing, taken = url not in own, new in own
        unclear = url == new or (missing and taken) or self._is_taken_elsewhere(account, new)
        if unclear and not self.target.is_mock and exchange.answer.status == 409:
            # The documents rank neither message, nor do they say what a change into itself is.
            return
        if missing:
            expect_conflict(exchange, "the account does not have this webhook", WEBHOOK_MISSING)
        elif taken and not (url == new and not self.target.is_mock):
            expect_conflict(exchange, "the account has the new URL already", NEW_WEBHOOK_EXISTS)
        else:
            expect_success(exchange, "the account has this webhook, and the new URL is free")
            own.remove(url)
            own.add(new)

    def _request(
        self, operation_id: str, credentials: Credentials, fields: dict[str, str]
    ) -> Exchange:
        self.sent.append(f"{credentials.account} {operation_id} {json.dumps(fields)}")
        exchange = self.request(operation_id, credentials, **fields)
        self.sent[-1] += f" -> {exchange.answer.status}"
        return exchange

    def _url(self, name: int) -> str:
        pool = NEAR_NAMES if self.target.is_mock else PLAIN_NAMES
        return self.root + pool[name % len(pool)]

    def _account(self, index: int) -> Credentials:
        return self.accounts[index % len(self.accounts)]

    def _own(self, index: int) -> set[str]:
        return self.own[index % len(self.own)]

    def _is_taken_elsewhere(self, account: int, url: str) -> bool:
        if self.target.is_mock:
            return False
        own = self._own(account)
        return any(url in urls for urls in self.own if urls is not own)


def _shown(urls: Counter[str]) -> str:
    return ", ".join(url if count == 1 else f"{url} ({count} times)" for url, count in urls.items())
