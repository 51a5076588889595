"""Tab in the shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mipos_mock.faults import KINDS
from mipos_mock.operations import OPERATIONS
from mipos_mock.scenarios import SCENARIOS
from tests.mock.cli_support import environment, mock, run

SHELLS = ["bash", "zsh", "fish"]


def offered(line: str, url: str = "http://127.0.0.1:1") -> list[str]:
    """What is offered at the end of a line, as bash asks for it."""
    words = line.split(" ")
    finished = run(
        url=url,
        env={
            "_MIPOS_MOCK_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        },
    )
    assert (0, "") == (finished.code, finished.err)
    return [each.removeprefix("plain,") for each in finished.out.split()]


@pytest.mark.parametrize("shell", SHELLS)
def test_script_is_for_this_command(shell: str) -> None:
    """The script asks mipos-mock, however it was started, in the variable that it reads."""
    finished = run("completion", shell)

    assert (0, "") == (finished.code, finished.err)
    assert f"_MIPOS_MOCK_COMPLETE={shell}_complete" in finished.out
    assert "_mipos_mock_completion" in finished.out


def test_bash_completes_with_the_script() -> None:
    """In bash the script makes Tab offer commands."""
    script = (
        'eval "$(mipos-mock completion bash)"; COMP_WORDS=(mipos-mock order pl); COMP_CWORD=2; '
        '_mipos_mock_completion mipos-mock; echo "${COMPREPLY[@]}"'
    )
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603 - the command under test
        ["bash", "--norc", "-c", script],  # noqa: S607 - any bash
        capture_output=True,
        text=True,
        check=False,
        env=environment({"PATH": path}),
    )

    assert ("place\n", "") == (done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mipos-mock ac", ["account"]),
        ("mipos-mock order list --st", ["--store", "--status"]),
        ("mipos-mock order list --status p", ["pending"]),
        ("mipos-mock order place --scenario ", list(SCENARIOS)),
        ("mipos-mock fault set ", list(KINDS)),
        ("mipos-mock fault set drop --operation ", list(OPERATIONS)),
        ("mipos-mock fault set drop --account ", []),
        ("mipos-mock order show ", []),
        ("mipos-mock push show ", []),
    ],
)
def test_fixed_values_are_offered_without_a_mock(line: str, expected: list[str]) -> None:
    """Commands, options and fixed values need no mock; what one would know is left out quietly."""
    assert expected == offered(line)


def test_values_of_the_mock_that_runs_are_offered() -> None:
    """Accounts, orders and pushes are those of the mock that runs, also one named by --url."""
    with mock() as url:
        run("account", "add", "till-7", url=url)
        accounts = offered("mipos-mock account delete ", url)
        till = offered("mipos-mock account delete ti", url)
        orders = offered(f"mipos-mock --url {url} order show ")
        pushes = offered("mipos-mock push show ", url)

    assert ["alpha", "beta", "signed-out", "deleted", "read-only", "till-7"] == accounts
    assert ["till-7"] == till
    assert (["1", "2", "3", "4"], []) == (orders, pushes)


def test_zsh_is_told_what_a_value_is() -> None:
    """Where the shell can show it, a text stands beside the value."""
    finished = run(
        env={
            "_MIPOS_MOCK_COMPLETE": "zsh_complete",
            "COMP_WORDS": "mipos-mock fault set du",
            "COMP_CWORD": "3",
        }
    )

    assert ["plain", "duplicate", KINDS["duplicate"].text] == finished.out.splitlines()
