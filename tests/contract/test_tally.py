"""What a run says it has seen."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from mipos_contract import document
from mipos_contract.exchange import Answer, Call, Credentials, Exchange
from mipos_contract.tally import Tally
from tests.contract.suite import run

if TYPE_CHECKING:
    from pathlib import Path

ACCOUNT = Credentials("Bearer x", "Bearer $X", valid=True)


def tally_of(status: int, body: bytes) -> Tally:
    """Return a tally that has seen one answer of `listWebhooks`."""
    tally = Tally()
    call = Call(document.operations()["listWebhooks"], ACCOUNT)
    tally.add(Exchange(call, Answer(status, {}, body), "http://127.0.0.1"))
    return tally


def test_everything_is_unseen_at_first() -> None:
    """Every documented answer waits to be seen."""
    documented = {
        (operation.id, status)
        for operation in document.operations().values()
        for status in operation.responses
    }

    assert ("createWebhook", 201) in documented
    assert documented == set(Tally().unseen())


def test_a_seen_status_is_not_unseen() -> None:
    """One answer takes one status off."""
    assert ("listWebhooks", 401) not in tally_of(401, b'"Unauthorized."').unseen()


def test_an_answer_that_is_no_json_is_counted() -> None:
    """A page from a gateway counts by its status alone."""
    assert 1 == tally_of(502, b"<html>").statuses["listWebhooks", 502]


def test_the_junit_report_has_the_facts(tmp_path: Path) -> None:
    """The target, how much it was sent, and how often each documented status was seen."""
    finished = run("-k", "test_many_webhooks_last", "--reports", str(tmp_path))
    suite = ET.parse(tmp_path / "contract.xml")  # noqa: S314 - written by our own run
    facts = {each.get("name"): each.get("value") for each in suite.iter("property")}

    assert 0 == finished.status, finished.output
    assert str(facts["target"]).startswith("http://127.0.0.1:")
    assert "105" == facts["createWebhook 201"]
    assert "0" == facts["acceptOrder 409"]
    assert {"target", "requests"} == {name for name in facts if " " not in str(name)}


def test_the_same_seed_gives_the_same_run() -> None:
    """Two runs send the same requests and get the same answers."""
    tables = [
        [line for line in run("-k", "schema").output.splitlines() if "Webhook" in line]
        for _ in range(2)
    ]

    assert len(tables[0]) > 19
    assert tables[0] == tables[1]
