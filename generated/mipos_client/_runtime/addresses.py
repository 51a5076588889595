"""Where a client may send its token."""

from ipaddress import ip_address

import httpx

from .errors import ConfigurationError


def checked_base_url(base_url: str) -> str:
    """Return an address without a slash at its end.

    Raises:
        ConfigurationError: It is no http or https URL, holds a user name, a query or a fragment,
            or would send the token unencrypted to another machine.
    """
    try:
        url = httpx.URL(base_url)
    except (httpx.InvalidURL, TypeError) as error:
        raise ConfigurationError(f"base_url is no URL: {error}") from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise ConfigurationError(
            f"base_url {str(url)!r} is no http or https URL; write one like https://api.example"
        )
    # Also an empty one, which would swallow the path of an operation.
    if url.userinfo or any(mark in str(base_url) for mark in "?#"):
        raise ConfigurationError(
            f"base_url for {url.host!r} holds a user name, a query or a fragment; leave them out"
        )
    if url.scheme == "http" and not _is_loopback(url.host):
        raise ConfigurationError(
            f"base_url {str(url)!r} would send the token unencrypted; use https, which is required "
            "of every host but localhost, 127.0.0.0/8 and ::1"
        )
    return str(url).rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
