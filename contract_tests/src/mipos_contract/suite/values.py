"""Values for the fields of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mipos_contract.target import Target


def good_value(target: Target, name: str) -> str:
    """Return a value for a field that no reading of the documents could refuse."""
    if "url" in name:
        return f"{target.confinement.prefix}{name}"
    return {"type": "ORDER", "store_id": target.store_id}.get(name, target.confinement.run)
