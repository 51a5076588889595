"""A stateful stand-in for the MiPOS delivery platform, written from its published pages."""

__version__ = "0.2.0"
