"""The stand-in's own time."""

import asyncio

from mipos_mock.clock import Clock, iso


def test_a_sleeper_wakes_when_the_clock_is_set_ahead() -> None:
    """Nobody waits for what the clock shows already."""

    async def run() -> float:
        clock = Clock()
        due = clock.now() + 3600
        sleeper = asyncio.create_task(clock.sleep_until(due))
        await asyncio.sleep(0)
        assert due == clock.next_due()
        clock.advance_to(due)
        await asyncio.wait_for(sleeper, 10)
        assert clock.next_due() is None
        return clock.ahead

    assert 3590 < asyncio.run(run()) <= 3600


def test_a_sleeper_wakes_by_itself() -> None:
    """Time also passes without being set ahead."""

    async def run() -> bool:
        clock = Clock()
        due = clock.now() + 0.02
        await asyncio.wait_for(clock.sleep_until(due), 10)
        return clock.now() >= due

    assert asyncio.run(run())


def test_a_sleeper_sleeps_on_while_its_time_has_not_come() -> None:
    """Setting the clock ahead wakes only those whose time has come."""

    async def run() -> list[str]:
        clock, woken = Clock(), list[str]()

        async def sleep(name: str, seconds: float) -> None:
            await clock.sleep_until(start + seconds)
            woken.append(name)

        start = clock.now()
        tasks = [asyncio.create_task(sleep("late", 900)), asyncio.create_task(sleep("soon", 60))]
        await asyncio.sleep(0)
        clock.advance_to(start + 100)
        await asyncio.wait_for(tasks[1], 10)
        assert start + 900 == clock.next_due()
        tasks[0].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert clock.next_due() is None
        return woken

    assert ["soon"] == asyncio.run(run())


def test_a_nudged_sleeper_looks_again() -> None:
    """Who sleeps unless something happens returns when told that it has."""

    async def run() -> None:
        clock, happened = Clock(), list[int]()
        sleeper = asyncio.create_task(clock.sleep_until(clock.now() + 3600, lambda: bool(happened)))
        await asyncio.sleep(0)
        clock.nudge()
        await asyncio.sleep(0)
        assert not sleeper.done()
        happened.append(1)
        clock.nudge()
        await asyncio.wait_for(sleeper, 10)

    asyncio.run(run())


def test_the_clock_is_never_set_back() -> None:
    """A moment in the past leaves it as it is."""
    clock = Clock(100)
    clock.advance_to(clock.now() - 1000)

    assert 100 == clock.ahead


def test_times_are_shown_in_utc() -> None:
    """A time is a text with milliseconds and a Z."""
    assert "2020-03-20T04:51:03.250Z" == iso(1584679863.25)
