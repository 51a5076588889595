"""What the tests of the client share: answers without a network, calls, and the document."""

import asyncio
import pickle
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, Literal, TypedDict, Unpack, cast

import httpx
import yaml

from mipos_client import AsyncMipos, Hook, Mipos, Retries

TOKEN: Final = "token-of-the-tests"
BASE_URL: Final = "https://api.example"
DOCUMENT: Final[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "openapi.yaml").read_text("utf-8")
)

Way = Literal["sync", "async"]
WAYS: Final[tuple[Way, ...]] = ("sync", "async")

CALLS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "createWebhook": ("webhooks.create", {"url": "https://pos.example/orders"}),
    "updateWebhook": (
        "webhooks.update",
        {"current_url": "https://pos.example/orders", "new_url": "https://pos.example/v2"},
    ),
    "deleteWebhook": ("webhooks.delete", {"url": "https://pos.example/orders"}),
    "listWebhooks": ("webhooks.list", {}),
    "acceptOrder": (
        "orders.accept",
        {"delivery_id": "1", "store_id": "3", "order_external_id": "01f1b8ce"},
    ),
}
"""By operationId: the name below a client, and arguments that can be used."""


KINDS: Final = ("connect", "read", "write", "pool")
"""What a time-out is given for."""


class Options(TypedDict, total=False):
    """The options of a client that tests set."""

    base_url: str
    timeout: float | httpx.Timeout | None
    retries: int | Retries
    hook: Hook | None


class Exchange(httpx.MockTransport):
    """Gives answers one after the other, raises those that are errors, and keeps the requests."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        super().__init__(self._answer)
        self.left = list(answers)
        self.requests = list[httpx.Request]()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.left.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def sync_client(exchange: Exchange, **options: Unpack[Options]) -> Mipos:
    """Return a client whose requests the exchange answers."""
    options.setdefault("base_url", BASE_URL)
    return Mipos(TOKEN, http_client=httpx.Client(transport=exchange), **options)


def async_client(exchange: Exchange, **options: Unpack[Options]) -> AsyncMipos:
    """Return a client to await whose requests the exchange answers."""
    options.setdefault("base_url", BASE_URL)
    return AsyncMipos(TOKEN, http_client=httpx.AsyncClient(transport=exchange), **options)


def call(way: Way, operation: str, exchange: Exchange, **options: Unpack[Options]) -> Any:  # noqa: ANN401  what an operation returns is up to it
    """Call an operation with arguments that can be used, and return what it returns."""
    name, arguments = CALLS[operation]
    if way == "sync":
        method = cast("Callable[..., object]", attrgetter(name)(sync_client(exchange, **options)))
        return method(**arguments)

    async def run() -> object:
        method: Any = attrgetter(name)(async_client(exchange, **options))
        return await method(**arguments)

    return asyncio.run(run())


def seconds(exchange: Exchange) -> list[dict[str, float | None]]:
    """Return the time-outs that reached the transport, one for each request."""
    return [request.extensions["timeout"] for request in exchange.requests]


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """Return what a node of the document stands for."""
    while "$ref" in node:
        target: Any = DOCUMENT
        for part in str(node["$ref"]).removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


def operations() -> dict[str, dict[str, Any]]:
    """Return the operations that a client calls, by operationId."""
    found: list[dict[str, Any]] = [
        each for path in DOCUMENT["paths"].values() for each in path.values()
    ]
    return {each["operationId"]: each for each in found}


def answers(operation: str) -> dict[int, dict[str, Any]]:
    """Return the answers that the document lists for an operation, by status."""
    listed: dict[str, dict[str, Any]] = operations()[operation]["responses"]
    return {int(status): resolved(answer) for status, answer in listed.items()}


def texts(node: object) -> Iterator[tuple[str, bool]]:
    """Yield the texts that a node of the document lists, and whether each is assumed."""
    if isinstance(node, dict):
        found = resolved(cast("dict[str, Any]", node))
        reasons: Any = found.get("x-assumption", [])
        # A reason without `of` is a text, and covers what is not a message.
        entries = cast("list[dict[str, Any]]", [] if isinstance(reasons, str) else reasons)
        assumed = {str(text) for entry in entries for text in entry["of"]}
        yield from ((text, text in assumed) for text in found.get("x-extensible-enum", []))
        yield from (each for below in found.values() for each in texts(below))
    elif isinstance(node, list):
        below = cast("list[object]", node)
        yield from (each for one in below for each in texts(one))


def examples(body: dict[str, Any]) -> list[Any]:
    """Return the values of the examples of a request's or an answer's body."""
    (content,) = body["content"].values()
    return [resolved(example)["value"] for example in content["examples"].values()]


def success(operation: str) -> httpx.Response:
    """Return the first documented example of an operation's success."""
    ((status, answer),) = ((each, what) for each, what in answers(operation).items() if each < 300)
    return httpx.Response(status, json=examples(answer)[0])


def pickled(value: object) -> object:
    """Return what comes out of the pickle of a value."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301  our own, from this very line
