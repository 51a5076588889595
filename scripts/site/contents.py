"""Which pages the site has, where each comes from, and in which order they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Pages that are written elsewhere in the repository, by their names in the site.
ELSEWHERE = {
    "mock/README.md": "mock",
    "generated/README.md": "client",
    "contract_tests/README.md": "contract-package",
    "CHANGELOG.md": "changelog",
}
# Links that lead to what the site shows in another form.
INSTEAD = {
    "README.md": "index",
    "openapi.yaml": "reference",
    "mock": "mock",
    "generated": "client",
    "contract_tests": "contract-package",
    "docs": "index",
}
SECTIONS = {
    "Begin": ("start", "orders", "receiving-pushes"),
    "The API": ("reference", "pushes", "schemas", "errors", "evidence"),
    "Python client": ("client", "client-reference"),
    "The mock": ("mock", "mock-pytest", "mock-cli", "mock-control"),
    "Contract tests": ("contract-tests", "ci", "contract-package"),
}
# What a page is for, where its heading is the name of a package or too short beside others.
TITLES = {
    "client": "Use the client",
    "contract-package": "The command mipos-contract",
    "mock": "Run the mock",
}
REST = "More"
LAST = "changelog"


def sources(root: Path) -> dict[str, str]:
    """Return the names of all pages that are written by hand, by their paths in the repository."""
    docs = sorted(path.name for path in (root / "docs").glob("*.md"))
    return {**{f"docs/{name}": name.removesuffix(".md") for name in docs}, **ELSEWHERE}


def entry(name: str) -> str:
    """Return the line of a page in the table of contents."""
    return f"{TITLES[name]} <{name}>" if name in TITLES else name


def navigation(names: set[str], operations: Sequence[str] = ()) -> dict[str, list[str]]:
    """Return the pages by section; what no section names comes under `REST`.

    Args:
        names: of all pages but the first, `index`.
        operations: the pages among them that stand after that of the reference, in their order.
    """
    sections = {title: list(section) for title, section in SECTIONS.items()}
    sections["The API"][1:1] = operations
    placed = {name for section in sections.values() for name in section} | {LAST}
    found = {
        title: [name for name in section if name in names] for title, section in sections.items()
    }
    rest = sorted(names - placed - {"index"})
    found[REST] = [*rest, *({LAST} & names)]
    return {title: section for title, section in found.items() if section}
