"""Tests of the scripts, the mock and the repository itself."""
