"""Which addresses pushes may be sent to."""

from __future__ import annotations

import pytest

from mipos_mock.sending.addresses import AddressError, AddressPolicy

BITS = "has bits beyond its prefix"
REMEDY = "give an address or a network, such as 10.0.0.5 or 10.0.0.0/8"


@pytest.mark.parametrize(
    "ip", ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "::1%lo"]
)
def test_loopback_is_always_allowed(ip: str) -> None:
    """Without any value of the option, pushes go to this machine."""
    assert AddressPolicy().allows(ip)


@pytest.mark.parametrize(
    "ip",
    [
        "10.0.0.5",
        "192.168.1.1",
        "169.254.169.254",
        "93.184.215.14",
        "128.0.0.1",
        "126.255.255.255",
        "0.0.0.0",  # noqa: S104 - nothing is bound
        "::",
        "::2",
        "fe80::1%eth0",
        "::ffff:10.0.0.5",
        "::127.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::127.0.0.1",
    ],
)
def test_everything_else_is_refused(ip: str) -> None:
    """No other address is reached: private, public, unspecified, or loopback within IPv6."""
    assert not AddressPolicy().allows(ip)


@pytest.mark.parametrize(
    ("value", "ip"),
    [
        ("10.0.0.5", "10.0.0.5"),
        ("10.0.0.0/8", "10.255.0.1"),
        ("0.0.0.0", "0.0.0.0"),  # noqa: S104 - nothing is bound
        ("::", "::"),
        ("fd00::/8", "fd12::1"),
        ("fe80::/10", "fe80::1%eth0"),
        ("10.0.0.5", "::ffff:10.0.0.5"),
        ("::ffff:10.0.0.5", "10.0.0.5"),
        ("::ffff:10.0.0.0/104", "10.1.2.3"),
        ("0.0.0.0/0", "93.184.215.14"),
    ],
)
def test_named_address_is_allowed(value: str, ip: str) -> None:
    """A value allows its addresses, in any of their forms."""
    assert AddressPolicy.parse([value]).allows(ip)


@pytest.mark.parametrize(
    ("value", "ip"),
    [
        ("10.0.0.5", "10.0.0.6"),
        ("10.0.0.0/8", "11.0.0.1"),
        ("fd00::/8", "fe80::1"),
        ("::/0", "10.0.0.5"),
        ("0.0.0.0/0", "fd00::1"),
    ],
)
def test_other_address_stays_refused(value: str, ip: str) -> None:
    """A value allows nothing beside its addresses, and nothing of the other family."""
    assert not AddressPolicy.parse([value]).allows(ip)


def test_values_add_up() -> None:
    """Each of several values is allowed, and loopback with them."""
    policy = AddressPolicy.parse(["10.0.0.5", "fd00::/8"])

    assert [True, True, True] == [policy.allows(ip) for ip in ("10.0.0.5", "fd00::1", "127.0.0.1")]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("pos.test", f"is a host name: {REMEDY}"),
        ("localhost", f"is a host name: {REMEDY}"),
        ("http://10.0.0.5", f"is a URL: {REMEDY}"),
        ("", f"is no address: {REMEDY}"),
        ("10.0.0.5:80", f"is no address: {REMEDY}"),
        ("10.0.0.0/33", f"is no address: {REMEDY}"),
        ("010.0.0.1", f"is no address: {REMEDY}"),
        ("2130706433", f"is no address: {REMEDY}"),
        ("[::1]", f"is no address: {REMEDY}"),
        ("10.0.0.5/8", f"{BITS}: give 10.0.0.0/8 for the network or 10.0.0.5 for the address"),
        ("fd00::5/8", f"{BITS}: give fd00::/8 for the network or fd00::5 for the address"),
        ("fe80::1%eth0", "has a zone: leave out what begins with the %"),
    ],
)
def test_mistake_is_told_in_one_line(value: str, problem: str) -> None:
    """A value that is no address names itself, the option and the remedy."""
    with pytest.raises(AddressError) as caught:
        AddressPolicy.parse(["10.0.0.0/8", value])

    assert f"--allow-push-to {value!r} {problem}" == str(caught.value)


def test_value_is_no_part_of_several_lines() -> None:
    """A line break in a value does not break the message."""
    with pytest.raises(AddressError) as caught:
        AddressPolicy.parse(["10.0.0.5\nx"])

    assert "\n" not in str(caught.value)
