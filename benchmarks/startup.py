# ruff: noqa: INP001 - a command, not a module of a package
"""Measures the time from process start to first answer, against uvicorn with fixed bytes.

Run it in an environment that has the mock installed: ``python benchmarks/startup.py``.
"""

import argparse
import http.client
import statistics
import subprocess
import sys
import time
from urllib.parse import urlsplit

PEER = """
import socket
import uvicorn

async def app(scope, receive, send):
    headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"[]"})

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
sock.bind(("127.0.0.1", 0))
sock.listen()
print(f"listening on http://127.0.0.1:{sock.getsockname()[1]}", flush=True)
config = uvicorn.Config(app, http="httptools", ws="none", lifespan="off", log_level="error")
uvicorn.Server(config).run(sockets=[sock])
"""

COMMANDS = {
    "mipos-mock serve": [sys.executable, "-m", "mipos_mock", "serve", "--port", "0"],
    "uvicorn, fixed bytes": [sys.executable, "-c", PEER],
}


def first_answer(command: list[str]) -> float:
    """Returns the seconds from starting a command to having read its answer to a list request.

    Args:
        command: A server whose first line of output ends in its address.

    Raises:
        RuntimeError: The server does not answer 200.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - one of COMMANDS
        try:
            address = process.stdout.readline().split()[-1] if process.stdout else ""
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
            headers = {"Authorization": "Bearer mock-token-alpha"}
            connection.request("GET", "/api/v1/integration/webhooks", headers=headers)
            response = connection.getresponse()
            body = response.read()
            seconds = time.perf_counter() - start
            connection.close()
        finally:
            process.kill()
    if (response.status, body) != (200, b"[]"):
        raise RuntimeError(f"{command[1:3]} answered {response.status} {body!r}, not 200 []")
    return seconds


def main() -> None:
    """Runs every command in turn, so that the load of the machine falls on all alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10, help="runs of each (%(default)s)")
    runs = max(1, parser.parse_args().runs)
    seconds: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for command in COMMANDS.values():
        first_answer(command)  # fills the file cache and writes the bytecode
    for _ in range(runs):
        for name, command in COMMANDS.items():
            seconds[name].append(first_answer(command))
    print(f"{'seconds to first answer':<24}{'median':>8}{'min':>8}{'max':>8}   {runs} runs each")
    for name, values in seconds.items():
        median = statistics.median(values)
        print(f"{name:<24}{median:>8.3f}{min(values):>8.3f}{max(values):>8.3f}")
    mock, peer = seconds.values()
    medians = statistics.median(mock) / statistics.median(peer)
    print(f"{'ratio':<24}{medians:>8.2f}{min(mock) / min(peer):>8.2f}")


if __name__ == "__main__":
    main()
