"""Each argument that the document of the control interface declares is held to what it says."""

import json
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote, urlencode

import pytest

from tests.mock.control_answers import OPERATIONS
from tests.mock.control_client import HOOK, MENU_HOOK, Client, Json, play
from tests.mock.support import JSON, Reply

_IN_PATH = {"orders": "5", "pushes": "1", "journal": "1", "accounts": "beta"}
"""What is there for each kind of path, after `populate`."""


class Argument(NamedTuple):
    """One argument of one operation, as the document has it."""

    operation: str
    place: str
    name: str
    schema: Json
    required: bool


def arguments() -> Iterator[Argument]:
    """Gives every argument of every operation."""
    for name, (_, _, operation) in OPERATIONS.items():
        for each in operation["parameters"]:
            yield Argument(name, each["in"], each["name"], each["schema"], each["required"])
        body: Json = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
        schema: Json = body.get("schema", {"properties": {}, "required": []})
        for field, value in schema["properties"].items():
            yield Argument(name, "body", field, value, field in schema["required"])


def shown(argument: Argument) -> str:
    """The name of a test of an argument."""
    return f"{argument.operation}-{argument.name}"


def wrong(argument: Argument) -> Iterator[object]:
    """Gives values that the schema of an argument does not allow."""
    schema = argument.schema
    kinds: list[str] = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    samples: dict[str, list[object]] = {
        "string": ["x"],
        "integer": [7],
        "number": [0.5],
        "boolean": [True, False],
        "object": [{}, {"x": 1}],
        "array": [[], ["x"]],
        "null": [None],
    }
    if argument.place == "body":
        fitting = {*kinds, *(["integer"] if "number" in kinds else [])}
        yield from (value for kind in samples if kind not in fitting for value in samples[kind])
        yield from ([1], [None]) if "array" in kinds else ()
    elif kinds[0] in {"integer", "number"}:
        yield from ("x", "1_0", " 1", "nan", "inf", "true", "null", "--", "²")
        yield from ("1.5", "1e3", "1" * 5000) if kinds[0] == "integer" else ("-", "1e")
        yield from ("", "٣") if argument.place == "query" else ()
    if "enum" in schema:
        yield "none of these" if kinds[0] == "string" else 400
    if "minimum" in schema:
        yield schema["minimum"] - 1
    if "maximum" in schema:
        yield schema["maximum"] + 1
        yield from [10**400] if argument.place == "body" else []


ARGUMENTS = list(arguments())
WRONG = [each for each in ARGUMENTS if any(True for _ in wrong(each))]
NUMBERS = [each for each in ARGUMENTS if {"minimum", "maximum"} & each.schema.keys()]


async def populate(client: Client) -> None:
    """Has something of everything: order 5 is accepted, push 1 delivered, a fault set."""
    await client.hook(HOOK)
    await client.hook(MENU_HOOK, "Menu")
    order = await client.order()
    await client.settle()
    assert 200 == (await client.accept(order)).status
    await client.post("faults", {"kind": "drop", "account": "beta"})


async def send(client: Client, argument: Argument, values: Json) -> Reply:
    """Sends an operation values in the place of an argument; the path leads to what is there."""
    method, path, _ = OPERATIONS[argument.operation]
    in_path, query, headers = _IN_PATH, {}, {"Content-Type": JSON}
    body = b"{}" if method == "POST" else b""
    match argument.place:
        case "path":
            in_path = dict.fromkeys(in_path, quote(str(values[argument.name]), safe=""))
        case "query":
            query = values
        case "header":
            headers |= {name: str(value) for name, value in values.items()}
        case _:
            body = json.dumps(values).encode()
    kind = path.split("/")[2]
    target = path.replace("{id}", in_path.get(kind, "")).replace("{name}", in_path.get(kind, ""))
    if query:
        target += f"?{urlencode(query)}"
    return await client.send(method, target, body, headers)


@pytest.mark.parametrize("argument", WRONG, ids=shown)
def test_wrong_values_are_refused(argument: Argument) -> None:
    """What the document excludes is 400 with name, value and remedy, and changes nothing."""

    async def run(client: Client) -> list[str]:
        await populate(client)
        before = await client.shown()
        errors: list[str] = []
        for value in wrong(argument):
            reply = await send(client, argument, {argument.name: value})
            assert (400, before) == (reply.status, await client.shown()), repr(value)
            errors.append(reply.json["error"])
        return errors

    errors = play(run)

    assert errors
    for value, error in zip(wrong(argument), errors, strict=True):
        told = json.dumps(value if argument.place == "body" else str(value))
        start, remedy = error.split(": send ", 1)
        named, is_, shown = start.partition(" is ")
        assert (argument.name, " is ", True) == (named, is_, bool(shown))
        assert told.startswith(shown.removesuffix("..."))
        assert remedy


def test_any_text_will_do_for_the_others() -> None:
    """What has no wrong values is text in a path or a query, which may be any text."""
    others = [each for each in ARGUMENTS if each not in WRONG]

    assert {"string"} == {each.schema["type"] for each in others}
    assert {"path", "query"} == {each.place for each in others}


@pytest.mark.parametrize("argument", NUMBERS, ids=shown)
def test_limits_themselves_are_allowed(argument: Argument) -> None:
    """The least and the most that the document allows are taken."""
    kind = "latency" if argument.name == "seconds" else "drop"
    needed = {"kind": kind} if argument.operation == "setFault" else {}
    values = [argument.schema[each] for each in ("minimum", "maximum")]

    async def run(client: Client) -> list[int]:
        await populate(client)
        replies = [await send(client, argument, {**needed, argument.name: each}) for each in values]
        return [reply.status // 100 for reply in replies]

    assert [2, 2] == play(run)


def test_missing_values_are_refused() -> None:
    """What is required beside the path is 400 without it; the message says what to send."""
    required = [each for each in ARGUMENTS if each.required and each.place != "path"]

    async def run(client: Client) -> list[Reply]:
        return [await send(client, each, {}) for each in required]

    assert [("setFault", "kind")] == [(each.operation, each.name) for each in required]
    (reply,) = play(run)
    assert 400 == reply.status
    assert "kind is missing in the body: send one of error, latency, " in reply.json["error"]


@pytest.mark.parametrize(
    ("operation", "place"),
    [
        *((each, "query") for each in OPERATIONS),
        # An answer that does not end does not wait for a body.
        *((each, "body") for each in OPERATIONS if each != "listenToEvents"),
    ],
)
def test_unknown_names_are_refused(operation: str, place: str) -> None:
    """A name that the document does not list is 400, and the message lists those that it does."""
    names = [each.name for each in ARGUMENTS if (each.operation, each.place) == (operation, place)]

    async def run(client: Client) -> Reply:
        await populate(client)
        before = await client.shown()
        argument = Argument(operation, place, "acount", {}, required=False)
        reply = await send(client, argument, {"acount": "alpha"})
        assert before == await client.shown()
        return reply

    reply = play(run)
    known = ", ".join(names) or "none"

    assert 400 == reply.status
    assert f"{place} has no 'acount': there is {known}" == reply.json["error"]


def test_a_name_that_is_there_twice_is_refused() -> None:
    """Which of two values was meant is not guessed."""

    async def run(client: Client) -> Reply:
        return await client.get("orders?account=alpha&account=beta")

    reply = play(run)

    assert 400 == reply.status
    assert "query has 'account' 2 times: send it once" == reply.json["error"]


@pytest.mark.parametrize("count", [3, 3.0])
def test_whole_numbers_may_be_written_with_a_point(count: float) -> None:
    """To JSON, 3.0 is as whole as 3."""

    async def run(client: Client) -> object:
        return (await client.post("bursts", {"count": count})).json["count"]

    assert "3" == json.dumps(play(run))


def test_ids_with_a_slash_are_found() -> None:
    """An order whose id has a slash, a blank's code or a percent sign is found by it."""
    ids = ["a/b", "%2F", "a%20b", "/", "wait/wait"]

    async def run(client: Client) -> list[str]:
        found: list[str] = []
        for each in ids:
            await client.order(order_external_id=each)
            reply = await client.get(f"orders/{quote(each, safe='')}")
            found.append(reply.json["order_external_id"])
        return found

    assert ids == play(run)
