"""Serve the mock with a fault, in place of `mipos-mock`: `python -m tests.contract.serve FAULT`."""

from __future__ import annotations

import sys

from mipos_contract.mock_process import BANNER
from mipos_mock.server import server_of
from mipos_mock.sockets import listen, url_of
from tests.contract.faults import FAULTS


def main(name: str) -> None:
    """Serve on a free port until told to stop."""
    sock = listen("127.0.0.1", 0)
    server = server_of(FAULTS[name].build())
    sys.stdout.write(f"{BANNER}{url_of(sock)}\n")
    sys.stdout.flush()
    server.run(sockets=[sock])


if __name__ == "__main__":
    main(sys.argv[1])
