"""What the pages tell a reader to type works, and what they name is there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import yaml

from mipos_contract.deviations import load
from mipos_contract.mock_process import MockProcess
from mipos_contract.options import DEFAULT_MOCK_COMMAND, parse
from mipos_contract.settings import VARIABLES
from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from scripts.catalogue import messages
from tests.contract.faults import FAULTS
from tests.contract.kill_table import Trial, judge
from tests.mock.cli_support import closed_loop, run

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted(ROOT.glob("docs/**/*.md")),
    *(ROOT / name / "README.md" for name in ("benchmarks", "contract_tests", "generated", "mock")),
]
ADDRESS = "http://127.0.0.1:8080"


def blocks(language: str) -> list[tuple[str, str]]:
    """Return the fenced blocks of a language, each with the name of its page."""
    pattern = re.compile(rf"^```{language}\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [
        (str(page.relative_to(ROOT)), text)
        for page in PAGES
        for text in pattern.findall(page.read_text("utf-8"))
    ]


def commands(name: str, of_page: str | None = None) -> list[str]:
    """Return the lines of all sh blocks, or of a page's, that call a command, comments cut off."""
    lines = (
        line.partition("  #")[0].strip()
        for page, text in blocks("sh")
        for line in text.replace("\\\n", "").splitlines()
        if of_page in {None, page}
    )
    return [line for line in lines if re.match(rf"(\S+/)?{name} ", line)]


def send(curl: str, base_url: str) -> httpx.Response:
    """Send what a curl line says, to another address."""
    words = iter(shlex.split(curl)[1:])
    url, headers, body, method = "", dict[str, str](), None, ""
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(words)
        elif word == "-X":
            method = next(words)
        elif word == "-w":
            next(words)
        elif not word.startswith("-"):
            url = word.replace(ADDRESS, base_url)
    return httpx.request(method or ("POST" if body else "GET"), url, headers=headers, content=body)


@pytest.fixture
def base_url() -> Iterator[str]:
    """Serve a fresh mock and return its address."""
    with running(create_app(fresh_state())) as url:
        yield url


@pytest.mark.parametrize(("page", "code"), blocks("python"))
def test_python_examples_run(page: str, code: str, base_url: str, tmp_path: Path) -> None:
    """Each Python block runs against a fresh mock as it stands."""
    script = tmp_path / "example.py"
    script.write_text(code.replace(ADDRESS, base_url), "utf-8")

    finished = subprocess.run(  # noqa: S603 - the code is ours
        [sys.executable, "-W", "error", str(script)], capture_output=True, text=True, check=False
    )

    assert finished.returncode == 0, f"{page}: {finished.stderr}"


@pytest.mark.parametrize(
    "page", sorted({page for page, _ in blocks("sh") if commands("curl", page)})
)
def test_curl_examples_succeed(page: str, base_url: str) -> None:
    """The curl lines of a page, one after another, are answered with success by a fresh mock."""
    answers = [send(line, base_url) for line in commands("curl", page)]

    assert [True] * len(answers) == [answer.is_success for answer in answers]


def test_the_first_pages_answers_are_those_shown(base_url: str) -> None:
    """The README shows what its two curl lines print."""
    (shown,) = [text for page, text in blocks("text") if page == "README.md"]

    answers = [send(line, base_url) for line in commands("curl", "README.md")[:2]]

    assert shown.splitlines() == [answer.text for answer in answers]


def test_the_mocks_command_starts_as_shown() -> None:
    """Each line that serves the mock is one that the command understands."""
    shown = [line for line in commands("mipos-mock") if " serve" in line]

    assert shown
    for line in shown:
        assert ["serve", "--port", "8080"] == shlex.split(line)[1:]
    mock = MockProcess(DEFAULT_MOCK_COMMAND)
    try:
        answer = httpx.get(f"{mock.base_url}/_mock/state")
    finally:
        mock.stop()

    assert answer.is_success


@pytest.mark.parametrize("line", [line for line in commands("mipos-mock") if " serve" not in line])
def test_the_mocks_commands_do_what_is_shown(line: str) -> None:
    """Each other line of the mock's command succeeds beside a POS that accepts every order."""
    with closed_loop() as (url, _receiver):
        finished = run(*shlex.split(line)[1:], url=url)

    assert (0, "") == (finished.code, finished.err)


def test_the_contract_tests_page_names_every_variable_and_no_other() -> None:
    """The page's table is what the suite reads."""
    page = (ROOT / "docs" / "contract-tests.md").read_text("utf-8")

    assert set(VARIABLES) == set(re.findall(r"MIPOS_[A-Z_]+", page))


def test_the_contract_tests_page_shows_a_deviation_that_can_be_read(tmp_path: Path) -> None:
    """The entry is one that the suite understands."""
    (shown,) = [text for page, text in blocks("yaml") if page == "docs/contract-tests.md"]
    path = tmp_path / "deviations.yaml"
    path.write_text(shown, "utf-8")

    assert 1 == len(load(path).entries)


def test_options_of_the_contract_tests_are_known() -> None:
    """What the pages add to `nox -s contract --` and to `mipos-contract run` can be parsed."""
    pattern = r"(?:nox -s contract --|mipos-contract run) ([^`\n]*--[^`\n]*)"
    shown = [
        options.split("#")[0]
        for page in PAGES
        for options in re.findall(pattern, page.read_text("utf-8"))
        if options != "--help"
    ]
    environ = {
        "MIPOS_BASE_URL": ADDRESS,
        "MIPOS_ACCESS_TOKEN": "x",
        "MIPOS_STORE_ID": "3",
        "MIPOS_ALLOW_WRITES": "1",
    }

    assert len(shown) >= 5
    for options in shown:
        assert () == parse(["run", *shlex.split(options)], environ).pytest, options


def test_a_failure_reads_as_shown() -> None:
    """A run against a server with one defect prints the page's lines, but for what is left out."""
    (shown,) = [text for page, text in blocks("text") if page == "docs/contract-tests.md"]

    printed = judge(Trial(FAULTS["create_answers_200"], seed=1)).output

    assert re.search(re.escape(shown).replace(re.escape("..."), "[^\n]*"), printed), printed


def test_named_wheels_are_of_this_version() -> None:
    """Each wheel that a page names is one that this state of the repository gives."""
    document = (ROOT / "openapi.yaml").read_text("utf-8")
    versions = re.findall(r"^  version: (\S+)$", document, re.MULTILINE)
    named = {
        version
        for page in PAGES
        for version in re.findall(r"mipos_\w+-([\d.]+)-py3", page.read_text("utf-8"))
    }

    assert set(versions) == named


def test_named_sessions_exist() -> None:
    """Each `nox -s NAME` on a page is a session."""
    sessions = re.findall(r"@nox\.session.*?\ndef (\w+)", (ROOT / "noxfile.py").read_text("utf-8"))
    named = {
        name for page in PAGES for name in re.findall(r"nox -s (\w+)", page.read_text("utf-8"))
    }

    assert named
    assert set() == named - set(sessions)


def test_local_links_lead_somewhere() -> None:
    """Each relative link is a file of the repository."""
    dead = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]

    assert [] == dead


def test_the_mocks_page_holds_every_message_of_the_document() -> None:
    """Who looks a conflict up finds how to provoke it."""
    page = (ROOT / "mock" / "README.md").read_text("utf-8")
    document = yaml.safe_load((ROOT / "openapi.yaml").read_text("utf-8"))
    texts = {
        message.text
        for message in messages(document)
        if any(status == "409" for _, status in message.places)
    }

    assert texts
    assert set() == {text for text in texts if text not in page}
