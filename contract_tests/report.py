"""Texts of the run's report that pytest does not make by itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pytest

MAX_NOTE_LINES = 40


def violations(error: BaseException, kinds: tuple[type[BaseException], ...]) -> str | None:
    """Return the texts of the violations in an exception or group of them, each once.

    Args:
        error: what a test raised.
        kinds: the exceptions that count as violations.

    Returns:
        None if there is anything else among them, which then wants its traceback.
    """
    leaves = list(_leaves(error))
    if not all(isinstance(leaf, kinds) for leaf in leaves):
        return None
    texts = [str(leaf) + _steps(leaf) for leaf in leaves]
    return "\n\n".join(dict.fromkeys(texts))


def reasons(skipped: Iterable[pytest.TestReport]) -> list[str]:
    """Return why tests were skipped, each reason once with the number of its tests."""
    counts: Counter[str] = Counter()
    for result in skipped:
        if isinstance(result.longrepr, tuple):
            counts[result.longrepr[2].removeprefix("Skipped: ")] += 1
    return [f"{count} tests: {reason}" for reason, count in sorted(counts.items())]


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for member in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            yield from _leaves(member)
    else:
        yield error


def _steps(error: BaseException) -> str:
    # The steps of a model are worth reading; a generated case is in the curl line already.
    notes = "\n".join(getattr(error, "__notes__", ()))
    lines = [line for line in notes.splitlines() if line.lstrip().startswith("state.")]
    if not lines:
        return ""
    return "\n  steps:\n" + "\n".join(f"    {line.strip()}" for line in lines[:MAX_NOTE_LINES])
