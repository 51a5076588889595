"""What a fresh server holds. All of it is public: no value here opens a real account."""

from mipos_mock.state import (
    Account,
    AccountStatus,
    Delivery,
    DeliveryStatus,
    Order,
    OrderKey,
    State,
)


def fresh_state() -> State:
    """Returns a new state with the accounts, deliveries and orders of a fresh server."""
    accounts = (
        Account("alpha", "mock-token-alpha", stores=("3", "10")),
        Account("beta", "mock-token-beta", stores=("4",)),
        Account("signed-out", "mock-token-signed-out", status=AccountStatus.SIGNED_OUT),
        Account("deleted", "mock-token-deleted", status=AccountStatus.DELETED),
        Account(
            "read-only",
            "mock-token-read-only",
            webhooks={"https://pos.example/read-only": "ORDER"},
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
    return State(
        accounts={account.name: account for account in accounts},
        deliveries={delivery.id: delivery for delivery in deliveries},
        orders={key: Order(key) for key in orders},
    )


def reset(state: State) -> None:
    """Puts a state back to what a fresh server holds."""
    fresh = fresh_state()
    state.accounts = fresh.accounts
    state.deliveries = fresh.deliveries
    state.orders = fresh.orders
