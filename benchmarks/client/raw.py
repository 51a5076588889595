"""Raw httpx, as one would write it by hand: what every other client is compared with."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

import httpx

from benchmarks.client.contender import AsyncCalls, Calls, Contender, Target
from benchmarks.client.operations import ACCEPT, CREATE, LIST, Operation, order, webhook_url

NAME: Final = "raw httpx"


@contextmanager
def _sync(target: Target) -> Generator[Calls, None, None]:
    # Whole addresses: joining them with a base_url of the client costs httpx more.
    create, accept, listed = _addresses(target)
    with httpx.Client(headers=_headers(target), transport=target.transport) as client:
        yield {
            "create": lambda number: _value(
                CREATE, client.post(create, json={"url": webhook_url(number)})
            ),
            "accept": lambda number: _value(ACCEPT, client.post(accept, json=order(number))),
            "list": lambda _: _value(LIST, client.get(listed)),
        }


@asynccontextmanager
async def _awaited(target: Target) -> AsyncGenerator[AsyncCalls, None]:
    addresses = _addresses(target)
    async with httpx.AsyncClient(headers=_headers(target), transport=target.transport) as client:

        async def create(number: int) -> object:
            return _value(
                CREATE, await client.post(addresses[0], json={"url": webhook_url(number)})
            )

        async def accept(number: int) -> object:
            return _value(ACCEPT, await client.post(addresses[1], json=order(number)))

        async def listed(_number: int) -> object:
            return _value(LIST, await client.get(addresses[2]))

        yield {"create": create, "accept": accept, "list": listed}


def _addresses(target: Target) -> tuple[str, str, str]:
    create, accept, listed = (target.base_url + each.path for each in (CREATE, ACCEPT, LIST))
    return create, accept, listed


def _headers(target: Target) -> dict[str, str]:
    return {"Authorization": f"Bearer {target.token}"}


def _value(operation: Operation, response: httpx.Response) -> Any:  # noqa: ANN401 - JSON
    if response.status_code != operation.status:
        raise ValueError(f"{operation.name} was answered {response.status_code}")
    return response.json()


RAW: Final = Contender(name=NAME, imports="", sync=_sync, awaited=_awaited)
