"""The bill of materials: the wheels, what each needs to run, and what that needs in turn."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from email.parser import Parser
from importlib import import_module
from typing import TYPE_CHECKING, Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.releasing import ROOT, ReleaseError, tools

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Node = dict[str, Any]

FILE = "sbom.cdx.json"
# All that the wheels need, among other things, with the versions that the tests ran with.
LOCK = "requirements/contract.txt"
NAME = "mipos-contract-kit"
_SHOWN = 300
_PIN = re.compile(r"(?P<name>[\w.-]+)==[^ ;]+(?: ; (?P<marker>.+?))? \\")
# In one line, or one line each.
_NEEDED_BY = re.compile(r"    # (?:via |  )(?P<name>[\w.-]+)")


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel: what it says of itself, and the hash of its bytes."""

    name: str
    version: str
    terms: str
    needs: frozenset[str]
    sha256: str

    def component(self) -> Node:
        """The wheel as a component. It has no purl, since no index has it."""
        return {
            "bom-ref": f"{self.name}=={self.version}",
            "hashes": [{"alg": "SHA-256", "content": self.sha256}],
            "licenses": [{"expression": self.terms}],
            "name": self.name,
            "type": "library",
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock: what each of its packages needs, and where one is needed that is not everywhere."""

    needs: dict[str, set[str]]
    markers: dict[str, str]


def write(directory: Path, version: str, commit: str) -> None:
    """Write the bill of the wheels in a directory.

    Raises:
        ReleaseError: The tool refused the lock, the lock lacks a package, or the bill is no good.
    """
    file = directory / FILE
    tools.python(
        *("-m", "cyclonedx_py", "requirements", LOCK, "--spec-version", "1.6"),
        *("--output-reproducible", "--of", "JSON", "-o", str(file)),
        place=ROOT,
    )
    bill = completed(
        json.loads(file.read_text("utf-8")),
        [read_wheel(path) for path in sorted(directory.glob("*.whl"))],
        read_lock((ROOT / LOCK).read_text("utf-8")),
        root_component(version, commit),
    )
    text = json.dumps(bill, indent=2, ensure_ascii=False) + "\n"
    validate(text)
    file.write_text(text, "utf-8", newline="\n")


def root_component(version: str, commit: str) -> Node:
    """Return what the bill is of, with the commit if there is one."""
    said: Node = {"properties": [{"name": "mipos:commit", "value": commit}]} if commit else {}
    return {
        "bom-ref": NAME,
        "licenses": [{"expression": "MIT"}],
        "name": NAME,
        "type": "application",
        "version": version,
        **said,
    }


def read_wheel(file: Path) -> Wheel:
    """Return what a wheel says of itself."""
    with zipfile.ZipFile(file) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(archive.read(name).decode())
    needed = [Requirement(each) for each in said.get_all("Requires-Dist", [])]
    return Wheel(
        name=said["Name"],
        version=said["Version"],
        terms=said["License-Expression"],
        needs=frozenset(canonicalize_name(each.name) for each in needed),
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
    )


def read_lock(text: str) -> Lock:
    """Return what a lock of uv says: below each package stand those that need it."""
    needs, markers = defaultdict[str, set[str]](set), dict[str, str]()
    name: str = ""
    for line in text.splitlines():
        if pin := _PIN.fullmatch(line):
            name = canonicalize_name(pin["name"])
            needs[name] |= set()
            if pin["marker"]:
                markers[name] = pin["marker"]
        elif by := _NEEDED_BY.fullmatch(line):
            needs[canonicalize_name(by["name"])].add(name)
    return Lock(dict(needs), markers)


def closure(names: Iterable[str], lock: Lock) -> set[str]:
    """Return these packages with all that they lead to.

    Raises:
        ReleaseError: The lock has none of that name.
    """
    found, waiting = set[str](), sorted(names)
    while waiting:
        name = waiting.pop()
        if name not in lock.needs:
            raise ReleaseError(f"{LOCK} has no {name}; add it to the group and run `nox -s lock`")
        if name not in found:
            found.add(name)
            waiting += sorted(lock.needs[name])
    return found


def completed(listed: Node, wheels: list[Wheel], lock: Lock, root: Node) -> Node:
    """Return the bill of everything in a lock as that of the wheels.

    Raises:
        ReleaseError: The lock has not all that a wheel needs.
    """
    kept = closure({name for wheel in wheels for name in wheel.needs}, lock)
    components = {wheel.name: wheel.component() for wheel in wheels}
    for each in listed["components"]:
        name: str = canonicalize_name(each["name"])
        if name in kept:
            components[name] = _library(each, lock.markers.get(name))
    needs = {**{wheel.name: wheel.needs for wheel in wheels}, **{n: lock.needs[n] for n in kept}}
    edges = [
        {"ref": root["bom-ref"], "dependsOn": [components[each.name]["bom-ref"] for each in wheels]}
    ]
    for name, component in sorted(components.items()):
        leads = sorted(components[each]["bom-ref"] for each in needs[name])
        edges.append({"ref": component["bom-ref"], **({"dependsOn": leads} if leads else {})})
    return {
        **listed,
        "metadata": {**listed["metadata"], "component": root},
        "components": [component for _, component in sorted(components.items())],
        "dependencies": edges,
    }


def _library(component: Node, marker: str | None) -> Node:
    # The description is the line of the lock, whose hashes stand below.
    result = {key: value for key, value in component.items() if key != "description"}
    result["bom-ref"] = component["purl"]
    if marker:
        result["scope"] = "optional"
        result["properties"] = [{"name": "mipos:needed-where", "value": marker}]
    return result


def validate(text: str) -> None:
    """Return if a text is CycloneDX 1.6, by the strict schema.

    Raises:
        ReleaseError: It is not.
    """
    # Only a release has this library; type checkers run elsewhere.
    json_validation, versions = map(
        import_module, ("cyclonedx.validation.json", "cyclonedx.schema")
    )
    validator = json_validation.JsonStrictValidator(versions.SchemaVersion.V1_6)
    if error := validator.validate_str(text):
        # It goes on with the whole bill.
        said = str(error)[:_SHOWN]
        raise ReleaseError(f"{FILE} is no CycloneDX 1.6; correct scripts/releasing/bill.py: {said}")
