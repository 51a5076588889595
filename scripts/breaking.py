"""Compare `openapi.yaml` with that of a revision, and say what each change breaks, and for whom.

docs/changes.md has the rules. `info.version` must have moved as far as the changes demand, and
CHANGELOG.md must have an entry for them.

Usage: python scripts/breaking.py [REV] [--allow WHAT]... [--format FORMAT] [--markdown FILE]
       python scripts/breaking.py --rules
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.changes import entries, revisions, table, versions
from scripts.changes.compare import compare
from scripts.changes.report import Result
from scripts.changes.rules import Change
from scripts.changes.tree import at

if TYPE_CHECKING:
    from scripts.changes.tree import Document

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Run the command and return its status: 0, 1 breaking or a gate not met, 2 no comparison."""
    # A report with a letter that the terminal has not is better than none.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # pyright: ignore[reportUnknownMemberType] - whatever it writes to
    options = parse(arguments)
    if options.rules:
        print(table.markdown(), end="")
        return 0
    try:
        base = revisions.base(root, options.revision)
        if base is None:
            print("openapi.yaml: there is nothing before this commit to compare it with.")
            return 0
        result = judge(root, base, frozenset(options.allow))
        if options.markdown is not None:
            options.markdown.parent.mkdir(parents=True, exist_ok=True)
            options.markdown.write_text(result.markdown(), "utf-8", errors="backslashreplace")
    except revisions.RevisionError as error:
        print(f"breaking: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        remedy = "run this where openapi.yaml and CHANGELOG.md are, and reports can be written"
        name = error.filename or options.markdown
        print(f"breaking: {name}: {error.strerror}. Remedy: {remedy}.", file=sys.stderr)
        return 2
    except RecursionError:
        print("breaking: openapi.yaml: nested too deep. Remedy: name parts of it.", file=sys.stderr)
        return 2
    print(result.markdown() if options.format == "markdown" else result.text(), end="")
    return result.status


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the options; ends the process with a message where one is wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "revision",
        metavar="REV",
        nargs="?",
        help="a tag, branch or commit (the latest tag of a version; without one, HEAD~1)",
    )
    parser.add_argument(
        "--allow",
        action="append",
        choices=["declared", "clients", "servers", *table.RULES],
        default=[],
        metavar="WHAT",
        help="a rule, `clients`, `servers`, or `declared`: what version and changelog announce",
    )
    parser.add_argument("--format", choices=["text", "markdown"], default="text")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write Markdown there too")
    parser.add_argument("--rules", action="store_true", help="print the table of the rules")
    return parser.parse_args(arguments)


def judge(root: Path, base: revisions.Base, allowed: frozenset[str]) -> Result:
    """Compare the documents, and ask the gates.

    Raises:
        OSError: a file cannot be read.
        RevisionError: a document cannot be read.
    """
    old = revisions.document(root, base.revision)
    path = root / "openapi.yaml"
    # What is not UTF-8 is no YAML either, and is named as such.
    text = path.read_text("utf-8", errors="surrogateescape")
    new = revisions.loaded(text, path.name, "mend it there")
    findings = compare(old, new)
    changes = {finding.change for finding in findings}
    problems, notes = list[str](), list[str]()
    problem = versions.problem(version(old), version(new), changes)
    if problem and (base.is_release or versions.parse(version(new)) is None):
        problems.append(problem)
    elif problem:
        notes.append(
            f"No tag names a release, so info.version may stay {version(new)}, which nobody has."
        )
    if changes - {Change.TEXT}:
        before = revisions.read(root, base.revision, "CHANGELOG.md") or ""
        after = (root / "CHANGELOG.md").read_text("utf-8", errors="replace")
        problem = entries.problem(before, after, str(version(new)))
        problems += [problem] if problem else []
    return Result(base.revision, findings, problems, notes, allowed)


def version(document: Document) -> object:
    """Return `info.version`, or nothing."""
    found = at(document, "#/info/version")
    return found.value if found else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
