"""The rules of the document: each finds its planted violation, and the document has none."""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from scripts import document_rules

if TYPE_CHECKING:
    from collections.abc import Callable

Node = dict[str, Any]

DOCUMENT: Node = yaml.safe_load(Path("openapi.yaml").read_text("utf-8"))
CREATE = "/api/v1/integration/webhook/create"


def create(document: Node) -> Node:
    """Return the operation that the violations are planted into."""
    operation: Node = document["paths"][CREATE]["post"]
    return operation


def schema(document: Node, name: str) -> Node:
    """Return a named schema."""
    named: Node = document["components"]["schemas"][name]
    return named


def unsourced_operation(document: Node) -> None:
    """Take an operation's source away."""
    del create(document)["x-source"]


def unsourced_response(document: Node) -> None:
    """Take a response's source away."""
    del create(document)["responses"]["201"]["x-source"]


def unsourced_schema(document: Node) -> None:
    """Take a schema's source away."""
    del schema(document, "Webhook")["x-source"]


def unknown_page(document: Node) -> None:
    """Name a page that is not listed."""
    create(document)["x-source"][0]["document"] = "hearsay"


def no_section(document: Node) -> None:
    """Leave out where on the page."""
    del create(document)["x-source"][0]["section"]


def unknown_mark(document: Node) -> None:
    """Use an evidence mark that is not listed."""
    create(document)["x-source"][0]["evidence"] = ["Z"]


def no_mark(document: Node) -> None:
    """Leave out how well the page supports it."""
    create(document)["x-source"][0]["evidence"] = []


def empty_assumption(document: Node) -> None:
    """Assume without a reason."""
    create(document)["x-assumption"] = " "


def assumption_without_reason(document: Node) -> None:
    """Assume a keyword without a reason."""
    schema(document, "WebhookUrl")["x-assumption"][0]["reason"] = ""


def assumption_of_nothing(document: Node) -> None:
    """Assume a keyword that is not there any more."""
    del schema(document, "WebhookUrl")["minLength"]


def unattributed_limit(document: Node) -> None:
    """Add a limit that nobody stated."""
    schema(document, "Webhook")["properties"]["url"]["maxLength"] = 80


def unattributed_enum(document: Node) -> None:
    """Close a set of values that nobody closed."""
    schema(document, "MenuPull")["properties"]["store_id"]["enum"] = ["3"]


def no_security(document: Node) -> None:
    """Forget to say whether a token is needed."""
    del create(document)["security"]


def no_example(document: Node) -> None:
    """Leave a body without an example."""
    del create(document)["requestBody"]["content"]["application/json"]["examples"]


def wrong_example(document: Node) -> None:
    """Give an example that breaks its schema."""
    examples = create(document)["responses"]["409"]["content"]["application/json"]["examples"]
    examples["alreadyExists"]["value"]["message"] = "This webhook already exists"


def wrong_shared_example(document: Node) -> None:
    """Give a shared example that breaks the schema where it is used."""
    del document["components"]["examples"]["UserNotFound"]["value"]["data"]


def message_without_example(document: Node) -> None:
    """Document a message that no example shows."""
    items = schema(document, "CreateWebhookConflict")["properties"]["message"]["items"]
    items["x-extensible-enum"].append("Too many webhooks.")


VIOLATIONS = [
    (unsourced_operation, document_rules.provenance_is_given, "operation without x-source"),
    (unsourced_response, document_rules.provenance_is_given, "neither x-source nor x-assumption"),
    (unsourced_schema, document_rules.provenance_is_given, "neither x-source nor x-assumption"),
    (unknown_page, document_rules.sources_are_known, "unknown document 'hearsay'"),
    (no_section, document_rules.sources_are_known, "no section"),
    (unknown_mark, document_rules.sources_are_known, "unknown evidence mark 'Z'"),
    (no_mark, document_rules.sources_are_known, "unknown evidence mark '(none)'"),
    (empty_assumption, document_rules.assumptions_have_reasons, "empty x-assumption"),
    (assumption_without_reason, document_rules.assumptions_have_reasons, "no `of` or no `reason`"),
    (assumption_of_nothing, document_rules.assumptions_have_reasons, "`of` names 'minLength'"),
    (unattributed_limit, document_rules.constraints_are_attributed, "maxLength without"),
    (unattributed_enum, document_rules.constraints_are_attributed, "enum without"),
    (no_security, document_rules.security_is_explicit, "no security"),
    (no_example, document_rules.examples_are_valid, "no named example"),
    (wrong_example, document_rules.examples_are_valid, "not valid"),
    (
        message_without_example,
        document_rules.documented_messages_have_examples,
        "'Too many webhooks.' is in no example",
    ),
    (wrong_shared_example, document_rules.examples_are_valid, "not valid"),
]


def test_the_document_has_no_findings() -> None:
    """The document keeps every rule."""
    assert [] == document_rules.findings(DOCUMENT)


@pytest.mark.parametrize(
    ("plant", "rule", "message"), VIOLATIONS, ids=[each[0].__name__ for each in VIOLATIONS]
)
def test_a_planted_violation_is_found(
    plant: Callable[[Node], None],
    rule: Callable[[Node], Any],
    message: str,
) -> None:
    """One change to the document is found by its rule, which is one of those that run."""
    document = copy.deepcopy(DOCUMENT)
    plant(document)

    found = [str(finding) for finding in rule(document)]

    assert rule in document_rules.RULES
    assert any(message in each for each in found), found


def test_every_rule_has_a_planted_violation() -> None:
    """No rule is without proof that it finds something."""
    assert set(document_rules.RULES) == {rule for _, rule, _ in VIOLATIONS}


def test_a_finding_says_where() -> None:
    """The place is a JSON pointer, its slashes escaped."""
    document = copy.deepcopy(DOCUMENT)
    no_security(document)

    (finding,) = document_rules.security_is_explicit(document)

    place = "#/paths/~1api~1v1~1integration~1webhook~1create/post"
    assert f"{place}: no security. Add `bearerToken`, or [] for a push." == str(finding)


def check(tmp_path: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a file with this text."""
    path = tmp_path / "document.yaml"
    path.write_text(text, "utf-8")
    return subprocess.run(  # noqa: S603 - the command is ours
        [sys.executable, "scripts/check_document.py", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_names_file_line_and_repair(tmp_path: Path) -> None:
    """An operationId that is used twice is found, and the end says what to do."""
    text = Path("openapi.yaml").read_text("utf-8")

    done = check(tmp_path, text.replace("operationId: deleteWebhook", "operationId: createWebhook"))

    assert 1 == done.returncode
    assert re.match(r"document\.yaml:\d+: ", done.stdout)
    assert "Repair: mend document.yaml" in done.stdout


def test_the_command_gives_the_line_of_the_place(tmp_path: Path) -> None:
    """The line is the one where the operation without a source begins."""
    text = Path("openapi.yaml").read_text("utf-8")
    lines = text.splitlines()
    start = next(number for number, each in enumerate(lines, start=1) if each == "    post:")
    source = next(number for number, each in enumerate(lines) if each == "      x-source:")
    lines[source] = "      x-sauce:"

    done = check(tmp_path, "\n".join(lines))

    assert f"document.yaml:{start}: " in done.stdout


def test_a_file_that_is_no_openapi_is_refused(tmp_path: Path) -> None:
    """The validator of OpenAPI is asked first."""
    done = check(tmp_path, "openapi: 3.1.0\ninfo: {title: Planted}\npaths: {}\n")

    assert 1 == done.returncode
    assert '"version" is a required property' in done.stdout


@pytest.mark.parametrize("text", ["a: [", "a: b: c"])
def test_a_file_that_is_no_yaml_is_one_message(tmp_path: Path, text: str) -> None:
    """No traceback for a document that cannot be read."""
    done = check(tmp_path, text)

    assert 2 == done.returncode
    assert "document.yaml" in done.stderr
    assert "Traceback" not in done.stderr
