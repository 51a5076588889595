"""The hooks before a commit run the pinned tools on files that exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / ".pre-commit-config.yaml"
HOOKS: list[dict[str, Any]] = yaml.safe_load(CONFIG.read_text("utf-8"))["repos"][0]["hooks"]
IDS = [hook["id"] for hook in HOOKS]


def pins(text: str) -> dict[str, str]:
    """Return the version of each package that a lock or a list pins."""
    return dict(re.findall(r"^([a-z][a-z0-9-]*)==([^ ;]+)", text, re.MULTILINE))


def differing(wanted: list[str], locked: dict[str, str]) -> list[str]:
    """Return the requirements that are not pinned as in a lock."""
    return [each for each in wanted if pins(each).items() - locked.items() or "==" not in each]


@pytest.mark.parametrize("hook", HOOKS, ids=IDS)
def test_hooks_use_the_locked_versions(hook: dict[str, Any]) -> None:
    """Each tool of a hook has the version that the gates of CI use."""
    locked = pins((ROOT / "requirements" / "lint.txt").read_text("utf-8"))

    assert [] == differing(hook["additional_dependencies"], locked)


@pytest.mark.parametrize("wanted", ["ruff==0.0.1", "ruff", "unknown==1.0"])
def test_another_version_is_found(wanted: str) -> None:
    """A version that is not the locked one, or none, is named."""
    assert [wanted] == differing([wanted], {"ruff": "0.17.6"})


def test_hooks_call_the_gates_commands() -> None:
    """Each command of a hook is one that `nox -s lint` or `nox -s generate` runs."""
    noxfile = (ROOT / "noxfile.py").read_text("utf-8")
    scripts = [word for hook in HOOKS for word in hook["entry"].split() if word.endswith(".py")]

    assert len(scripts) > 1
    assert [] == [script for script in scripts if script not in noxfile]


def test_the_configuration_is_valid() -> None:
    """Whoever installs the hooks gets no error from the tool that runs them."""
    done = subprocess.run(  # noqa: S603 - the command is ours
        [str(Path(sys.executable).with_name("prek")), "validate-config", str(CONFIG)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stdout + done.stderr
