"""The wheel of the client works in an environment that holds what it declares and nothing else."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import venv
import zipfile
from email.parser import Parser
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.wheels import build

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[2]
PROJECT = ROOT / "generated"
CALLS = """\
import asyncio, sys
from mipos_client import AsyncMipos, ConflictError, Mipos, messages, pushes

with Mipos("mock-token-alpha", base_url=sys.argv[1]) as mipos:
    print(mipos.webhooks.create(url="https://pos.example/orders").message)

async def again():
    async with AsyncMipos("mock-token-alpha", base_url=sys.argv[1]) as mipos:
        try:
            await mipos.webhooks.create(url="https://pos.example/orders")
        except ConflictError as error:
            print(*error.messages)
        print(*[webhook.url for webhook in await mipos.webhooks.list()])

asyncio.run(again())
"""
TYPES = """\
from mipos_client import AsyncMipos, Mipos, ValidationError, pushes

def use(mipos: Mipos, error: ValidationError, body: bytes) -> None:
    reveal_type(mipos.webhooks.list())
    reveal_type(mipos.orders.accept(delivery_id="1", store_id="3", order_external_id="x"))
    reveal_type(error.errors)
    reveal_type(pushes.parse_order(body).total)
    mipos.webhooks.create(url="https://pos.example", type="MENU")

async def use_async(mipos: AsyncMipos) -> None:
    reveal_type(await mipos.webhooks.create(url="https://pos.example"))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of the working tree."""
    return build(PROJECT, tmp_path_factory.mktemp("dist"))


def metadata(wheel: Path) -> dict[str, list[str]]:
    """Return what a wheel says of itself."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        parsed = Parser().parsestr(archive.read(name).decode())
    return {key: parsed.get_all(key, []) for key in parsed}


def needed(requirements: Iterable[str]) -> set[str]:
    """Return the names of all distributions that requirements lead to, without extras."""
    found, waiting = set[str](), [Requirement(each) for each in requirements]
    while waiting:
        requirement = waiting.pop()
        applies = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if applies and requirement.name not in found:
            found.add(requirement.name)
            waiting += map(Requirement, distribution(requirement.name).requires or ())
    return found


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interpreter of an environment with the wheel and what it declares."""
    directory = tmp_path_factory.mktemp("environment")
    # No pip: an index is not needed, since what is declared is installed here already.
    builder = venv.EnvBuilder(with_pip=False, symlinks=True)
    builder.create(directory)
    (packages,) = directory.glob("lib/python*/site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    for name in needed(metadata(wheel)["Requires-Dist"]):
        for file in distribution(name).files or ():
            if ".." not in file.parts:
                target = packages / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(str(file.locate()), target)
    return directory / "bin" / "python"


def test_the_wheel_says_what_it_needs(wheel: Path) -> None:
    """It wants Python 3.11 or newer, and lower bounds of the three libraries that it imports."""
    said = metadata(wheel)
    requirements = [Requirement(each) for each in said["Requires-Dist"]]

    assert [">=3.11"] == said["Requires-Python"]
    assert ["attrs", "httpx", "msgspec"] == sorted(each.name for each in requirements)
    assert [True] * 3 == [
        any(bound.operator == ">=" for bound in each.specifier) for each in requirements
    ]


def test_the_lower_bounds_are_those_that_are_tested() -> None:
    """`nox -s lowest` installs exactly them."""
    project = (PROJECT / "pyproject.toml").read_text("utf-8")
    locked = (ROOT / "requirements" / "lowest.txt").read_text("utf-8")
    bounds = re.findall(r'"(attrs|httpx|msgspec)>=([\d.]+)', project)

    tested = re.findall(r"^(attrs|httpx|msgspec)==([\d.]+?)(?:\.0)? ", locked, re.MULTILINE)

    assert sorted(bounds) == sorted(tested)


def test_the_wheel_is_typed_and_whole(wheel: Path) -> None:
    """It holds every file of the package, the marker of typed packages included."""
    files = {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "mipos_client").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert "mipos_client/py.typed" in packed
    assert files == packed


def test_the_wheel_is_the_same_each_time(wheel: Path, tmp_path: Path) -> None:
    """Two builds of one state have the same bytes."""
    assert wheel.read_bytes() == build(PROJECT, tmp_path).read_bytes()


def test_calls_work_where_nothing_else_is_installed(python: Path) -> None:
    """Sync and async calls reach the mock."""
    with running(create_app(fresh_state())) as url:
        done = subprocess.run(  # noqa: S603 - the code is ours
            [str(python), "-I", "-W", "error", "-c", CALLS, url],
            capture_output=True,
            text=True,
            check=False,
        )

    assert ("", 0) == (done.stderr, done.returncode)
    assert [
        "Webhook successfully created",
        "This webhook already exists",
        "https://pos.example/orders",
    ] == done.stdout.splitlines()


def test_type_checkers_see_the_types(python: Path, tmp_path: Path) -> None:
    """A type checker reveals what calls return, and refuses a value that is not documented."""
    program = tmp_path / "program.py"
    program.write_text(TYPES, "utf-8")

    done = subprocess.run(  # noqa: S603 - the command is ours
        [
            *(
                sys.executable,
                "-m",
                "mypy",
                "--strict",
                "--no-error-summary",
                "--hide-error-context",
            ),
            *("--python-executable", str(python), "--cache-dir", str(tmp_path / "cache")),
            str(program),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert [
        "list[mipos_client.models.webhook.Webhook]",
        "mipos_client.models.order_accepted.OrderAccepted",
        "dict[str, list[str]]",
        "int",
        "mipos_client.models.webhook_created.WebhookCreated",
    ] == [found.replace("builtins.", "") for found in re.findall(r'type is "(.*)"', done.stdout)], (
        done.stdout + done.stderr
    )
    assert 1 == len(re.findall("error:", done.stdout))
    assert "Literal['MENU']" in done.stdout
