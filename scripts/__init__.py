"""Commands that keep the repository consistent; nox runs them."""
