"""The client's reference: which of its objects are shown, and in which order."""

from __future__ import annotations

from myst_parser.slugs import github_slugify

import mipos_client
from mipos_client import document, messages, models, pushes, types
from mipos_client.api import orders, webhooks
from scripts.site import docstrings
from scripts.site.docstrings import Book

ERRORS_PAGE = "errors.md"
# The module that an exported name without a module of its own is written in.
_WRITTEN_IN = {
    "Hook": "mipos_client._runtime.transports",
    "WebhookType": "mipos_client.models.webhook_type",
    "SIGNATURE_HEADER": "mipos_client.pushes",
    "DEFAULT_RETRIES": "mipos_client._runtime.retries",
    "DEFAULT_TIMEOUT": "mipos_client._runtime.clients",
}
_RESOURCES = {"Webhooks": webhooks, "Orders": orders}
_CLIENT_METHODS = ("with_options", "close")
_PUSHED = ("OrderPush", "OrderItem", "OrderModifier", "MenuPull")
_INTRODUCTION = """\
What [the client](client.md) consists of, from its docstrings. A class that is shown without
arguments has its fields as such, in their order."""
_ABOUT_MESSAGES = """\
The texts that the document knows, in `mipos_client.messages`, to compare answers with. The platform
may word them differently one day. Each leads to what to do about it."""


def places() -> dict[str, str]:
    """Return the module that each object is shown as a part of, by its name."""
    found = {name: "mipos_client" for name in mipos_client.__all__ if name != "__version__"}
    modules = {"mipos_client.models": models, "mipos_client.pushes": pushes}
    for where, module in modules.items():
        found |= {name: where for name in module.__all__ if name not in found}
    return {**found, **{name: module.__name__ for name, module in _RESOURCES.items()}}


def page() -> str:
    """Return the client's reference, in Markdown with the directives of Sphinx."""
    book = Book(places(), _WRITTEN_IN)
    exported = [name for name in mipos_client.__all__ if name != "__version__"]
    clients = ["Mipos", "AsyncMipos"]
    errors = book.family("MiposError")
    returned = [name for name in exported if name in models.__all__]
    options = [name for name in exported if name not in {*clients, *errors, *returned}]
    received = [name for name in pushes.__all__ if name not in {*errors, *_PUSHED}]
    rest = [name for name in models.__all__ if name not in {*returned, *_PUSHED}]
    parts = [
        "# Client reference",
        _INTRODUCTION,
        "## Clients",
        "The arguments of both are the same, but for `http_client`.",
        book.shown("Mipos", methods=_CLIENT_METHODS),
        book.shown("AsyncMipos", whole=False),
        "## Calls",
        "The calls of a `Mipos`. Those of an `AsyncMipos` are the same, to be awaited.",
        *(book.shown(name, methods=_public(name)) for name in _RESOURCES),
        "## Errors",
        "What the client raises. The status alone decides the class, whatever the body is.",
        book.tree("MiposError"),
        *map(book.shown, errors),
        "## Answers",
        "What calls return, and the values in them.",
        *map(book.shown, returned),
        "## Pushes",
        *map(book.shown, [*received, *_PUSHED]),
        "## Retries and hooks",
        *map(book.shown, options),
        "## Other bodies",
        "Calls write and errors read them by themselves.",
        *map(book.shown, rest),
        "## Constants",
        _constants(),
        "## Messages",
        _ABOUT_MESSAGES,
        _messages(),
    ]
    return "\n\n".join(parts) + "\n"


def _public(name: str) -> list[str]:
    resource: type[object] = getattr(_RESOURCES[name], name)
    return [each for each in vars(resource) if not each.startswith("_")]


def _constants() -> str:
    found = [("mipos_client.__version__", mipos_client.__version__, "The version of the package.")]
    for module, written_in in (
        (document, dict.fromkeys(("VERSION", "SHA256", "PRODUCTION"), document.__name__)),
        (types, {name: _WRITTEN_IN[name] for name in types.__all__ if name.isupper()}),
    ):
        for name, where in written_in.items():
            text = docstrings.attribute_texts(where)["", name]
            found.append((f"{module.__name__}.{name}", getattr(module, name), text))
    return "\n".join(f"- `{name}` = `{value!r}`. {text}" for name, value, text in found)


def _messages() -> str:
    about = docstrings.attribute_texts(messages.__name__)
    return "\n".join(
        f"- `{name}`{{#{name}}}: [{value}]({ERRORS_PAGE}#{github_slugify(value)}) {about['', name]}"
        for name, value in vars(messages).items()
        if name in messages.__all__
    )
