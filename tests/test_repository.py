"""What holds for the files of the repository as a whole, and for the command that CI runs."""

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MAX_MODULE_LINES = 500
# Written in parts, so that this file is not the first finding.
REGISTRY = re.compile("|".join([r"pypi\." + "org", r"python" + r"hosted\.org", r"npm" + r"js\."]))
MACHINE_PATH = re.compile(
    r"(?<![\w.:/~-])/(home|Users|root|work|opt|tmp)/[\w.]" + "|" + r"[A-Z]:\\Users"
)


def files(root: Path) -> Iterator[Path]:
    """Yield the files that belong to the repository: not git's own, nor what it ignores."""
    lines = (root / ".gitignore").read_text("utf-8").splitlines()
    # With a slash at its beginning, a line speaks of the root alone.
    at_root = {line.strip("/") for line in lines} | {".git"}
    ignored = {line.rstrip("/") for line in lines}
    for path in sorted(root.iterdir()):
        if path.name in at_root:
            continue
        if path.is_file():
            yield path
        else:
            yield from (
                file
                for file in sorted(path.rglob("*"))
                if file.is_file() and ignored.isdisjoint(file.relative_to(root).parts)
            )


def offences(text: str) -> list[str]:
    """Return the registry hosts and the paths of a machine that a text names."""
    return [found.group() for found in (*REGISTRY.finditer(text), *MACHINE_PATH.finditer(text))]


def undocumented_sessions(noxfile: str) -> list[str]:
    """Return the names of the nox sessions without a docstring."""
    return [
        node.name
        for node in ast.parse(noxfile).body
        if isinstance(node, ast.FunctionDef)
        and any("nox.session" in ast.unparse(decorator) for decorator in node.decorator_list)
        and not ast.get_docstring(node)
    ]


def test_no_file_names_a_registry_or_a_machine() -> None:
    """Every file is as true elsewhere as here."""
    found = {
        str(file.relative_to(ROOT)): offences(file.read_text("utf-8", "replace"))
        for file in files(ROOT)
    }

    assert {} == {name: texts for name, texts in found.items() if texts}


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://" + "pypi" + ".org/simple",
        "https://files.python" + "hosted.org/x.whl",
        '"resolved": "https://registry.npm' + 'js.org/x.tgz"',
        "# uv pip compile -o /" + "home/me/x.txt",
        "ROOT = '/" + "work/main'",
        r"C:" + r"\Users\me",
    ],
)
def test_registry_or_machine_is_recognised(text: str) -> None:
    """Each kind of host and path that a tool writes into its output is seen."""
    assert 1 == len(offences(text))


@pytest.mark.parametrize(
    "text",
    ["https://pos.example/home/orders", "contract_tests/work/x", "POST /api/v1/integration"],
)
def test_harmless_path_is_left_alone(text: str) -> None:
    """Paths of addresses and paths inside the repository are no offence."""
    assert [] == offences(text)


def test_ignored_files_are_not_read(tmp_path: Path) -> None:
    """The walk skips git's own files and ignored directories at any depth, and nothing else."""
    (tmp_path / ".gitignore").write_text("__pycache__/\n.nox/\n/out/\n", "utf-8")
    ignored = (".git/HEAD", ".nox/x.py", "scripts/__pycache__/x.pyc", "out/x.py")
    for name in (*ignored, "scripts/x.py", "scripts/out/x.py", ".ci/run"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert [".ci/run", ".gitignore", "scripts/out/x.py", "scripts/x.py"] == [
        file.relative_to(tmp_path).as_posix() for file in files(tmp_path)
    ]


def test_modules_are_short() -> None:
    """No module that people write is longer than 500 lines."""
    modules = [
        file
        for file in files(ROOT)
        if file.suffix == ".py" and file.relative_to(ROOT).parts[0] != "generated"
    ]

    assert Path(__file__) in modules
    assert [] == [
        f"{file}: {lines} lines"
        for file in modules
        if (lines := len(file.read_text("utf-8").splitlines())) > MAX_MODULE_LINES
    ]


def test_every_session_says_what_it_does() -> None:
    """`nox -l` has a line of text for each session."""
    assert [] == undocumented_sessions((ROOT / "noxfile.py").read_text("utf-8"))


def test_session_without_text_is_found() -> None:
    """A session without a docstring is named; a helper without one is not."""
    noxfile = "@nox.session(python=False)\ndef a(session): ...\n\ndef b(session): ...\n"

    assert ["a"] == undocumented_sessions(noxfile)


def test_generated_files_are_marked() -> None:
    """Reviews fold what the generator and the locker wrote."""
    attributes = (ROOT / ".gitattributes").read_text("utf-8").splitlines()

    assert "generated/** linguist-generated=true" in attributes
    assert "requirements/*.txt linguist-generated=true" in attributes


def run_ci(directory: Path, readme: str) -> subprocess.CompletedProcess[str]:
    """Run a copy of .ci/run beside a README of its own."""
    (directory / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", directory / ".ci")
    (directory / "README.md").write_text(readme, "utf-8")
    return subprocess.run(  # noqa: S603  the script under test
        [directory / ".ci" / "run"], capture_output=True, encoding="utf-8", check=False
    )


def test_ci_runs_the_commands_of_the_readme(tmp_path: Path) -> None:
    """CI runs both commands in order, repeats pytest's closing lines last, and cleans up."""
    (tmp_path / "reports").mkdir()
    done = run_ci(
        tmp_path,
        "```sh\nmkdir .venv && echo '== 3 passed in 1.0s ==' && : nox -s contract\n```\n"
        "```sh\nmkdir -p a/__pycache__ && echo '== 4 passed in 2.0s ==' && : nox -s tests\n```\n",
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.endswith("\n\n== 3 passed in 1.0s ==\n== 4 passed in 2.0s ==\n")
    assert [".ci", "README.md", "a", "reports"] == sorted(path.name for path in tmp_path.iterdir())
    assert [] == list((tmp_path / "a").iterdir())


def test_ci_fails_with_a_failing_command(tmp_path: Path) -> None:
    """The exit code of a failing command is that of CI, and the next one does not run."""
    done = run_ci(
        tmp_path,
        "```sh\nmkdir .nox && echo '1 failed in 1.0s' && exit 3 # nox -s contract\n```\n"
        "```sh\ntrue && echo second # nox -s tests\n```\n",
    )

    assert 3 == done.returncode
    assert done.stdout.endswith("\n\n1 failed in 1.0s\n")
    assert "\nsecond\n" not in done.stdout
    assert not (tmp_path / ".nox").exists()


@pytest.mark.parametrize(
    "readme",
    [
        "Nothing to run.\n",
        "```sh\nnox -s contract\n```\nnox -s tests\n",
        "```sh\nnox -s tests\n```\n```sh\nnox -s contract\n```\n",
        "```sh\nnox -s contract\nnox -s tests\nnox -s tests\n```\n",
    ],
)
def test_ci_refuses_another_readme(tmp_path: Path, readme: str) -> None:
    """A README without exactly the two commands fails with what to write into it."""
    done = run_ci(tmp_path, readme)

    assert 1 == done.returncode
    assert "README.md" in done.stderr
    assert "" == done.stdout
