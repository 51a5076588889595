"""Lets `python -m mipos_contract` do what the `mipos-contract` command does."""

import sys

from mipos_contract.cli import main

if __name__ == "__main__":
    sys.exit(main())
