"""The client's reference: which of its objects are shown, from their docstrings."""

from __future__ import annotations

import importlib
import pkgutil

import mipos_client
import mipos_client.api
import mipos_client.messages
import mipos_client.pushes

_CLIENTS = ("Mipos", "AsyncMipos")


def groups() -> dict[str, list[str]]:
    """Return the names of what a user of the client meets, by heading."""
    public = [name for name in mipos_client.__all__ if not name.startswith("_")]
    errors = [name for name in public if name.endswith("Error")]
    models = list[str](importlib.import_module("mipos_client.models").__all__)
    texts = [name for name in dir(mipos_client.messages) if name.isupper()]
    return {
        "Clients": [f"mipos_client.{name}" for name in _CLIENTS],
        "Calls": _resources(),
        "Errors": [f"mipos_client.{name}" for name in errors],
        "Options": [
            f"mipos_client.{name}" for name in public if name not in {*_CLIENTS, *errors, *models}
        ],
        "Bodies": [f"mipos_client.models.{name}" for name in models],
        "Pushes": [
            f"mipos_client.pushes.{name}"
            for name in mipos_client.pushes.__all__
            if name not in {*errors, *models}
        ],
        "Texts of answers": [f"mipos_client.messages.{name}" for name in texts],
    }


def _resources() -> list[str]:
    """Return the classes with the calls; those to be awaited have the same, and are left out."""
    found = list[str]()
    for each in pkgutil.iter_modules(mipos_client.api.__path__, "mipos_client.api."):
        names: list[str] = importlib.import_module(each.name).__all__
        found += [f"{each.name}.{name}" for name in names if not name.startswith("Async")]
    return found


def page() -> str:
    """Return the client's reference, for Sphinx to fill in from the docstrings."""
    parts = [
        "# Client reference",
        "What [the client](client.md) consists of, from its docstrings.",
        "What `AsyncMipos` has is the same, to be awaited.",
    ]
    for title, names in groups().items():
        parts += [f"## {title}", *(_directive(name) for name in names)]
    return "\n\n".join(parts) + "\n"


def _directive(name: str) -> str:
    module, _, attribute = name.rpartition(".")
    shown = getattr(importlib.import_module(module), attribute)
    if isinstance(shown, type):
        told = f"autoclass:: {name}\n   :members:\n   :inherited-members: Exception"
    elif callable(shown):
        told = f"autofunction:: {name}"
    else:
        told = f"autodata:: {name}"
    return f"```{{eval-rst}}\n.. {told}\n```"
