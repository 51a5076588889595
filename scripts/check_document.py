"""Check `openapi.yaml`: a valid OpenAPI 3.1 document, and this repository's rules of provenance.

Usage: python scripts/check_document.py [FILE]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import document_form, document_places, document_rules, reading

if TYPE_CHECKING:
    from collections.abc import Iterable

DOCUMENT = Path(__file__).resolve().parent.parent / "openapi.yaml"
REMEDY = "Write what the OpenAPI Specification 3.1 allows."


def line_of(root: yaml.Node, pointer: document_places.Pointer) -> int:
    """Return the line, counted from 1, where the node at the pointer begins.

    A pointer that leads past the end of the document gives the line of the last part found.
    """
    node = root
    line = node.start_mark.line
    for part in pointer:
        children: list[tuple[str, yaml.Node, yaml.Node]] = []
        if isinstance(node, yaml.MappingNode):
            children = [(key.value, key, value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            children = [(str(index), value, value) for index, value in enumerate(node.value)]
        match = next((child for child in children if child[0] == part), None)
        if match is None:
            break
        line, node = match[1].start_mark.line, match[2]
    return line + 1


def check(path: Path) -> list[str]:
    """Return what is wrong with the document in the file, a line each with file and line number.

    Raises:
        reading.UnreadableError: The file cannot be read.
    """
    document, root = reading.read(path)
    return [
        f"{path.name}:{line_of(root, pointer)}: {message}" for pointer, message in found(document)
    ]


def found(document: dict[str, Any]) -> list[tuple[document_places.Pointer, str]]:
    """Return place and message of each finding, of the first of four looks that has any.

    A later look relies on what an earlier one found in order: the validator of OpenAPI, too, needs
    references that lead somewhere.
    """
    validator = OpenAPIV31SpecValidator(document)
    return (
        _told(validator.schema_validator.iter_errors(document))
        or [(each.pointer, str(each)) for each in document_form.findings(document)]
        or _told(validator.iter_errors())
        or [(each.pointer, str(each)) for each in document_rules.findings(document)]
    )


def _told(errors: Iterable[Any]) -> list[tuple[document_places.Pointer, str]]:
    return [
        (tuple(map(str, error.absolute_path)), f"{error.message.splitlines()[0]}. {REMEDY}")
        for error in sorted(errors, key=str)
    ]


def main(arguments: list[str]) -> int:
    """Run the check and return the exit status: 0 nothing found, 1 findings, 2 unreadable file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=DOCUMENT)
    path: Path = parser.parse_args(arguments).file
    try:
        lines = check(path)
    except reading.UnreadableError as error:
        print(f"check_document: {error}", file=sys.stderr)
        return 2
    if lines:
        print("\n".join(lines))
        print(f"\n{len(lines)} findings. Repair: mend {path.name} at these lines.")
        return 1
    print(f"{path.name}: no findings.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
