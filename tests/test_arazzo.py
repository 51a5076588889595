"""The workflow of the order loop: it says what the document says, and the mock can run it."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from scripts import check_arazzo

if TYPE_CHECKING:
    from collections.abc import Callable

Node = dict[str, Any]

DOCUMENT: Node = yaml.safe_load(Path("openapi.yaml").read_text("utf-8"))
WORKFLOWS: Node = yaml.safe_load(Path("docs/arazzo.yaml").read_text("utf-8"))
REDOCLY = ["node", "node_modules/@redocly/cli/bin/cli.js"]
INPUTS = {
    "token": "mock-token-alpha",
    "url": "https://pos.example/orders",
    "delivery_id": "1",
    "store_id": "3",
    "order_external_id": "01f1b8ce-a65d-4876-a72f-8f549f3566b7",
}


def step(workflows: Node, name: str) -> Node:
    """Return a step by its id."""
    found: Node = next(
        each for each in workflows["workflows"][0]["steps"] if each["stepId"] == name
    )
    return found


def unknown_operation(workflows: Node) -> None:
    """Call what is not there."""
    step(workflows, "list")["operationId"] = "listHooks"


def unknown_parameter(workflows: Node) -> None:
    """Send a parameter that no page names."""
    step(workflows, "list")["parameters"].append({"name": "page", "in": "query", "value": 1})


def missing_token(workflows: Node) -> None:
    """Forget the token."""
    step(workflows, "list")["parameters"].clear()


def wrong_type(workflows: Node) -> None:
    """Send a body of a type that is not documented."""
    step(workflows, "register")["requestBody"]["contentType"] = "application/jsonc"


def unknown_field(workflows: Node) -> None:
    """Send a field that no page names."""
    step(workflows, "register")["requestBody"]["payload"]["name"] = "orders"


def missing_field(workflows: Node) -> None:
    """Leave out a required field."""
    del step(workflows, "accept")["requestBody"]["payload"]["store_id"]


def body_for_get(workflows: Node) -> None:
    """Send a body where none is taken."""
    step(workflows, "list")["requestBody"] = {"contentType": "application/json", "payload": {}}


def unknown_status(workflows: Node) -> None:
    """Expect a status that is not documented."""
    step(workflows, "register")["successCriteria"][0]["condition"] = "$statusCode == 200"


def no_status(workflows: Node) -> None:
    """Expect no status."""
    del step(workflows, "list")["successCriteria"][0]


def unknown_text(workflows: Node) -> None:
    """Expect a text of another status."""
    condition = '$response.body#/message/0 == "Operation completed successfully"'
    step(workflows, "acceptAgain")["successCriteria"][1]["condition"] = condition


def wrong_place(workflows: Node) -> None:
    """Expect a list where a string is documented."""
    condition = '$response.body#/message/0 == "Webhook successfully created"'
    step(workflows, "register")["successCriteria"][1]["condition"] = condition


def unknown_input(workflows: Node) -> None:
    """Use an input that the workflow does not take."""
    step(workflows, "remove")["requestBody"]["payload"]["url"] = "$inputs.address"


def single_quotes(workflows: Node) -> None:
    """Expect a text that no page shows, in the other quotes."""
    condition = "$response.body#/message == 'Webhook removed'"
    step(workflows, "remove")["successCriteria"][1]["condition"] = condition


def other_comparison(workflows: Node) -> None:
    """Expect that something is not a text."""
    condition = '$response.body#/message != "Webhook removed"'
    step(workflows, "remove")["successCriteria"][1]["condition"] = condition


def text_of_list(workflows: Node) -> None:
    """Expect a string where a list is documented."""
    condition = '$response.body#/message == "Operation completed successfully"'
    step(workflows, "accept")["successCriteria"][1]["condition"] = condition


def value_nowhere(workflows: Node) -> None:
    """Expect a value at a place that is not documented."""
    condition = "$response.body#/0/address != null"
    step(workflows, "list")["successCriteria"][1]["condition"] = condition


def wrong_value(workflows: Node) -> None:
    """Send a value that is not one of those documented."""
    step(workflows, "register")["requestBody"]["payload"]["type"] = "ORDERS"


def number_for_value(workflows: Node) -> None:
    """Send a value of another type."""
    step(workflows, "remove")["requestBody"]["payload"]["url"] = 5


def other_token(workflows: Node) -> None:
    """Send the token by another scheme."""
    step(workflows, "list")["parameters"][0]["value"] = "Basic {$inputs.token}"


def unknown_expression(workflows: Node) -> None:
    """Send what is no input."""
    payload = step(workflows, "remove")["requestBody"]["payload"]
    payload["url"] = "$steps.list.outputs.url"


STEP = ("workflows", 0, "steps", 0)

PLANTED: list[tuple[Callable[[Node], None], str]] = [
    (unknown_operation, "list: no operation is called 'listHooks'"),
    (unknown_parameter, "list: listWebhooks has no parameter 'page' in query"),
    (missing_token, "list: the parameter 'Authorization' in header is missing"),
    (wrong_type, "register: the body is 'application/jsonc', not application/json"),
    (unknown_field, "register: the body has no field 'name'"),
    (missing_field, 'accept: the body is wrong at /: "store_id" is a required property'),
    (body_for_get, "list: listWebhooks takes no body"),
    (unknown_status, "register: no answer 200: 201, 401, 409, 422"),
    (no_status, "list: expects 0 statuses, not one"),
    (single_quotes, "remove: 'Webhook removed' is no text of 200 at /message"),
    (other_comparison, "remove: the condition '$response.body#/message != \"Webhook removed\"' is"),
    (text_of_list, "accept: 'Operation completed successfully' is no text of 200 at /message"),
    (value_nowhere, "list: an answer 200 has nothing at /0/address"),
    (wrong_value, 'register: the body is wrong at /type: "ORDERS" is not one of'),
    (number_for_value, "remove: the body is wrong at /url: 5 is not of type"),
    (other_token, "list: the token is 'Basic {$inputs.token}': write `Bearer {$inputs.token}`"),
    (unknown_expression, "remove: '$steps.list.outputs.url' is no input"),
    (unknown_text, "acceptAgain: 'Operation completed successfully' is no text of 409"),
    (wrong_place, "register: an answer 201 has nothing at /message/0"),
    (unknown_input, "remove: no input is called 'address'"),
]


# From a place and what is put there, to what is said about it.
FORMS: list[tuple[tuple[str | int, ...], object, str]] = [
    (("workflows",), [], "#/workflows: [] has less than 1 item"),
    (("workflows", 0), None, "#/workflows/0: null is not of type"),
    (("workflows", 0, "steps"), [], "#/workflows/0/steps: [] has less than 1 item"),
    (("workflows", 0, "inputs"), 5, "#/workflows/0/inputs: 5 is not of type"),
    ((*STEP, "operationId"), ["a"], '/operationId: ["a"] is not of type'),
    ((*STEP, "outputs"), {"url": "$response.body#/nowhere"}, "('outputs' was unexpected)"),
    ((*STEP, "onSuccess"), [{"type": "goto", "stepId": "no"}], "('onSuccess' was unexpected)"),
    ((*STEP, "parameters", 0), {"reference": "$components"}, "('reference' was unexpected)"),
    ((*STEP, "parameters", 0), None, "/parameters/0: null is not of type"),
    ((*STEP, "requestBody"), None, "/requestBody: null is not of type"),
    ((*STEP, "requestBody", "payload"), "a", '/payload: "a" is not of type'),
    ((*STEP, "requestBody", "payload"), None, "/payload: null is not of type"),
    ((*STEP, "successCriteria"), [], "/successCriteria: [] has less than 1 item"),
    ((*STEP, "successCriteria", 0), None, "/successCriteria/0: null is not of type"),
    (("sourceDescriptions", 0, "url"), "a.yaml", "#/sourceDescriptions/0/url: "),
]


def redocly(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Redocly without a word to anybody outside."""
    return subprocess.run(  # noqa: S603 - the command is ours
        [*REDOCLY, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "NO_COLOR": "1",
            "REDOCLY_TELEMETRY": "off",
            "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
        },
    )


def respect(path: Path) -> subprocess.CompletedProcess[str]:
    """Run the workflow against a fresh mock."""
    with running(create_app(fresh_state())) as url:
        return redocly(
            "respect", str(path), "--server", f"mipos={url}", "--input", json.dumps(INPUTS)
        )


def planted(tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the workflow with one change, beside a copy of the document."""
    text = Path("docs/arazzo.yaml").read_text("utf-8")

    assert old in text

    (tmp_path / "openapi.yaml").write_text(Path("openapi.yaml").read_text("utf-8"), "utf-8")
    path = tmp_path / "arazzo.yaml"
    path.write_text(text.replace(old, new).replace("../openapi.yaml", "openapi.yaml"), "utf-8")
    return path


def test_the_workflow_says_what_the_document_says() -> None:
    """Every operation, parameter, field, status and text of the workflow is in the document."""
    assert [] == list(check_arazzo.findings(WORKFLOWS, DOCUMENT))


@pytest.mark.parametrize(
    ("plant", "message"), PLANTED, ids=[plant.__name__ for plant, _ in PLANTED]
)
def test_what_the_document_does_not_say_is_found(
    plant: Callable[[Node], None], message: str
) -> None:
    """One change to the workflow is found, and the finding names the step."""
    workflows = copy.deepcopy(WORKFLOWS)
    plant(workflows)

    (found,) = check_arazzo.findings(workflows, DOCUMENT)

    assert f"orderLoop/{message}" in found


@pytest.mark.parametrize(("place", "value", "message"), FORMS)
def test_what_is_not_looked_at_is_found(
    place: tuple[str | int, ...], value: object, message: str
) -> None:
    """A workflow of another form is refused rather than passed over, and its place is named."""
    workflows = copy.deepcopy(WORKFLOWS)
    *path, last = place
    target: Any = workflows
    for part in path:
        target = target[part]
    target[last] = value

    found = list(check_arazzo.findings(workflows, DOCUMENT))

    assert any(message in each for each in found), found


def test_the_form_is_that_of_arazzo() -> None:
    """Redocly, which knows the specification, has nothing to say."""
    done = redocly("lint", "docs/arazzo.yaml")

    assert 0 == done.returncode, done.stderr


def test_a_wrong_form_is_refused(tmp_path: Path) -> None:
    """A step without an id is found by Redocly."""
    done = redocly("lint", str(planted(tmp_path, "stepId: list\n", "step: list\n")))

    assert 1 == done.returncode
    assert "stepId" in done.stdout + done.stderr


def test_the_mock_runs_the_workflow() -> None:
    """All five steps succeed against a fresh mock."""
    done = respect(Path("docs/arazzo.yaml"))

    assert 0 == done.returncode, done.stdout + done.stderr
    assert "5 passed, 5 total" in done.stdout + done.stderr


def test_a_run_that_goes_another_way_fails(tmp_path: Path) -> None:
    """A workflow that takes a second acceptance for a success does not get through."""
    done = respect(planted(tmp_path, "$statusCode == 409", "$statusCode == 200"))

    assert 1 == done.returncode
    assert "acceptAgain" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("text", "status", "message"),
    [
        ("a: [", 2, "check_arazzo: "),
        ("", 2, "arazzo.yaml: no mapping of names to values."),
        ("arazzo: 1.0.1\n", 1, '"workflows" is a required property'),
        ("workflows: [null]", 1, "#/workflows/0: null is not of type"),
    ],
)
def test_the_command_names_what_is_wrong(
    tmp_path: Path, text: str, status: int, message: str
) -> None:
    """The exit status tells findings from a file that cannot be read, and none is a traceback."""
    path = tmp_path / "arazzo.yaml"
    path.write_text(text, "utf-8")

    done = subprocess.run(  # noqa: S603 - the command is ours
        [sys.executable, "scripts/check_arazzo.py", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert status == done.returncode
    assert message in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert ("Repair: mend arazzo.yaml" in done.stdout) == (status == 1)
