"""What a call costs: every client, sync and async, with and without a server."""

import asyncio
import gc
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager, AsyncExitStack, ExitStack
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from benchmarks.children import cores, pinned
from benchmarks.client import canned
from benchmarks.client.contender import Contender, Target
from benchmarks.client.figures import CANNED, MOCK, MODES, TARGETS, Call, rounded
from benchmarks.client.operations import (
    ACCEPT,
    CREATE,
    LISTED,
    OPERATIONS,
    Operation,
    order,
    webhook_url,
)
from benchmarks.http_client import API, Client
from benchmarks.roster import mock
from benchmarks.server import running

_NUMBERS: Final = count(LISTED)
"""Names webhooks; those below are in the list."""


@dataclass(slots=True)
class _Cell:
    """One figure in the making."""

    figure: Call
    operation: Operation
    sample: Callable[[Sequence[int]], tuple[float, float]]


def measure(contenders: Sequence[Contender], rounds: int) -> list[Call]:
    """Returns the figures of all clients, also of those that cannot be measured.

    All are open at once and take turns, call by call: what else the machine does falls on all
    alike. The mock has a process and, if there are two, a core of its own.

    Raises:
        NotMeasuredError: The mock did not run.
    """
    server_core, client_core = cores()
    with ExitStack() as stack:
        port = stack.enter_context(running(mock(), server_core)).port
        stack.enter_context(pinned({client_core}))
        _fill(port)
        figures: list[Call] = []
        cells: list[_Cell] = []
        loop = stack.enter_context(asyncio.Runner())
        awaited = AsyncExitStack()
        stack.callback(lambda: loop.run(awaited.aclose()))
        for over, mode, operation, contender in _combinations(contenders):
            figure = Call(
                client=contender.name,
                mode=mode,
                over=over,
                operation=operation.name,
                cpu_us=[],
                elapsed_us=[],
                note=_note(contender, mode, over),
            )
            figures.append(figure)
            if figure["note"]:
                continue
            target = (
                Target(canned.ADDRESS, operation.token, canned.transport())
                if over == CANNED
                else Target(f"http://127.0.0.1:{port}", operation.token)
            )
            if mode == "sync":
                sample = _sync_sampler(stack, contender.sync(target), operation)
            else:
                entering = awaited.enter_async_context(contender.awaited(target))
                sample = _async_sampler(loop, loop.run(entering)[operation.name])
            cells.append(_Cell(figure, operation, sample))
        # The loaded packages are not looked through again and again for garbage.
        gc.collect()
        gc.freeze()
        stack.callback(gc.unfreeze)
        for number in range(rounds + 1):
            print(f"  round {number} of {rounds}", file=sys.stderr)
            # Each begins some rounds, so that none always follows the same other one.
            start = number % len(cells)
            for cell in cells[start:] + cells[:start]:
                _repeat(cell, port, keep=number > 0)
    return figures


def _combinations(
    contenders: Sequence[Contender],
) -> Iterator[tuple[str, str, Operation, Contender]]:
    for over in TARGETS:
        for mode in MODES:
            for operation in OPERATIONS:
                for contender in contenders:
                    yield over, mode, operation, contender


def _note(contender: Contender, mode: str, over: str) -> str:
    if contender.absent:
        return f"not run: {contender.absent}"
    if mode == "sync" and over == CANNED and contender.sync_needs_server:
        return "needs a server"
    return ""


def _repeat(cell: _Cell, port: int, *, keep: bool) -> None:
    # One more than is measured: the first opens the connection if it was idle for too long.
    numbers = [next(_NUMBERS) for _ in range(cell.operation.calls + 1)]
    over_mock = cell.figure["over"] == MOCK
    if over_mock and cell.operation is ACCEPT:
        _place(port, numbers)
    cpu, elapsed = cell.sample(numbers)
    if over_mock and cell.operation is CREATE:
        _delete(port, numbers)
    if keep:  # the first round fills caches
        cell.figure["cpu_us"].append(rounded(cpu * 1e6 / cell.operation.calls))
        cell.figure["elapsed_us"].append(rounded(elapsed * 1e6 / cell.operation.calls))


def _sync_sampler(
    stack: ExitStack, opening: AbstractContextManager[Any], operation: Operation
) -> Callable[[Sequence[int]], tuple[float, float]]:
    call = stack.enter_context(opening)[operation.name]

    def sample(numbers: Sequence[int]) -> tuple[float, float]:
        call(numbers[0])
        gc.collect()
        cpu, begin = time.process_time(), time.perf_counter()
        for number in numbers[1:]:
            call(number)
        return time.process_time() - cpu, time.perf_counter() - begin

    return sample


def _async_sampler(
    loop: asyncio.Runner, call: Callable[[int], Awaitable[Any]]
) -> Callable[[Sequence[int]], tuple[float, float]]:
    async def sample(numbers: Sequence[int]) -> tuple[float, float]:
        await call(numbers[0])
        gc.collect()
        cpu, begin = time.process_time(), time.perf_counter()
        for number in numbers[1:]:
            await call(number)
        return time.process_time() - cpu, time.perf_counter() - begin

    return lambda numbers: loop.run(sample(numbers))


def _place(port: int, numbers: Sequence[int]) -> None:
    """Places orders to be accepted."""
    with Client(port) as client:
        for number in numbers:
            ids = {name: order(number)[name] for name in ("store_id", "order_external_id")}
            client.control("orders", 201, account="beta", push=False, **ids)


def _delete(port: int, numbers: Sequence[int]) -> None:
    with Client(port, CREATE.token) as client:
        for number in numbers:
            body = f'{{"url": "{webhook_url(number)}"}}'
            client.expect(200, "POST", f"{API}/webhook/delete", body)


def _fill(port: int) -> None:
    with Client(port) as client:
        for number in range(LISTED):
            client.create_webhook(webhook_url(number))
