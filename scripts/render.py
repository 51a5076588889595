"""Render the package of the client in a new directory.

Usage: python -m scripts.render DOCUMENT DIRECTORY

`generate.py` calls this in a process of its own, where nothing of the surroundings counts. The
generator's library is used rather than its command, since templates need the document itself: the
generator keeps neither texts nor limits, examples, servers or webhooks.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from pathlib import Path
from typing import Any

import typer
import yaml
from jinja2 import StrictUndefined
from openapi_python_client import Project
from openapi_python_client.cli import handle_errors
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData

from scripts.vocabulary import Vocabulary

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "generator-config.yaml"
TEMPLATES = ROOT / "scripts" / "templates"
RUNTIME = ROOT / "scripts" / "runtime"
# The generator renders the templates that it knows. These are ours alone.
EXTRA = ("document.py", "messages.py", "pushes.py")


def render(document: Path, package: Path) -> None:
    """Make the package of `document` in the new directory `package`.

    Raises:
        SystemExit: The document is no YAML.
        typer.Exit: The generator refused the document or could not express all of it.
    """
    source = document.read_bytes()
    try:
        loaded = yaml.safe_load(source)
    except yaml.YAMLError as error:
        sys.exit(f"Invalid YAML: {error}")
    config = Config.from_sources(
        ConfigFile.load_from_path(CONFIG),
        MetaType.NONE,
        document,
        "utf-8",
        overwrite=True,
        output_path=package,
    )
    data = GeneratorData.from_dict(loaded, config=config)
    if not isinstance(data, GeneratorData):
        handle_errors([data], fail_on_warning=True)
        return
    dropped = [
        error
        for collection in data.endpoint_collections_by_tag.values()
        for error in collection.parse_errors
    ]
    # Before anything is rendered: templates cannot speak of what is not there.
    handle_errors([*data.errors, *dropped], fail_on_warning=True)
    project = Project(openapi=data, config=config, custom_template_path=TEMPLATES)
    project.env.undefined = StrictUndefined
    own: dict[str, Any] = {
        **Vocabulary(loaded, data).functions(),
        "document": loaded,
        "sha256": hashlib.sha256(source).hexdigest(),
    }
    project.env.globals.update(own)
    shutil.copytree(RUNTIME, package / "_runtime", ignore=shutil.ignore_patterns("__pycache__"))
    for name in EXTRA:
        text = project.env.get_template(f"{name}.jinja").render()
        (package / name).write_text(text, "utf-8", newline="\n")
    # Last, since it ends with the hooks that format all of it.
    handle_errors(project.build(), fail_on_warning=True)


if __name__ == "__main__":
    try:
        render(Path(sys.argv[1]), Path(sys.argv[2]))
    except typer.Exit as refusal:
        sys.exit(refusal.exit_code)
