"""The code samples of the pages do what they show."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from scripts.catalogue import operations
from scripts.site import errors, reference
from scripts.site.advice import Advice, AdviceError, advice
from scripts.site.samples import calls
from tests.site.support import ROOT
from tests.test_documentation import ADDRESS, send

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scripts.catalogue import Node

DOCUMENT: Node = yaml.safe_load((ROOT / "openapi.yaml").read_text("utf-8"))
OPERATIONS = [operation["operationId"] for _, _, operation in operations(DOCUMENT)]
ADVICE = {each.message.text: each for each in advice(DOCUMENT)}


def blocks(page: str, language: str) -> list[str]:
    """Return the blocks of a language, with lines that go on in the next joined."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return [block.replace("\\\n", " ") for block in found]


@pytest.fixture
def base_url() -> Iterator[str]:
    """Serve a fresh mock and return its address."""
    with running(create_app(fresh_state())) as url:
        yield url


def prepare(operation: str, base_url: str) -> None:
    """Do first what the page of an operation says."""
    before = reference.NEEDS.get(operation)
    if before is not None:
        assert send(calls(DOCUMENT)[before].curl().replace("\\\n", " "), base_url).is_success


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_curl_sample_succeeds(operation: str, base_url: str) -> None:
    """Each operation has one curl call, which a fresh mock answers with success."""
    (block,) = blocks(reference.pages(DOCUMENT)[operation], "sh")
    prepare(operation, base_url)

    answer = send(block, base_url)

    assert answer.is_success, answer.text


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_python_sample_runs(operation: str, base_url: str, tmp_path: Path) -> None:
    """Each operation has one Python sample, which runs as it stands."""
    (block,) = blocks(reference.pages(DOCUMENT)[operation], "python")
    script = tmp_path / "sample.py"
    script.write_text(block.replace(ADDRESS, base_url), "utf-8")
    prepare(operation, base_url)

    done = subprocess.run(  # noqa: S603 - the code is ours
        [sys.executable, "-W", "error", str(script)], capture_output=True, text=True, check=False
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout


@pytest.mark.parametrize("text", ADVICE)
def test_each_message_is_provoked_as_the_catalogue_says(text: str, base_url: str) -> None:
    """The calls of an entry lead, on a fresh mock, to its message with its status."""
    each = ADVICE[text]

    answers = [send(call.curl().replace("\\\n", " "), base_url) for call in each.provoke]

    assert text in answers[-1].text
    assert (each.provoke[-1].operation, str(answers[-1].status_code)) in each.message.places


def test_the_catalogue_shows_the_calls_that_are_tested() -> None:
    """Each call stands on the page, but for those that would take a line of 2,000 characters."""
    shown = [
        shlex.split(line)
        for block in blocks(errors.page(DOCUMENT), "sh")
        for line in block.splitlines()
    ]

    assert [
        shlex.split(call.curl().replace("\\\n", " "))
        for each in sorted(ADVICE.values(), key=_group)
        if not each.brief
        for call in each.provoke
    ] == shown
    assert {"characters."} == {
        each.message.text.rpartition(" ")[2] for each in ADVICE.values() if each.brief
    }


def _group(each: Advice) -> int:
    status = each.message.places[0][1]
    return next(i for i, group in enumerate(errors.GROUPS) if status.startswith(group))


def test_a_message_without_advice_is_named() -> None:
    """A text that no rule explains has to be in messages.yaml."""
    with pytest.raises(
        AdviceError, match=r"'Webhook successfully created' has no advice: add when, do and"
    ):
        advice(DOCUMENT, {"Other": {}})


def test_advice_without_a_message_is_named() -> None:
    """A text that the document does not have, or no longer, is refused."""
    written = yaml.safe_load((ROOT / "scripts/site/messages.yaml").read_text("utf-8"))

    with pytest.raises(AdviceError, match=r"'Planted' is no message of openapi\.yaml"):
        advice(DOCUMENT, {**written, "Planted": written["Unauthorized."]})
