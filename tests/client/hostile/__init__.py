"""Servers that answer what no server should, and what may come of it."""
