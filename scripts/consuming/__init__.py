"""Other people's tools, run on the contract: what `nox -s consumers` does."""
