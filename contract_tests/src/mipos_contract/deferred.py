"""Tests that are made only when their turn comes, as making them takes seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "schema_driven.py"


class DeferredFile(pytest.File):
    """A module of tests, collected as a single one."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield what stands for the module's tests."""
        yield Deferred.from_parent(self, name="test_a_generated_request_gets_a_documented_answer")  # pyright: ignore[reportUnknownMemberType] - open in pytest


class Deferred(pytest.Item):
    """Stands for the tests of its module until they are to run."""

    def expand(self) -> list[pytest.Item]:
        """Import the module and return its tests."""
        assert self.parent is not None
        assert self.parent.parent is not None
        module: pytest.Module = pytest.Module.from_parent(self.parent.parent, path=self.path)  # pyright: ignore[reportUnknownMemberType] - open in pytest
        return list(self.session.genitems(module))

    def runtest(self) -> None:
        """Never come here: the module's tests run in place of this one.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError(f"{self.name} was not expanded")
