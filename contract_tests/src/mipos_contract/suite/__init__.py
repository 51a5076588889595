"""The tests that a run consists of, collected by pytest."""
