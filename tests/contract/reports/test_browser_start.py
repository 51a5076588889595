"""Finding a browser and starting it. Not beside `test_browser`, whose browser owns the thread."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.browser import BrowserError, executable, launched


def test_without_a_browser_the_remedy_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text says what was looked for and what to install."""

    def nothing(_name: str) -> None:
        return None

    monkeypatch.setattr(shutil, "which", nothing)

    with pytest.raises(BrowserError, match=r"neither .*chromium nor any of .*npm ci"):
        executable(tmp_path, root=tmp_path)


def test_an_installed_browser_is_taken_where_npm_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first one on PATH is."""
    installed = {"google-chrome": "/usr/lib/chrome"}
    monkeypatch.setattr(shutil, "which", installed.get)

    assert Path("/usr/lib/chrome") == executable(tmp_path, root=tmp_path)


def test_a_browser_that_does_not_start_is_named(tmp_path: Path) -> None:
    """The path and the remedy are in the text."""
    with pytest.raises(BrowserError, match=r"no-browser does not start; install"):
        launched(tmp_path / "no-browser").__enter__()


def test_a_closed_browser_leaves_the_thread_to_others(chromium: Path) -> None:
    """Tests that come later can run an event loop of their own."""

    async def nothing() -> str:
        return "done"

    with launched(chromium):
        pass

    assert "done" == asyncio.run(nothing())
