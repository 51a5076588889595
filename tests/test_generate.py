"""What `scripts/generate.py` writes, what its check finds, and how it fails."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from scripts import generate

DOCUMENT = """\
openapi: 3.1.0
info: {title: Shop, version: 1.2.3}
servers: [{url: https://shop.example}]
tags: [{name: Orders, description: What was ordered.}]
paths:
  /orders:
    post:
      operationId: createOrder
      tags: [Orders]
      summary: Create an order
      description: Puts an order into the books.
      security: [{token: []}]
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Order'}
            examples: {book: {value: {name: A book}}}
      responses:
        '201':
          description: Created.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order'}
        '409':
          description: Not now.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Refusal'}
webhooks:
  order:
    post:
      summary: An order came in
      parameters: [{$ref: '#/components/parameters/Signature'}]
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Order'}
      responses: {'200': {description: Taken.}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
  parameters:
    Signature: {name: Shop-Signature, in: header, schema: {type: string}}
  schemas:
    Order:
      description: What somebody wants.
      type: object
      required: [name]
      properties:
        name: {type: string, description: What it is., maxLength: 9}
        kind: {type: string, enum: [ORDER, Order]}
    Refusal:
      description: Why not.
      type: object
      required: [message]
      properties:
        message: {type: string, x-extensible-enum: [Shop is closed.]}
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Return a small document that the generator accepts."""
    file = tmp_path / "openapi.yaml"
    file.write_text(DOCUMENT, "utf-8", newline="\n")
    return file


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the client of the small document, made once and never changed."""
    directory = tmp_path_factory.mktemp("pristine")
    source = directory / "openapi.yaml"
    source.write_text(DOCUMENT, "utf-8", newline="\n")
    generate.write(source, directory / "generated")
    return directory / "generated"


@pytest.fixture
def generated(pristine: Path, tmp_path: Path) -> Path:
    """Return a copy of the client of the small document, to plant faults in."""
    return shutil.copytree(pristine, tmp_path / "generated")


def contents(directory: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a directory by its relative path."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }


def test_distribution_is_described(generated: Path) -> None:
    """The client is a typed distribution with the version of its document."""
    project = tomllib.loads((generated / "pyproject.toml").read_text("utf-8"))["project"]

    assert ("mipos-client", "1.2.3") == (project["name"], project["version"])
    assert (generated / "mipos_client" / "py.typed").is_file()


def test_document_hash_is_kept(document: Path, generated: Path) -> None:
    """The package and its README name the SHA-256 of the document that they were made from."""
    expected = hashlib.sha256(document.read_bytes()).hexdigest()
    namespace: dict[str, Any] = {}
    exec((generated / "mipos_client/document.py").read_text("utf-8"), namespace)  # noqa: S102  the module is two constants

    assert expected == namespace["SHA256"]
    assert expected in (generated / "README.md").read_text("utf-8")


def test_equal_directories_have_no_difference(pristine: Path, generated: Path) -> None:
    """A faithful copy passes, compiled files beside it included."""
    cache = generated / "mipos_client" / "__pycache__"
    cache.mkdir()
    (cache / "client.cpython-311.pyc").write_bytes(b"compiled")

    assert [] == generate.compare(pristine, generated)


def test_changed_file_is_found(pristine: Path, generated: Path) -> None:
    """A file edited by hand is named, and the diff shows the edit."""
    file = generated / "mipos_client" / "client.py"
    file.write_text(file.read_text("utf-8") + "# by hand\n", "utf-8")

    found = generate.compare(pristine, generated)

    assert "changed: generated/mipos_client/client.py" == found[0]
    assert "-# by hand" in found


def test_missing_file_is_found(pristine: Path, generated: Path) -> None:
    """A deleted file is named."""
    (generated / "mipos_client" / "types.py").unlink()

    assert ["missing: generated/mipos_client/types.py"] == generate.compare(pristine, generated)


def test_extra_file_is_found(pristine: Path, generated: Path) -> None:
    """A file that the generator does not make is named."""
    (generated / "mipos_client" / "extra.py").touch()

    assert ["extra: generated/mipos_client/extra.py"] == generate.compare(pristine, generated)


def test_absent_directory_is_found(pristine: Path, tmp_path: Path) -> None:
    """Where nothing was generated yet every file is missing."""
    found = generate.compare(pristine, tmp_path / "generated")

    assert "missing: generated/README.md" in found


def test_long_difference_is_cut(pristine: Path, generated: Path) -> None:
    """A difference of thousands of lines prints a bounded number and says how many are left."""
    (generated / "README.md").write_text("line\n" * 5000, "utf-8")

    found = generate.compare(pristine, generated)

    assert generate.MAX_DIFF_LINES + 2 == len(found)
    assert found[-1].startswith("... and ")


def test_changed_document_is_found(document: Path, generated: Path) -> None:
    """A change of the document that no other Python file shows is found by the hash."""
    document.write_text(DOCUMENT + "# a comment\n", "utf-8", newline="\n")

    found = generate.differences(document, generated)

    assert "changed: generated/mipos_client/document.py" in found


def test_vanished_model_leaves_no_file(document: Path, generated: Path) -> None:
    """A file that the document no longer asks for disappears when the client is written again."""
    model = generated / "mipos_client" / "models" / "order.py"

    assert model.is_file()

    document.write_text(DOCUMENT.replace("Order'}", "Purchase'}").replace(" Order:", " Purchase:"))
    generate.write(document, generated)

    assert not model.exists()
    assert (generated / "mipos_client" / "models" / "purchase.py").is_file()


@pytest.mark.parametrize(
    ("schema", "base"),
    [
        ("required: [message]\n      properties:\n        message: {type: string}", "StatusError"),
        ("properties:\n        message: {type: array, items: {type: string}}", "FieldsError"),
    ],
    ids=["envelope", "map of fields"],
)
def test_a_field_can_be_called_message(
    document: Path, generated: Path, schema: str, base: str
) -> None:
    """An error names the fields at fault where none is required, whatever they are called."""
    before, name, _ = DOCUMENT.partition("    Refusal:\n")
    text = f"{before}{name}      description: Why not.\n      type: object\n      {schema}\n"
    document.write_text(text, "utf-8", newline="\n")

    generate.write(document, generated)

    errors = (generated / "mipos_client" / "errors.py").read_text("utf-8")
    assert f"class ConflictError({base}):" in errors


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("application/json", "application/x-unknown", "Unsupported content type"),
        ("openapi: 3.1.0", "openapi: 3.2.0", "3.2.0"),
        ("info:", "about:", "info"),
        ("openapi:", "openapi: [", "Invalid YAML"),
        ("version: 1.2.3", "version: first", "info.version 'first'"),
        ("version: 1.2.3", 'version: "1.2\\n3"', "info.version '1.2\\n3'"),
    ],
)
def test_unfit_document_leaves_all_as_it_was(
    document: Path, generated: Path, old: str, new: str, expected: str
) -> None:
    """A document that cannot be expressed fails with its reason and changes no file."""
    before = contents(generated.parent)
    document.write_text(DOCUMENT.replace(old, new, 1), "utf-8")

    with pytest.raises(generate.GenerationError) as caught:
        generate.write(document, generated)

    assert expected in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert before | {"openapi.yaml": document.read_bytes()} == contents(generated.parent)


def test_failing_swap_brings_the_old_client_back(
    document: Path, generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the new client cannot be put in place the old one is put back."""
    before = contents(generated)
    rename = Path.rename

    def fail_on_new(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise PermissionError(13, "planted", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_on_new)
    with pytest.raises(PermissionError):
        generate.write(document, generated)

    assert before == contents(generated)
    assert ["generated", "openapi.yaml"] == sorted(path.name for path in generated.parent.iterdir())


def test_leaked_wrapper_is_found(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generator that prints the wrapper of a text instead of the text is an error."""
    run = generate.run_generator

    def leak(source: Path, package: Path) -> None:
        run(source, package)
        (package / "errors.py").write_text("# <UntrustedString object at 0x7f>\n", "utf-8")

    monkeypatch.setattr(generate, "run_generator", leak)
    with pytest.raises(generate.GenerationError, match=r"into mipos_client/errors\.py"):
        generate.write(document, tmp_path / "generated")

    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize("tool", ["openapi-python-client", "ruff"])
def test_other_version_of_a_tool_is_refused(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    """A generator or formatter other than the pinned one is named with both versions."""
    lock = tmp_path / "generate.txt"
    pins = re.sub(rf"(?m)^{tool}==\S+", f"{tool}==0.0.1", generate.LOCK.read_text("utf-8"))
    lock.write_text(pins, "utf-8")
    monkeypatch.setattr(generate, "LOCK", lock)

    with pytest.raises(generate.GenerationError, match=rf"{tool} \S+ is installed.* pins 0\.0\.1"):
        generate.write(document, tmp_path / "generated")


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_surroundings_do_not_matter(
    document: Path, pristine: Path, tmp_path: Path, seed: str
) -> None:
    """Another hash seed, directory and terminal, and configuration beside it, change no byte."""
    (tmp_path / "ruff.toml").write_text('line-length = 40\n[format]\nquote-style = "single"\n')
    surroundings = {
        "PYTHONHASHSEED": seed,
        "RUFF_CONFIG": str(tmp_path / "ruff.toml"),
        "TMPDIR": str(tmp_path),
        "COLUMNS": "20",
        "FORCE_COLOR": "1",
    }
    program = (
        "import sys; from pathlib import Path; sys.path.append(sys.argv[1]);"
        "from scripts import generate; generate.write(Path(sys.argv[2]), Path(sys.argv[3]))"
    )
    arguments = [str(generate.ROOT), str(document), str(tmp_path / "again")]
    subprocess.run(  # noqa: S603  the program stands above
        [sys.executable, "-P", "-c", program, *arguments],
        cwd=tmp_path,
        env=os.environ | surroundings,
        check=True,
    )

    assert [] == generate.compare(pristine, tmp_path / "again")


def test_check_names_the_repair(
    generated: Path,
    document: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command prints the difference and the command that repairs it, and exits with 1."""
    monkeypatch.setattr(generate, "DOCUMENT", document)
    monkeypatch.setattr(generate, "GENERATED", generated)
    (generated / "README.md").unlink()

    assert 1 == generate.main(["--check"])

    output = capsys.readouterr().err

    assert "missing: generated/README.md" in output
    assert "Repair: nox -s generate" in output
    assert 0 == generate.main([])
    assert 0 == generate.main(["--check"])


def test_unfit_document_ends_in_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command reports an absent document in words and exits with 1."""
    monkeypatch.setattr(generate, "DOCUMENT", tmp_path / "openapi.yaml")
    monkeypatch.setattr(generate, "GENERATED", tmp_path / "generated")

    assert 1 == generate.main([])
    assert "openapi.yaml" in capsys.readouterr().err
