"""Faults and how to plant one: a function whose decorator says what it replaces.

The function's name is the fault's name, its module the family, its docstring says what is wrong.
Every build has a state and counters of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from mipos_mock.app import create_app
from mipos_mock.operations import OPERATIONS
from mipos_mock.seed import fresh_state
from tests.contract.transport import Reply, Seen, on_reply, on_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from mipos_mock.asgi import ASGIApp
    from mipos_mock.operations import Run
    from mipos_mock.validation import Field

Values = Mapping[str, str]
Change = TypeVar("Change", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A server with one defect.

    Attributes:
        name: what the fault is called.
        family: the kind of defect.
        text: one line that says what is wrong.
        build: makes a fresh server that has the defect.
        assumed: whether no document forbids it, so that the suite demands it of the mock alone.
        sampled: whether CI runs it.
    """

    name: str
    family: str
    text: str
    build: Callable[[], ASGIApp]
    assumed: bool = False
    sampled: bool = False


FAULTS: dict[str, Fault] = {}


def core(operation: str, *, every: int = 1) -> Callable[[Change], Change]:
    """Replace what an operation does once a request is valid, at every nth such request."""

    def register(run: Change) -> Change:
        sound = OPERATIONS[operation].run
        return _add(run, lambda: app_with(operation, _every(every, run, sound)))

    return register


def reply(path: str = "", status: int = 0, *, every: int = 1) -> Callable[[Change], Change]:
    """Change answers: those of a path and status, where given, and of them every nth."""

    def register(change: Change) -> Change:
        def build() -> ASGIApp:
            changed = _every(every, change, _unchanged)

            def chosen(seen: Seen, reply: Reply) -> Reply:
                fits = path in {"", seen.path} and status in {0, reply.status}
                return changed(seen, reply) if fits else reply

            return on_reply(create_app(fresh_state()), chosen)

        return _add(change, build)

    return register


def request(path: str = "") -> Callable[[Change], Change]:
    """Change requests: those of a path, where given."""

    def register(change: Change) -> Change:
        def chosen(seen: Seen) -> Seen:
            return change(seen) if path in {"", seen.path} else seen

        return _add(change, lambda: on_request(create_app(fresh_state()), chosen))

    return register


def rules(operation: str) -> Callable[[Change], Change]:
    """Replace the rules that an operation's fields must meet."""

    def register(fields: Change) -> Change:
        changed: tuple[Field, ...] = fields()
        operations = {**OPERATIONS, operation: replace(OPERATIONS[operation], fields=changed)}
        return _add(fields, lambda: create_app(fresh_state(), operations))

    return register


def server(build: Change) -> Change:
    """Replace the server as a whole, for a fault that remembers or that waits."""
    return _add(build, build)


def assumed(change: Change) -> Change:
    """Mark the fault as one that no document forbids."""
    FAULTS[change.__name__] = replace(FAULTS[change.__name__], assumed=True)
    return change


def sampled(change: Change) -> Change:
    """Mark the fault as one that CI runs."""
    FAULTS[change.__name__] = replace(FAULTS[change.__name__], sampled=True)
    return change


def app_with(operation: str, run: Run) -> ASGIApp:
    """Return a fresh mock in which one operation does something else."""
    changed = replace(OPERATIONS[operation], run=run)
    return create_app(fresh_state(), {**OPERATIONS, operation: changed})


def _add(change: Change, build: Callable[[], ASGIApp]) -> Change:
    name, text = change.__name__, (change.__doc__ or "").strip()
    if name in FAULTS:
        raise ValueError(f"two faults are called {name}: give one of them another name")
    FAULTS[name] = Fault(name, change.__module__.rpartition(".")[2], text, build)
    return change


def _every(number: int, changed: Callable[..., Any], sound: Callable[..., Any]) -> Any:  # noqa: ANN401 - as what it replaces
    calls = itertools.count(1)

    def chosen(*given: object) -> object:
        return (sound if next(calls) % number else changed)(*given)

    return chosen


def _unchanged(_seen: Seen, reply: Reply) -> Reply:
    return reply
