"""The routes of the control interface: what each takes, does and answers."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mipos_mock import faults
from mipos_mock.control import handlers as do
from mipos_mock.control.arguments import Argument
from mipos_mock.exchange import Answer
from mipos_mock.operations import OPERATIONS
from mipos_mock.sandbox import Sandbox
from mipos_mock.scenarios import SCENARIOS
from mipos_mock.state import OrderStatus

Handler = Callable[[Sandbox, dict[str, Any]], Answer | Awaitable[Answer]]
"""From the sandbox and a request's values to the answer."""

WAIT_MAX: Final = 60.0
"""Seconds that a request may wait at the most."""


@dataclass(frozen=True, slots=True)
class Route:
    """One route of the control interface.

    Attributes:
        method: The HTTP method.
        path: The path, with names in braces.
        name: The `operationId` in the document.
        summary: What it is for, in one line.
        run: What it does.
        schema: The name of the schema of its answer.
        arguments: What it takes.
        status: The status of its success.
        errors: Its statuses of failure, beside those that follow from the rest.
    """

    method: str
    path: str
    name: str
    summary: str
    run: Handler
    schema: str
    arguments: tuple[Argument, ...] = ()
    status: int = 200
    errors: tuple[int, ...] = ()

    def match(self, parts: Sequence[str]) -> dict[str, str] | None:
        """Returns the values in a path, None when it is not this route's.

        Args:
            parts: What stands between the slashes, decoded.
        """
        own = self.path.split("/")
        if len(own) != len(parts):
            return None
        values: dict[str, str] = {}
        for name, part in zip(own, parts, strict=True):
            if name.startswith("{") and part:
                values[name[1:-1]] = part
            elif name != part:
                return None
        return values


_ACCOUNT = Argument("account", "name of an account; by default all", place="query")
_FOR = Argument("account", "name of the account", default="alpha")
_ID = Argument("id", "number of the push", "integer", "path")
_ORDER = Argument("id", "number of the order, or its order_external_id", "string", "path")
_STATUSES = tuple(each.value for each in OrderStatus)
_TIMEOUT = Argument("timeout", "seconds of real time to wait", "number", "query", 5.0, 0, WAIT_MAX)
_LIMIT = Argument("limit", "how many of the newest", "integer", "query", 200, 1, 10_000)
_STORE = Argument("store_id", "id of a store; by default the first of the account")
_WISH = (
    Argument("account", "name of the account; by default that of the store, else the first"),
    _STORE,
    Argument("delivery_id", "delivery platform, digits", default="1"),
    Argument(
        "scenario", "what the order is composed from", default="simple", choices=tuple(SCENARIOS)
    ),
    Argument(
        "seed",
        "decides every value, in a burst one more each time; by default how many orders the "
        "account has",
        "integer",
    ),
    Argument(
        "overrides",
        "values for fields of the push by name or dotted path, such as items.0.name",
        "object",
    ),
)

ROUTES: Final = (
    Route("GET", "/_mock/", "showIndex", "what this is, or the console", do.index, "Index"),
    Route(
        "GET", "/_mock/openapi.json", "showDocument", "this interface as OpenAPI",
        do.document, "Document",
    ),
    Route(
        "GET", "/_mock/state", "showState", "everything that is remembered, in short",
        do.state, "State", (_ACCOUNT, _LIMIT), errors=(404,),
    ),
    Route(
        "POST", "/_mock/reset", "reset", "back to what a fresh server holds",
        do.reset, "Reset", (Argument("account", "name of an account; by default everything"),),
        errors=(404,),
    ),
    Route(
        "POST", "/_mock/accounts", "addAccount", "add an account with token, secret and stores",
        do.add_account, "Account",
        (
            Argument("name", "its name; by default one is made up"),
            Argument("stores", "ids of its stores; by default one is made up", "strings"),
        ),
        201, errors=(409,),
    ),
    Route(
        "DELETE", "/_mock/accounts/{name}", "deleteAccount", "remove an account and all its own",
        do.delete_account, "Deleted", (Argument("name", "its name", "string", "path"),),
        errors=(404,),
    ),
    Route(
        "POST", "/_mock/orders", "placeOrder", "place an order and push it",
        do.place_order, "Order",
        (
            *_WISH,
            Argument("order_external_id", "the order's id; by default it follows from the seed"),
            Argument("push", "whether it is pushed", "boolean", default=True),
        ),
        201, errors=(404, 409),
    ),
    Route(
        "POST", "/_mock/bursts", "placeBurst", "place many orders, so many a second",
        do.place_burst, "Burst",
        (
            Argument("count", "how many", "integer", default=10, least=1, most=10_000),
            Argument("per_second", "how many a second", "number", default=10, least=0.1, most=1000),
            *_WISH,
        ),
        202, errors=(404, 409),
    ),
    Route(
        "GET", "/_mock/orders", "listOrders", "orders in order of arrival",
        do.list_orders, "Orders",
        (
            _ACCOUNT,
            Argument("store_id", "id of a store; by default all", place="query"),
            Argument("status", "by default any", place="query", choices=_STATUSES),
            _LIMIT,
        ),
        errors=(404,),
    ),
    Route(
        "GET", "/_mock/orders/{id}", "showOrder", "an order, its pushes and its timeline",
        do.show_order, "Order", (_ORDER,), errors=(404,),
    ),
    Route(
        "GET", "/_mock/orders/{id}/wait", "waitForAcceptance", "wait until an order is accepted",
        do.wait_accepted, "Order", (_ORDER, _TIMEOUT), errors=(404, 504),
    ),
    Route(
        "GET", "/_mock/pushes", "listPushes", "pushes, the oldest first",
        do.list_pushes, "Pushes",
        (
            _ACCOUNT,
            Argument("order", "number or order_external_id of an order", place="query"),
            _LIMIT,
        ),
        errors=(404,),
    ),
    Route(
        "GET", "/_mock/pushes/{id}", "showPush", "a push with its body and every try",
        do.show_push, "WholePush", (_ID,), errors=(404,),
    ),
    Route(
        "GET", "/_mock/pushes/{id}/wait", "waitForPush",
        "wait until a push is delivered, given up or cancelled",
        do.wait_push, "WholePush", (_ID, _TIMEOUT), errors=(404, 504),
    ),
    Route(
        "POST", "/_mock/pushes/{id}/replay", "replayPush", "send the bytes of a push again",
        do.replay, "Push", (_ID,), 201, errors=(404, 409),
    ),
    Route(
        "POST", "/_mock/menus/pull", "pullMenu", "ask the Menu webhooks for a store's menu",
        do.pull_menu, "Pushes",
        (Argument("account", "name of the account; by default that of the store"), _STORE), 201,
        errors=(404, 409),
    ),
    Route(
        "GET", "/_mock/menus", "listMenus", "menus that were answered",
        do.list_menus, "Menus", (_ACCOUNT,), errors=(404,),
    ),
    Route(
        "GET", "/_mock/faults/kinds", "listFaultKinds", "what can go wrong on purpose",
        do.fault_kinds, "FaultKinds",
    ),
    Route(
        "POST", "/_mock/faults", "setFault", "make something go wrong",
        do.set_fault, "Fault",
        (
            Argument("kind", "what goes wrong", choices=tuple(faults.KINDS), required=True),
            _FOR,
            Argument(
                "times", "how often; null until removed", "integer", default=1,
                least=1, most=faults.TIMES_MAX, nullable=True,
            ),
            Argument(
                "operation", "the only operation it strikes; by default any",
                choices=tuple(OPERATIONS),
            ),
            Argument("status", "status of an error", "integer", choices=(401, 409, 422)),
            Argument("message", "documented message of an error; by default the first"),
            Argument(
                "seconds", "how long, for latency and late", "number",
                least=0.001, most=faults.SECONDS_MAX,
            ),
        ),
        201, errors=(404,),
    ),
    Route(
        "GET", "/_mock/faults", "listFaults", "faults that are set",
        do.list_faults, "Faults", (_ACCOUNT,), errors=(404,),
    ),
    Route(
        "DELETE", "/_mock/faults", "removeFaults", "remove faults",
        do.remove_faults, "Removed",
        (_ACCOUNT, Argument("id", "number of the only one", "integer", "query")),
        errors=(404,),
    ),
    Route("GET", "/_mock/clock", "showClock", "the stand-in's time", do.show_clock, "Clock"),
    Route(
        "POST", "/_mock/clock/advance", "advanceClock",
        "set the clock ahead; answers once what fell due was done",
        do.advance, "Clock",
        (Argument("seconds", "by how much", "number", default=0, least=0, most=31_622_400),),
    ),
    Route(
        "GET", "/_mock/journal", "showJournal", "what happened, the oldest first",
        do.show_journal, "Journal",
        (
            _ACCOUNT,
            Argument(
                "kind", "by default any", place="query",
                choices=("call", "push", "order", "control"),
            ),
            Argument("after", "only entries with a higher number", "integer", "query", 0),
            _LIMIT,
        ),
        errors=(404,),
    ),
    Route(
        "GET", "/_mock/journal/{id}", "showEntry", "an entry with headers and bodies",
        do.show_entry, "WholeEntry", (Argument("id", "its number", "integer", "path"),),
        errors=(404,),
    ),
)  # fmt: skip
"""Every route but the events and the console's files, which are no JSON."""
