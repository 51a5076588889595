"""The pytest plugin: a mock of its own for each test that asks for one.

It is loaded with every run of pytest, so all that takes time waits until a test asks for it.
"""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    import pluggy

    from mipos_mock.testing import Engine, MiposMock

_MOCK = pytest.StashKey["MiposMock"]()


@pytest.fixture(scope="session")
def _mipos_mock_engine() -> "Generator[Engine, None, None]":
    from mipos_mock.testing import Engine  # noqa: PLC0415 - see above

    with Engine() as engine:
        yield engine


@pytest.fixture
def mipos_mock(
    request: pytest.FixtureRequest, _mipos_mock_engine: "Engine"
) -> "Generator[MiposMock, None, None]":
    """The MiPOS platform, with an account that is this test's own; `mipos_mock.testing.MiposMock`.

    Place orders, and see what the POS under test does with them.
    """
    from mipos_mock.testing import MiposMock  # noqa: PLC0415 - see above

    with MiposMock(_mipos_mock_engine) as mock:
        request.node.stash[_MOCK] = mock
        yield mock


# Of the two forms of a wrapper, the one that every pluggy knows.
@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: "pytest.CallInfo[None]"
) -> "Generator[None, pluggy.Result[pytest.TestReport], None]":
    """Adds to the report of a failed test what happened to its account, unless that is there."""
    outcome = yield
    mock = item.stash.get(_MOCK, None)
    if mock is None or mock.closed:
        return
    from mipos_mock.testing import WaitError  # noqa: PLC0415 - see above

    report = outcome.get_result()
    shown = call.excinfo is not None and isinstance(call.excinfo.value, WaitError)
    if report.failed and not shown:
        report.sections.append(("mipos-mock", mock.timeline()))
