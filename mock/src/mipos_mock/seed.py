"""What a fresh server holds. All of it is public: no value here opens a real account."""

from mipos_mock.hooks import Webhooks
from mipos_mock.scenarios import documented_example
from mipos_mock.state import (
    Account,
    AccountStatus,
    Delivery,
    DeliveryStatus,
    Order,
    OrderKey,
    State,
)
from mipos_mock.wire import encode


def fresh_state() -> State:
    """Returns a new state with the accounts, deliveries and orders of a fresh server."""
    state = State()
    reset(state)
    return state


def reset(state: State) -> None:
    """Puts a state back to what a fresh server holds."""
    accounts = (
        Account("alpha", "mock-token-alpha", "mock-secret-alpha", stores=("3", "10")),
        Account("beta", "mock-token-beta", "mock-secret-beta", stores=("4",)),
        Account(
            "signed-out",
            "mock-token-signed-out",
            "mock-secret-signed-out",
            status=AccountStatus.SIGNED_OUT,
        ),
        Account(
            "deleted", "mock-token-deleted", "mock-secret-deleted", status=AccountStatus.DELETED
        ),
        Account(
            "read-only",
            "mock-token-read-only",
            "mock-secret-read-only",
            webhooks=Webhooks({"https://pos.example/read-only": "ORDER"}),
            read_only=True,
        ),
    )
    deliveries = (
        Delivery("1", DeliveryStatus.READY),
        Delivery("2", DeliveryStatus.NOT_CONFIGURED),
        Delivery("3", DeliveryStatus.NO_TOKEN),
        Delivery("4", DeliveryStatus.UNREACHABLE),
    )
    orders = (
        OrderKey("1", "3", "01f1b8ce-a65d-4876-a72f-8f549f3566b7"),
        OrderKey("2", "3", "order-not-configured"),
        OrderKey("3", "3", "order-no-token"),
        OrderKey("4", "3", "order-unreachable"),
    )
    state.accounts = {account.name: account for account in accounts}
    state.deliveries = {delivery.id: delivery for delivery in deliveries}
    state.orders = {
        key: Order(key, id=number, scenario="documented", body=_body(key))
        for number, key in enumerate(orders, 1)
    }
    state.pushes, state.faults, state.menus = {}, {}, {}
    state.recall()


def refill(state: State, account: Account) -> None:
    """Gives a cleared account the webhooks and orders that a fresh server holds for it."""
    fresh = fresh_state()
    for url, kind in (
        fresh.accounts[account.name].webhooks.items() if account.name in fresh.accounts else ()
    ):
        account.webhooks[url] = kind
        state.keeper.save_webhook(account, account.webhooks.place(url))
    for key, order in fresh.orders.items():
        if key.store_id in account.stores:
            order.id = state.number("order")
            state.orders[key] = order
            state.keeper.save(order)


def _body(key: OrderKey) -> str:
    order = documented_example(
        external_id=key.order_external_id, store_id=key.store_id, delivery_id=int(key.delivery_id)
    )
    return encode(order)
