"""Removing what a run created, from a target that does not play along."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from mipos_contract import cleanup, connection
from mipos_contract.confinement import Confinement
from mipos_contract.settings import from_environment
from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.contract.suite import LIVE
from tests.contract.transport import Reply, Seen, on_reply

if TYPE_CHECKING:
    import pytest


def test_a_target_that_does_not_answer_is_not_asked_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After three deletes without an answer the rest is reported, and not tried."""
    monkeypatch.setattr(cleanup, "_CALL_SECONDS", 0.2)
    deleted, release = list[str](), threading.Event()

    def hang(seen: Seen, reply: Reply) -> Reply:
        if seen.path == "delete":
            deleted.append(seen.path)
            release.wait()
        return reply

    with running(on_reply(create_app(fresh_state()), hang)) as base_url:
        settings = from_environment(
            {**LIVE, "MIPOS_OTHER_ACCESS_TOKEN": "", "MIPOS_BASE_URL": base_url}
        )
        assert settings is not None
        target = connection.to_deployment(settings, Confinement(allow_writes=True))
        urls = [f"{target.confinement.prefix}{number}" for number in range(9)]
        target.touched[target.account.account] = dict.fromkeys(urls)

        found = cleanup.remove_leftovers(target)

        release.set()
        target.close()

    assert urls == found.unsure
    assert [] == found.left
    # The first blocks the server's only thread; the others wait behind it.
    assert 1 <= len(deleted) <= 3
    assert "MAY BE LEFT BEHIND: 9 webhooks" in "\n".join(found.lines(target.confinement.prefix))
