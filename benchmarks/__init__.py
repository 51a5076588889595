"""Measures how fast the mock is and how much memory it takes, beside others and beside limits."""
