"""A server in memory that behaves, to see what a run would send without sending it.

It knows no more than a plan needs: tokens, required fields, the webhooks of each account and the
orders that may be accepted. It is no mock of the platform.
"""

from __future__ import annotations

import json
import threading
from dataclasses import astuple, dataclass, field, fields
from typing import TYPE_CHECKING, Any, cast

import httpx

from mipos_contract import document, messages, rules
from mipos_contract.settings import OrderKey

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORDER_KEY = tuple(each.name for each in fields(OrderKey))


@dataclass(slots=True)
class Counts:
    """What was sent to one operation: without a valid token, without all fields, and complete."""

    without_token: int = 0
    incomplete: int = 0
    complete: int = 0
    successes: int = 0

    @property
    def total(self) -> int:
        """Every request."""
        return self.without_token + self.incomplete + self.complete


@dataclass(slots=True)
class Rehearsal(httpx.BaseTransport):
    """Answers in place of the network.

    Attributes:
        tokens: the valid ones, each an account of its own; the first one's store is `store_id`.
        store_id: a store of the first account.
        pending: orders that wait for an answer.
        counts: what was sent, by operation id.
        most: the largest number of webhooks that an account had at one time.
    """

    tokens: tuple[str, ...]
    store_id: str
    pending: set[tuple[str, ...]]
    counts: dict[str, Counts] = field(default_factory=dict[str, Counts])
    most: int = 0
    _webhooks: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def of(cls, tokens: Iterable[str], store_id: str, orders: Iterable[OrderKey]) -> Rehearsal:
        """Return a rehearsal for these accounts, and orders of the first one."""
        return cls(tuple(tokens), store_id, {astuple(order) for order in orders})

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the document says."""
        request.read()
        with self._lock:
            status, body = self._answer(request)
        return httpx.Response(status, json=body)

    def _answer(self, request: httpx.Request) -> tuple[int, Any]:
        operation = next(
            each
            for each in document.operations().values()
            if request.method == each.method and request.url.path.endswith(each.path)
        )
        counts = self.counts.setdefault(operation.id, Counts())
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.tokens:
            counts.without_token += 1
            return 401, "Unauthorized."
        given = _fields(request.content)
        absent = [name for name in operation.required if name not in given]
        if absent:
            counts.incomplete += 1
            return 422, {name: [rules.message(name, None, absent=True)] for name in absent}
        counts.complete += 1
        status, body = self._run(operation.id, token, {k: str(v) for k, v in given.items()})
        counts.successes += status < httpx.codes.BAD_REQUEST
        return status, body

    def _run(self, operation_id: str, token: str, values: dict[str, str]) -> tuple[int, Any]:
        own = self._webhooks.setdefault(token, [])
        if operation_id == "listWebhooks":
            return 200, [{"url": url} for url in own]
        message = self._obstacle(operation_id, token, values)
        if message:
            return 409, {"message": [message], "data": None}
        match operation_id:
            case "createWebhook":
                own.append(values["url"])
                self.most = max(self.most, len(own))
            case "updateWebhook":
                own[own.index(values["current_url"])] = values["new_url"]
            case "deleteWebhook":
                own.remove(values["url"])
            case _:
                self.pending.remove(tuple(values[name] for name in _ORDER_KEY))
        return _success(operation_id)

    def _obstacle(self, operation_id: str, token: str, values: dict[str, str]) -> str | None:
        own = self._webhooks[token]
        if values.keys() >= set(_ORDER_KEY):
            is_own_store = token == self.tokens[0] and values["store_id"] == self.store_id
            is_pending = tuple(values[name] for name in _ORDER_KEY) in self.pending
            other = None if is_pending else messages.ORDER_NOT_FOUND
            return other if is_own_store else messages.STORE_NOT_AVAILABLE
        match operation_id:
            case "createWebhook":
                return messages.WEBHOOK_EXISTS if values["url"] in own else None
            case "updateWebhook" | "deleteWebhook":
                if values.get("current_url", values.get("url")) not in own:
                    return messages.WEBHOOK_MISSING
                return messages.NEW_WEBHOOK_EXISTS if values.get("new_url") in own else None
            case _:
                raise LookupError(f"{operation_id} is not rehearsed: add it to rehearsal.py")


def _success(operation_id: str) -> tuple[int, Any]:
    """Return the document's own example of a success."""
    operation = document.operations()[operation_id]
    return operation.success, next(iter(operation.responses[operation.success].examples.values()))


def _fields(body: bytes) -> dict[str, object]:
    try:
        value: object = json.loads(body or b"{}")
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}
