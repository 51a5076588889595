"""The target of a run, from a mock that was started or from the settings of a deployment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mipos_contract import settings
from mipos_contract.confinement import Confinement
from mipos_contract.pace import Pace
from mipos_contract.secret import Secret
from mipos_contract.target import Target, bearer
from mipos_contract.violation import NoAnswerError
from mipos_contract.wire import Wire

if TYPE_CHECKING:
    import httpx

    from mipos_contract.exchange import Exchange

# What a fresh mock holds, as its README says.
_MOCK_TOKEN = Secret("mock-token-alpha")
_MOCK_OTHER_TOKEN = Secret("mock-token-beta")
_MOCK_STORE = "3"


class UnusableTargetError(Exception):
    """The target cannot be tested. The text is one line that names the variable to mend."""


def to_mock(base_url: str) -> Target:
    """Return the target for a mock that this run has started and that nobody else uses."""
    return Target(
        wire=Wire(base_url, Pace(None, None), settings.DEFAULT_TIMEOUT, trust_env=False),
        account=bearer(_MOCK_TOKEN, settings.ACCESS_TOKEN),
        other_account=bearer(_MOCK_OTHER_TOKEN, settings.OTHER_ACCESS_TOKEN),
        store_id=_MOCK_STORE,
        pending_orders=(),
        confinement=Confinement(run="mipos-contract", foreign=False, allow_writes=True),
        secrets=(_MOCK_TOKEN, _MOCK_OTHER_TOKEN),
        is_mock=True,
    )


def to_deployment(
    chosen: settings.Settings,
    confinement: Confinement,
    transport: httpx.BaseTransport | None = None,
) -> Target:
    """Return the target for a deployment, after listing the webhooks of each account once.

    Args:
        chosen: the settings.
        confinement: which names the run may use.
        transport: what answers in place of the network, if anything does; it is not paced.

    Raises:
        UnusableTargetError: nothing answers, or an account cannot be used.
    """
    tokens = {settings.ACCESS_TOKEN: chosen.token}
    if chosen.other_token is not None:
        tokens[settings.OTHER_ACCESS_TOKEN] = chosen.other_token
    accounts = {variable: bearer(token, variable) for variable, token in tokens.items()}
    target = Target(
        wire=Wire(
            chosen.base_url,
            Pace(chosen.rate, chosen.budget) if transport is None else Pace(None, None),
            chosen.timeout,
            trust_env=True,
            transport=transport,
        ),
        account=accounts[settings.ACCESS_TOKEN],
        other_account=accounts.get(settings.OTHER_ACCESS_TOKEN),
        store_id=chosen.store_id,
        pending_orders=chosen.pending_orders,
        confinement=confinement,
        secrets=tuple(tokens.values()),
        is_mock=False,
    )
    for variable, account in accounts.items():
        try:
            exchange = target.deliver(target.call("listWebhooks", account))
        except NoAnswerError as error:
            raise UnusableTargetError(
                f"{settings.BASE_URL} is {chosen.base_url!r}, and nothing answers there: check the"
                f" address and that the server runs. {str(error).splitlines()[0]}"
            ) from None
        _refuse_unusable(chosen, variable, exchange)
    return target


def _refuse_unusable(chosen: settings.Settings, variable: str, exchange: Exchange) -> None:
    status, path = exchange.answer.status, exchange.call.operation.path
    if status in {404, 405}:
        raise UnusableTargetError(
            f"{settings.BASE_URL} is {chosen.base_url!r}, which answers {status} to GET {path}:"
            " give the address without the API's own path."
        )
    if status == 401 or (status == 409 and b"User not" in exchange.answer.body):
        raise UnusableTargetError(
            f"{variable} is refused by {chosen.base_url} ({status} from listWebhooks): give a"
            " valid token of an account that can be used."
        )
