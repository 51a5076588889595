"""Try other people's tools on the contract, in OpenAPI 3.1 and in 3.0.

Prints a line a trial and writes `docs/consumers.md`. Exits with 1 if a tool did not do what the
roster expects, or if the page that is committed says otherwise.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import downgrade
from scripts.consuming.bench import Bench, FailureError
from scripts.consuming.roster import CONSUMERS, Consumer
from scripts.consuming.table import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PAGE = downgrade.ROOT / "docs" / "consumers.md"


def attempt(consumer: Consumer, document: Path, directory: Path) -> str:
    """Try a consumer in a new directory and return why it failed; empty if it did not."""
    directory.mkdir(parents=True)
    try:
        consumer.attempt(Bench(document, directory))
    except FailureError as error:
        return str(error) or "failed"
    return ""


def try_all(
    consumers: Iterable[Consumer], scratch: Path
) -> tuple[dict[str, list[bool]], list[str]]:
    """Try consumers on both forms; return which worked, and a line for each that surprised.

    Raises:
        DowngradeError: The document has no form in 3.0.
    """
    forms = [downgrade.DOCUMENT, downgrade.write(scratch / "documents")[1]]
    results = dict[str, list[bool]]()
    surprises: list[str] = []
    for consumer in consumers:
        for version, document in zip(("3.1", "3.0"), forms, strict=True):
            why = attempt(consumer, document, scratch / f"{consumer.name}-{version}")
            results.setdefault(consumer.name, []).append(not why)
            print(f"{consumer.name:<20} {version}  {'fails' if why else 'works'}", flush=True)
            if bool(why) != consumer.fails:
                wanted = "works now: drop `fails` from its entry" if consumer.fails else why
                surprises.append(f"{consumer.name} on {version}: {wanted}")
    return results, surprises


def settle(results: Mapping[str, Sequence[bool]], path: Path) -> str:
    """Write the page and return what to do if it said something else before; empty if not."""
    text = page(results)
    before = path.read_text("utf-8") if path.is_file() else ""
    path.write_text(text, "utf-8", newline="\n")
    return (
        "" if before == text else f"{path.name} said otherwise: look at its change, and commit it."
    )


def main(arguments: list[str]) -> int:
    """Run the command and return the exit status: 0 as expected, 1 not, 2 wrong usage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    known = {each.name: each for each in CONSUMERS}
    parser.add_argument("names", nargs="*", help="some of them alone; the page stays as it is")
    names = parser.parse_args(arguments).names
    unknown = sorted({*names} - known.keys())
    if unknown:
        print(f"consumers: {unknown[0]!r} is none of {', '.join(known)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="mipos-consumers-") as scratch:
        try:
            results, problems = try_all([known[name] for name in names] or CONSUMERS, Path(scratch))
        except downgrade.DowngradeError as error:
            print(f"consumers: openapi.yaml: {error}", file=sys.stderr)
            return 1
    if not names:
        try:
            said = settle(results, PAGE)
        except LookupError as error:
            said = str(error.args[0])
        problems += [said] if said else []
    if problems:
        print("\n".join(["", *problems]))
        print(
            "Repair: mend openapi.yaml or the pin; if it cannot be, say why in"
            " scripts/consuming/roster.py."
        )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
