"""The client of this repository."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import httpx

from benchmarks.client.contender import AsyncCalls, Calls, Contender, Target
from benchmarks.client.operations import order, webhook_url

NAME: Final = "mipos-client"


@contextmanager
def _sync(target: Target) -> Generator[Calls, None, None]:
    # Imported when it is opened: a process that measures another client's memory has not loaded it.
    from mipos_client import Mipos  # noqa: PLC0415 - see above

    own = httpx.Client(transport=target.transport) if target.transport else None
    with Mipos(target.token, base_url=target.base_url, http_client=own) as mipos:
        yield {
            "create": lambda number: mipos.webhooks.create(url=webhook_url(number)),
            "accept": lambda number: mipos.orders.accept(**order(number)),
            "list": lambda _: mipos.webhooks.list(),
        }
    if own is not None:
        own.close()


@asynccontextmanager
async def _awaited(target: Target) -> AsyncGenerator[AsyncCalls, None]:
    from mipos_client import AsyncMipos  # noqa: PLC0415 - as above

    own = httpx.AsyncClient(transport=target.transport) if target.transport else None
    async with AsyncMipos(target.token, base_url=target.base_url, http_client=own) as mipos:
        yield {
            "create": lambda number: mipos.webhooks.create(url=webhook_url(number)),
            "accept": lambda number: mipos.orders.accept(**order(number)),
            "list": lambda _: mipos.webhooks.list(),
        }
    if own is not None:
        await own.aclose()


OURS: Final = Contender(
    name=NAME, imports="from mipos_client import AsyncMipos, Mipos", sync=_sync, awaited=_awaited
)
