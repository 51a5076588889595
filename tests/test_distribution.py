"""The wheel of mipos-contract runs the suite by itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from mipos_contract.options import parse
from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.wheels import build

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "contract_tests"
VERSION = yaml.safe_load((ROOT / "openapi.yaml").read_text("utf-8"))["info"]["version"]
SOURCE = PROJECT / "src" / "mipos_contract"
TOKENS = {"MIPOS_ACCESS_TOKEN": "mock-token-alpha", "MIPOS_OTHER_ACCESS_TOKEN": "mock-token-beta"}
ABSENT = ("mipos_client", "mipos_mock")
# Run by Python before anything else: what the wheel does not bring along cannot be found, although
# these tests have it installed.
HIDE = f"""
import sys

class Without:
    def __init__(self, finder):
        self._finder = finder

    def __getattr__(self, name):
        return getattr(self._finder, name)

    def find_spec(self, name, *rest):
        return None if name in {ABSENT} else self._finder.find_spec(name, *rest)

sys.meta_path[:] = map(Without, sys.meta_path)

# pytest looks for plugins in every distribution, and finds their modules in its own way.
import importlib.metadata

every = importlib.metadata.distributions
importlib.metadata.distributions = lambda **options: [
    each for each in every(**options) if each.name.replace("-", "_") not in {ABSENT}
]
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of the working tree."""
    return build(PROJECT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory that holds what an installer would put into site-packages."""
    directory = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(directory)
    return directory


def names(wheel: Path) -> set[str]:
    """Return the paths inside a wheel, without the metadata."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def run(
    installed: Path, directory: Path, *arguments: str, tokens: Mapping[str, str] = TOKENS
) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a directory, with these settings and without `ABSENT`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MIPOS_")}
    hidden = installed.parent / "hidden"
    hidden.mkdir(exist_ok=True)
    (hidden / "sitecustomize.py").write_text(HIDE, "utf-8")
    return subprocess.run(  # noqa: S603 - the command is ours
        # -P: without the directory itself on the path, as the installed command is run.
        [sys.executable, "-P", "-m", "mipos_contract", "run", *arguments],
        cwd=directory,
        env={**clean, **tokens, "PYTHONPATH": os.pathsep.join([str(hidden), str(installed)])},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_holds_the_document(wheel: Path) -> None:
    """It is the repository's own, byte for byte."""
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.read("mipos_contract/openapi.yaml")

    assert (ROOT / "openapi.yaml").read_bytes() == packed


def test_the_wheel_holds_the_whole_package_and_nothing_else(wheel: Path) -> None:
    """Each file of the package is there, the suite's settings and the templates included."""
    files = {
        f"mipos_contract/{path.relative_to(SOURCE).as_posix()}"
        for path in SOURCE.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }

    assert {"mipos_contract/py.typed", "mipos_contract/suite/pytest.ini"} <= files
    assert {*files, "mipos_contract/openapi.yaml"} == names(wheel)


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    """Name, version, Python and dependencies are the project's, and its page is the README."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(name).decode())

    assert f"mipos_contract-{VERSION}-py3-none-any.whl" == wheel.name
    assert VERSION == metadata["Version"]
    assert "mipos-contract" == metadata["Name"]
    assert project["requires-python"] == metadata["Requires-Python"]
    assert sorted(project["dependencies"]) == sorted(metadata.get_all("Requires-Dist", []))
    assert (PROJECT / "README.md").read_text("utf-8") == metadata.get_payload()


def test_the_wheel_is_the_same_each_time(wheel: Path, tmp_path: Path) -> None:
    """Two builds of one state have the same bytes."""
    assert wheel.read_bytes() == build(PROJECT, tmp_path).read_bytes()


def test_the_command_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """In an empty directory the suite passes against a server, and leaves nothing there."""
    with running(create_app(fresh_state())) as url:
        done = run(
            *(installed, tmp_path, "--base-url", url, "--store-id", "3", "--examples", "1"),
            *("--rate", "1000"),
        )

    assert 0 == done.returncode, done.stdout + done.stderr
    assert re.search(r"\b[1-9]\d* passed\b", done.stdout)
    assert re.search(r"mipos-client.* is not installed", done.stdout)
    assert [] == list(tmp_path.iterdir())


def test_the_command_says_that_the_mock_is_missing(installed: Path, tmp_path: Path) -> None:
    """Without an address and without the mock, one line names the package and the other way out."""
    done = run(installed, tmp_path, tokens={})

    assert (4, "") == (done.returncode, done.stdout)
    assert 1 == len(done.stderr.strip().splitlines()), done.stderr
    assert "mipos-mock" in done.stderr
    assert "MIPOS_BASE_URL" in done.stderr


def test_the_command_takes_the_document_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    """It is the installed package that runs: with a fault planted in its document, it fails."""
    planted = tmp_path / "site-packages"
    shutil.copytree(installed, planted)
    document = planted / "mipos_contract" / "openapi.yaml"
    document.write_text(document.read_text("utf-8").replace("Unauthorized.", "Planted."), "utf-8")

    with running(create_app(fresh_state())) as url:
        done = run(
            *(planted, tmp_path, "--base-url", url, "--store-id", "3", "--examples", "1"),
            *("--rate", "1000", "-k", "authentication"),
        )

    assert 1 == done.returncode
    assert "Planted." in done.stdout


def test_the_pages_commands_are_understood() -> None:
    """The command knows every option of the page's lines; none falls through to pytest."""
    page = (PROJECT / "README.md").read_text("utf-8")
    lines = re.findall(r"\.whl mipos-contract (run .*)$", page, re.MULTILINE)

    parsed = [parse(line.split(), TOKENS) for line in lines]

    assert [()] * 2 == [each.pytest for each in parsed]
    assert [True] * 2 == [each.settings is not None for each in parsed]
