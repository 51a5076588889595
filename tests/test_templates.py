"""The templates of the client replace those that they were written against."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import openapi_python_client
import pytest

from scripts import render

REPLACED = Path(__file__).parent / "data" / "replaced-templates.json"
REPAIR = (
    "Compare the generator's old and new template, carry over to ours what it needs, "
    "then write the new SHA-256 into tests/data/replaced-templates.json."
)


def replaced(own: Path, theirs: Path) -> dict[str, str]:
    """Return the SHA-256 of each template of the generator that one of ours has the name of."""
    return {
        file.name: hashlib.sha256((theirs / file.name).read_bytes()).hexdigest()
        for file in sorted(own.glob("*.jinja"))
        if (theirs / file.name).is_file()
    }


def changed(found: dict[str, str], known: dict[str, str]) -> list[str]:
    """Return the names that are missing, new or different."""
    return sorted(name for name in found | known if found.get(name) != known.get(name))


def test_the_generators_templates_are_the_known_ones() -> None:
    """After an upgrade of the generator this names each template to compare."""
    theirs = Path(openapi_python_client.__path__[0]) / "templates"
    known = json.loads(REPLACED.read_text("utf-8"))

    assert [] == changed(replaced(render.TEMPLATES, theirs), known), REPAIR


@pytest.mark.parametrize("fault", ["different", "gone", "new"])
def test_a_changed_template_is_named(fault: str, tmp_path: Path) -> None:
    """A template that the generator changed, dropped or added is found."""
    own, theirs = tmp_path / "own", tmp_path / "theirs"
    for directory in (own, theirs):
        directory.mkdir()
        (directory / "model.py.jinja").write_text("{{ model }}", "utf-8")
    (own / "errors.py.jinja").write_text("ours", "utf-8")
    known = replaced(own, theirs)
    if fault == "different":
        (theirs / "model.py.jinja").write_text("{{ model.name }}", "utf-8")
    elif fault == "gone":
        (theirs / "model.py.jinja").unlink()
    else:
        (theirs / "errors.py.jinja").write_text("theirs", "utf-8")

    assert ["errors.py.jinja" if fault == "new" else "model.py.jinja"] == changed(
        replaced(own, theirs), known
    )
