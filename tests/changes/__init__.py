"""Tests of what changed between two revisions of the document."""
