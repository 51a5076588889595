"""Read a YAML file that says what JSON could say, so that every tool reads the same.

A key that stands twice, a number as a key and a date are accepted by some parsers and refused or
changed by others. Here they are refused, with the line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import yaml

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "tag:yaml.org,2002:str"
PLAIN = ("null", "bool", "int", "float", "str", "seq", "map")


class UnreadableError(ValueError):
    """A file cannot be read; the message names file, line and remedy."""


class _Loader(yaml.SafeLoader):
    """Reads what JSON has, and nothing that only YAML has."""

    yaml_constructors = {  # noqa: RUF012 - the name and the form are PyYAML's
        f"tag:yaml.org,2002:{name}": yaml.SafeLoader.yaml_constructors[f"tag:yaml.org,2002:{name}"]
        for name in PLAIN
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - the signature is PyYAML's
        """Return the mapping, if each key is a text that stands once."""
        seen = set[str]()
        for key, _ in node.value:
            if key.tag != TEXT:
                _refuse(f"the key {_shown(key)} is not text. Put it in quotes.", key)
            if key.value in seen:
                _refuse(f"the key {key.value!r} stands twice. Leave one out.", key)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _shown(node: yaml.Node) -> str:
    return str(node.value) if isinstance(node, yaml.ScalarNode) else "of several parts"


def _refuse(problem: str, node: yaml.Node) -> None:
    raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


def _refuse_value(_: yaml.SafeLoader, node: yaml.Node) -> None:
    kind = node.tag.rpartition(":")[2]
    _refuse(f"{_shown(node)} is a {kind}, which JSON does not have. Put it in quotes.", node)


_Loader.add_constructor(None, _refuse_value)


def read(path: Path) -> tuple[dict[str, Any], yaml.Node]:
    """Return the mapping that a file holds, and its nodes, which know their lines.

    Raises:
        UnreadableError: The file cannot be opened, is no YAML, or says what JSON cannot say.
    """
    try:
        text = path.read_bytes().decode("utf-8")
        loader = _Loader(text)
        root = loader.get_single_node()
        # In depth, so that a value that contains itself is refused.
        value: object = loader.construct_object(root, deep=True) if root else None  # pyright: ignore[reportUnknownMemberType] - the stubs have no type for the node
    except OSError as error:
        message = f"{path}: {error.strerror}. Name a file that can be read."
        raise UnreadableError(message) from None
    except UnicodeDecodeError as error:
        message = f"{path}: the byte at {error.start} is not UTF-8. Save the file as UTF-8."
        raise UnreadableError(message) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        # What PyYAML says ends without a full stop, and without a remedy.
        remedy = "" if str(error.problem).endswith(".") else ". Mend the YAML there."
        message = f"{path}:{line}: {error.problem}{remedy}"
        raise UnreadableError(message) from None
    except yaml.YAMLError as error:
        message = f"{path}: {' '.join(str(error).split())}. Save the file as plain text."
        raise UnreadableError(message) from None
    if root is None or not isinstance(value, dict):
        message = f"{path}: no mapping of names to values. Write one, such as `openapi: 3.1.0`."
        raise UnreadableError(message)
    return cast("dict[str, Any]", value), root
