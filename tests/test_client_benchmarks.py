# ruff: noqa: RUF001 - a reader knows the sign for times
"""The benchmarks of the client: what they call, what they compute, and what they write.

No figure is made here: a timing would say more about the machine than about the project.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from benchmarks import figures as shared
from benchmarks import machine, server
from benchmarks.client import calls, canned, figures, footprint, openapi_generator, probe, tables
from benchmarks.client import roster as clients
from benchmarks.client.__main__ import parser
from benchmarks.client.contender import Contender, Target
from benchmarks.client.operations import ACCEPT, CREATE, LIST, LISTED, OPERATIONS, order
from benchmarks.client.ours import NAME as OURS
from benchmarks.client.ours import OURS as CLIENT
from benchmarks.client.raw import NAME as RAW
from benchmarks.client.raw import RAW as HTTPX
from benchmarks.http_client import Client
from benchmarks.report import RESULTS
from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

MACHINE = machine.Machine(cpu="Test CPU", cores=2, kernel="Linux 6.1.0", memory_gib=24)
SENT = [
    ("POST", CREATE.path, {"url": "https://pos.example/7"}),
    ("POST", ACCEPT.path, order(7)),
    ("GET", LIST.path, None),
]


class Recorded:
    """A transport that counts what it answers."""

    def __init__(self, status: int | None = None) -> None:
        self.requests = list[httpx.Request]()
        self._status = status

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Keep a request and answer it as the benchmarks do, or with one status."""
        self.requests.append(request)
        if self._status is None:
            return canned.answer(request)
        return httpx.Response(self._status, json="Unauthorized.")

    def target(self) -> Target:
        """Return where calls go that are counted."""
        return Target(canned.ADDRESS, "a-token", httpx.MockTransport(self.answer))

    def sent(self) -> list[tuple[str, str, object]]:
        """Return method, path and body of each request; a body that only says a default is left."""
        return [
            (each.method, each.url.path, stripped(json.loads(each.content or b"null")))
            for each in self.requests
        ]


def stripped(body: Any) -> object:  # noqa: ANN401 - JSON
    """Return a body without the type that a create has by default."""
    return {name: value for name, value in body.items() if name != "type"} if body else body


@pytest.fixture(scope="module")
def generated() -> Generator[list[Contender], None, None]:
    """Return every client that can be measured here, the generated ones made."""
    with clients.generated() as (_, contenders):
        yield [each for each in contenders if not each.absent]


def call(client: str, over: str, mode: str, operation: str, *cpu_us: float) -> figures.Call:
    """Return the figures of a client, the time that passed being ten times the CPU time."""
    return figures.Call(
        client=client,
        mode=mode,
        over=over,
        operation=operation,
        cpu_us=list(cpu_us),
        elapsed_us=[10 * value for value in cpu_us],
        note="" if cpu_us else "needs a server",
    )


def every_call(*, create_over_mock: float = 109) -> list[figures.Call]:
    """Return figures of three clients, of which one needs a server."""
    found = list[figures.Call]()
    for over in figures.TARGETS:
        for mode in figures.MODES:
            for operation in OPERATIONS:
                ours = create_over_mock if (over, operation) == (figures.MOCK, CREATE) else 90
                needy = over == figures.CANNED and mode == "sync"
                rest = (over, mode, operation.name)
                found += [
                    call(RAW, *rest, 120, 100),
                    call(OURS, *rest, ours, 130),
                    call("needy", *rest, *([] if needy else [300])),
                ]
    return found


def taken(client: str, *import_ms: float, note: str = "") -> figures.Footprint:
    """Return what a client takes."""
    return figures.Footprint(
        client=client,
        import_ms=list(import_ms),
        import_mb=[1.5 for _ in import_ms],
        client_kb=[800 for _ in import_ms],
        note=note,
    )


def write(directory: Path, part: str, rows: Sequence[Any]) -> Path:
    """Write results that are the same on every machine, and return the directory."""
    result = shared.Result[Any](
        part=part,
        measured="2020-01-31",
        machine=MACHINE,
        versions={"httpx": "1.2.3"},
        method={"rounds": 2},
        figures=list(rows),
    )
    (directory / f"{part}.json").write_text(json.dumps(result), "utf-8")
    return directory


def lines(directory: Path, start: str) -> list[str]:
    """Return the lines of the page that begin with a text."""
    return [each for each in tables.page(directory).splitlines() if each.startswith(start)]


def test_blocking_clients_send_one_request_a_call(generated: list[Contender]) -> None:
    """Each call of each client is one request with the same method, path and payload."""
    sent = dict[str, object]()
    for each in generated:
        if each.sync_needs_server:
            continue
        recorded = Recorded()
        with each.sync(recorded.target()) as client:
            for operation in OPERATIONS:
                client[operation.name](7)
        sent[each.name] = recorded.sent()

    assert {RAW, OURS} < set(sent)
    assert dict.fromkeys(sent, SENT) == sent


def test_awaited_clients_send_one_request_a_call(generated: list[Contender]) -> None:
    """Each call of each client is one request with the same method, path and payload."""

    async def sent_by(each: Contender) -> object:
        recorded = Recorded()
        async with each.awaited(recorded.target()) as client:
            for operation in OPERATIONS:
                await client[operation.name](7)
        return recorded.sent()

    sent = {each.name: asyncio.run(sent_by(each)) for each in generated}

    assert {each.name: SENT for each in generated} == sent


def test_all_clients_call_the_mock(generated: list[Contender]) -> None:
    """A client over a server gets the list that the server holds, also if it needs a server."""
    lengths = dict[str, int]()
    with running(create_app(fresh_state())) as url:
        for each in generated:
            with each.sync(Target(url, LIST.token)) as client:
                lengths[each.name] = len(client["list"](0))

    assert {each.name: 0 for each in generated} == lengths


def test_clients_identify_themselves_with_the_token(generated: list[Contender]) -> None:
    """Every request carries the token, so that none is cheaper for lack of a header."""
    carried = set[str]()
    for each in generated:
        if each.sync_needs_server:
            continue
        recorded = Recorded()
        with each.sync(recorded.target()) as client:
            client["list"](0)
        carried |= {request.headers["authorization"] for request in recorded.requests}

    assert {"Bearer a-token"} == carried


@pytest.mark.parametrize("status", [401, 418])
def test_refusal_is_no_call(status: int, generated: list[Contender]) -> None:
    """Each client raises on a status that is no success, so that no refusal is measured."""
    for each in generated:
        if each.sync_needs_server:
            continue
        with each.sync(Recorded(status).target()) as client:
            for operation in OPERATIONS:
                with pytest.raises(Exception, match=rf"{status}|answered"):
                    client[operation.name](0)


def test_list_holds_as_many_webhooks_as_it_is_said_to() -> None:
    """The list is decoded whole, by hand and by our client."""
    lengths = list[int]()
    for each in (HTTPX, CLIENT):
        with each.sync(Recorded().target()) as client:
            lengths.append(len(client["list"](0)))

    assert [LISTED, LISTED] == lengths


def test_generated_packages_are_gone_afterwards() -> None:
    """What was made for a run can neither be found nor imported when it has ended."""
    before = list(sys.path)
    with clients.generated() as (directory, contenders):
        with contenders[2].sync(Recorded().target()) as client:
            client["list"](0)
        inside = "stock_client" in sys.modules

    assert inside
    assert "stock_client" not in sys.modules
    assert before == sys.path
    assert not directory.exists()


def test_missing_java_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Java the client of the generator that needs it is absent, and says what to do."""

    def nowhere(_name: str, **_more: object) -> None:
        return None

    monkeypatch.setattr(shutil, "which", nowhere)

    assert "apt-get install default-jre-headless" in openapi_generator.contender().absent


@pytest.fixture(scope="module")
def measured() -> tuple[list[figures.Call], int]:
    """Return the figures of two clients, and how many webhooks their creates left in the mock."""
    left = list[int]()

    @contextmanager
    def asked(one: server.Server, core: int | None = None) -> Generator[server.Running, None, None]:
        with server.running(one, core) as up:
            yield up
            with Client(up.port, CREATE.token) as client:
                left.append(len(json.loads(client.expect(200, "GET", LIST.path))))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calls, "running", asked)
        found = calls.measure([HTTPX, CLIENT], 1)
    return found, left[0]


def test_every_figure_is_an_equal_number_of_rounds(
    measured: tuple[list[figures.Call], int],
) -> None:
    """Each client that can has every operation in each mode, with and without the mock."""
    found, _ = measured

    assert 2 * 2 * len(OPERATIONS) * 2 == len(found)
    assert {(1, 1, "")} == {
        (len(each["cpu_us"]), len(each["elapsed_us"]), each["note"]) for each in found
    }


def test_creates_of_one_round_do_not_burden_the_next(
    measured: tuple[list[figures.Call], int],
) -> None:
    """What a measurement created is deleted again, so that the account does not grow."""
    _, left = measured

    assert 0 == left


def test_import_is_measured_without_the_harness() -> None:
    """Nothing is imported before the clock starts but what is not to count."""
    before, _, after = footprint.script(CLIENT).partition("begin =")

    assert "import attrs, httpx" in before
    assert "mipos_client" not in before
    assert "benchmarks" not in before + after
    assert CLIENT.imports in after


def test_import_of_httpx_itself_counts_from_nothing() -> None:
    """The first row of the table is httpx and attrs, which the others go beyond."""
    before, _, after = footprint.script(HTTPX).partition("begin =")

    assert "import attrs, httpx" not in before
    assert "import attrs, httpx" in after


def test_absent_client_is_a_row_with_its_reason(tmp_path: Path) -> None:
    """A client that cannot be measured takes no figure of the others away."""
    absent = Contender("gone", "import gone", HTTPX.sync, HTTPX.awaited, absent="no gone")

    (row,) = footprint.measure([absent], tmp_path, 1)

    assert ("not run: no gone", []) == (row["note"], row["import_ms"])


def test_memory_is_that_of_clients_that_have_called() -> None:
    """Each client makes one call before the memory is read, and the first one is not counted."""
    recorded = Recorded()

    probe.bytes_a_client(HTTPX, recorded.target(), clients=3)

    assert 4 == len(recorded.requests)


def test_figures_are_rounded_to_what_repeats() -> None:
    """Four significant digits are kept."""
    assert (123.5, 0.001235) == (figures.rounded(123.4567), figures.rounded(0.001234567))


def test_results_are_saved_and_loaded(tmp_path: Path) -> None:
    """What was measured is read back, with machine and versions, and names no directory."""
    figures.save(tmp_path, figures.PARTS[0], {"rounds": 2}, every_call())

    loaded = shared.load(tmp_path, figures.PARTS[0])

    assert loaded is not None
    assert every_call() == loaded["figures"]
    assert {"mipos-client", "httpx", "openapi-python-client", "Python"} <= set(loaded["versions"])
    assert str(tmp_path) not in (tmp_path / f"{figures.PARTS[0]}.json").read_text("utf-8")


def test_page_compares_the_best_rounds_with_raw_httpx(tmp_path: Path) -> None:
    """Each client has its lowest figures and ratios; what was not measured has its reason."""
    write(tmp_path, figures.PARTS[0], every_call())

    assert [
        f"| {RAW} | 100 | 100 | 100 | 1.00 / 1.00 / 1.00 | 1.00 / 1.00 / 1.00 |",
        f"| {OURS} | 90.0 | 90.0 | 90.0 | 0.900 / 0.900 / 0.900 | 0.900 / 0.900 / 0.900 |",
        "| needy | needs a server |  |  |  |  |",
    ] == lines(tmp_path, "| ")[2:5]
    assert "Measured 2020-01-31 on Test CPU, 2 cores, 24 GiB, Linux 6.1.0. httpx 1.2.3. " in (
        tables.page(tmp_path)
    )


def test_page_judges_a_call_where_it_costs_most(tmp_path: Path) -> None:
    """One case out of four that costs too much misses the target."""
    write(tmp_path, figures.PARTS[0], every_call(create_over_mock=111))

    assert [
        f"- create: CPU at most 1.10 × {RAW}: **missed** (1.11 at most: sync, the mock).",
        f"- accept: CPU at most 1.10 × {RAW}: met (0.900 at most: sync, the mock).",
        f"- list: CPU at most 1.25 × {RAW}: met (0.900 at most: sync, the mock).",
    ] == lines(tmp_path, "- ")


def test_exactly_the_target_is_met(tmp_path: Path) -> None:
    """The target is what a call may cost at most."""
    write(tmp_path, figures.PARTS[0], every_call(create_over_mock=110))

    assert f"- create: CPU at most 1.10 × {RAW}: met (1.10 at most" in tables.page(tmp_path)


def test_page_of_the_footprint_judges_our_import(tmp_path: Path) -> None:
    """The import of our client alone has a target, and its best round counts."""
    rows = [taken(RAW, 160, 150), taken(OURS, 30, 24), taken("gone", note="not run: no gone")]
    write(tmp_path, figures.PARTS[1], rows)

    assert [
        f"| {RAW} (httpx and attrs themselves) | 150 | 155 | 1.50 | 800 |",
        f"| {OURS} | 24.0 | 27.0 | 1.50 | 800 |",
        "| gone | not run: no gone |  |  |  |",
    ] == lines(tmp_path, "| ")[2:]
    assert ["- Import under 25 ms: met (24.0 ms)."] == lines(tmp_path, "- ")


def test_import_at_its_target_misses_it(tmp_path: Path) -> None:
    """It is to stay under the target."""
    write(tmp_path, figures.PARTS[1], [taken(OURS, 25)])

    assert ["- Import under 25 ms: **missed** (25.0 ms)."] == lines(tmp_path, "- ")


def test_page_names_what_was_not_measured(tmp_path: Path) -> None:
    """A part without results has the command that makes them."""
    assert ["Not measured: `python -m benchmarks.client`."] * 2 == lines(tmp_path, "Not measured")


def test_committed_page_is_what_its_figures_give() -> None:
    """The page in the repository is that of the JSON files beside it."""
    assert (RESULTS / "client.md").read_text("utf-8") == tables.page(RESULTS)


def test_mistake_on_the_command_line_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the value and what may stand there."""
    with pytest.raises(SystemExit):
        parser().parse_args(["--rounds", "0"])

    assert "'0' is no count: give a whole number from 1" in capsys.readouterr().err
