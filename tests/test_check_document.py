"""The rules of the document: each finds its planted violation, and the document has none."""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import check_document, document_form, document_rules, reading
from tests.document_violations import HARMLESS, VIOLATIONS, Place, Violation

Node = dict[str, Any]

DOCUMENT: Node = yaml.safe_load(Path("openapi.yaml").read_text("utf-8"))


@pytest.fixture(name="document")
def _document() -> Node:
    return copy.deepcopy(DOCUMENT)


def test_the_document_has_no_findings() -> None:
    """The document keeps every rule."""
    assert [] == check_document.found(DOCUMENT)


@pytest.mark.parametrize("violation", VIOLATIONS, ids=[each.name for each in VIOLATIONS])
def test_a_planted_violation_is_found(document: Node, violation: Violation) -> None:
    """One change to the document is found by its rule, and the command tells it."""
    violation.plant(document)

    found = [str(finding) for finding in violation.rule(document)]

    assert any(violation.message in each for each in found), found
    assert set(found) <= {message for _, message in check_document.found(document)}


def test_every_rule_has_a_planted_violation() -> None:
    """No rule is without proof that it finds something."""
    rules = {*document_form.RULES, *document_rules.RULES}

    assert rules == {each.rule for each in VIOLATIONS}


@pytest.mark.parametrize(("place", "value"), HARMLESS, ids=[str(each[0][-1]) for each in HARMLESS])
def test_a_name_is_a_name(document: Node, place: Place, value: object) -> None:
    """A property may be called like a keyword, and a schema may contain itself."""
    Violation("", place, value, document_form.schemas_can_be_used, "").plant(document)

    assert [] == check_document.found(document)


def test_a_finding_says_where(document: Node) -> None:
    """The place is a JSON pointer, its slashes escaped."""
    del document["paths"]["/api/v1/integration/webhook/create"]["post"]["security"]

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


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"a: [", "document.yaml:1: "),
        (b"a: b: c", "document.yaml:1: mapping values are not allowed here. Mend the YAML there."),
        (b"", "document.yaml: no mapping of names to values."),
        (b"[1]", "document.yaml: no mapping of names to values."),
        (b"a: \xff", "document.yaml: the byte at 3 is not UTF-8. Save the file as UTF-8."),
        (b"a: \x00", "document.yaml: "),
        (b"a: 1\na: 2", "document.yaml:2: the key 'a' stands twice. Leave one out."),
        (b"201: a", "document.yaml:1: the key 201 is not text. Put it in quotes."),
        (b"a: 2020-03-20", "document.yaml:1: 2020-03-20 is a timestamp, which JSON does not have."),
        (b"a: &b [*b]", "document.yaml:1: found unconstructable recursive node."),
    ],
)
def test_a_file_that_is_no_json_in_yaml_is_one_message(
    tmp_path: Path, text: bytes, message: str
) -> None:
    """What cannot be read, or not by every tool alike, is refused with its line."""
    path = tmp_path / "document.yaml"
    path.write_bytes(text)

    with pytest.raises(reading.UnreadableError, match=re.escape(message)):
        reading.read(path)


def test_a_file_that_cannot_be_read_is_no_traceback(tmp_path: Path) -> None:
    """The command says what is wrong with the file, and its status is another one."""
    done = check(tmp_path, "")

    assert 2 == done.returncode
    assert done.stderr.startswith("check_document: ")
    assert done.stderr.endswith("Write one, such as `openapi: 3.1.0`.\n")
