"""On the mock, two URLs are one webhook only if they are the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mipos_contract.messages import WEBHOOK_MISSING
from mipos_contract.oracle import expect_conflict, expect_success
from mipos_contract.violation import ContractError

if TYPE_CHECKING:
    from mipos_contract.target import Target

pytestmark = pytest.mark.mock_only("no document says how URLs are compared")

LONG = "https://pos.example/".ljust(2_045, "x")
# What a comparison takes for one that parses, decodes, folds, sorts or cuts first.
PAIRS = {
    "scheme": ("http://pos.example/", "https://pos.example/"),
    "case of the host": ("https://pos.example/", "https://POS.example/"),
    "case of the path": ("https://pos.example/a", "https://pos.example/A"),
    "case of the query": ("https://pos.example/?a=b", "https://pos.example/?a=B"),
    "default port": ("https://pos.example/", "https://pos.example:443/"),
    "port": ("https://pos.example:8443/", "https://pos.example:9443/"),
    "www": ("https://pos.example/", "https://www.pos.example/"),
    "slash at the end": ("https://pos.example/a", "https://pos.example/a/"),
    "no path": ("https://pos.example", "https://pos.example/"),
    "two slashes": ("https://pos.example/a/b", "https://pos.example/a//b"),
    "dot segment": ("https://pos.example/a/b", "https://pos.example/a/./b"),
    "parameter": ("https://pos.example/a", "https://pos.example/a;x"),
    "empty query": ("https://pos.example/a", "https://pos.example/a?"),
    "query": ("https://pos.example/a?x=1", "https://pos.example/a?x=2"),
    "order of the query": ("https://pos.example/a?x=1&y=2", "https://pos.example/a?y=2&x=1"),
    "escape": ("https://pos.example/A", "https://pos.example/%41"),
    "case of an escape": ("https://pos.example/%2f", "https://pos.example/%2F"),
    "plus": ("https://pos.example/a+b", "https://pos.example/a%20b"),
    "prefix": ("https://pos.example/a", "https://pos.example/ab"),
    "last of 256": (f"{LONG[:253]}a", f"{LONG[:253]}b"),
    "last of 2,048": (f"{LONG}a", f"{LONG}b"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_url_is_compared_as_it_is(target: Target, name: str) -> None:
    """Its near double is another webhook to create, update and delete, and listed as it is."""
    # A host for each pair, so that what one of them leaves behind does not meet the next.
    host = f"pos{list(PAIRS).index(name)}"
    url, near = (each.replace("pos", host).replace("POS", host.upper()) for each in PAIRS[name])
    missing = "only its near double is there"
    expect_success(target.request("createWebhook", url=url), "the URL is new")
    expect_conflict(target.request("deleteWebhook", url=near), missing, WEBHOOK_MISSING)
    new = f"{target.confinement.prefix}identity"
    updated = target.request("updateWebhook", current_url=near, new_url=new)
    expect_conflict(updated, missing, WEBHOOK_MISSING)
    expect_success(target.request("createWebhook", url=near), missing)

    exchange = target.request("listWebhooks")

    listed = [item["url"] for item in exchange.value]
    if not {url, near} <= set(listed):
        raise ContractError(
            "webhook-lost", f"the list lacks {url} or {near}.", "URLs as registered.", exchange
        )
    for each in (url, near):
        expect_success(target.request("deleteWebhook", url=each), "it is there")
