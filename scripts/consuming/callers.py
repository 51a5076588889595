"""Tools that call the mock as the document says, or that stand in for a server."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

from mipos_contract import document
from scripts.consuming.bench import ROOT, TOKEN, FailureError, call, mock

if TYPE_CHECKING:
    from mipos_contract.document import Operation
    from scripts.consuming.bench import Bench

ORDER = {
    "delivery_id": "1",
    "store_id": "3",
    "order_external_id": "01f1b8ce-a65d-4876-a72f-8f549f3566b7",
}
# What the suite asks for where the target is a deployment.
DEPLOYMENT = {
    "MIPOS_ACCESS_TOKEN": TOKEN,
    "MIPOS_OTHER_ACCESS_TOKEN": "mock-token-beta",
    "MIPOS_ALLOW_WRITES": "1",
    "MIPOS_PENDING_ORDERS": "/".join(ORDER.values()),
    # A server of our own need not be spared.
    "MIPOS_RATE": "1000000",
}
# The tests that send what is no JSON, which Prism never answers.
NO_JSON = (
    "test_a_body_that_says_nothing_counts_as_empty",
    "test_a_generated_request_gets_a_documented_answer",
)
# The one operation whose body is `application/jsonc`.
JSONC = "updateWebhook"
WORKFLOW_INPUT = {"token": TOKEN, "url": "https://pos.example/orders", **ORDER}
# The steps of the workflow in docs/arazzo.yaml.
STEPS = "5 passed, 5 total"


def postman(bench: Bench) -> None:
    """Make a collection, send it to the mock, and see that each status is documented."""
    collection, report = bench.directory / "collection.json", bench.directory / "report.json"
    bench.run(
        *(*bench.script("openapi2postmanv2"), "-s", str(bench.document), "-o", str(collection)),
    )
    with mock() as url:
        bench.run(
            *(*bench.script("newman"), "run", str(collection), "--reporters", "json"),
            *("--reporter-json-export", str(report)),
            *("--env-var", f"baseUrl={url}", "--env-var", f"bearerToken={TOKEN}"),
        )
    sent = json.loads(report.read_text("utf-8"))["run"]["executions"]
    known = {each.path: each for each in document.operations().values()}
    if len(sent) != len(known):
        raise FailureError(f"{len(sent)} requests were sent, not {len(known)}")
    for each in sent:
        path = "/" + "/".join(each["request"]["url"]["path"])
        code = each["response"]["code"]
        # A bearer token that was not sent, or a body of another type, gives other ones.
        if code not in known[path].responses or code in {401, 422}:
            raise FailureError(f"{path} answers {code}")


def respect(bench: Bench) -> None:
    """Run the workflow of docs/arazzo.yaml against the mock, each answer held to the document."""
    shutil.copy(bench.document, bench.directory / f"document{bench.document.suffix}")
    text = (ROOT / "docs" / "arazzo.yaml").read_text("utf-8")
    workflow = bench.directory / "arazzo.yaml"
    workflow.write_text(
        text.replace("../openapi.yaml", f"document{bench.document.suffix}"), "utf-8"
    )
    with mock() as url:
        said = bench.run(
            *("node", "node_modules/@redocly/cli/bin/cli.js", "respect", str(workflow)),
            *("--server", f"mipos={url}", "--input", json.dumps(WORKFLOW_INPUT)),
        )
    if STEPS not in said:
        raise FailureError(f"not {STEPS}: {said[-2000:]}")


def suite(bench: Bench) -> None:
    """Run the contract suite against the mock by this form of the document."""
    bench.run(
        *(sys.executable, "-m", "scripts.consuming.suite_on", str(bench.document)),
        *("run", "--examples", "5"),
    )


def prism_mock(bench: Bench) -> None:
    """Ask Prism for the documented answers, but of updateWebhook, and hold them to the contract."""
    with bench.serving(*bench.script("prism"), "mock", str(bench.document)) as url:
        for operation in document.operations().values():
            if operation.id == JSONC:
                continue
            for status in operation.responses:
                body = _body(operation)
                found, said = call(
                    url,
                    operation.method,
                    operation.path,
                    {**_headers(operation), "Prefer": f"code={status}"},
                    body,
                )
                checker = document.validator(operation.id, status, assumptions=True)
                if found != status or not checker.is_valid(json.loads(said)):
                    raise FailureError(f"{operation.id} {status}: {found} {said.decode()}")


def prism_proxy(bench: Bench) -> None:
    """Run the contract suite through Prism against the mock, and see what Prism says of answers."""
    with (
        mock() as upstream,
        bench.serving(*bench.script("prism"), "proxy", str(bench.document), upstream) as proxy,
    ):
        bench.run(
            *(sys.executable, "-m", "mipos_contract", "run", "--base-url", proxy),
            *("--store-id", ORDER["store_id"], "--examples", "5"),
            *("-k", f"not ({' or '.join(NO_JSON)})"),
            variables=DEPLOYMENT,
        )
    found = complaints(bench.log.read_text("utf-8"))
    if found:
        raise FailureError(f"Prism finds {len(found)} answers wrong, the first: {found[0]}")


def complaints(log: str) -> list[str]:
    """Return what Prism's log says against answers; of requests, many are meant to be wrong."""
    return [line for line in log.splitlines() if "Violation: response" in line]


def prism_jsonc(bench: Bench) -> None:
    """Send the call of updateWebhook through a Prism that answers itself what is not valid."""
    operation = document.operations()[JSONC]
    with (
        mock() as upstream,
        bench.serving(
            *bench.script("prism"), "proxy", str(bench.document), upstream, "--errors"
        ) as proxy,
    ):
        request = (operation.method, operation.path, _headers(operation), _body(operation))
        answers = [call(url, *request) for url in (upstream, proxy)]
    if answers[0] != answers[1]:
        raise FailureError(f"{operation.id}: {answers[0]}, by proxy {answers[1]}")


def _body(operation: Operation) -> bytes | None:
    return next((json.dumps(each).encode() for each in operation.examples.values()), None)


def _headers(operation: Operation) -> dict[str, str]:
    typed = {} if operation.content_type is None else {"Content-Type": operation.content_type}
    return {"Authorization": f"Bearer {TOKEN}", **typed}
