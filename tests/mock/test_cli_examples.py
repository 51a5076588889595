"""Every example that the help and the page show works, and the page shows every help."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.mock.cli_reference import MARK, PAGE, examples, help_of, paths, whole
from tests.mock.cli_support import accept, closed_loop, ended, environment, run, started
from tests.mock.support import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = list(paths())
BY_COMMAND = {" ".join(path): examples(path) for path in COMMANDS}
EXAMPLES = sorted({line for lines in BY_COMMAND.values() for line in lines})
PROSE = PAGE.read_text("utf-8").partition(MARK)[0]
SESSIONS = [
    re.findall(r"^\$ (.*)$", block, re.MULTILINE)
    for block in re.findall(r"^```console\n(.*?)^```$", PROSE, re.MULTILINE | re.DOTALL)
]


@pytest.fixture
def url() -> Iterator[str]:
    """A mock with a POS in which there is something of everything that an example names."""
    with closed_loop() as (address, _):
        for arguments in (
            ("order", "place", "--wait", "10"),
            ("fault", "set", "drop", "--account", "beta", "--times", "forever"),
            ("account", "add", "till-9"),
        ):
            assert 0 == run(*arguments, url=address).code
        accept(address, "1", "3", "01f1b8ce-a65d-4876-a72f-8f549f3566b7")
        yield address


def serves(line: str, directory: Path) -> bool:
    """Whether a line serves the mock; its port gives way to a free one."""
    arguments = ["0" if word == "8080" else word for word in shlex.split(line)[1:]]
    command = [sys.executable, "-m", "mipos_mock"]
    with subprocess.Popen(  # noqa: S603 - the command under test
        [*command, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd=directory,
    ) as process:
        assert process.stdout is not None
        try:
            first = process.stdout.readline()
            process.send_signal(signal.SIGTERM)
            return first.startswith("MiPOS mock listening on ") and ended(process)[0] == 0
        finally:
            process.kill()


def follows(line: str, url: str) -> bool:
    """Whether a line that goes on until Ctrl-C shows something and ends quietly."""
    with started(*shlex.split(line)[1:], env={"MIPOS_MOCK_URL": url}) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        code, _, errors = ended(process)
    return bool(first) and (code, errors) == (130, "")


def runs_in_a_shell(line: str, url: str, home: Path) -> bool:
    """Whether bash runs a line without an error."""
    (home / ".config" / "fish" / "completions").mkdir(parents=True)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603 - the command under test
        ["bash", "--norc", "-c", line],  # noqa: S607 - any bash
        capture_output=True,
        text=True,
        check=False,
        env=environment({"PATH": path, "HOME": str(home), "MIPOS_MOCK_URL": url}),
    )
    return (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_shows_examples_of_the_command(path: tuple[str, ...]) -> None:
    """Every help has one to four examples, and they are of this command."""
    shown = examples(path)

    assert 1 <= len(shown) <= 4
    assert all(" ".join(("mipos-mock", *path)) in line for line in shown)


@pytest.mark.parametrize("line", EXAMPLES)
def test_example_works(line: str, url: str, tmp_path: Path) -> None:
    """What a help shows can be typed as it stands, and ends with success."""
    if " serve" in line:
        assert serves(line, tmp_path)
    elif "--follow" in line:
        assert follows(line, url)
    elif not line.startswith("mipos-mock ") or ">" in line:
        assert runs_in_a_shell(line, url, tmp_path)
    else:
        finished = run(*shlex.split(line)[1:], url=url)

        assert (0, "") == (finished.code, finished.err)


@pytest.mark.parametrize("lines", SESSIONS, ids=range(len(SESSIONS)))
def test_session_of_the_page_works(lines: list[str], url: str, tmp_path: Path) -> None:
    """What the page shows to type, line by line, ends with success."""
    assert lines
    for line in lines:
        if " serve" in line:
            assert serves(line, tmp_path)
        else:
            assert runs_in_a_shell(line, url, tmp_path / str(lines.index(line))), line


def test_page_shows_every_help_as_it_is() -> None:
    """The reference is what the help says now: `nox -s mock_pages` writes it."""
    page = PAGE.read_text("utf-8")

    assert whole(page) == page


def test_page_tells_the_exit_codes_of_the_help() -> None:
    """The page and the help tell the same exit codes."""
    in_help = re.findall(r"^ +(\d+)  +(.*)$", help_of(()), re.MULTILINE)
    on_page = re.findall(r"^\| (\d+) \| (.*) \|$", PROSE, re.MULTILINE)

    assert 5 == len(in_help)
    assert in_help == on_page


def test_page_names_the_variables_that_are_read() -> None:
    """The page tells every variable of the environment that the command reads."""
    named = set(re.findall(r"`([A-Z_]{4,})`", PROSE))

    assert {"MIPOS_MOCK_URL", "MIPOS_MOCK_SECRET", "NO_COLOR"} == named


def test_nothing_here_needs_the_default_address(url: str) -> None:
    """The examples reach the mock that was prepared for them."""
    assert "till-9" in fetch(url, "GET", "/_mock/state").body.decode()
