"""What OpenAPI Generator, a program in Java, makes of the document.

A package of its output either blocks or is awaited, by the library below it. So there are two: over
urllib3, which is its default, and over httpx.
"""

import importlib.util
import shutil
import subprocess
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import httpx

from benchmarks.children import ROOT
from benchmarks.client.contender import AsyncCalls, Calls, Contender, Target
from benchmarks.client.operations import order, webhook_url
from benchmarks.errors import NotMeasuredError

NAME: Final = "OpenAPI Generator"
SYNC_PACKAGE: Final = "openapi_generator_urllib3"
ASYNC_PACKAGE: Final = "openapi_generator_httpx"
PACKAGES: Final = {SYNC_PACKAGE: "urllib3", ASYNC_PACKAGE: "httpx"}
"""By package: the library below it."""
_NAMES: Final = "ApiClient, Configuration, OrdersApi, WebhooksApi"


def absent() -> str:
    """Returns what it lacks and the remedy; nothing if it can be run."""
    if shutil.which("java") is None:
        return "java is not on PATH; apt-get install default-jre-headless"
    if _jar() is None:
        return "the package openapi-generator-cli is not installed"
    return ""


def generate(directory: Path) -> None:
    """Makes both packages in a directory.

    Raises:
        NotMeasuredError: The generator failed.
    """
    for package, library in PACKAGES.items():
        command = ["java", "-jar", str(_jar()), "generate", "--generator-name", "python"]
        command += ["--input-spec", str(ROOT / "openapi.yaml"), "--library", library]
        command += ["--package-name", package, "--output", str(directory / f"{package}-project")]
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - all of it stands above
        if done.returncode:
            raise NotMeasuredError(f"OpenAPI Generator ended with code {done.returncode}")
        (directory / f"{package}-project" / package).rename(directory / package)


def contender() -> Contender:
    """Returns it; where it cannot be run, it says why."""
    return Contender(
        name=NAME,
        imports=f"from {SYNC_PACKAGE} import {_NAMES}",
        sync=_sync,
        awaited=_awaited,
        sync_needs_server=True,
        absent=absent(),
    )


@contextmanager
def _sync(target: Target) -> Generator[Calls, None, None]:
    its: Any = import_module(SYNC_PACKAGE)
    with its.ApiClient(_configuration(its, target)) as client:
        webhooks, orders = its.WebhooksApi(client), its.OrdersApi(client)
        yield {
            "create": lambda number: webhooks.create_webhook(
                its.CreateWebhookRequest(url=webhook_url(number))
            ),
            "accept": lambda number: orders.accept_order(its.AcceptOrderRequest(**order(number))),
            "list": lambda _: webhooks.list_webhooks(),
        }
        client.rest_client.pool_manager.clear()


@asynccontextmanager
async def _awaited(target: Target) -> AsyncGenerator[AsyncCalls, None]:
    its: Any = import_module(ASYNC_PACKAGE)
    async with its.ApiClient(_configuration(its, target)) as client:
        if target.transport is not None:
            client.rest_client.pool_manager = httpx.AsyncClient(transport=target.transport)
        webhooks, orders = its.WebhooksApi(client), its.OrdersApi(client)
        yield {
            "create": lambda number: webhooks.create_webhook(
                its.CreateWebhookRequest(url=webhook_url(number))
            ),
            "accept": lambda number: orders.accept_order(its.AcceptOrderRequest(**order(number))),
            "list": lambda _: webhooks.list_webhooks(),
        }


def _configuration(its: Any, target: Target) -> Any:  # noqa: ANN401 - of a package that is made at run time
    return its.Configuration(host=target.base_url, access_token=target.token)


def _jar() -> Path | None:
    package = importlib.util.find_spec("openapi_generator_cli")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).with_name("openapi-generator.jar")
