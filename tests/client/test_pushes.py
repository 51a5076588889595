"""What the client makes of the body of a push."""

from __future__ import annotations

import decimal
import pickle
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mipos_client import PushDecodeError, pushes
from tests.client.pushed import (
    DOCUMENTED,
    MISSING,
    changed,
    damaged,
    encoded,
    fields_of,
    known_of,
    orders,
    values,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MODIFIER = ("items", 0, "modifiers", 1)
TEXTS = {
    "external_id",
    "created_at",
    "customer",
    "store_id",
    "external_store_id",
    "order_number",
    "instructions",
    "name",
}


def refusal(body: bytes) -> PushDecodeError:
    """Return why a body is no order."""
    with pytest.raises(PushDecodeError) as caught:
        pushes.parse_order(body)
    return caught.value


def test_documented_order_is_read() -> None:
    """Each documented property is an attribute, at every level."""
    order = pushes.parse_order(encoded(DOCUMENTED))

    assert {**DOCUMENTED, "store_id": None} == fields_of(order)
    assert "Elige tu salchicha" == order.items[0].modifiers[1].name
    assert DOCUMENTED == order.raw


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_every_kind_are_read(kind: Callable[[bytes], bytes]) -> None:
    """Bytes are bytes, whatever type a server hands them over as."""
    assert 25800 == pushes.parse_order(kind(encoded(DOCUMENTED))).total


@pytest.mark.parametrize("body", [None, 5, DOCUMENTED])
def test_body_that_is_not_bytes_is_a_mistake_of_the_caller(body: object) -> None:
    """A body that a framework has parsed is told what it is, and what to give."""
    parse = cast("Callable[[object], object]", pushes.parse_order)

    with pytest.raises(TypeError, match=rf"type {type(body).__name__}; give the bytes"):
        parse(body)


@pytest.mark.parametrize(
    ("names", "store"),
    [
        ({"external_store_id": "3"}, "3"),
        ({"store_id": "10"}, "10"),
        ({"external_store_id": "3", "store_id": "10"}, "3"),
        ({"external_store_id": None, "store_id": "10"}, "10"),
        ({"external_store_id": "", "store_id": "10"}, "10"),
        ({"external_store_id": "3", "store_id": None}, "3"),
    ],
)
def test_store_has_either_name(names: dict[str, str | None], store: str) -> None:
    """The store is `external_store_id`, else `store_id`, and what is empty does not count."""
    order = pushes.parse_order(
        encoded({**changed(DOCUMENTED, ("external_store_id",), MISSING), **names})
    )

    assert store == pushes.store_of(order)
    assert {
        "delivery_id": "1",
        "store_id": store,
        "order_external_id": "01f1b8ce-a65d-4876-a72f-8f549f3566b7",
    } == pushes.acceptance(order)


@pytest.mark.parametrize(
    "names", [{}, {"external_store_id": ""}, {"store_id": ""}, {"store_id": None}]
)
@pytest.mark.parametrize("ask", [pushes.store_of, pushes.acceptance])
def test_order_without_a_store_is_told(
    ask: Callable[[pushes.OrderPush], object], names: dict[str, str | None]
) -> None:
    """An order that names no store can be read, and says so once its store is asked for."""
    body = {**changed(DOCUMENTED, ("external_store_id",), MISSING), **names, "total": 10**30}
    order = pushes.parse_order(encoded(body))

    with pytest.raises(PushDecodeError, match="neither external_store_id nor store_id") as caught:
        ask(order)

    assert body == pushes.parse_order(caught.value.body).raw
    assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))  # noqa: S301 - made here


@pytest.mark.parametrize("path", [(), ("items", 0), MODIFIER], ids=repr)
@pytest.mark.parametrize("name", ["tip", "raw"])
@pytest.mark.parametrize("value", ["text", None, 10**40, {"raw": [1.5, "x"]}], ids=repr)
def test_unknown_property_is_kept(path: tuple[str | int, ...], name: str, value: object) -> None:
    """A property that the document does not describe is in `raw`, whatever its name and level."""
    body = changed(DOCUMENTED, (*path, name), value)

    order = pushes.parse_order(encoded(body))

    assert body == order.raw
    assert {**DOCUMENTED, "store_id": None} == fields_of(order)


def test_orders_are_equal_by_what_is_described() -> None:
    """Two orders that differ in an undescribed property alone are equal, and `raw` is not shown."""
    order = pushes.parse_order(encoded({**DOCUMENTED, "tip": 5}))

    assert pushes.parse_order(encoded(DOCUMENTED)) == order
    assert "tip" not in repr(order)


def test_raw_of_two_orders_is_not_shared() -> None:
    """What one changes in the `raw` of an order is not seen in another one, read or made."""
    one, other = (pushes.parse_order(encoded(DOCUMENTED)) for _ in range(2))
    made, another = (pushes.OrderPush(**DOCUMENTED) for _ in range(2))

    one.raw.clear()
    made.raw["tip"] = 5

    assert DOCUMENTED == other.raw
    assert {} == another.raw


def test_menu_is_read() -> None:
    """The question for a menu names its store, and keeps what else it says."""
    menu = pushes.parse_menu(b'{"store_id":"3","raw":1,"language":"es"}')

    assert "3" == menu.store_id
    assert {"store_id": "3", "raw": 1, "language": "es"} == menu.raw


def test_menu_without_a_store_is_told() -> None:
    """What is no question for a menu is refused as such."""
    with pytest.raises(PushDecodeError, match=r"^this is no menu: .*`store_id`"):
        pushes.parse_menu(b'{"store":"3"}')


UNREADABLE = {
    "empty": b"",
    "blank": b" ",
    "cut off": encoded(DOCUMENTED)[:-1],
    "text": b"order",
    "single quotes": b"'{}'",
    "two values": b"{}{}",
    "NUL at the end": encoded(DOCUMENTED) + b"\0",
    "byte order mark": b"\xef\xbb\xbf" + encoded(DOCUMENTED),
    "UTF-16": encoded(DOCUMENTED).decode().encode("utf-16"),
    "not UTF-8": encoded(DOCUMENTED).replace(b"Brenda", b"Brend\xff"),
    "half a surrogate pair": encoded(DOCUMENTED).replace(b"Brenda", b"\\ud800"),
    "not a number": encoded(DOCUMENTED).replace(b"25800", b"NaN"),
    "beyond a float": encoded(DOCUMENTED).replace(b"25800", b"1e999"),
    "beyond any int": encoded(DOCUMENTED).replace(b"25800", b"9" * 10_000),
    "deep arrays": encoded(DOCUMENTED).replace(b"25800", b"[" * 100_000 + b"]" * 100_000),
    "deep objects": b'{"items":' * 100_000,
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_json_is_told(body: bytes) -> None:
    """Bytes that are no JSON, or none that can be read, are refused; the error holds them."""
    error = refusal(body)

    assert str(error).startswith("this is no order: ")
    assert body == error.body


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"[]", "array"),
        (b"null", "null"),
        (b"7", "int"),
        (b'"order"', "str"),
        (b"[" + encoded(DOCUMENTED) + b"]", "array"),
    ],
)
def test_json_that_is_no_object_is_told(body: bytes, found: str) -> None:
    """JSON of another type than an object is named by its type."""
    assert f"this is no order: Expected `object`, got `{found}`" == str(refusal(body))


def required() -> list[tuple[tuple[str | int, ...], str]]:
    """Return the place of each required property, and the place that is told if it is missing."""
    item: dict[str, Any] = DOCUMENTED["items"][0]
    return [
        *(((name,), "$") for name in DOCUMENTED if name != "external_store_id"),
        *((("items", 0, name), "$.items[0]") for name in item),
        *(((*MODIFIER, name), "$.items[0].modifiers[1]") for name in item["modifiers"][1]),
    ]


@pytest.mark.parametrize(("path", "place"), required(), ids=repr)
def test_missing_property_is_named(path: tuple[str | int, ...], place: str) -> None:
    """Each property but the store is required, and its name and place are told."""
    text = str(refusal(encoded(changed(DOCUMENTED, path, MISSING))))

    assert f"missing required field `{path[-1]}`" in text
    assert place == (text.partition("at `")[2].rstrip("`") or "$")


def wrong() -> list[tuple[tuple[str | int, ...], object, str]]:
    """Return a value of each wrong type for each property, and the place that is to be told."""
    stores = [(("store_id",), "$"), (("external_store_id",), "$")]
    cases: list[tuple[tuple[str | int, ...], object, str]] = []
    for path, place in [*required(), *stores]:
        name = path[-1]
        right: type[object] = (
            list if name in {"items", "modifiers"} else str if name in TEXTS else int
        )
        values: list[object] = [7, "7", 1.5, True, [7], {"a": 7}]
        if (path, place) not in stores:
            values.append(None)
        cases += [
            (path, value, f"{place}.{name}" + ("[0]" if right is list is type(value) else ""))
            for value in values
            if right is list or type(value) is not right
        ]
    return cases


@pytest.mark.parametrize(("path", "value", "place"), wrong(), ids=repr)
def test_value_of_a_wrong_type_is_placed(
    path: tuple[str | int, ...], value: object, place: str
) -> None:
    """A value of another type is refused where it stands, and never turned into the right one."""
    error = refusal(encoded(changed(DOCUMENTED, path, value)))

    assert str(error).endswith(f" - at `{place}`")


def test_error_can_be_pickled() -> None:
    """An error reaches another process as it is."""
    error = refusal(encoded(changed(DOCUMENTED, ("items", 0, "quantity"), "2")))

    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here

    assert "this is no order: Expected `int`, got `str` - at `$.items[0].quantity`" == str(again)
    assert (PushDecodeError, error.body) == (type(again), again.body)


def test_error_is_one_short_line() -> None:
    """What is wrong is told in one line of a bounded length, without what steers a terminal."""
    error = PushDecodeError("order", b"", "\x1b[31m\n" * 5000)

    assert str(error).isprintable()
    assert len(str(error)) < 2000


def test_error_hides_its_cause() -> None:
    """A traceback does not end in the innards of a library."""
    error = refusal(b"[")

    assert error.__cause__ is None
    assert error.__suppress_context__


def told(body: bytes) -> tuple[pushes.OrderPush | None, PushDecodeError | None]:
    """Return the order that a body is, or else why it is none."""
    try:
        return pushes.parse_order(body), None
    except PushDecodeError as error:
        return None, error


@given(body=st.binary() | damaged)
def test_any_bytes_are_an_order_or_told(body: bytes) -> None:
    """Whatever arrives is an order or a `PushDecodeError` that holds it, and nothing else."""
    order, error = told(body)

    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    assert isinstance(order, pushes.OrderPush) or body == again.body
    assert str(error) == str(again)


@given(path=st.sampled_from([path for path, _ in required()]), value=values)
def test_any_value_anywhere_is_an_order_or_told(path: tuple[str | int, ...], value: object) -> None:
    """Whatever stands in for a value, the whole is an order or a `PushDecodeError`."""
    body = encoded(changed(DOCUMENTED, path, value))

    order, error = told(body)

    assert error is None or body == error.body
    assert order is None or changed(DOCUMENTED, path, value) == order.raw


@given(value=orders)
def test_any_valid_order_is_read_as_it_was_written(value: dict[str, Any]) -> None:
    """Each field of a valid order is what was sent, to the last digit, and so is `raw`."""
    order = pushes.parse_order(encoded(value))

    assert value == order.raw
    assert {"store_id": None, "external_store_id": None, **known_of(value)} == fields_of(order)
    assert order == pickle.loads(pickle.dumps(order))  # noqa: S301 - made here
    assert order.raw == pickle.loads(pickle.dumps(order)).raw  # noqa: S301 - made here


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "0.00"),
        (1, "0.01"),
        (10, "0.10"),
        (1150, "11.50"),
        (25800, "258.00"),
        (-1, "-0.01"),
        (-800, "-8.00"),
        (-(10**40), f"-1{'0' * 38}.00"),
        (2**63, "92233720368547758.08"),
    ],
)
def test_amount_has_two_places(amount: int, shown: str) -> None:
    """The two decimals that are folded into an amount are its last two digits."""
    assert shown == str(pushes.to_decimal(amount))


@given(amount=st.integers() | st.integers(-(10**60), 10**60))
def test_amount_is_exact_in_any_context(amount: int) -> None:
    """An amount loses no digit and raises no flag, however few digits the caller's context has."""
    with decimal.localcontext(prec=1, Emax=1, Emin=-1) as context:
        context.traps = dict.fromkeys(context.traps, True)
        value = pushes.to_decimal(amount)

    assert Fraction(amount, 100) == Fraction(value)
    assert -2 == value.as_tuple().exponent


@pytest.mark.parametrize("amount", [1.5, True, "1150", None, Decimal(5)])
def test_amount_that_is_no_int_is_a_mistake_of_the_caller(amount: object) -> None:
    """What is no amount of a push is not taken for one."""
    convert = cast("Callable[[object], Decimal]", pushes.to_decimal)

    with pytest.raises(TypeError, match=r"^an amount is an int, not "):
        convert(amount)
