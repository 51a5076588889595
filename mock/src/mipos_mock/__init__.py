"""A stateful stand-in for the MiPOS delivery platform, written from its published pages."""

from importlib.metadata import version

__version__ = version("mipos-mock")
