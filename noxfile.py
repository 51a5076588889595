"""Every task of the repository: `nox -l` lists them, `nox -s NAME` runs one.

A session installs its lock from requirements/ with the hashes checked, and our own packages
on top of it. uv does the installing where it is on PATH, pip where it is not.
"""

import hashlib
import signal
from collections.abc import Sequence
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["contract", "tests"]
nox.options.error_on_missing_interpreters = True

# Redocly asks the network about its version, and reports on its use, unless told not to.
OFFLINE = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
REDOCLY = ["node", "node_modules/@redocly/cli/bin/cli.js", "lint"]
ZIZMOR = [
    *("zizmor", "--quiet", "--offline", "--strict-collection", "--persona=auditor"),
    ".github/workflows",
]
TYPED = [
    *("benchmarks", "contract_tests/src", "generated/mipos_client", "mock/src", "noxfile.py"),
    *("scripts", "tests"),
]

# All tests, those of a file together, since they share what it takes long to set up.
SIDE_BY_SIDE = ["-n", "logical", "--maxprocesses=4", "--dist=loadfile"]

# The client's tests that need nothing but it, the mock, pytest and hypothesis.
LOWEST = [
    *("--confcutdir=tests/client", "tests/client"),
    *("--ignore=tests/client/test_receivers.py", "--ignore=tests/client/test_wheel.py"),
]


@nox.session
def contract(session: nox.Session) -> None:
    """Test a target against openapi.yaml: the mock, or what MIPOS_* variables name."""
    install(session, "contract")
    install_local_packages(session)
    # To be ended as by Ctrl-C, rather than to leave the suite running alone. Background jobs start
    # with SIGINT ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    session.run(
        *("mipos-contract", "run", "--reports", "reports", *session.posargs),
        # Seconds. The suite removes what it created, which may take a while. If it has not ended by
        # itself, it did not get the signal that nox got, and is told to end.
        interrupt_timeout=1,
        terminate_timeout=60,
    )


@nox.session
def tests(session: nox.Session) -> None:
    """Test the scripts and the mock, then run every other gate; with arguments, only pytest."""
    if not session.posargs:
        # Queued before pytest runs, so that one run reports what every gate has to say.
        session.notify("lint", posargs=[])
        session.notify("generate", posargs=["--check"])
        session.notify("lowest", posargs=[])
        if has_history(session):
            session.notify("breaking", posargs=["--allow", "declared"])
    install(session, "tests")
    install_local_packages(session)
    install_npm_tools(session)
    session.run("python", "-m", "pytest", *(session.posargs or SIDE_BY_SIDE))


@nox.session
def lowest(session: nox.Session) -> None:
    """Test the client with the lowest versions that it allows of what it needs."""
    install(session, "lowest")
    install_local_packages(session, "./mock", "./generated")
    session.run("python", "-m", "pytest", *LOWEST, *session.posargs)


@nox.session
def generate(session: nox.Session) -> None:
    """Write generated/ from openapi.yaml; with `-- --check`, compare only."""
    install(session, "generate")
    session.run("python", "scripts/generate.py", *session.posargs)


@nox.session
def mock_pages(session: nox.Session) -> None:
    """Write what docs/mock-cli.md and docs/mock-control.md take from the mock's code."""
    install(session, "tests")
    install_local_packages(session)
    for page in ("cli_reference", "control_reference"):
        session.run("python", "-m", f"tests.mock.{page}")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types, the document and the locks, and say what repairs each failure."""
    install(session, "lint")
    install_local_packages(session)
    install_npm_tools(session)
    gates: list[tuple[Sequence[str], str]] = [
        (["ruff", "check"], "ruff check --fix, then by hand"),
        (["ruff", "format", "--check"], "ruff format"),
        (["mypy", *TYPED], "correct the types that mypy names"),
        (
            ["node", "node_modules/pyright/index.js", *TYPED],
            "correct the types that pyright names",
        ),
        (["python", "scripts/check_document.py"], "correct openapi.yaml where it says"),
        ([*REDOCLY, "openapi.yaml"], "correct openapi.yaml where Redocly says"),
        (["python", "scripts/check_arazzo.py"], "correct docs/arazzo.yaml where it says"),
        ([*REDOCLY, "docs/arazzo.yaml"], "correct docs/arazzo.yaml where Redocly says"),
        (["python", "scripts/build_docs.py", "--check"], "nox -s docs"),
        (["actionlint", "-shellcheck=", "-pyflakes="], "correct the workflow where it says"),
        (ZIZMOR, "correct the workflow where it says"),
        (["python", "scripts/lock.py", "--check"], "nox -s lock"),
    ]
    failed = [command for command, repair in gates if not passes(session, command, repair)]
    # The linter bites: it refuses a document with one planted fault, and for that fault.
    refusal = session.run(
        *(*REDOCLY, "--format=stylish", "tests/data/undefined-tag.yaml"),
        env=OFFLINE,
        success_codes=[1],
        silent=True,
    )
    if "operation-tag-defined" not in str(refusal):
        session.error(f"Redocly missed the planted fault. Repair: redocly.yaml. It said: {refusal}")
    if failed:
        session.error(f"{len(failed)} of {len(gates)} gates failed; each says its repair above.")


@nox.session
def faults(session: nox.Session) -> None:
    """Run the contract tests against every planted fault and every correct variant."""
    install(session, "contract")
    install_local_packages(session)
    session.run("python", "scripts/faults.py", "--markdown", "reports/faults.md", *session.posargs)


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure the mock beside other mock servers and the limits of its stack."""
    install(session, "benchmarks")
    session.install("--no-deps", "--no-build-isolation", "--force-reinstall", "./mock")
    install_npm_tools(session, Path("benchmarks/peers"))
    # Seconds. The harness ends every server that it has started.
    session.run(
        *("python", "-m", "benchmarks", *session.posargs),
        interrupt_timeout=60,
        terminate_timeout=60,
    )


@nox.session
def breaking(session: nox.Session) -> None:
    """Compare openapi.yaml with that of a revision: `-- REV`, or the latest release."""
    install(session, "generate")
    session.run("python", "scripts/breaking.py", *session.posargs)


@nox.session
def benchmarks_client(session: nox.Session) -> None:
    """Measure what a call of the client costs beside raw httpx and other clients."""
    install(session, "benchmarks-client")
    install_local_packages(session, "./mock", "./generated")
    session.run("python", "-m", "benchmarks.client", *session.posargs)


@nox.session
def consumers(session: nox.Session) -> None:
    """Try other people's tools on openapi.yaml and its 3.0 rendition, and write the table."""
    install(session, "consumers")
    install_local_packages(session)
    install_npm_tools(session)
    install_npm_tools(session, Path("scripts/consuming/npm"))
    session.run("python", "scripts/consumers.py", *session.posargs)


@nox.session
def downgrade(session: nox.Session) -> None:
    """Write openapi.yaml as OpenAPI 3.0 into dist/, or the directory named after `--`."""
    install(session, "generate")
    session.run("python", "scripts/downgrade.py", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build site/ and the reference that the mock serves; with `-- --check`, compare the latter."""
    install(session, "docs")
    install_local_packages(session, "./generated")
    install_npm_tools(session)
    session.run("python", "scripts/build_docs.py", *session.posargs)


@nox.session
def release(session: nox.Session) -> None:
    """Build wheels, document, documentation, bill of materials and checksums into dist/."""
    install(session, "release")
    install_local_packages(session, "./generated")
    install_npm_tools(session)
    session.run("python", "scripts/release.py", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Write requirements/ and package-lock.json; with `-- --upgrade`, take the newest versions."""
    install(session, "lock")
    session.run("python", "scripts/lock.py", *session.posargs)
    for directory in (".", "benchmarks/peers", "scripts/consuming/npm"):
        session.run("npm", "install", "--package-lock-only", "--prefix", directory)


def install(session: nox.Session, group: str) -> None:
    """Install the lock of a dependency group."""
    session.install("-r", f"requirements/{group}.txt")


def install_local_packages(session: nox.Session, *packages: str) -> None:
    """Install our packages, all by default, as their users get them."""
    # What builds them is in the locks. Again each time: uv takes a package for unchanged as long as
    # its pyproject.toml is.
    session.install(
        *("--no-deps", "--no-build-isolation", "--force-reinstall"),
        *(packages or ("./mock", "./generated", "./contract_tests")),
    )


def install_npm_tools(session: nox.Session, directory: Path = Path()) -> None:
    """Install the tools of a package-lock.json beside it if they are not there yet."""
    stamp = directory / "node_modules/.package-lock.sha256"
    digest = hashlib.sha256((directory / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text("utf-8") != digest:
        session.run("npm", "ci", "--prefer-offline", "--prefix", str(directory))
        stamp.write_text(digest, "utf-8")


def has_history(session: nox.Session) -> bool:
    """Return whether there are revisions to compare with: a shallow clone lacks them."""
    said = session.run(
        *("git", "rev-parse", "--is-shallow-repository"),
        external=True,
        silent=True,
        success_codes=[0, 128],
    )
    if str(said).strip() == "false":
        return True
    session.log("Changes of the document are not compared: this is no clone, or a shallow one.")
    return False


def passes(session: nox.Session, command: Sequence[str], repair: str) -> bool:
    """Run one gate, print what repairs it if it fails, and return whether it passed."""
    try:
        session.run(*command, env=OFFLINE)
    except CommandFailed:
        session.warn(f"Repair: {repair}")
        return False
    return True
