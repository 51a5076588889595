"""The client is driven by the run's own rules: what it sends, how often, and who is to blame."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from mipos_client import ConfigurationError, Mipos
from mipos_client._runtime import clients, operations
from mipos_contract import document
from mipos_contract.client_driver import ClientDriver, method_of
from mipos_contract.client_oracle import ERRORS
from mipos_contract.confinement import Confinement
from mipos_contract.pace import Pace
from mipos_contract.rehearsal import Rehearsal
from mipos_contract.secret import Secret
from mipos_contract.settings import OrderKey
from mipos_contract.target import UNKNOWN_CREDENTIALS, Target, bearer
from mipos_contract.violation import BudgetError, ClientError, ContractError, NoAnswerError
from mipos_contract.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = Secret("token-of-the-tests")
ORDER = OrderKey("1", "3", "order-1")
every_way = pytest.mark.parametrize("awaited", [False, True], ids=["sync", "async"])


class Server(httpx.BaseTransport):
    """A deployment in memory that keeps what it was sent, and may answer otherwise."""

    def __init__(
        self, change: Callable[[httpx.Request, httpx.Response], httpx.Response] | None = None
    ) -> None:
        self.seen: list[httpx.Request] = []
        self._change = change
        self._rehearsal = Rehearsal.of([TOKEN.reveal()], "3", [ORDER])

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer as the document says, but for the change."""
        self.seen.append(request)
        response = self._rehearsal.handle_request(request)
        return self._change(request, response) if self._change else response


def target_of(
    server: httpx.BaseTransport,
    *,
    writes: bool = True,
    base_url: str = "https://target.example",
    budget: int | None = None,
) -> Target:
    """Return a deployment that the transport answers for."""
    return Target(
        wire=Wire(base_url, Pace(None, budget), 5.0, trust_env=False, transport=server),
        account=bearer(TOKEN, "MIPOS_ACCESS_TOKEN"),
        other_account=None,
        store_id="3",
        pending_orders=(ORDER,),
        confinement=Confinement(allow_writes=writes),
        secrets=(TOKEN,),
        is_mock=False,
    )


@every_way
def test_a_call_of_the_client_counts_as_any_other(*, awaited: bool) -> None:
    """It is paced, tallied and listed, and its URL is remembered for the end."""
    target = target_of(Server())
    url = f"{target.confinement.prefix}a"

    with ClientDriver(target, awaited=awaited) as client:
        exchange = client.request("createWebhook", url=url)

    assert 201 == exchange.answer.status
    assert 1 == target.wire.pace.sent
    assert 1 == target.tally.statuses["createWebhook", 201]
    assert 1 == len(target.sent)
    assert {"MIPOS_ACCESS_TOKEN": {url: None}} == target.touched


@every_way
def test_the_client_gets_the_runs_own_names(*, awaited: bool) -> None:
    """What it is asked for is confined first, so that it sends no name of anybody else's."""
    server = Server()
    target = target_of(server)

    with ClientDriver(target, awaited=awaited) as client:
        exchange = client.request("createWebhook", url="https://pos.example/")

    assert f"{target.confinement.prefix}https://pos.example/" == (exchange.call.fields or {})["url"]
    assert target.confinement.prefix.encode() in server.seen[0].content


@every_way
def test_without_writes_the_client_is_asked_for_nothing_complete(*, awaited: bool) -> None:
    """Every call of the client but the list is."""
    server = Server()

    with ClientDriver(target_of(server, writes=False), awaited=awaited) as client:
        client.request("listWebhooks")
        with pytest.raises(LookupError):
            client.request("createWebhook", url="https://pos.example/")
        with pytest.raises(LookupError):
            client.request("deleteWebhook", UNKNOWN_CREDENTIALS, url="https://pos.example/")

    assert ["GET"] == [request.method for request in server.seen]


@every_way
def test_the_client_accepts_only_the_orders_that_it_may(*, awaited: bool) -> None:
    """One that the settings name goes as it is, and no other."""
    server = Server()

    with ClientDriver(target_of(server), awaited=awaited) as client:
        accepted = client.accept(ORDER)
        with pytest.raises(LookupError):
            client.accept(OrderKey("1", "3", "order-2"))

    assert 200 == accepted.answer.status
    assert 1 == len(server.seen)


@every_way
def test_a_used_up_budget_ends_the_run_through_the_client(*, awaited: bool) -> None:
    """It is no error of the client's."""
    server = Server()

    with ClientDriver(target_of(server, budget=1), awaited=awaited) as client:
        client.request("listWebhooks")
        with pytest.raises(BudgetError):
            client.request("listWebhooks")

    assert 1 == len(server.seen)


@every_way
@pytest.mark.parametrize("status", [400, 409, 429, 500, 503])
def test_a_defect_of_the_server_is_the_servers(status: int, *, awaited: bool) -> None:
    """An answer that the document does not allow is told as such, and nothing is sent again."""
    body = {"message": ["a text of its own"], "data": None}
    server = Server(lambda _request, _response: httpx.Response(status, json=body))

    with (
        ClientDriver(target_of(server), awaited=awaited) as client,
        pytest.raises(ContractError) as caught,
    ):
        client.request("listWebhooks")

    assert status == caught.value.exchange.answer.status
    assert 1 == len(server.seen)


@every_way
def test_no_answer_is_told_as_such(*, awaited: bool) -> None:
    """A connection that breaks is the target's, and a create is not sent again."""

    def fail(request: httpx.Request, _response: httpx.Response) -> httpx.Response:
        raise httpx.ReadError("reset", request=request)

    server = Server(fail)
    with (
        ClientDriver(target_of(server), awaited=awaited) as client,
        pytest.raises(NoAnswerError) as caught,
    ):
        client.request("createWebhook", url="https://pos.example/")

    assert TOKEN.reveal() not in str(caught.value)
    assert 1 == len(server.seen)


@every_way
def test_an_answer_that_is_put_up_with_is_kept_from_the_client(*, awaited: bool) -> None:
    """The client is made for the document and would not understand it."""
    server = Server(lambda _, response: httpx.Response(200, json=response.json()))
    target = target_of(server)
    target.tolerates = lambda violation: violation.rule == "undocumented-status"

    with ClientDriver(target, awaited=awaited) as client:
        exchange = client.request("createWebhook", url="https://pos.example/")

    assert exchange.deviates
    assert exchange.succeeded


@every_way
def test_a_wrong_request_is_not_sent(monkeypatch: pytest.MonkeyPatch, *, awaited: bool) -> None:
    """A client that forgets the run's name changes nothing of anybody's."""

    def encoded(body: Any) -> bytes:  # noqa: ANN401 - a model
        return operations.encoded(body).replace(b"mipos-contract", b"somebody-else")

    monkeypatch.setattr(clients, "encoded", encoded)
    server = Server()
    target = target_of(server)
    with (
        ClientDriver(target, awaited=awaited) as client,
        pytest.raises(ClientError, match=r"createWebhook: the client sends other fields\."),
    ):
        client.request("createWebhook", url="https://pos.example/")

    assert [] == server.seen
    assert 0 == target.wire.pace.sent


def test_an_address_that_the_client_refuses_is_told_at_once() -> None:
    """A deployment without TLS can be tested, but not through the client."""
    target = target_of(Server(), base_url="http://target.example")

    with pytest.raises(ConfigurationError, match="unencrypted"):
        ClientDriver(target, awaited=False)


def test_an_answer_that_repeats_the_token_is_no_fault_of_the_client() -> None:
    """The client hides it, and so says something else than the answer."""

    def echo(_request: httpx.Request, _response: httpx.Response) -> httpx.Response:
        body = {"message": ["User not found."], "data": None, "trace": TOKEN.reveal()}
        return httpx.Response(409, json=body)

    with ClientDriver(target_of(Server(echo)), awaited=False) as client:
        exchange = client.request("listWebhooks")

    assert 409 == exchange.answer.status
    assert not exchange.deviates


def test_every_operation_and_status_of_the_document_is_known() -> None:
    """A new one is driven from the day on which it is documented."""
    documented = document.operations()
    statuses = {status for each in documented.values() for status in each.responses}

    with Mipos("a-token") as mipos:
        assert all(attrgetter(method_of(name))(mipos) for name in documented)
    assert statuses - {each.success for each in documented.values()} == ERRORS.keys()
