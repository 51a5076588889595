"""Texts of the run's report that pytest does not make by itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pytest

MAX_STEPS = 40
STEPS = "  steps:\n"


def steps(sent: Sequence[str]) -> str:
    """Return a note that lists the calls which led to a violation, the last ones if many."""
    first = max(0, len(sent) - MAX_STEPS)
    left_out = [f"({first} before)"] if first else []
    return STEPS + "\n".join(f"    {line}" for line in [*left_out, *sent[first:]])


def leaves(error: BaseException) -> Iterator[BaseException]:
    """Yield the exception itself, or those in it if it is a group."""
    if isinstance(error, BaseExceptionGroup):
        for member in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            yield from leaves(member)
    else:
        yield error


def violations(error: BaseException, kinds: tuple[type[BaseException], ...]) -> str | None:
    """Return the texts of the violations in an exception or group of them, each once.

    Args:
        error: what a test raised.
        kinds: the exceptions that count as violations.

    Returns:
        None if there is anything else among them, which then wants its traceback.
    """
    found = list(leaves(error))
    if not all(isinstance(leaf, kinds) for leaf in found):
        return None
    texts = ["\n".join([str(leaf), *_steps(leaf)]) for leaf in found]
    return "\n\n".join(dict.fromkeys(texts))


def reasons(skipped: Iterable[pytest.TestReport]) -> list[str]:
    """Return why tests were skipped, each reason once with the number of its tests."""
    counts: Counter[str] = Counter()
    for result in skipped:
        if isinstance(result.longrepr, tuple):
            counts[result.longrepr[2].removeprefix("Skipped: ")] += 1
    return [f"{count} tests: {reason}" for reason, count in sorted(counts.items())]


def _steps(error: BaseException) -> list[str]:
    # Hypothesis notes how it drew the case as well, which says less than what was sent.
    notes: list[str] = getattr(error, "__notes__", [])
    return [note for note in notes if note.startswith(STEPS)]
