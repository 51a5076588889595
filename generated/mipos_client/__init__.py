"""A client library for accessing MiPOS Public API for points of sale"""

from .client import AuthenticatedClient, Client

__all__ = (
    "AuthenticatedClient",
    "Client",
)
