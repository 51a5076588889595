"""Accounts: the ones that a fresh server holds, and further ones for tests of their own."""

import re
from collections.abc import Sequence
from itertools import count
from typing import Final

from mipos_mock.refusal import Refused, choices, shorten
from mipos_mock.state import Account, State

ACCOUNTS_MAX: Final = 10_000
"""Accounts that there may be at a time."""

STORES_MAX: Final = 100
"""Stores that an account may have."""

_FIRST_STORE = 100  # the ids below are those of a fresh server
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_STORE = re.compile(r"[\x21-\x7e]{1,255}")


def find(state: State, name: str) -> Account:
    """Returns the account with a name.

    Raises:
        Refused: There is none.
    """
    account = state.accounts.get(name)
    if account is None:
        known = choices(list(state.accounts)[:20])
        raise Refused(f"account {shorten(name)!r} is unknown: there are {known}", 404)
    return account


def add(state: State, name: str | None = None, stores: Sequence[str] | None = None) -> Account:
    """Adds an account; a name and one store are made up if none are given.

    Its token and secret follow from its name, so they are as public as those of a fresh server.

    Raises:
        Refused: The name or a store is taken or malformed, or there are too many.
    """
    if len(state.accounts) >= ACCOUNTS_MAX:
        raise Refused(f"there are {ACCOUNTS_MAX} accounts: delete some or reset", 409)
    if name is None:
        names = (f"account-{state.number('account')}" for _ in count())
        name = next(each for each in names if each not in state.accounts)
    if _NAME.fullmatch(name) is None:
        raise Refused(
            f"name is {shorten(name)!r}: send 1 to 64 lower-case letters, digits and hyphens, "
            "the first no hyphen"
        )
    if name in state.accounts:
        raise Refused(
            f"account {name!r} is there already: delete it first or take another name", 409
        )
    taken = {store for each in state.accounts.values() for store in each.stores}
    if stores is None:
        stores = [next(store for n in count(_FIRST_STORE) if (store := str(n)) not in taken)]
    if len(stores) > STORES_MAX:
        raise Refused(f"stores are {len(stores)}: send at most {STORES_MAX}")
    for store in stores:
        if _STORE.fullmatch(store) is None:
            raise Refused(f"store {shorten(store)!r}: send 1 to 255 visible ASCII characters")
        if store in taken:
            raise Refused(
                f"store {shorten(store)!r} belongs to an account already: take another", 409
            )
        taken.add(store)
    account = Account(name, f"mock-token-{name}", f"mock-secret-{name}", stores=tuple(stores))
    state.accounts[name] = account
    state.keeper.save(account)
    return account


def delete(state: State, account: Account) -> None:
    """Removes an account and everything that is its own."""
    clear(state, account)
    del state.accounts[account.name]
    state.keeper.drop(account)


def clear(state: State, account: Account) -> None:
    """Removes webhooks, orders, pushes, faults and menus of an account."""
    for url in list(account.webhooks):
        place = account.webhooks.place(url)
        del account.webhooks[url]
        state.keeper.save_webhook(account, place)
    for order in [each for each in state.orders.values() if each.key.store_id in account.stores]:
        del state.orders[order.key]
        state.keeper.drop(order)
    for items in (state.pushes, state.faults, state.menus):
        gone = [(key, item) for key, item in items.items() if item.account == account.name]
        for key, item in gone:
            del items[key]  # type: ignore[arg-type]
            state.keeper.drop(item)
