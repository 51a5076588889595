"""The names that the package exports: which there are, that both clients have them, what loads."""

import importlib
import inspect
import re
import subprocess
import sys
from types import ModuleType
from typing import Any

import attrs
import pytest

import mipos_client
from mipos_client import AsyncMipos, Mipos, messages, models
from mipos_client.api.orders import AsyncOrders, Orders
from mipos_client.api.webhooks import AsyncWebhooks, Webhooks
from tests.client.support import CALLS, answers, texts

EXPORTED = [
    "AsyncMipos",
    "AsyncRetryTransport",
    "Attempt",
    "AuthenticationError",
    "ConfigurationError",
    "ConflictError",
    "Hook",
    "Mipos",
    "MiposError",
    "OrderAccepted",
    "PushDecodeError",
    "ResponseDecodeError",
    "ResponseError",
    "Retries",
    "RetryTransport",
    "SentRequest",
    "SignatureError",
    "StatusError",
    "TimeoutError",
    "TransportError",
    "UnexpectedStatusError",
    "ValidationError",
    "Webhook",
    "WebhookCreated",
    "WebhookDeleted",
    "WebhookType",
    "WebhookUpdated",
    "__version__",
]
MODULES = [
    "",
    ".api.orders",
    ".api.webhooks",
    ".errors",
    ".messages",
    ".models",
    ".pushes",
    ".types",
]
PAIRS: list[tuple[type, type]] = [
    (Webhooks, AsyncWebhooks),
    (Orders, AsyncOrders),
    (Mipos, AsyncMipos),
]


def test_the_package_exports_what_it_did() -> None:
    """Whoever adds or takes away a name says so here."""
    assert EXPORTED == mipos_client.__all__


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_what_it_exports(name: str) -> None:
    """Names are in order, once each, can all be imported, and a star imports no others."""
    module = importlib.import_module(f"mipos_client{name}")
    exported: list[str] = module.__all__
    namespace: dict[str, object] = {}
    exec(f"from mipos_client{name} import *", namespace)  # noqa: S102  a star is no expression

    assert len(exported) == len({*exported})
    assert {*exported} == {*namespace} - {"__builtins__"}
    assert all(namespace[each] is getattr(module, each) for each in exported)
    assert module.__doc__


def of_package(module: ModuleType) -> dict[str, Any]:
    """Return the classes and functions that a module exports."""
    found = {name: getattr(module, name) for name in module.__all__}
    return {name: each for name, each in found.items() if inspect.isclass(each) or callable(each)}


@pytest.mark.parametrize("name", MODULES)
def test_everything_exported_is_documented(name: str) -> None:
    """Each class, function, method and property has a docstring, and each option its line."""
    module = importlib.import_module(f"mipos_client{name}")
    for found in of_package(module).values():
        if not getattr(found, "__module__", "").startswith("mipos_client"):
            continue  # An alias of what Python has.
        assert found.__doc__, found
        if not inspect.isclass(found):
            continue
        for member, value in vars(found).items():
            if inspect.isfunction(value) or isinstance(value, property):
                assert member.startswith("_") or value.__doc__, (found, member)
        if attrs.has(found) and found.__module__ != f"mipos_client.models.{found.__name__}":
            documented = found.__doc__ or ""
            source = inspect.getsource(inspect.getmodule(found) or module)
            for field in attrs.fields(found):
                assert f" {field.name}: " in documented or re.search(
                    rf'    {field.name}: [^\n]*\n    """', source
                ), (found, field.name)


@pytest.mark.parametrize(("blocking", "awaited"), PAIRS)
def test_both_clients_have_the_same_names_and_signatures(blocking: type, awaited: type) -> None:
    """Whoever knows one knows the other: arguments, results and help are the same."""
    pairs = {
        name: (getattr(blocking, name), getattr(awaited, name))
        for name in dir(blocking)
        if not name.startswith("_")
    }

    assert [*pairs] == [name for name in dir(awaited) if not name.startswith("_")]
    for one, other in pairs.values():
        if inspect.isfunction(one):
            with_await = one.__name__ != "with_options"
            assert inspect.signature(one) == inspect.signature(other)
            assert inspect.iscoroutinefunction(other) is with_await
            assert not inspect.iscoroutinefunction(one)
        assert (one.__doc__ or "").replace(">>> ", ">>> await ") == other.__doc__
    constructors = [inspect.signature(each).parameters.values() for each in (blocking, awaited)]
    one, other = (
        [(each.name, each.kind, each.default) for each in found] for found in constructors
    )
    assert one == other


def test_the_catalogue_has_the_texts_of_all_answers_and_no_other() -> None:
    """Each is there verbatim, under a name that is made from it."""
    documented = {
        text
        for operation in CALLS
        for answer in answers(operation).values()
        for text, _ in texts(answer["content"])
    }
    catalogue: dict[str, str] = {name: getattr(messages, name) for name in messages.__all__}

    assert documented == {*catalogue.values()}
    assert len(documented) == len(catalogue)
    for name, text in catalogue.items():
        assert re.sub(r"[^A-Z0-9]+", "_", text.replace("'", "").upper()).strip("_") == name


def test_a_model_is_loaded_when_it_is_asked_for() -> None:
    """The module of models shows all its names, and knows no others."""
    name = "Order"

    assert models.__all__ == dir(models)
    assert "mipos_client.models.order_item" == models.OrderItem.__module__
    with pytest.raises(AttributeError, match=f"has no attribute '{name}'"):
        getattr(models, name)


@pytest.fixture(scope="module")
def loaded() -> list[set[str]]:
    """Return the modules that are there after each of some statements, in a Python of its own."""
    statements = (
        "import mipos_client",
        "import mipos_client.models",
        "from mipos_client.models import OrderModifier",
        "from mipos_client.models import *",
    )
    code = "; ".join(f"{each}; print(*sys.modules)" for each in ("import sys, httpx", *statements))
    done = subprocess.run(  # noqa: S603  our own Python, with a text of this file
        [sys.executable, "-P", "-c", code], check=True, capture_output=True, text=True
    )
    # Some versions of httpx load by themselves what waiting needs.
    theirs, *ours = ({*line.split()} for line in done.stdout.splitlines())
    return [each - theirs for each in ours]


def test_importing_the_package_loads_what_calls_need(loaded: list[set[str]]) -> None:
    """Neither what only waiting needs, nor what only receiving needs, nor the bodies of errors."""
    unused = {"anyio", "mipos_client.pushes", "mipos_client.messages"}
    used = {"mipos_client.models.webhook_created", "mipos_client.models.create_webhook_request"}
    rare = re.compile(r"mipos_client\.models\.(\w+_(conflict|invalid)|menu_|order_[imp])")

    assert used <= loaded[0]
    assert not unused & loaded[0]
    assert not {each for each in loaded[0] if rare.match(each)}


def test_a_name_of_the_models_loads_its_module_alone(loaded: list[set[str]]) -> None:
    """The package loads nothing, a name its own module, and a star all of them."""
    first, package, name, star = loaded

    assert first == package
    assert {"mipos_client.models.order_modifier"} == name - package
    assert len(models.__all__) == sum(each.startswith("mipos_client.models.") for each in star)
