"""The command line: options stand for variables, and a mistake is one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mipos_contract import document
from mipos_contract.cli import main
from mipos_contract.confinement import Confinement
from mipos_contract.connection import to_deployment, to_mock
from mipos_contract.options import OptionsError, parse
from mipos_contract.rehearsal import Rehearsal
from tests.contract.suite import run

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = {"MIPOS_ACCESS_TOKEN": "hush"}
DEPLOYMENT = ("--base-url", "https://pos.example", "--store-id", "3")


def test_options_stand_for_variables() -> None:
    """Each but the tokens can be given either way."""
    options = ("--allow-writes", "--pending-orders", "1/3/a", "--rate", "2", "--budget", "9")
    by_option = parse(["run", *DEPLOYMENT, *options, "--timeout", "7"], TOKEN)
    by_variable = parse(
        ["run"],
        {
            **TOKEN,
            "MIPOS_BASE_URL": "https://pos.example",
            "MIPOS_STORE_ID": "3",
            "MIPOS_ALLOW_WRITES": "1",
            "MIPOS_PENDING_ORDERS": "1/3/a",
            "MIPOS_RATE": "2",
            "MIPOS_BUDGET": "9",
            "MIPOS_TIMEOUT": "7",
        },
    )

    assert by_option == by_variable


def test_the_version_is_that_of_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    """Who reports something can say of what."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert not ended.value.code
    assert f"mipos-contract {document.load()['info']['version']}\n" == capsys.readouterr().out


def test_an_option_outweighs_its_variable() -> None:
    """What is typed last counts."""
    options = parse(["run", *DEPLOYMENT, "--rate", "2"], {**TOKEN, "MIPOS_RATE": "3"})

    assert options.settings is not None
    assert 2.0 == options.settings.rate


def test_a_deployment_gets_fewer_cases_than_the_mock() -> None:
    """Unless a number is asked for."""
    assert 50 == parse(["run"], {}).examples
    assert 10 == parse(["run", *DEPLOYMENT], TOKEN).examples
    assert 7 == parse(["run", *DEPLOYMENT, "--examples", "7"], TOKEN).examples


def test_what_is_not_ours_goes_to_pytest() -> None:
    """In its order, wherever it stands."""
    options = parse(["run", "-x", "--seed", "3", "-k", "orders and not model", "--co"], {})

    assert ("-x", "-k", "orders and not model", "--co") == options.pytest
    assert 3 == options.seed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run", "--examples", "0"], "argument --examples: '0': expected 1 or more"),
        (["run", "--examples", "many"], "argument --examples: 'many': expected a whole number"),
        (["run", "--max-failures", "-1"], "argument --max-failures: '-1': expected a whole"),
        (["run", "--seed"], "argument --seed: expected one argument"),
        (["walk"], "argument COMMAND: invalid choice: 'walk'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_a_wrong_option_is_one_line(arguments: list[str], said: str) -> None:
    """It names the option, the value and where to look."""
    with pytest.raises(OptionsError) as caught:
        parse(arguments, {})

    assert str(caught.value).startswith(said)
    assert "--help)" in str(caught.value)


def test_reports_that_cannot_be_written_are_said_before_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the place of the directory is named."""
    for name in ("MIPOS_BASE_URL", *TOKEN, "MIPOS_OTHER_ACCESS_TOKEN", "MIPOS_STORE_ID"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "reports").touch()

    status = main(["run", "--reports", str(tmp_path / "reports")])

    assert 4 == status
    assert capsys.readouterr().err.startswith("ERROR: the reports cannot be written: ")


def test_a_selection_of_nothing_is_an_error() -> None:
    """A misspelt name must not end green, nor leave a report."""
    finished = run("-k", "webhoks")

    assert 4 == finished.status
    assert "ERROR: no test was selected: see -k" in finished.output


@pytest.mark.parametrize(("rate", "burst"), [("5", 5), ("1", 2), ("1000", 8)])
def test_simultaneous_requests_to_a_deployment_keep_to_the_rate(rate: str, burst: int) -> None:
    """No more at once than a second allows, two at least, eight at most; the mock gets twenty."""
    settings = parse(["run", *DEPLOYMENT, "--rate", rate], TOKEN).settings
    assert settings is not None
    target = to_deployment(settings, Confinement(), Rehearsal.of(["hush"], "3", []))
    target.wire.pace.rate = settings.rate

    assert burst == target.burst
    assert 20 == to_mock("http://127.0.0.1:9").burst
