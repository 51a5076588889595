"""Tests of the contract suite: what it catches, and what it leaves alone."""
