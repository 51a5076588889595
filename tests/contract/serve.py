"""Serve a fault or a variant, in place of `mipos-mock`: `python -m tests.contract.serve NAME`.

A second argument names a file that gets one byte at each API request.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mipos_contract.mock_process import BANNER
from mipos_mock.server import server_of
from mipos_mock.sockets import listen, url_of
from tests.contract.faults import FAULTS
from tests.contract.transport import counted
from tests.contract.variants import VARIANTS


def main(name: str, requests: Path | None) -> None:
    """Serve on a free port until told to stop."""
    app = (FAULTS[name] if name in FAULTS else VARIANTS[name]).build()
    if requests is not None:
        # Written at once, as the suite may kill what it started.
        app = counted(app, requests.open("ab", buffering=0).write)
    sock = listen("127.0.0.1", 0)
    server = server_of(app)
    sys.stdout.write(f"{BANNER}{url_of(sock)}\n")
    sys.stdout.flush()
    server.run(sockets=[sock])


if __name__ == "__main__":
    # What follows is what the suite adds for every mock: `serve --port 0`.
    given = sys.argv[1:].index("serve") if "serve" in sys.argv else len(sys.argv) - 1
    main(sys.argv[1], Path(sys.argv[2]) if given > 1 else None)
