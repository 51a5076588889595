"""Whatever is asked of the control interface, in whatever order, the answer is documented."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.mock.control_answers import OPERATIONS
from tests.mock.control_client import HOOK, MENU_HOOK, Client, play
from tests.mock.fakes import answered
from tests.mock.support import JSON

PROFILE: dict[str, Any] = {
    "deadline": None,
    "derandomize": True,
    "database": None,
    # To make a failure smaller takes minutes, and the request that failed is told anyway.
    "phases": [Phase.generate],
}
ACCOUNTS = ["alpha", "beta", "gamma", "account-6", "nobody"]
LIKELY: dict[str, list[Any]] = {
    "account": ACCOUNTS,
    "name": ACCOUNTS,
    "stores": [[], ["7"], ["3"], ["8", "9"]],
    "store_id": ["3", "10", "4", "7", "0"],
    "delivery_id": ["1", "2", "0", "x"],
    "order_external_id": ["one", "a/b", "order-no-token"],
    "overrides": [{}, {"customer": "Ana"}, {"items.0.quantity": 2}, {"items": []}, {"x": 1}],
    "order": ["1", "5", "one"],
    "seed": [0, -1, 7],
    "count": [1, 3],
    "per_second": [1000],
    "seconds": [0, 0.01, 5, 3600],
    "timeout": [0, 0.001],
    "status": [401, 409, 422, "pending", "accepted"],
    "message": ["Order not found.", "User not found.", "none"],
    "id": [1, 1, 5, 99],
    "deleteAccount.name": ["alpha", "beta", "account-6", "nobody"],
    "showEntry.id": [3, 4, 5, 6, 7, 8, 9, 99],
    "after": [0, 3],
    "limit": [1, 100],
}
"""Values by which something is reached, beside those that the document lists."""

WHOLE: dict[str, list[object]] = {
    "addAccount": [{"name": "alpha"}, {"stores": ["3"]}],
    "reset": [{"account": "beta"}],  # a reset of all leaves the others little to do
    "setFault": [
        {"kind": "drop", "times": None},
        {"kind": "error", "status": 409, "account": "beta"},
        {"kind": "late", "seconds": 30},
        {"kind": "duplicate", "times": 2},
    ],
}
"""Bodies that random values seldom make up."""

# Surrogates alone are no text that JSON in UTF-8 can hold, but JSON's escapes can.
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2)
    ),
    max_leaves=4,
)


class Asked(NamedTuple):
    """One request."""

    operation: str
    path: dict[str, str]
    query: dict[str, object]
    body: dict[str, object]


def values(operation: str, name: str, schema: dict[str, Any]) -> st.SearchStrategy[object]:
    """Values of an argument: mostly likely ones, now and then anything."""
    listed = LIKELY.get(f"{operation}.{name}", LIKELY.get(name, []))
    likely = [*listed, *schema.get("enum", [])]
    if (name, schema["type"]) == ("id", "string"):
        likely += ["one", "a%2Fb"]
    if schema["type"] == "boolean":
        likely += [True, False]
    if "null" in schema["type"]:
        likely += [None]
    some = st.sampled_from(likely)
    # A wait and a burst are what takes time, so they get no more of it than is listed.
    return some if name in {"timeout", "count", "per_second"} else mostly(some, junk)


def mostly(
    usual: st.SearchStrategy[Any], rare: st.SearchStrategy[Any], whole: Sequence[object] = ()
) -> st.SearchStrategy[Any]:
    """One thing more often than another, and as often one of some values."""
    return st.one_of(*[usual] * 3, rare, *[st.sampled_from(whole)] * 6 if whole else [])


def asked(operation: str) -> st.SearchStrategy[Asked]:
    """Requests of an operation, some with a name that is not known."""
    method, _, node = OPERATIONS[operation]
    content = node.get("requestBody", {}).get("content", {})
    body = content.get(JSON, {}).get("schema", {}).get("properties", {})
    places = {
        place: {
            each["name"]: values(operation, each["name"], each["schema"])
            for each in node["parameters"]
            if each["in"] == place
        }
        for place in ("path", "query")
    }
    # Waits take as long as they are not told otherwise.
    told = {name: places["query"].pop(name) for name in ("timeout",) if name in places["query"]}
    unknown = st.fixed_dictionaries(told, optional={"unknown": junk})
    fields = {name: values(operation, name, schema) for name, schema in body.items()}
    return st.builds(
        Asked,
        st.just(operation),
        st.fixed_dictionaries(
            {
                name: each.map(lambda value: str(value) or "x")
                for name, each in places["path"].items()
            }
        ),
        mostly(st.fixed_dictionaries(told, optional=places["query"]), unknown),
        mostly(st.fixed_dictionaries({}, optional=fields), unknown, WHOLE.get(operation, []))
        if method == "POST"
        else st.just({}),
    )


# Events have no end: their own tests ask for them.
NAMES = [each for each in OPERATIONS if each != "listenToEvents"]
rounds = st.permutations(NAMES).flatmap(lambda names: st.tuples(*map(asked, names)))
"""A request of each operation, in any order."""


async def send(client: Client, request: Asked) -> int:
    """Sends a request, which sees that the answer is documented, and returns the status."""
    method, path, _ = OPERATIONS[request.operation]
    for name, value in request.path.items():
        path = path.replace(f"{{{name}}}", quote(value, safe="%", errors="replace"))
    if request.query:
        path += f"?{urlencode(request.query, errors='replace')}"
    body = json.dumps(request.body).encode() if method == "POST" else b""
    return (await client.send(method, path, body, {"Content-Type": JSON})).status


def test_every_answer_is_documented() -> None:
    """Its status, its content type and its schema; none is a failure of the server.

    They do not all fail, either.
    """
    seen: set[tuple[str, int]] = set()

    async def run(client: Client, steps: tuple[Asked, ...]) -> None:
        await client.hook(HOOK)
        await client.hook(MENU_HOOK, "Menu")
        order = await client.order(order_external_id="one")
        await client.settle()
        await client.accept(order)
        client.sender.reply = lambda _post: answered(500 if len(client.sender.posts) % 3 else 200)
        for step in steps:
            try:
                seen.add((step.operation, await send(client, step)))
            except Exception as error:
                error.add_note(f"It was asked for {step}")
                raise
        await client.settle()
        assert 200 == (await client.get("state")).status

    @settings(max_examples=80, **PROFILE)
    @given(rounds)
    def ask(steps: tuple[Asked, ...]) -> None:
        play(lambda client: run(client, steps))

    ask()

    succeeded = {name for name, status in seen if status < 300}
    assert len(NAMES) // 2 < len(succeeded)
    assert {200, 201, 400, 404} <= {status for _, status in seen}


latin = st.text(st.characters(max_codepoint=255, exclude_characters="?#"), max_size=10)
targets = st.sampled_from([path for _, path, _ in OPERATIONS.values()]) | latin.map(
    lambda text: f"/_mock/{quote(text, safe='/%', encoding='latin-1')}"
)


@settings(max_examples=120, **PROFILE)
@given(st.sampled_from(["GET", "POST", "DELETE"]), targets, latin | st.just(""), st.binary())
def test_no_bytes_break_it(method: str, target: str, text: str, body: bytes) -> None:
    """Any bytes as path, query and body are answered as documented, or with 404 and 405."""
    query = quote(text, safe="=&%;+", encoding="latin-1")

    async def run(client: Client) -> int:
        return (await client.send(method, f"{target}?{query}", body, {"Content-Type": JSON})).status

    assert play(run) < 500
