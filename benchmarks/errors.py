"""What keeps a figure from being made."""


class NotMeasuredError(Exception):
    """A figure could not be made; the text says why, in one line."""


class StartError(NotMeasuredError):
    """A server gave no first answer. The text names no path, so that it can be published."""
