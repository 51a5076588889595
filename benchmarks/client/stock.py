"""What the generator of our client makes of the document with its own templates."""

import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from benchmarks.children import ROOT
from benchmarks.client.contender import AsyncCalls, Calls, Contender, Target
from benchmarks.client.operations import order, webhook_url
from benchmarks.errors import NotMeasuredError

NAME: Final = "openapi-python-client, stock"
PACKAGE: Final = "stock_client"
# Without the first two it refuses the document; the hooks would only format.
_CONFIGURATION: Final = f"""\
literal_enums: true
content_type_overrides: {{application/jsonc: application/json}}
package_name_override: {PACKAGE}
post_hooks: []
"""


def generate(directory: Path) -> None:
    """Makes the package in a directory.

    Raises:
        NotMeasuredError: The generator failed.
    """
    configuration = directory / "stock.yaml"
    configuration.write_text(_CONFIGURATION, "utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--fail-on-warning"]
    command += ["--path", str(ROOT / "openapi.yaml"), "--config", str(configuration)]
    command += ["--meta", "none", "--output-path", str(directory / PACKAGE)]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - all of it stands above
    if done.returncode:
        raise NotMeasuredError(f"openapi-python-client ended with code {done.returncode}")


class _Modules:
    """What a program would import from the package."""

    def __init__(self) -> None:
        webhooks, orders = f"{PACKAGE}.api.webhooks", f"{PACKAGE}.api.orders"
        models: Any = import_module(f"{PACKAGE}.models")
        self.client: Any = import_module(PACKAGE).AuthenticatedClient
        self.create: Any = import_module(f"{webhooks}.create_webhook")
        self.accept: Any = import_module(f"{orders}.accept_order")
        self.list: Any = import_module(f"{webhooks}.list_webhooks")
        self.create_request: Any = models.CreateWebhookRequest
        self.accept_request: Any = models.AcceptOrderRequest
        self.created: type[object] = models.WebhookCreated
        self.accepted: type[object] = models.OrderAccepted

    def open(self, target: Target) -> Any:  # noqa: ANN401 - of a package that is made at run time
        """Returns a client; without its flag it returns None for an unknown status."""
        return self.client(
            base_url=target.base_url,
            token=target.token,
            raise_on_unexpected_status=True,
            httpx_args={"transport": target.transport} if target.transport else {},
        )


@contextmanager
def _sync(target: Target) -> Generator[Calls, None, None]:
    its = _Modules()
    with its.open(target) as client:
        yield {
            "create": lambda number: _success(
                its.create.sync(client=client, body=its.create_request(url=webhook_url(number))),
                its.created,
            ),
            "accept": lambda number: _success(
                its.accept.sync(client=client, body=its.accept_request(**order(number))),
                its.accepted,
            ),
            "list": lambda _: _success(its.list.sync(client=client), list),
        }


@asynccontextmanager
async def _awaited(target: Target) -> AsyncGenerator[AsyncCalls, None]:
    its = _Modules()
    async with its.open(target) as client:

        async def create(number: int) -> object:
            body = its.create_request(url=webhook_url(number))
            return _success(await its.create.asyncio(client=client, body=body), its.created)

        async def accept(number: int) -> object:
            body = its.accept_request(**order(number))
            return _success(await its.accept.asyncio(client=client, body=body), its.accepted)

        async def listed(_number: int) -> object:
            return _success(await its.list.asyncio(client=client), list)

        yield {"create": create, "accept": accept, "list": listed}


def _success(answer: object, kind: type[object]) -> object:
    """Returns an answer if it is one; a refusal is a value of another type here."""
    if not isinstance(answer, kind):
        raise TypeError(f"answered {type(answer).__name__}")
    return answer


STOCK: Final = Contender(
    name=NAME,
    imports=(
        f"from {PACKAGE} import AuthenticatedClient\n"
        f"from {PACKAGE}.api.orders import accept_order\n"
        f"from {PACKAGE}.api.webhooks import create_webhook, list_webhooks\n"
    ),
    sync=_sync,
    awaited=_awaited,
)
