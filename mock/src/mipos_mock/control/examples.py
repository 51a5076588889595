"""Examples of what the control interface answers: one story, seen through each route."""

from typing import Any, Final

from mipos_mock import __version__

Example = dict[str, Any]

_URL: Final = "http://127.0.0.1:9000/orders"
_ORDER_ID: Final = "c4cd3e20-9b1c-4a9f-b0a6-6a4d8b6cbb1a"
_PLACED: Final = "2026-01-31T12:00:00.000Z"
_AGAIN: Final = "2026-01-31T12:00:05.012Z"
_ACCEPTED: Final = "2026-01-31T12:00:06.250Z"

_ACCOUNT: Final[Example] = {
    "name": "alpha",
    "token": "mock-token-alpha",
    "secret": "mock-secret-alpha",
    "status": "active",
    "read_only": False,
    "stores": ["3", "10"],
    "webhooks": [{"url": _URL, "type": "ORDER"}],
}
_ORDER: Final[Example] = {
    "id": 5,
    "account": "alpha",
    "delivery_id": "1",
    "store_id": "3",
    "order_external_id": _ORDER_ID,
    "status": "accepted",
    "scenario": "simple",
    "placed_at": _PLACED,
    "accepted_at": _ACCEPTED,
    "total": 4800,
    "customer": "Ana R.",
}
_CONTENT: Final[Example] = {
    "external_id": _ORDER_ID,
    "created_at": "2026-01-31T12:00:00Z",
    "total": 4800,
    "customer": "Ana R.",
    "external_store_id": "3",
    "store_id": "3",
    "order_number": "BB1A",
    "instructions": "",
    "items": [
        {
            "external_id": "21",
            "name": "Torta",
            "quantity": 2,
            "unit_value": 2000,
            "total_unit_value": 2400,
            "total_value": 4800,
            "instructions": "",
            "modifiers": [
                {
                    "external_id": "211",
                    "name": "Queso",
                    "quantity": 1,
                    "unit_value": 400,
                    "total_value": 400,
                }
            ],
        }
    ],
    "discount_value": 0,
    "delivery_id": 1,
}
_PUSH: Final[Example] = {
    "id": 1,
    "account": "alpha",
    "kind": "ORDER",
    "url": _URL,
    "store_id": "3",
    "order_id": 5,
    "order_external_id": _ORDER_ID,
    "status": "delivered",
    "attempts": 2,
    "due_at": None,
    "replay_of": None,
}
_MENU_PUSH: Final[Example] = {
    **_PUSH,
    "id": 2,
    "kind": "Menu",
    "url": "http://127.0.0.1:9000/menu",
    "order_id": None,
    "order_external_id": None,
    "status": "queued",
    "attempts": 0,
}
_TRY: Final[Example] = {
    "at": _PLACED,
    "status": 503,
    "error": None,
    "milliseconds": 2.417,
    "answer": "starting",
    "faults": [],
}
_MENU: Final[Example] = {
    "account": "alpha",
    "store_id": "3",
    "url": "http://127.0.0.1:9000/menu",
    "at": _ACCEPTED,
    "push_id": 2,
    "menu": {"items": [{"id": "21", "name": "Torta"}]},
}
_FAULT: Final[Example] = {
    "id": 1,
    "kind": "error",
    "account": "alpha",
    "times": 1,
    "operation": "accept_order",
    "status": 409,
    "message": "Unable to get token.",
    "seconds": None,
}
_CLOCK: Final[Example] = {"now": _ACCEPTED, "ahead_seconds": 5.0}
_NOTE: Final[Example] = {
    "id": 1,
    "at": _PLACED,
    "kind": "order",
    "account": "alpha",
    "title": f"order {_ORDER_ID} placed, pushed to 1 webhook",
    "outcome": "",
    "status": None,
    "milliseconds": None,
    "order_id": 5,
    "push_id": None,
    "problem": False,
    "violations": 0,
}
_FAILED: Final[Example] = {
    **_NOTE,
    "id": 2,
    "kind": "push",
    "title": f"push 1 (ORDER) to {_URL}",
    "outcome": "503",
    "status": 503,
    "milliseconds": 2.417,
    "push_id": 1,
    "problem": True,
}
_CALL: Final[Example] = {
    **_NOTE,
    "id": 5,
    "at": _ACCEPTED,
    "kind": "call",
    "title": "POST /api/v1/integration/order/accept",
    "outcome": "200",
    "status": 200,
    "milliseconds": 0.312,
    "order_id": None,
    "violations": 1,
}
_DETAIL: Final[Example] = {
    "method": "POST",
    "path": "/api/v1/integration/order/accept",
    "query": "debug=1",
    "headers": [["authorization", "(hidden)"], ["content-type", "application/json"]],
    "body": f'{{"delivery_id":"1","store_id":"3","order_external_id":"{_ORDER_ID}"}}',
    "operation": "accept_order",
    "answer": '{"message":["Operation completed successfully"],"data":null}',
    "violations": [
        {
            "rule": "query-string",
            "message": "the path has a query string with 'debug'",
            "remedy": "send the fields as JSON in the body",
        }
    ],
    "faults": [],
}

EXAMPLES: Final[dict[str, Example]] = {
    "Index": {
        "name": "MiPOS mock, control interface",
        "version": __version__,
        "routes": {"GET /_mock/state": "everything that is remembered, in short"},
    },
    "Document": {
        "openapi": "3.1.0",
        "info": {"title": "MiPOS mock, control interface", "version": __version__},
        "servers": [{"url": "/"}],
        "security": [{}],
        "tags": [{"name": "Overview"}],
        "paths": {},
        "components": {},
    },
    "State": {
        "version": __version__,
        "accounts": [_ACCOUNT],
        "deliveries": [{"id": "1", "status": "ready"}],
        "orders": [_ORDER],
        "pushes": [_PUSH],
        "faults": [_FAULT],
        "menus": [_MENU],
        "clock": _CLOCK,
        "journal": {"last": 5, "dropped": 0},
    },
    "Reset": {"reset": True},
    "Account": _ACCOUNT,
    "Deleted": {"deleted": "alpha"},
    "Orders": {"orders": [_ORDER]},
    "Order": {**_ORDER, "order": _CONTENT, "pushes": [_PUSH], "timeline": [_NOTE, _FAILED, _CALL]},
    "Burst": {"count": 100, "per_second": 20},
    "Push": {**_PUSH, "id": 3, "status": "queued", "attempts": 0, "replay_of": 1},
    "Pushes": {"pushes": [_MENU_PUSH]},
    "WholePush": {
        **_PUSH,
        "body": f'{{"external_id":"{_ORDER_ID}","total":4800}}',
        "tries": [
            _TRY,
            {**_TRY, "at": _AGAIN, "status": 200, "milliseconds": 1.906, "answer": ""},
        ],
    },
    "Menus": {"menus": [_MENU]},
    "FaultKinds": {
        "kinds": [
            {
                "kind": "latency",
                "on": "call",
                "text": "the answer takes this much longer",
                "fields": ["operation", "seconds"],
            }
        ],
        "errors": [{"operation": "list_webhooks", "status": 401, "messages": ["Unauthorized."]}],
    },
    "Fault": _FAULT,
    "Faults": {"faults": [_FAULT]},
    "Removed": {"removed": 1},
    "Clock": _CLOCK,
    "Entry": _CALL,
    "Journal": {"entries": [_NOTE, _FAILED, _CALL], "last": 5, "dropped": 0},
    "WholeEntry": {**_CALL, "detail": _DETAIL},
}
"""The examples by the name of their schema."""

ERRORS: Final[dict[int, str]] = {
    400: 'limit is "0": send a whole number from 1 to 10000',
    401: "X-Mipos-Mock-Secret is missing: send the secret that the stand-in printed when it "
    "started",
    403: "Host is 'pos.example': use 127.0.0.1 or localhost, or start the stand-in with --host to "
    "be reached under another name",
    404: "account 'gamma' is unknown: there are alpha, beta, signed-out, deleted, read-only",
    409: "order_external_id 'one' is pending already: accept it first or send another id",
    413: "the body has over 1048576 bytes: send less",
    500: "state file 'mock.db' does not fit on its disk; free some space and start again",
    504: "push 1 to http://127.0.0.1:9000/orders is waiting after 5 s, the last try ended with "
    "503: mend the receiver, and set the clock ahead to the next try",
}
"""What stands in an error, by status."""
