"""Prints the bytes of resident memory that one more client takes.

``python -m benchmarks.client.probe CLIENT PORT``
"""

import gc
import os
import sys
from contextlib import ExitStack
from typing import Final

from benchmarks import proc
from benchmarks.client import openapi_generator
from benchmarks.client.contender import Contender, Target
from benchmarks.client.operations import CREATE
from benchmarks.client.ours import OURS
from benchmarks.client.raw import RAW
from benchmarks.client.stock import STOCK

_CLIENTS: Final = 20


def bytes_a_client(contender: Contender, target: Target, clients: int = _CLIENTS) -> float:
    """Returns the resident memory of one client in bytes, the mean of some that are open at once.

    Each has made a call. The first one is not counted, since it fills caches.
    """
    with ExitStack() as stack:

        def another() -> None:
            stack.enter_context(contender.sync(target))["list"](0)

        another()
        gc.collect()
        before = proc.resident_bytes([os.getpid()])
        for _ in range(clients):
            another()
        gc.collect()
        return (proc.resident_bytes([os.getpid()]) - before) / clients


def main(name: str, port: str) -> None:
    """Runs the command."""
    contenders = (RAW, OURS, STOCK, openapi_generator.contender())
    (contender,) = (each for each in contenders if each.name == name)
    # This account has no webhooks, so that answers are small.
    print(bytes_a_client(contender, Target(f"http://127.0.0.1:{port}", CREATE.token)))


if __name__ == "__main__":
    main(*sys.argv[1:])
