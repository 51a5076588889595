"""Where `openapi.yaml` says something, as line numbers."""

from __future__ import annotations

from functools import cache

import yaml

from mipos_contract import document


def members(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return the keys and values of a mapping; none of anything else."""
    pairs: list[tuple[yaml.Node, yaml.Node]] = node.value
    return pairs if isinstance(node, yaml.MappingNode) else []


@cache
def _root() -> yaml.Node:
    root = yaml.compose(document.PATH.read_text("utf-8"), Loader=yaml.SafeLoader)
    assert root is not None
    return root


@cache
def of_answer(operation_id: str, status: int | None = None) -> int:
    """Return the line of an operation's answer with a status, counted from 1.

    Without a status it is the line of the operation, and that of its answers where the document
    does not have the status.
    """
    operation = document.operations()[operation_id]
    path = ["paths", operation.path, operation.method.lower()]
    if status is not None:
        path += ["responses", str(status)]
    node, line = _root(), 1
    for part in path:
        found = next((pair for pair in members(node) if pair[0].value == part), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line
