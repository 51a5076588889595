"""What the check of the locks finds."""

import json
import shutil
from pathlib import Path

import pytest

from scripts import lock


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a copy of the files that the check reads."""
    for name in ("pyproject.toml", "package.json", "package-lock.json"):
        shutil.copy(lock.ROOT / name, tmp_path)
    shutil.copytree(lock.ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text that the file must contain."""
    text = file.read_text("utf-8")

    assert old in text

    file.write_text(text.replace(old, new, 1), "utf-8")


def problems(root: Path) -> list[str]:
    """Return every line that the check has to say about a repository."""
    return [*lock.python_problems(root), *lock.npm_problems(root)]


def test_committed_locks_are_sound(root: Path) -> None:
    """The locks of this repository satisfy its groups."""
    assert [] == problems(root)


def test_missing_pin_is_found(root: Path) -> None:
    """A requirement that a group gained and its lock lacks is named with the file."""
    edit(root / "pyproject.toml", '"jsonschema-rs",', '"jsonschema-rs", "Left_Pad",')

    assert [
        "requirements/consumers.txt: Left_Pad is not pinned",
        "requirements/contract.txt: Left_Pad is not pinned",
        "requirements/tests.txt: Left_Pad is not pinned",
        "requirements/lint.txt: Left_Pad is not pinned",
    ] == problems(root)


def test_version_outside_its_bounds_is_found(root: Path) -> None:
    """A pin that a group no longer allows is named with both versions."""
    edit(root / "pyproject.toml", '"jsonschema-rs",', '"jsonschema-rs>=900",')
    found = problems(root)

    assert 4 == len(found)
    assert found[0].startswith("requirements/consumers.txt: jsonschema-rs ")
    assert found[0].endswith(" is outside >=900")


def test_missing_lock_is_found(root: Path) -> None:
    """A group without a file is named."""
    (root / "requirements" / "nox.txt").unlink()

    assert ["requirements/nox.txt: missing"] == problems(root)


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example/simple",
        "# from https://mirror.example/simple",
        "six @ https://mirror.example/six.whl --hash=sha256:" + 64 * "0",
    ],
)
def test_address_is_found(root: Path, line: str) -> None:
    """A lock that names where to download from is named."""
    file = root / "requirements" / "nox.txt"
    file.write_text(f"{line}\n{file.read_text('utf-8')}", "utf-8")

    assert "requirements/nox.txt: names an address" in problems(root)


@pytest.mark.parametrize(
    "line",
    [
        "six==1.17.0",
        "six>=1.17.0 --hash=sha256:" + 64 * "0",
        "six==1.17.0 --hash=md5:" + 32 * "0",
        "-e ./mock",
    ],
)
def test_line_without_pin_and_hash_is_found(root: Path, line: str) -> None:
    """A line that does not fix one version by its hash is shown."""
    file = root / "requirements" / "nox.txt"
    file.write_text(f"{file.read_text('utf-8')}{line}\n", "utf-8")

    assert [f"requirements/nox.txt: {line!r} is not NAME==VERSION with hashes"] == problems(root)


def test_npm_versions_are_compared(root: Path) -> None:
    """A tool that package.json names in another version than the lock is found."""
    edit(root / "package.json", '"pyright": "', '"pyright": "9')

    assert ["package-lock.json: its devDependencies are not those of package.json"] == problems(
        root
    )


def test_npm_address_and_missing_hash_are_found(root: Path) -> None:
    """An entry of the npm lock with an address, or without a hash, is named."""
    file = root / "package-lock.json"
    content = json.loads(file.read_text("utf-8"))
    entry = content["packages"]["node_modules/pyright"]
    del entry["integrity"]
    entry["resolved"] = "https://mirror.example/pyright.tgz"
    file.write_text(json.dumps(content), "utf-8")

    assert [
        "package-lock.json: node_modules/pyright has no integrity hash",
        "package-lock.json: node_modules/pyright names an address",
    ] == problems(root)


def test_missing_npm_lock_is_found(root: Path) -> None:
    """An absent npm lock is named."""
    (root / "package-lock.json").unlink()

    assert ["package-lock.json: missing"] == problems(root)


def test_check_names_the_repair(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command passes on sound locks; else it prints the repair and exits with 1."""
    monkeypatch.setattr(lock, "ROOT", root)

    assert 0 == lock.main(["--check"])

    (root / "requirements" / "nox.txt").unlink()

    assert 1 == lock.main(["--check"])
    assert "Repair: nox -s lock" in capsys.readouterr().err
