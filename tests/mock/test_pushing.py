"""Orders are pushed: to whom, with what, and again when they are not taken."""

import asyncio
import json
from itertools import pairwise

import pytest

from mipos_mock.menus import content
from mipos_mock.placing import Wish
from mipos_mock.pushes import Push, PushStatus
from mipos_mock.refusal import Refused
from mipos_mock.sandbox import Sandbox
from mipos_mock.seed import fresh_state
from mipos_mock.signature import HEADER, sign
from mipos_mock.state import Fault
from tests.mock.fakes import FakeSender, Post, answered, failed

A, B, C = "http://127.0.0.1/a", "http://127.0.0.1/b", "http://127.0.0.1/c"


def sandbox(*hooks: str, sender: FakeSender | None = None, menu: str | None = None) -> Sandbox:
    """A sandbox in which account alpha has some ORDER webhooks."""
    state = fresh_state()
    for url in hooks:
        state.accounts["alpha"].webhooks[url] = "ORDER"
    if menu is not None:
        state.accounts["alpha"].webhooks[menu] = "Menu"
    return Sandbox(state, sender or FakeSender())


def names(sender: FakeSender) -> list[str]:
    """The ids of the orders that were to be sent, in this order."""
    return [json.loads(post.body)["external_id"] for post in sender.posts]


def only_push(box: Sandbox) -> Push:
    """The one push that there is."""
    (push,) = box.state.pushes.values()
    return push


async def place(box: Sandbox, *ids: str) -> None:
    """Places orders and returns once nothing is under way."""
    for each in ids:
        box.place_order(Wish(order_external_id=each))
    await box.advance(0)


def refuse_first(count: int) -> FakeSender:
    """A receiver that takes nothing before so many posts have come."""
    sender = FakeSender()
    sender.reply = lambda _post: answered(500 if len(sender.posts) <= count else 200)
    return sender


def test_order_goes_to_every_order_webhook_of_the_account() -> None:
    """Each ORDER webhook of the store's account gets it, and no other."""
    sender = FakeSender()
    box = sandbox(A, B, sender=sender, menu=C)
    box.state.accounts["beta"].webhooks["http://127.0.0.1/beta"] = "ORDER"

    asyncio.run(place(box, "one"))

    assert [A, B] == sorted(post.url for post in sender.posts)
    assert {PushStatus.DELIVERED} == {push.status for push in box.state.pushes.values()}


def test_signature_is_over_the_exact_bytes() -> None:
    """The header signs what is sent with the account's secret."""
    sender = FakeSender()

    asyncio.run(place(sandbox(A, sender=sender), "one"))
    (post,) = sender.posts

    assert sign(post.body, "mock-secret-alpha") == post.headers[HEADER]
    assert "application/json" == post.headers["Content-Type"]


def test_bytes_are_written_as_php_writes_them() -> None:
    """Slashes are escaped, so is what is not ASCII, and there are no blanks."""
    sender = FakeSender()
    box = sandbox(A, sender=sender)

    async def run() -> None:
        box.place_order(Wish(overrides={"customer": "Peña 1/2"}))
        await box.advance(0)

    asyncio.run(run())

    assert b'"customer":"Pe\\u00f1a 1\\/2"' in sender.posts[0].body


def test_failed_push_is_tried_again_on_the_schedule() -> None:
    """After 5, 15, 60, 180 and 300 seconds, and then no more."""
    sender = FakeSender(reply=lambda _post: answered(500))
    box = sandbox(A, sender=sender)

    async def run() -> list[float]:
        await place(box, "one")
        await box.advance(3600)
        times = [each.at for each in only_push(box).tries]
        return [round(later - earlier) for earlier, later in pairwise(times)]

    assert [5, 15, 60, 180, 300] == asyncio.run(run())
    assert PushStatus.GIVEN_UP == only_push(box).status


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_any_2xx_takes_a_push_over(status: int) -> None:
    """A receiver may choose its status of success."""
    box = sandbox(A, sender=FakeSender(reply=lambda _post: answered(status)))

    asyncio.run(place(box, "one"))

    assert (PushStatus.DELIVERED, 1) == (only_push(box).status, len(only_push(box).tries))


@pytest.mark.parametrize("status", [199, 300, 307, 400, 401, 409, 422, 500, 502])
def test_other_statuses_do_not(status: int) -> None:
    """Whatever is no 2xx leads to another try."""
    box = sandbox(A, sender=FakeSender(reply=lambda _post: answered(status)))

    asyncio.run(place(box, "one"))

    assert PushStatus.WAITING == only_push(box).status


def test_no_answer_leads_to_another_try() -> None:
    """Trouble with the network is told in the try."""
    box = sandbox(A, sender=FakeSender(reply=lambda _post: failed("connection refused")))

    asyncio.run(place(box, "one"))

    assert ["connection refused"] == [each.error for each in only_push(box).tries]
    assert PushStatus.WAITING == only_push(box).status


def test_one_webhook_gets_its_pushes_in_order() -> None:
    """A push that is to be tried again holds up those behind it."""
    sender = refuse_first(2)
    box = sandbox(A, sender=sender)

    async def run() -> None:
        await place(box, "one", "two", "three")
        await box.advance(60)

    asyncio.run(run())

    assert ["one", "one", "one", "two", "three"] == names(sender)


def test_a_receiver_that_hangs_holds_up_no_other() -> None:
    """Another webhook gets everything while one is still waited for."""
    sender = FakeSender()

    async def run() -> list[str]:
        sender.gates[A] = asyncio.Event()
        box = sandbox(A, B, sender=sender)
        for each in ("one", "two"):
            box.place_order(Wish(order_external_id=each))
        last = max(push.id for push in box.state.pushes.values() if push.url == B)
        await box.wait_ended(box.find_push(last), 10)
        await box.close()
        return [post.url for post in sender.posts]

    assert [A, B, B] == sorted(asyncio.run(run()))


def test_a_webhook_that_is_gone_gets_nothing_more() -> None:
    """A push for it is cancelled when its time comes."""
    sender = FakeSender(reply=lambda _post: answered(500))
    box = sandbox(A, sender=sender)

    async def run() -> None:
        await place(box, "one")
        del box.state.accounts["alpha"].webhooks[A]
        await box.advance(60)

    asyncio.run(run())

    assert (PushStatus.CANCELLED, 1) == (only_push(box).status, len(sender.posts))


def test_a_webhook_that_moves_gets_its_pushes_at_the_new_address() -> None:
    """What waits for a webhook follows it."""
    sender = refuse_first(1)
    box = sandbox(A, sender=sender)

    async def run() -> None:
        await place(box, "one")
        box.state.accounts["alpha"].webhooks.rename(A, B)
        await box.advance(60)

    asyncio.run(run())

    assert [A, B] == [post.url for post in sender.posts]


def test_order_without_a_webhook_is_stored_and_said_to_go_nowhere() -> None:
    """The journal has a problem to look at."""
    box = sandbox()

    asyncio.run(place(box, "one"))
    problems = [each.event for each in box.journal if getattr(each.event, "problem", False)]

    assert ["order one placed, pushed nowhere: alpha has no ORDER webhook"] == [
        getattr(each, "title", "") for each in problems
    ]


def test_order_can_be_placed_without_a_push() -> None:
    """Who only wants to accept it is not bothered."""
    sender = FakeSender()
    box = sandbox(A, sender=sender)

    async def run() -> None:
        box.place_order(Wish(push=False))
        await box.advance(0)

    asyncio.run(run())

    assert [] == sender.posts


def test_replay_sends_the_same_bytes() -> None:
    """A replay is a push of its own with the bytes and the signature of the first."""
    sender = FakeSender()
    box = sandbox(A, sender=sender)

    async def run() -> Push:
        await place(box, "one")
        again = box.replay(only_push(box))
        await box.advance(0)
        return again

    again = asyncio.run(run())
    first, second = sender.posts

    assert (first.body, first.headers[HEADER]) == (second.body, second.headers[HEADER])
    assert (1, PushStatus.DELIVERED) == (again.replay_of, again.status)


def test_replay_for_a_webhook_that_is_gone_is_refused() -> None:
    """The message says what to do."""
    box = sandbox(A)

    async def run() -> None:
        await place(box, "one")
        del box.state.accounts["alpha"].webhooks[A]
        box.replay(only_push(box))

    with pytest.raises(Refused, match="is no webhook any more: register it and place an order"):
        asyncio.run(run())


def test_menu_is_asked_for_and_kept() -> None:
    """The Menu pull sends the store's id and keeps what the POS answers."""
    sender = FakeSender(reply=lambda _post: answered(200, b'{"items":[1]}'))
    box = sandbox(A, sender=sender, menu=C)

    async def run() -> None:
        box.pull_menu(None, "10")
        await box.advance(0)

    asyncio.run(run())

    assert [(C, b'{"store_id":"10"}')] == [(post.url, post.body) for post in sender.posts]
    assert [{"items": [1]}] == [content(menu) for menu in box.state.menus.values()]


@pytest.mark.parametrize("answer", [b"", b"not json", b"\xff", b"[" * 101 + b"]" * 101])
def test_menu_that_is_no_json_is_kept_as_text(answer: bytes) -> None:
    """No page shows the form of a menu, so nothing is lost."""
    box = sandbox(sender=FakeSender(reply=lambda _post: answered(200, answer)), menu=C)

    async def run() -> None:
        box.pull_menu(None, None)
        await box.advance(0)

    asyncio.run(run())

    (menu,) = box.state.menus.values()

    assert answer.decode("utf-8", "replace") == content(menu)


def test_menu_without_a_webhook_is_refused() -> None:
    """The message says which webhook to create."""

    async def run() -> None:
        sandbox(A).pull_menu(None, None)

    with pytest.raises(Refused, match="'alpha' has no webhook of type Menu: create one first"):
        asyncio.run(run())


def with_fault(
    kind: str, *ids: str, times: int = 1, seconds: float | None = None
) -> tuple[FakeSender, int]:
    """What is sent while a fault is set, up to a minute later, and how much of it at once."""
    sender = FakeSender()
    box = sandbox(A, sender=sender)

    async def run() -> int:
        box.set_fault(Fault(0, kind, "alpha", times, seconds=seconds))
        for each in ids:
            box.place_order(Wish(order_external_id=each))
        await box.advance(0)
        at_once = len(sender.posts)
        await box.advance(60)
        return at_once

    at_once = asyncio.run(run())
    return sender, at_once


def test_duplicate_is_sent_twice() -> None:
    """The same bytes arrive two times, and the next push once."""
    assert ["one", "one", "two"] == names(with_fault("duplicate", "one", "two")[0])


def test_out_of_order_push_follows_the_next_one() -> None:
    """The second order arrives before the first."""
    assert ["two", "one", "three"] == names(with_fault("out-of-order", "one", "two", "three")[0])


def test_out_of_order_push_without_a_next_one_is_sent_in_the_end() -> None:
    """Nothing is held back for ever."""
    assert ["one"] == names(with_fault("out-of-order", "one")[0])


def test_late_push_waits_for_the_clock() -> None:
    """Nothing is sent before its time."""
    sender, at_once = with_fault("late", "one", seconds=30)

    assert (0, ["one"]) == (at_once, names(sender))


def test_wrong_signature_is_one_of_another_secret() -> None:
    """It has the form of a signature and is not the right one."""
    (post,) = with_fault("wrong-signature", "one")[0].posts

    assert 64 == len(post.headers[HEADER])
    assert sign(post.body, "mock-secret-alpha") != post.headers[HEADER]


def test_truncated_push_is_told_to_the_sender() -> None:
    """The connection is to end in the middle of the body, and only this time."""
    sender, _ = with_fault("truncated", "one", "two")

    assert [True, False] == [post.truncate for post in sender.posts]


def test_fault_strikes_as_often_as_it_is_set() -> None:
    """Each try of a push uses up one time."""
    sender, _ = with_fault("truncated", "one", "two", "three", times=2)

    assert [True, True, False] == [post.truncate for post in sender.posts]


def test_fault_of_another_account_strikes_nothing() -> None:
    """Faults are scoped by account."""
    sender = FakeSender()
    box = sandbox(A, sender=sender)

    async def run() -> None:
        box.set_fault(Fault(0, "truncated", "beta"))
        await place(box, "one")

    asyncio.run(run())

    assert [False] == [post.truncate for post in sender.posts]


def test_burst_places_so_many_orders() -> None:
    """Each has an id of its own."""
    sender = FakeSender()
    box = sandbox(A, sender=sender)

    async def run() -> None:
        box.burst(Wish(), 20, 1000)
        with box.journal.watch() as entries:
            while len(sender.posts) < 20:
                await asyncio.wait_for(entries.get(), 10)

    asyncio.run(run())

    assert 20 == len(set(names(sender)))


def test_too_many_waiting_pushes_are_refused() -> None:
    """An order that could only be queued without end is not placed."""

    async def run() -> None:
        sender = FakeSender()
        sender.gates[A] = asyncio.Event()
        box = sandbox(A, sender=sender)
        box.place_order(Wish(order_external_id="first"))
        queue = next(iter(box._courier._queues.values()))  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - filling it up by orders takes seconds
        queue.extend([queue[0]] * 20_000)
        try:
            with pytest.raises(Refused, match="pushes wait, and 1 more are over 20000"):
                box.place_order(Wish(order_external_id="more"))
            assert "more" not in {key.order_external_id for key in box.state.orders}
        finally:
            await box.close()

    asyncio.run(run())


def test_closing_leaves_pushes_to_be_sent() -> None:
    """What is under way is not given up, and the sender is closed."""
    sender = FakeSender()

    async def run() -> Sandbox:
        sender.gates[A] = asyncio.Event()
        box = sandbox(A, sender=sender)
        box.place_order(Wish())
        await asyncio.sleep(0)
        await box.close()
        return box

    box = asyncio.run(run())

    assert (False, True) == (only_push(box).ended, sender.closed)


def test_what_was_left_is_sent_after_a_restart() -> None:
    """A sandbox over the same state takes up where the first was stopped."""
    hanging, sender = FakeSender(), FakeSender()

    async def run() -> list[Post]:
        hanging.gates[A] = asyncio.Event()
        first = sandbox(A, sender=hanging)
        first.place_order(Wish(order_external_id="one"))
        await asyncio.sleep(0)
        await first.close()
        second = Sandbox(first.state, sender)
        second.resume()
        await second.advance(0)
        return sender.posts

    assert 1 == len(asyncio.run(run()))
    assert ["one"] == names(sender)


@pytest.mark.parametrize("kind", ["late", "out-of-order"])
def test_held_push_does_not_go_to_a_webhook_that_is_gone(kind: str) -> None:
    """A webhook that is deleted while a fault holds its push back gets nothing."""
    sender = FakeSender()
    box = sandbox(A, sender=sender)

    async def run() -> None:
        box.set_fault(Fault(0, kind, "alpha", seconds=3 if kind == "late" else None))
        await place(box, "one")
        del box.state.accounts["alpha"].webhooks[A]
        await box.advance(60)

    asyncio.run(run())

    assert ([], PushStatus.CANCELLED) == (sender.posts, only_push(box).status)


def test_late_push_follows_its_webhook() -> None:
    """A webhook that moves while a fault holds its push back gets it at the new address."""
    sender = FakeSender()
    box = sandbox(A, sender=sender)

    async def run() -> None:
        box.set_fault(Fault(0, "late", "alpha", seconds=3))
        await place(box, "one")
        box.state.accounts["alpha"].webhooks.rename(A, B)
        await box.advance(60)

    asyncio.run(run())

    assert [B] == [post.url for post in sender.posts]


def test_many_pushes_out_of_order_all_arrive() -> None:
    """However long the queue is, each pair changes places and nothing is lost."""
    ids = [str(number) for number in range(2000)]
    sender, _ = with_fault("out-of-order", *ids, times=10_000)
    pairs = zip(ids[1::2], ids[::2], strict=True)

    assert [each for pair in pairs for each in pair] == names(sender)
