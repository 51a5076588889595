"""Writes the reference of the command into its page: ``nox -s mock_pages``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mipos_mock.cli.program import root
from tests.mock.cli_support import run

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).resolve().parents[2] / "docs" / "mock-cli.md"
MARK = "<!-- From here on written by `nox -s mock_pages`, from the help. -->\n"


def paths(command: click.Command = root, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Gives what is typed for each command, the root first."""
    yield path
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from paths(each, (*path, name))


def help_of(path: tuple[str, ...]) -> str:
    """The help of a command as it is printed on a wide terminal."""
    finished = run(*path, "--help")
    assert (0, "") == (finished.code, finished.err)
    return finished.out


def examples(path: tuple[str, ...]) -> list[str]:
    """The command lines that a help shows."""
    _, _, shown = help_of(path).partition("\nExample")
    return [line.strip() for line in shown.splitlines()[1:]]


def reference() -> str:
    """Every help under a heading of its own."""
    sections = [
        f"### {' '.join(('mipos-mock', *path))}\n\n```text\n{help_of(path)}```\n"
        for path in paths()
    ]
    return "\n".join(sections)


def whole(page: str) -> str:
    """The page with the reference as it has to be."""
    prose, _, _ = page.partition(MARK)
    return f"{prose}{MARK}\n{reference()}"


if __name__ == "__main__":
    PAGE.write_text(whole(PAGE.read_text("utf-8")), "utf-8")
