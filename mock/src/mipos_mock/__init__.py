"""A stateful stand-in for the MiPOS delivery platform, written from its published pages."""
