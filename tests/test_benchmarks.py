"""The harness of the benchmarks: what it reads, what it writes, and that it leaves nothing running.

No figure is made here: a timing would say more about the machine than about the project.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sys
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import figures, machine, plots, proc, report, roster, style, tables, wrk
from benchmarks.__main__ import parser
from benchmarks.children import cores, started
from benchmarks.errors import NotMeasuredError, StartError
from benchmarks.operations import COMPARED, CREATE, LIST
from benchmarks.receiver import Push, Receiver
from benchmarks.receiver import report as arrivals
from benchmarks.server import Server, running
from benchmarks.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MACHINE = machine.Machine(cpu="Test CPU", cores=2, kernel="Linux 6.1.0", memory_gib=24)
STAT = "42 (a (very) odd) name) S 7 42 42 0 -1 4194560 1 0 0 0 12 3 0 0 20 0 1 0 5 1 1"


def result(part: str, *rows: Any) -> figures.Result[Any]:  # noqa: ANN401 - of any part
    """Return results that are the same on every machine."""
    return figures.Result(
        part=part,
        measured="2020-01-31",
        machine=MACHINE,
        versions={"mipos-mock": "1.2.3"},
        method={"seconds": 3},
        figures=list(rows),
    )


def per_request(server: str, *cpu_us: Sequence[float], note: str = "") -> figures.PerRequest:
    """Return the figures of a server, by operation the CPU µs of each repetition."""
    return figures.PerRequest(
        server=server,
        note=note,
        operations={
            operation.name: figures.Repetitions(
                cpu_us=list(values),
                per_second=[1e6 / value for value in values],
                note="" if values else "answers 201",
            )
            for operation, values in zip(COMPARED, cpu_us, strict=False)
        },
        idle_mb=30,
        loaded_mb=45.5,
    )


def every_part() -> list[figures.Result[Any]]:
    """Return results of every part."""
    return [
        result(
            "requests",
            per_request(roster.MOCK, [60, 62], [90, 80], [70]),
            per_request(roster.FIXED, [30, 33], [32], [35]),
            per_request(roster.NGINX, note="not run: nginx is not on PATH"),
            per_request(roster.PRISM, [600], [800], []),
        ),
        result(
            "startup",
            figures.Startup(server=roster.MOCK, note="", seconds=[0.3, 0.5], idle_mb=[40, 41]),
            figures.Startup(server=roster.FIXED, note="", seconds=[0.2, 0.25], idle_mb=[30, 31]),
            figures.Startup(server=roster.NGINX, note="not run: no", seconds=[], idle_mb=[]),
        ),
        result(
            "growth",
            *(
                figures.Growth(
                    webhooks=size,
                    cpu_us={"create": [50], "list": [40 + size / 10], "update": [60, 55]},
                    resident_mb=35,
                )
                for size in (10, 1_000)
            ),
        ),
        result("pushes", figures.Pushes(webhooks=1, pushes=9, cpu_us=[400], per_second=[800])),
        result(
            "isolation",
            figures.Isolation(whose="a", other="answers at once", milliseconds=[2, 2, 2]),
            figures.Isolation(whose="a", other="never answers", milliseconds=[3, 3, 3]),
        ),
        result(
            "million",
            figures.Million(calls=0, resident_mb=35),
            figures.Million(calls=1_000_000, resident_mb=120),
        ),
    ]


def write(directory: Path, results: Sequence[figures.Result[Any]]) -> Path:
    """Write results as the benchmarks do, and return the directory."""
    for each in results:
        (directory / f"{each['part']}.json").write_text(json.dumps(each), "utf-8")
    return directory


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the plots of every part by name."""
    directory = write(tmp_path_factory.mktemp("results"), every_part())
    return {path.stem: path.read_text("utf-8") for path in plots.draw(directory)}


def test_parent_is_read_past_an_odd_name() -> None:
    """A command with brackets and blanks in its name does not shift the fields of stat."""
    assert 7 == proc.parse_parent(STAT)


def test_resident_memory_is_read_in_bytes() -> None:
    """The kernel's kB are of 1024 bytes; a process that has ended has no memory."""
    assert 2048 == proc.parse_resident("Name:\tx\nVmPeak:\t   9 kB\nVmRSS:\t   2 kB\n")
    assert 0 == proc.parse_resident("Name:\tx\nState:\tZ (zombie)\n")


def test_tree_holds_all_descendants_and_nothing_else() -> None:
    """Children of children count, siblings and parents do not."""
    assert [2, 3, 4] == proc.descendants(2, [(4, 3), (1, 0), (3, 2), (2, 1), (5, 1)])


def test_cpu_time_is_that_of_the_process() -> None:
    """The clock of this very process agrees with what the process itself is told."""
    before = os.times()
    seconds = proc.cpu_seconds([os.getpid()])
    after = os.times()

    tick = 0.02  # what the process is told is rounded
    assert before.user + before.system - tick <= seconds <= after.user + after.system + tick


def test_ended_process_has_no_cpu_time() -> None:
    """A process that is gone counts as nothing, so that a tree may change while it is read."""
    with started([sys.executable, "-c", ""]) as process:
        process.wait()

    assert (0, 0) == (proc.cpu_seconds([process.pid]), proc.resident_bytes([process.pid]))


def test_machine_is_described_without_its_name() -> None:
    """Processor, memory and kernel are read from the texts of /proc."""
    assert "A B" == machine.parse_cpu("processor\t: 0\nmodel name\t: A  B\nmodel name\t: C\n")
    assert 24 == machine.parse_memory("MemTotal:       24680592 kB\nMemFree: 1 kB\n")
    assert "6.1.0" == machine.parse_release("6.1.0-9-amd64")


def test_figures_of_wrk_are_found_in_its_output() -> None:
    """The line that the script prints is read, whatever wrk prints around it."""
    line = 'figures {"requests": 5, "microseconds": 2000000, "broken": 0, "statuses": {"201": 5}}'

    assert wrk.Load(5, 2.0, 0, {"201": 5}) == wrk.parse(f"Running 2s test\n{line}\nDone\n")


def test_output_without_figures_is_an_error() -> None:
    """A run that printed no figures is not taken for one without requests."""
    with pytest.raises(NotMeasuredError, match=r"no figures.*unable to connect"):
        wrk.parse("unable to connect to 127.0.0.1:1")


def test_unexpected_statuses_are_told_by_number() -> None:
    """Every status but the expected one is told, and connections that broke."""
    load = wrk.Load(9, 1.0, 2, {"200": 4, "201": 3, "500": 2})

    assert "3 times 201, 2 times 500, 2 broken" == load.unexpected(200)
    assert not wrk.Load(4, 1.0, 0, {"200": 4}).unexpected(200)


def test_missing_wrk_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without wrk nothing is measured, and the message says how to get it."""
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NotMeasuredError, match="apt-get install wrk"):
        wrk.run(1, [LIST], 1, 1, 0)


def test_every_create_has_a_name_of_its_own() -> None:
    """Run and number are part of the URL; a list has no body."""
    assert '{"url": "https://pos.example/7/3"}' == CREATE.filled("7", 3)
    assert LIST.filled("7", 3) is None


def test_missing_programs_are_named_with_their_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without nginx, Java and Node.js their servers are absent, and each says what to do."""

    def nowhere(_name: str, **_more: object) -> None:
        return None

    monkeypatch.setattr(shutil, "which", nowhere)
    monkeypatch.setattr(roster, "node", lambda: None)

    absent = {server.name: server.absent for server in roster.roster() if server.absent}

    assert {"nginx, fixed bytes", "Prism", "Scalar", "Mockoon", "WireMock"} == set(absent)
    assert "nginx is not on PATH; apt-get install nginx-light" == absent["nginx, fixed bytes"]


def test_peers_that_are_not_installed_say_how(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without node_modules every peer from npm is absent, and says what installs it."""
    monkeypatch.setattr(roster, "MODULES", tmp_path)
    monkeypatch.setattr(roster, "node", lambda: "node")

    prism = next(server for server in roster.roster() if server.name == roster.PRISM)

    assert prism.absent.endswith("npm ci --prefix benchmarks/peers")


def test_absent_server_is_not_started() -> None:
    """It raises its reason."""
    server = Server("x", "x", "", lambda _directory, _port: ["/nonexistent"], absent="no x here")

    with pytest.raises(StartError, match=r"^no x here$"), running(server):
        pass


def test_server_that_ends_is_told_with_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    """The reason names the code and no path; what the server said goes to the terminal."""
    program = "import sys; sys.exit('the port is taken')"
    server = Server("x", "x", "", lambda _directory, _port: [sys.executable, "-c", program])

    with pytest.raises(StartError, match=r"^it ended with code 1 at its start$"), running(server):
        pass

    assert "x: the port is taken" in capsys.readouterr().err


def test_children_of_a_child_end_with_the_block(tmp_path: Path) -> None:
    """What a started process started itself is ended too, even if it ignores being told to."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    grandchild = (
        "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"file = open({str(pipe)!r}, 'w'); print('up', file=file, flush=True);"
        "time.sleep(20); print('survived', file=file)"
    )
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"

    with started([sys.executable, "-c", child]):
        reader = pipe.open(encoding="utf-8")
        assert "up\n" == reader.readline()

    with reader:
        # Until every writer is gone.
        assert not reader.read()


def test_child_is_pinned_and_the_harness_is_not(tmp_path: Path) -> None:
    """A child gets the core that it is given; the harness keeps what it had."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    program = f"import os; print(os.sched_getaffinity(0), file=open({str(pipe)!r}, 'w'))"
    before = os.sched_getaffinity(0)
    _, core = cores()

    with started([sys.executable, "-c", program], core):
        written = pipe.read_text("utf-8")

    assert f"{{{core}}}\n" == written
    assert before == os.sched_getaffinity(0)


class Transport(asyncio.Transport):
    """Keeps what is written to it."""

    def __init__(self) -> None:
        """Begins with nothing written."""
        super().__init__()
        self.written = b""

    def write(self, data: bytes | bytearray | memoryview[Any]) -> None:
        """Keeps it."""
        self.written += bytes(data)


def deliver(path: str, arrived: list[Push]) -> bytes:
    """Return what a receiver answers to a push at once; the body comes in two parts."""
    transport = Transport()
    receiver = Receiver(arrived)
    receiver.connection_made(transport)
    receiver.data_received(f"POST {path} HTTP/1.1\r\nContent-Length: 20\r\n\r\n".encode())
    receiver.data_received(b'{"external')
    receiver.data_received(b'_id":"o1"}')
    return transport.written


def test_receiver_answers_at_once_and_notes_what_came() -> None:
    """A push to any path is taken with 200; its path and order are told afterwards."""
    arrived: list[Push] = []

    assert deliver("/fast/1", arrived).startswith(b"HTTP/1.1 200 OK\r\n")
    told = json.loads(arrivals(arrived).partition(b"\r\n\r\n")[2])
    assert [("/fast/1", "o1")] == [(each["path"], each["order"]) for each in told]


def test_receiver_that_is_dead_never_answers() -> None:
    """A push to /dead is noted and left without an answer."""
    arrived: list[Push] = []

    assert b"" == deliver("/dead/1", arrived)
    assert 1 == len(arrived)


def test_best_repetition_is_the_lowest() -> None:
    """A ratio compares the lowest repetitions of both, since load only ever adds."""
    assert 2 == figures.best([3, 2, 9])
    assert 4 == figures.ratio([9, 8], [2, 5])


def test_numbers_have_three_digits() -> None:
    """Large and small figures are as precise as each other."""
    assert ["0.0103", "0.270", "1.00", "30.3", "350", "15,100"] == [
        number(value) for value in (0.01029, 0.27, 1, 30.29, 350.4, 15_092)
    ]


def test_results_are_saved_and_loaded(tmp_path: Path) -> None:
    """What was measured is read back, rounded, with machine and versions."""
    figures.save(tmp_path, "million", {"seconds": 3}, [{"calls": 1, "resident_mb": 35.123456}])

    loaded = figures.load(tmp_path, "million")

    assert loaded is not None
    assert [{"calls": 1, "resident_mb": 35.12}] == loaded["figures"]
    assert {"mipos-mock", "Python"} <= set(loaded["versions"])
    assert str(tmp_path) not in (tmp_path / "million.json").read_text("utf-8")


def test_page_of_requests_compares_and_says_what_did_not_run(tmp_path: Path) -> None:
    """Each server has its best figures and its ratios; what is missing has its reason."""
    page = tables.page(write(tmp_path, every_part()))

    rows = [line for line in page.splitlines() if line.startswith("| ")]
    none = tables.NOTHING
    wanted = f"""\
| {roster.MOCK} | 60.0 | 80.0 | 70.0 | 2.00 / 2.50 / 2.00 | 0.100 / 0.100 / {none} | 16,700 |
| {roster.FIXED} | 30.0 | 32.0 | 35.0 | 1.00 / 1.00 / 1.00 | 0.0500 / 0.0400 / {none} | 33,300 |
| {roster.NGINX} | not run: nginx is not on PATH |  |  |  |  |  |
| Prism | 600 | 800 | answers 201 | 20.0 / 25.0 / {none} | 1.00 / 1.00 / {none} | 1,670 |
"""
    assert wanted.splitlines() == rows[2:6]
    assert "Measured 2020-01-31 on Test CPU, 2 cores, 24 GiB, Linux 6.1.0." in page


def test_page_says_which_targets_are_met(tmp_path: Path) -> None:
    """A figure under its target meets it, any other misses it."""
    page = tables.page(write(tmp_path, every_part()))

    assert [
        "- First answer under 0.4 s: met (0.300 s).",
        "- Memory then under 50 MB: met (40.5 MB).",
        "- Memory after the calls under 100 MB: **missed** (120 MB).",
    ] == [line for line in page.splitlines() if line.startswith("- ")]


def test_page_compares_receivers_by_their_medians(tmp_path: Path) -> None:
    """The ratio is to the case in which the other receiver answers at once."""
    page = tables.page(write(tmp_path, every_part()))

    assert "| a | never answers | 3.00 | 3.00 | 1.50 |" in page.splitlines()


def test_page_names_the_parts_that_were_not_measured(tmp_path: Path) -> None:
    """A part without results has the command that makes them."""
    page = tables.page(write(tmp_path, every_part()[:-1]))

    assert ["Not measured: `nox -s benchmarks -- --only million`."] == [
        line for line in page.splitlines() if line.startswith("Not measured")
    ]


def test_plots_of_the_same_results_are_the_same_bytes(
    drawn: dict[str, str], tmp_path: Path
) -> None:
    """Drawing again changes nothing, so that a changed plot means changed results."""
    again = {
        path.stem: path.read_text("utf-8") for path in plots.draw(write(tmp_path, every_part()))
    }

    assert set(plots.PLOTS) == set(drawn)
    assert drawn == again


def test_plots_say_when_it_was_measured_not_when_it_was_drawn(drawn: dict[str, str]) -> None:
    """Below each plot stands the machine; no plot has a date of its own."""
    for svg in drawn.values():
        assert "Measured 2020-01-31 on Test CPU" in svg
        assert "dc:date" not in svg


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("requests", {"µs a request, log scale"}),
        ("memory", {"MB"}),
        ("startup", {"seconds, log scale"}),
        ("growth", {"µs a call, log scale", "webhooks of the account, log scale"}),
        ("isolation", {"ms: ● median, | 95th percentile"}),
        ("million", {"MB", "calls, thousands"}),
    ],
)
def test_axes_of_plots_name_their_units(name: str, labels: set[str], drawn: dict[str, str]) -> None:
    """Every axis with figures says what they are and in which unit."""
    assert labels <= set(re.findall(r">([^<]*)</text>", drawn[name]))


def test_every_colour_of_a_plot_has_one_for_the_dark(drawn: dict[str, str]) -> None:
    """No text or mark stays dark on a dark page."""
    light = {colour.light for colour in style.COLOURS}

    for svg in drawn.values():
        rules, _, drawing = svg.partition("</style>")
        assert set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", drawing)) <= light
        assert all(f"fill: {colour.dark} " in rules for colour in style.COLOURS)


def test_all_text_of_a_plot_has_a_colour(drawn: dict[str, str]) -> None:
    """Text without a colour of its own would be black, also where the page is."""
    for svg in drawn.values():
        texts = re.findall(r"<text [^>]*>", svg)

        assert texts
        assert all("fill: #" in text for text in texts)


def test_committed_results_are_what_the_report_makes(tmp_path: Path) -> None:
    """Page and plots in the repository are those that its figures give."""
    committed = {path.name: path.read_bytes() for path in report.RESULTS.glob("*.*")}
    measured = {name: data for name, data in committed.items() if name.endswith(".json")}
    for name, data in measured.items():
        (tmp_path / name).write_bytes(data)

    made = {path.name: path.read_bytes() for path in report.write(tmp_path)}

    changed = [name for name, data in made.items() if data != committed.get(name)]
    assert not changed or not measured, f"run python -m benchmarks.report: {changed}"


def test_peers_are_pinned_and_their_lock_names_no_registry() -> None:
    """Each peer has one exact version, and the lock works with any registry or mirror."""
    wanted = json.loads((roster.PEERS / "package.json").read_text("utf-8"))["dependencies"]
    packages = json.loads((roster.PEERS / "package-lock.json").read_text("utf-8"))["packages"]

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert wanted == packages[""]["dependencies"]
    assert wanted == {name: packages[f"node_modules/{name}"]["version"] for name in wanted}
    assert not [name for name, package in packages.items() if "resolved" in package]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--only", "requests,speed"], "'speed' is no part: give some of requests,startup,"),
        (["--seconds", "0.5"], "'0.5' is no count: give a whole number from 1"),
        (["--repetitions", "0"], "'0' is no count: give a whole number from 1"),
    ],
)
def test_mistakes_on_the_command_line_are_explained(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names the value and what may stand there."""
    with pytest.raises(SystemExit):
        parser().parse_args(arguments)

    assert message in capsys.readouterr().err
