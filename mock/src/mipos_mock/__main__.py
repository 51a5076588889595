"""Lets ``python -m mipos_mock`` do what the ``mipos-mock`` command does."""

import sys

from mipos_mock.cli import main

if __name__ == "__main__":
    sys.exit(main())
