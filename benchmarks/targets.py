"""What the mock is to stay under."""

from typing import Final

START_SECONDS: Final = 0.4
"""Seconds from the start of the process to the first answer."""

IDLE_MB: Final = 50
"""Resident memory after the first answer, in MB."""

MILLION_MB: Final = 100
"""Resident memory after a million calls, in MB."""
