"""Tools that call the mock as the document says, or that stand in for a server."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

from mipos_contract import document
from scripts.consuming.bench import ROOT, TOKEN, FailureError, call, mock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mipos_contract.document import Operation
    from scripts.consuming.bench import Bench

ORDER = {
    "delivery_id": "1",
    "store_id": "3",
    "order_external_id": "01f1b8ce-a65d-4876-a72f-8f549f3566b7",
}
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
    """Send the calls of all operations but updateWebhook through Prism to the mock."""
    _through_prism(bench, {JSONC})


def prism_proxy_jsonc(bench: Bench) -> None:
    """Send the calls of updateWebhook through Prism to the mock."""
    others = document.operations().keys() - {JSONC}
    _through_prism(bench, others)


def _through_prism(bench: Bench, left_out: set[str]) -> None:
    with (
        mock() as direct,
        mock() as upstream,
        bench.serving(
            *bench.script("prism"), "proxy", str(bench.document), upstream, "--errors"
        ) as proxy,
    ):
        for operation, body in _calls():
            if operation.id in left_out:
                continue
            answers = [
                call(url, operation.method, operation.path, _headers(operation), body)
                for url in (direct, proxy)
            ]
            if answers[0] != answers[1]:
                raise FailureError(f"{operation.id} {body!r}: {answers[0]}, by proxy {answers[1]}")


def _calls() -> Iterator[tuple[Operation, bytes | None]]:
    """Yield each example of a request, twice: the second time most are in conflict."""
    for operation in document.operations().values():
        values: list[Any] = list(operation.examples.values()) or [None]
        for value in (*values, *values):
            yield operation, None if value is None else json.dumps(value).encode()


def _body(operation: Operation) -> bytes | None:
    return next((json.dumps(each).encode() for each in operation.examples.values()), None)


def _headers(operation: Operation) -> dict[str, str]:
    typed = {} if operation.content_type is None else {"Content-Type": operation.content_type}
    return {"Authorization": f"Bearer {TOKEN}", **typed}
