"""What `mipos-mock serve` prints once it listens."""

import json
from collections.abc import Iterator
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from mipos_mock.cli import show

if TYPE_CHECKING:
    from mipos_mock.state import Account, State

START: Final = "MiPOS mock listening on "
"""The first line: this, and the base URL. Programs that start a mock read it."""

DEFAULT_URL: Final = "http://127.0.0.1:8080"

_ACCOUNTS_SHOWN: Final = 10


def banner(url: str, state: "State", *, kept: str | None, secret: str | None, made: bool) -> str:
    """Returns the text.

    Args:
        url: Where it listens.
        state: What it remembers.
        kept: The state file, None without one.
        secret: What the control interface wants, None when it wants nothing.
        made: Whether the secret was made up, so that nobody knows it yet.
    """
    return "".join(f"{line}\n" for line in _lines(url, state, kept, secret, made=made))


def _lines(
    url: str, state: "State", kept: str | None, secret: str | None, *, made: bool
) -> Iterator[str]:
    yield f"{START}{url}"
    yield ""
    accounts = list(state.accounts.values())
    yield from show.table(
        ("account", "token", "secret", "stores"),
        [
            (each.name, each.token, each.secret, ", ".join(each.stores) or "-")
            for each in accounts[:_ACCOUNTS_SHOWN]
        ],
        "  ",
    )
    if len(accounts) > _ACCOUNTS_SHOWN:
        yield f"  and {len(accounts) - _ACCOUNTS_SHOWN} more: mipos-mock account list"
    yield ""
    near = _near(url)
    console = f"{near}/_mock/"
    if secret is not None:
        console += f"#secret={quote(secret, safe='') if made else '$MIPOS_MOCK_SECRET'}"
    yield f"Console: {console}"
    yield f"State:   {'in memory' if kept is None else f'in {show.plain(kept)}'}"
    if made:
        yield "Secret:  other commands need what stands after #secret= in MIPOS_MOCK_SECRET"
    yield ""
    option = "" if near == DEFAULT_URL else f" --url {near}"
    able = next((each for each in accounts if each.stores and each.status == "active"), None)
    if able is not None:
        yield "Register the address of your POS, then place an order:"
        yield f"  {_registering(able, near)}"
        account = "" if able.name == "alpha" else f" --account {able.name}"
        yield f"  mipos-mock order place --wait 30{account}{option}"
    yield "Stop: Ctrl-C"


def _registering(account: "Account", url: str) -> str:
    body = json.dumps({"url": "http://127.0.0.1:9000/orders"})
    return (
        f"curl -H 'Authorization: Bearer {account.token}' -H 'Content-Type: application/json' "
        f"-d '{body}' {url}/api/v1/integration/webhook/create"
    )


def _near(url: str) -> str:
    """Returns an address by which this machine reaches a server, also one bound to all of them."""
    parts = urlsplit(url)
    address = ip_address(parts.hostname or "")
    if not address.is_unspecified:
        return url
    return f"http://{'127.0.0.1' if address.version == 4 else '[::1]'}:{parts.port}"  # noqa: PLR2004 - IPv4
