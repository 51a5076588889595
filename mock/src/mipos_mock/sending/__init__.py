"""Sending one push over HTTP: the one place that opens connections."""
