"""Which addresses pushes may be sent to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_interface,
    ip_network,
)
from typing import Final

OPTION: Final = "--allow-push-to"
"""The command's option that widens the policy."""

_LOOPBACK: Final = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_REMEDY = "give an address or a network, such as 10.0.0.5 or 10.0.0.0/8"


class AddressError(ValueError):
    """A value of the option that names no address and no network, told in one line."""


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """The loopback addresses, which are always allowed, and some networks.

    Attributes:
        networks: What is allowed beside loopback.
    """

    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    @classmethod
    def parse(cls, values: Iterable[str]) -> "AddressPolicy":
        """Returns the policy for values of the option: addresses, or networks as ``10.0.0.0/8``.

        Raises:
            AddressError: A value is neither; or it has bits beyond its prefix, or a zone.
        """
        return cls(tuple(map(_network, values)))

    def allows(self, ip: str) -> bool:
        """Tells whether a push may go to a numeric address.

        An IPv4 address in IPv6 form (``::ffff:10.0.0.5``) counts as the IPv4 address that it is,
        since a connection to it ends there. A zone (``%eth0``) does not matter. ``0.0.0.0`` and
        ``::`` reach this machine on many systems, but are no loopback addresses.
        """
        address = plain(ip)
        return any(address in network for network in (*_LOOPBACK, *self.networks))


def plain(ip: str) -> IPv4Address | IPv6Address:
    """Returns a numeric address, as IPv4 where it is IPv4 in IPv6 form."""
    address = ip_address(ip)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def _network(value: str) -> IPv4Network | IPv6Network:
    place = f"{OPTION} {value!r}"
    if "%" in value:
        raise AddressError(f"{place} has a zone: leave out what begins with the %")
    try:
        interface = ip_interface(value)
    except ValueError:
        raise AddressError(f"{place} is {_what(value)}: {_REMEDY}") from None
    try:
        network = ip_network(value)
    except ValueError:
        raise AddressError(
            f"{place} has bits beyond its prefix: give {interface.network} for the network "
            f"or {interface.ip} for the address"
        ) from None
    if isinstance(network, IPv6Network) and network.subnet_of(_MAPPED):
        return IPv4Network((plain(str(network.network_address)), network.prefixlen - 96))
    return network


def _what(value: str) -> str:
    if "://" in value:
        return "a URL"
    if re.fullmatch(r"(?=.*[A-Za-z])[A-Za-z0-9_.-]+", value) is not None:
        return "a host name"
    return "no address"
