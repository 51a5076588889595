"""The log in SARIF."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mipos_contract import lines
from mipos_contract.reports import sarif
from tests.contract.reports.examples import (
    DEVIATING,
    DEVIATIONS,
    EVERY,
    FAILING,
    FAILURES,
    HOSTILE,
    INTERRUPTED,
    MARKUP,
    PASSING,
)

if TYPE_CHECKING:
    from mipos_contract.record import Failure, Record

Node = dict[str, Any]


def run_of(record: Record) -> Node:
    """Return the one run of the log."""
    log = json.loads(sarif.render(record))
    (run,) = log["runs"]
    found: Node = run
    return found


def results(record: Record) -> list[Node]:
    """Return the results."""
    found: list[Node] = run_of(record)["results"]
    return found


def place(location: Node) -> tuple[str, int]:
    """Return the file and the line of a location."""
    physical = location["physicalLocation"]
    return physical["artifactLocation"]["uri"], physical["region"]["startLine"]


def test_a_passing_run_has_no_results() -> None:
    """The list is there and empty, which closes what was reported before."""
    assert [] == results(PASSING)


def test_failures_are_errors_at_lines_of_the_document() -> None:
    """Each has its kind as its rule, and its line as its location."""
    assert [
        ("unfitting-status", "error", [("openapi.yaml", FAILURES[0].line)]),
        ("state", "error", [("openapi.yaml", FAILURES[1].line)]),
        ("error", "error", [("openapi.yaml", 1)]),
    ] == [
        (each["ruleId"], each["level"], [place(at) for at in each["locations"]])
        for each in results(FAILING)[:3]
    ]


def test_the_message_says_what_is_wrong() -> None:
    """What is wrong comes first; document, answer and request follow."""
    first, *rest = results(FAILING)[0]["message"]["text"].split("\n")

    assert FAILURES[0].headline == first
    assert [
        f"The document says: {FAILURES[0].says}",
        f"The answer: {FAILURES[0].seen}",
        f"To repeat it: {FAILURES[0].request}",
    ] == rest


def test_known_deviations_are_suppressed_notes() -> None:
    """They point at the answer that differs and at the entry, with its reason."""
    (result,) = results(DEVIATING)

    assert ("known-deviation", "note") == (result["ruleId"], result["level"])
    line = lines.of_answer(DEVIATIONS[0].operation, DEVIATIONS[0].status)
    assert [("openapi.yaml", line)] == [place(at) for at in result["locations"]]
    assert [("deviations.yaml", 3)] == [place(at) for at in result["relatedLocations"]]
    assert [
        {"kind": "external", "status": "accepted", "justification": DEVIATIONS[0].reason}
    ] == result["suppressions"]


@pytest.mark.parametrize(
    ("operation", "status", "line"),
    [("acceptOrder", 500, lines.of_answer("acceptOrder", 200)), ("noSuchOperation", 200, 1)],
)
def test_a_deviation_from_no_documented_answer_has_a_line(
    operation: str, status: int, line: int
) -> None:
    """It is that of the operation's first answer, or the first one of the document."""
    deviation = replace(DEVIATIONS[0], operation=operation, status=status)
    (result,) = results(replace(DEVIATING, deviations=(deviation,)))

    assert [("openapi.yaml", line)] == [place(at) for at in result["locations"]]


def test_an_entry_that_fails_the_run_is_an_error_where_it_stands() -> None:
    """It is not suppressed."""
    result = results(FAILING)[-1]

    assert ("deviations-entry", "error") == (result["ruleId"], result["level"])
    assert [("deviations.yaml", 9)] == [place(at) for at in result["locations"]]
    assert "it expired on 2026-03-01" in result["message"]["text"]
    assert "suppressions" not in result


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("ci/deviations.yaml", {"uri": "ci/deviations.yaml", "uriBaseId": "%SRCROOT%"}),
        ("a b#c.yaml", {"uri": "a%20b%23c.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/etc/mipos/a b.yaml", {"uri": "file:///etc/mipos/a%20b.yaml"}),
    ],
)
def test_a_path_becomes_an_address(file: str, expected: Node) -> None:
    """Relative ones are below the root of the sources."""
    (result,) = results(replace(DEVIATING, deviations=(replace(DEVIATIONS[1], file=file),)))

    assert expected == result["locations"][0]["physicalLocation"]["artifactLocation"]


@pytest.mark.parametrize("name", EVERY)
def test_each_result_has_its_rule(name: str) -> None:
    """The index of a result leads to the rule of its id, and every rule is described once."""
    run = run_of(EVERY[name])
    rules = run["tool"]["driver"]["rules"]

    assert [each["ruleId"] for each in run["results"]] == [
        rules[each["ruleIndex"]]["id"] for each in run["results"]
    ]
    assert len(rules) == len({rule["id"] for rule in rules})
    assert [] == [rule for rule in rules if not rule["shortDescription"]["text"]]


def fingerprint(failure: Failure) -> str:
    """Return what tells a failure from others, across runs."""
    (result,) = results(replace(FAILING, failures=(failure,), deviations=()))
    names: Node = result["partialFingerprints"]
    assert {"miposContract/v1", "primaryLocationLineHash"} == set(names)
    return str(names["miposContract/v1"])


def test_a_failure_is_the_same_one_in_the_next_run() -> None:
    """The run's name, the answer, the line and the tests may be others."""
    again = replace(
        FAILURES[1],
        headline=FAILURES[1].headline.replace("0123456789ab", "ba9876543210"),
        seen="something else",
        request="another one",
        line=3,
        tests=("another.py::test",),
    )

    assert fingerprint(FAILURES[1]) == fingerprint(again)


@pytest.mark.parametrize(
    "other",
    [
        replace(FAILURES[1], rule="another"),
        replace(FAILURES[1], operation="createWebhook"),
        replace(FAILURES[1], operation=None),
        replace(FAILURES[1], status=201),
        replace(FAILURES[1], status=None),
        replace(FAILURES[1], headline="listWebhooks: another thing is missing."),
    ],
)
def test_another_failure_is_another_one(other: Failure) -> None:
    """Rule, operation, status and headline tell failures apart."""
    assert fingerprint(FAILURES[1]) != fingerprint(other)


def test_an_interrupted_run_is_not_a_success() -> None:
    """A reader must not take its missing results for repaired ones."""
    (invocation,) = run_of(INTERRUPTED)["invocations"]

    assert not invocation["executionSuccessful"]
    assert "takes no connections" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert ("2026-03-29T01:07:42.000Z", "2026-03-29T01:12:54.400Z") == (
        invocation["startTimeUtc"],
        invocation["endTimeUtc"],
    )


def test_a_target_has_a_category_of_its_own() -> None:
    """The results of the mock do not close those of a deployment."""
    assert "mipos-contract/mock/" == run_of(PASSING)["automationDetails"]["id"]
    assert "mipos-contract/integrations.mipos.shop/" == run_of(FAILING)["automationDetails"]["id"]


def test_texts_of_the_target_are_texts() -> None:
    """No link is made of what the target sent, and nothing is hidden."""
    message = results(HOSTILE)[0]["message"]["text"]

    assert message.startswith(MARKUP)
    assert "](" not in message
    assert r"\u202egnp.exe" in message
