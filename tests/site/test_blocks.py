"""Every code block of the pages is held by a test, which this ledger names."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.site.support import ROOT
from tests.test_documentation import ADDRESS, PAGES, blocks, commands, send

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTATION = "tests/test_documentation.py"
PLUGIN = "tests/mock/test_plugin_documentation.py"
# By the language of a block, and within `sh` by the command of a line: what runs or checks it.
HELD_BY = {
    "python": f"{DOCUMENTATION}::test_python_examples_run",
    "python conftest.py": f"{PLUGIN}::test_the_pages_tests_pass",
    "python fails": f"{PLUGIN}::test_the_pages_failure_is_the_one_shown",
    "python test": f"{PLUGIN}::test_the_pages_tests_pass",
    "python test async": f"{PLUGIN}::test_the_pages_tests_pass",
    "console": "tests/mock/test_cli_examples.py::test_session_of_the_page_works",
    "yaml": "tests/test_workflows.py::test_workflow_is_clean",
    "mermaid": "tests/site/test_diagrams.py::test_every_diagram_of_a_page_is_drawn",
    "sh curl": f"{DOCUMENTATION}::test_curl_examples_succeed",
    "sh mipos-mock": f"{DOCUMENTATION}::test_the_mocks_commands_do_what_is_shown",
    "sh mipos-contract": f"{DOCUMENTATION}::test_options_of_the_contract_tests_are_known",
    "sh nox": f"{DOCUMENTATION}::test_named_sessions_exist",
    "sh pip": "tests/site/test_blocks.py::test_what_is_installed_is_there",
    "sh export": "tests/site/test_blocks.py::test_variables_are_set_for_what_follows",
}
# Blocks of text by their page: what a command prints, compared with what it does print.
TEXT_HELD_BY = {
    "README.md": f"{DOCUMENTATION}::test_the_first_pages_answers_are_those_shown",
    "docs/contract-tests.md": f"{DOCUMENTATION}::test_a_failure_reads_as_shown",
    "docs/mock-cli.md": "tests/mock/test_cli_examples.py::test_page_shows_every_help_as_it_is",
    "docs/mock-pytest.md": f"{PLUGIN}::test_the_pages_failure_is_the_one_shown",
    "docs/start.md": "tests/site/test_blocks.py::test_the_start_prints_what_it_shows",
}
# Receivers, and the servers that run them, are the business of the page's own tests.
RECEIVERS = "docs/receiving-pushes.md"
_RUNNERS = {"pipx": "mipos-contract", "uvx": "mipos-contract", "python3": "pip", "python": "pip"}


def kinds(page: str, text: str) -> set[str]:
    """Return what kinds of block a page has."""
    found = set[str]()
    for info, body in re.findall(r"^```(\S[^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        if info == "text":
            found.add(f"text of {page}")
        elif info != "sh":
            found.add(info)
        else:
            lines = body.replace("\\\n", "").splitlines()
            found |= {f"sh {command(line)}" for line in lines if line.strip()}
    return found


def command(line: str) -> str:
    """Return the command that a line is there for."""
    words = shlex.split(line.rpartition("&& ")[2], comments=True)
    words = [word for word in words if not re.match("[A-Z_]+=", word)]
    name = words[0].rpartition("/")[2]
    return _RUNNERS.get(name, name)


def unheld(page: str, text: str) -> set[str]:
    """Return the kinds of block of a page that no test holds."""
    texts = {f"text of {each}" for each in TEXT_HELD_BY}
    return kinds(page, text) - set(HELD_BY) - texts


def test_every_block_is_held_by_a_test() -> None:
    """A block of a new kind needs a test, and an entry above that names it."""
    found = {
        page: missing
        for path in PAGES
        if (page := path.relative_to(ROOT).as_posix()) != RECEIVERS
        and (missing := unheld(page, path.read_text("utf-8")))
    }

    assert {} == found


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("```sh\nwget x\n```", "sh wget"),
        ("```sh\nA=1 .venv/bin/planted --x\n```", "sh planted"),
        ("```ruby\nx\n```", "ruby"),
        ("```text\nx\n```", "text of docs/x.md"),
    ],
)
def test_a_block_that_no_test_holds_is_found(block: str, expected: str) -> None:
    """Each kind is told by its language or its command."""
    assert {expected} == unheld("docs/x.md", f"# X\n\n{block}\n")


@pytest.mark.parametrize("test", sorted({*HELD_BY.values(), *TEXT_HELD_BY.values()}))
def test_the_tests_that_are_named_exist(test: str) -> None:
    """Each entry leads to a file and a name in it."""
    path, _, name = test.partition("::")

    assert f"\ndef {name}(" in (ROOT / path).read_text("utf-8")


def test_what_is_installed_is_there() -> None:
    """Each local package that a line of pip names can be built, and each lock is a file."""
    lines = [line for _, text in blocks("sh") for line in text.splitlines() if "pip" in line]
    words = [word for line in lines for word in shlex.split(line, comments=True)]
    # A wheel is made by the line before, or stands in for the reader's own.
    local = {word for word in words if word.startswith("./") and not word.endswith(".whl")}
    locks = {word for word in words if word.startswith("requirements/")}

    assert {"./mock", "./generated", "./contract_tests"} == local
    assert all((ROOT / each / "pyproject.toml").is_file() for each in local)
    assert locks
    assert all((ROOT / each).is_file() for each in locks)


def test_variables_are_set_for_what_follows() -> None:
    """Each variable that a page exports is read by something in the repository."""
    exported = {
        name
        for _, text in blocks("sh")
        for line in re.findall("^export .*", text, re.MULTILINE)
        for name in re.findall(r"\b(MIPOS_[A-Z_]+)=", line)
    }
    texts = [
        path.read_text("utf-8")
        for folder in ("contract_tests/src", "docs")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in {".md", ".py"}
    ]

    assert exported
    assert set() == {name for name in exported if not any(f'"{name}"' in each for each in texts)}


def test_the_start_prints_what_it_shows(tmp_path: Path) -> None:
    """The curl lines of the first page answer, and its POS prints, what stands below them."""
    answers, printed = [text for page, text in blocks("text") if page == "docs/start.md"]
    (code,) = [text for page, text in blocks("python") if page == "docs/start.md"]
    script = tmp_path / "pos.py"

    with running(create_app(fresh_state())) as url:
        given = [send(line, url).text for line in commands("curl", "docs/start.md")]
    with running(create_app(fresh_state())) as url:
        script.write_text(code.replace(ADDRESS, url), "utf-8")
        done = subprocess.run(  # noqa: S603 - the code is ours
            [sys.executable, "-W", "error", str(script)],
            capture_output=True,
            text=True,
            check=False,
        )

    assert answers.splitlines() == given
    assert (printed, "") == (done.stdout, done.stderr)
