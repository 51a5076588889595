"""A stateful stand-in for the MiPOS delivery platform, written from its published pages."""

__version__: str


def __getattr__(name: str) -> str:
    """Return the version of the installed package, which is not asked for by most who import it."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # It loads much, and pytest loads this package for everybody who has it installed.
    from importlib.metadata import version  # noqa: PLC0415

    return version("mipos-mock")
