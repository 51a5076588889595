"""What the sender costs before anything is sent."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys
from mipos_mock.sending.addresses import AddressPolicy
from mipos_mock.sending.sender import Sender
Sender(AddressPolicy())
print({"h11", "mipos_mock.sending.pool"} & set(sys.modules))
"""


def test_sender_without_a_push_imports_no_client() -> None:
    """A mock that never sends anything does not start later for it."""
    run = subprocess.run(  # noqa: S603 - the command is ours
        [sys.executable, "-c", PROGRAM], capture_output=True, encoding="utf-8", check=True
    )

    assert "set()\n" == run.stdout
