"""What a release consists of and comes from: see scripts/release.py."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Each is the directory of a Python package.
PACKAGES = ("mock", "generated", "contract_tests")


class ReleaseError(Exception):
    """There is no release; the message names what is wrong and the remedy."""
