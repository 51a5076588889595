"""How figures are put into words, in tables and plots alike."""

from typing import Any

from benchmarks.figures import Result


def number(value: float) -> str:
    """Returns a number with three significant digits, as a reader would write it."""
    if value >= 100:  # noqa: PLR2004 - from here on three digits leave no decimals
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:#.3g}".rstrip(".")


def made_with(result: Result[Any]) -> str:
    """Returns one line: when, on what machine and with which versions figures were made."""
    machine = result["machine"]
    cores = machine["cores"]
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    return (
        f"Measured {result['measured']} on {machine['cpu']}, "
        f"{cores} {'core' if cores == 1 else 'cores'}, {machine['memory_gib']} GiB, "
        f"{machine['kernel']}. {versions}."
    )
