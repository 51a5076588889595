"""What a run would send, in words, from a rehearsal of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mipos_contract import document, settings
from mipos_contract.rehearsal import Counts

if TYPE_CHECKING:
    from mipos_contract.rehearsal import Rehearsal
    from mipos_contract.settings import Settings

_WRITES = {
    "createWebhook": "webhooks created",
    "updateWebhook": "webhooks changed",
    "deleteWebhook": "webhooks deleted",
    "acceptOrder": "orders accepted",
}


def lines(chosen: Settings, rehearsal: Rehearsal, *, examples: int, seed: int) -> list[str]:
    """Return the plan of a run against a deployment.

    Args:
        chosen: the settings of the run.
        rehearsal: the server that the run was rehearsed with.
        examples: generated cases a property.
        seed: of the run.
    """
    total = sum(counts.total for counts in rehearsal.counts.values())
    return [
        f"Plan for {chosen.base_url}, seed {seed}, {examples} examples a property.",
        "Nothing was sent. The counts are those of a rehearsal in memory; a target that answers",
        "otherwise than the document says gets other requests, and the run stops early.",
        "",
        f"{'operation':<16}{'requests':>10}{'no token':>10}{'a field absent':>16}{'complete':>10}",
        *(_row(name, rehearsal.counts.get(name, Counts())) for name in document.operations()),
        f"{'all':<16}{total:>10}",
        "",
        *_writes(chosen, rehearsal),
        *_limits(chosen, total),
    ]


def _row(name: str, counts: Counts) -> str:
    return (
        f"{name:<16}{counts.total:>10}{counts.without_token:>10}{counts.incomplete:>16}"
        f"{counts.complete:>10}"
    )


def _writes(chosen: Settings, rehearsal: Rehearsal) -> list[str]:
    if not chosen.allow_writes:
        return [f"Writes: none, as {settings.ALLOW_WRITES}=1 is not set."]
    done = {name: rehearsal.counts.get(name, Counts()).successes for name in _WRITES}
    return [
        "Writes:",
        *(f"{done[name]:>8} {what}" for name, what in _WRITES.items()),
        "All webhooks stand under https://mipos-contract-<12 random digits>.invalid/; at most",
        f"{rehearsal.most} exist at one time in an account, and all are deleted at the end.",
        f"Orders: {len(chosen.pending_orders)} may be accepted ({settings.PENDING_ORDERS}).",
    ]


def _limits(chosen: Settings, total: int) -> list[str]:
    seconds = total / chosen.rate
    found = [
        (
            f"At {chosen.rate:g} requests a second ({settings.RATE}) it takes at least"
            f" {seconds // 60:.0f} min {seconds % 60:.0f} s."
        )
    ]
    if total > chosen.budget:
        found.append(
            f"That is more than the budget of {chosen.budget} requests ({settings.BUDGET}): the"
            " run would stop there and fail."
        )
    return found
