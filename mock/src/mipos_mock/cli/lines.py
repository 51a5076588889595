"""What the mock answers, as lines for a person."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from mipos_mock.cli import show

Json = dict[str, Any]

_ITEMS_SHOWN: Final = 10
_MENU_SHOWN: Final = 50  # characters
_KIND_WIDTH: Final = 7
_ACCOUNT_WIDTH: Final = 10


def given(values: Mapping[str, object]) -> dict[str, object]:
    """Returns the values that are not None."""
    return {name: value for name, value in values.items() if value is not None}


def orders(found: Iterable[Json]) -> list[str]:
    """Returns orders in short."""
    heads = (
        "ID", "STATUS", "PLACED", "ACCOUNT", "STORE", "DELIVERY", "TOTAL", "ORDER", "CUSTOMER",
    )  # fmt: skip
    rows = [
        (
            each["id"], each["status"], show.moment(each["placed_at"]), each["account"],
            each["store_id"], each["delivery_id"], show.money(each["total"]),
            each["order_external_id"], each["customer"],
        )
        for each in found
    ]  # fmt: skip
    return show.table(heads, rows) or ["no order"]


def order(of: Json) -> Iterator[str]:
    """Gives an order with its content, its pushes and what happened to it."""
    yield f"{order_name(of)}  {show.painted(of['status'])}"
    content = of["order"]
    total = show.money(content["total"])
    if content["discount_value"]:
        total += f", discount {show.money(content['discount_value'])}"
    pairs = [
        ("account", of["account"]),
        ("store", of["store_id"]),
        ("delivery", of["delivery_id"]),
        ("scenario", of["scenario"]),
        ("placed", show.moment(of["placed_at"])),
        ("accepted", show.moment(of["accepted_at"])),
        ("customer", content["customer"]),
        ("note", content["instructions"]),
        ("total", total),
    ]
    yield from show.fields((name, value) for name, value in pairs if value)
    yield from _items(content["items"])
    if of["pushes"]:
        yield from ("", *pushes(of["pushes"]))
    if of["timeline"]:
        yield ""
        yield from (entry(each) for each in of["timeline"])


def order_name(of: Json) -> str:
    """Returns the two names of an order."""
    return show.heading(f"order {of['id']}  {of['order_external_id']}")


def pushes(found: Iterable[Json]) -> list[str]:
    """Returns pushes in short."""
    heads = ("ID", "STATUS", "TYPE", "ACCOUNT", "STORE", "ORDER", "TRIES", "NEXT TRY", "URL")
    rows = [
        (
            each["id"], each["status"], each["kind"], each["account"], each["store_id"],
            each["order_id"], each["attempts"], show.moment(each["due_at"]), each["url"],
        )
        for each in found
    ]  # fmt: skip
    return show.table(heads, rows) or ["no push"]


def push(of: Json) -> Iterator[str]:
    """Gives a push with its body and every try."""
    yield f"{show.heading(push_name(of))}  {show.painted(of['status'])}"
    pairs = [
        ("type", of["kind"]),
        ("url", of["url"]),
        ("account", of["account"]),
        ("store", of["store_id"]),
        ("order", of["order_external_id"]),
        ("replay of", of["replay_of"]),
        ("next try", of["due_at"] and show.moment(of["due_at"])),
    ]
    yield from show.fields((name, value) for name, value in pairs if value is not None)
    heads = ("TRY", "AT", "ANSWER", "MS", "FAULTS", "BODY OF THE ANSWER")
    rows = [
        (
            number, show.clock(each["at"]), each["error"] or each["status"],
            f"{each['milliseconds']:.1f}", ", ".join(each["faults"]) or "-", each["answer"],
        )
        for number, each in enumerate(of["tries"], 1)
    ]  # fmt: skip
    if rows:
        yield from ("", *show.table(heads, rows, "  "))
    yield from ("", "  body")
    yield from show.body(of["body"], "    ")


def push_name(of: Json) -> str:
    """Returns what a push is called."""
    return f"push {of['id']}"


def menus(found: Iterable[Json]) -> list[str]:
    """Returns menus in short."""
    rows = [
        (each["account"], each["store_id"], show.moment(each["at"]), each["push_id"], each["url"],
         _clipped(each["menu"]))
        for each in found
    ]  # fmt: skip
    heads = ("ACCOUNT", "STORE", "AT", "PUSH", "URL", "MENU")
    return show.table(heads, rows) or ["no menu"]


def menu(of: Json) -> Iterator[str]:
    """Gives the whole of a menu."""
    yield show.heading(f"menu of store {of['store_id']} from {of['url']}")
    yield from show.document(of["menu"])


def faults(found: Iterable[Json]) -> list[str]:
    """Returns faults."""
    heads = ("ID", "KIND", "ACCOUNT", "TIMES", "OPERATION", "STATUS", "SECONDS", "MESSAGE")
    rows = [
        (
            each["id"], each["kind"], each["account"],
            "forever" if each["times"] is None else each["times"],
            each["operation"], each["status"], each["seconds"], each["message"],
        )
        for each in found
    ]  # fmt: skip
    return show.table(heads, rows) or ["no fault"]


def fault_kinds(of: Json) -> Iterator[str]:
    """Gives what can go wrong on purpose, and every documented error."""
    rows = [
        (each["kind"], each["on"], ", ".join(each["fields"]) or "-", each["text"])
        for each in of["kinds"]
    ]
    yield from show.table(("KIND", "ON", "OPTIONS", "WHAT HAPPENS"), rows)
    yield ""
    messages = [
        (each["operation"], each["status"], text)
        for each in of["errors"]
        for text in each["messages"]
    ]
    yield from show.table(("OPERATION", "STATUS", "MESSAGE OF AN ERROR"), messages)


def accounts(found: Iterable[Json]) -> list[str]:
    """Returns accounts, and the webhooks that they have."""
    found = list(found)
    heads = ("ACCOUNT", "STATUS", "TOKEN", "SECRET", "STORES")
    rows = [
        (
            each["name"],
            f"{each['status']}, read-only" if each["read_only"] else each["status"],
            each["token"], each["secret"], ", ".join(each["stores"]) or "-",
        )
        for each in found
    ]  # fmt: skip
    hooks = [
        (each["name"], hook["type"], hook["url"]) for each in found for hook in each["webhooks"]
    ]
    lines = show.table(heads, rows) or ["no account"]
    if hooks:
        lines += ["", *show.table(("ACCOUNT", "WEBHOOK", "URL"), hooks)]
    return lines


def entry(of: Json) -> str:
    """Returns an entry of the journal as a line that stands under others of its kind."""
    account = show.plain(of["account"])
    start = (
        f"{of['id']:>5}  {show.clock(of['at'])}  {of['kind']:<{_KIND_WIDTH}}"
        f"  {account:<{_ACCOUNT_WIDTH}}"
    )
    told = [show.plain(of["title"])]
    if of["outcome"]:
        told.append(show.plain(of["outcome"]))
    if of["milliseconds"] is not None:
        told.append(f"{of['milliseconds']:.1f} ms")
    if of["violations"]:
        told.append(f"{of['violations']} violation{'s' if of['violations'] > 1 else ''}")
    text = "  ".join(told)
    wrong = of["problem"] or of["violations"]
    return f"{start}  {alarm_mark(wrong=wrong)} {show.alarm(text) if wrong else text}"


def alarm_mark(*, wrong: bool) -> str:
    """Returns what marks a line that says what is wrong, without a colour too."""
    return show.alarm("!") if wrong else " "


def whole_entry(of: Json) -> Iterator[str]:
    """Gives an entry of the journal with headers and bodies."""
    yield entry(of)
    detail: Json = of["detail"]
    simple = [
        (name, detail[name])
        for name in ("method", "path", "query", "operation", "url", "attempt", "error")
        if detail.get(name) not in {None, ""}
    ]
    if detail.get("faults"):
        simple.append(("faults", ", ".join(detail["faults"])))
    if simple:
        yield from ("", *show.fields(simple))
    for violation in detail.get("violations", ()):
        yield from ("", f"  {show.alarm('violation')}  {show.plain(violation['message'])}")
        yield f"             {show.plain(violation['remedy'])}"
    for name in ("headers", "body", "answer_headers", "answer"):
        if detail.get(name):
            yield from ("", f"  {name.replace('_', ' ')}")
            if name.endswith("headers"):
                yield from show.fields(detail[name], "    ")
            else:
                yield from show.body(detail[name], "    ")


def _items(items: Sequence[Json]) -> Iterator[str]:
    for item in items[:_ITEMS_SHOWN]:
        name, price = show.plain(item["name"]), show.money(item["total_value"])
        yield f"  {item['quantity']:>4} x {name}  {price}"
        for each in item["modifiers"]:
            name, price = show.plain(each["name"]), show.money(each["total_value"])
            yield f"         + {each['quantity']} x {name}  {price}"
    if len(items) > _ITEMS_SHOWN:
        yield f"         {len(items) - _ITEMS_SHOWN} more"


def _clipped(menu: object) -> str:
    text = json.dumps(menu, ensure_ascii=False)
    return text if len(text) <= _MENU_SHOWN else f"{text[:_MENU_SHOWN]}..."
