"""The trials of other people's tools: what is expected stands in docs, and a surprise is told."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from scripts import consumers, downgrade
from scripts.consuming import callers, roster, table
from scripts.consuming.bench import Bench, FailureError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scripts.consuming.roster import Consumer


def works(_bench: Bench) -> None:
    """Do nothing, with success."""


def breaks(_bench: Bench) -> None:
    """Fail.

    Raises:
        FailureError: always.
    """
    raise FailureError("the planted defect")


def one(attempt: Callable[[Bench], None], *, fails: bool) -> tuple[Consumer, ...]:
    """Return a roster of one consumer."""
    return (roster.Consumer("planted", ("typescript",), "nothing", attempt, fails=fails),)


def test_the_page_says_what_is_expected() -> None:
    """The committed table is that of the roster, its pins and its expected results."""
    expected = {each.name: [not each.fails] * 2 for each in roster.CONSUMERS}

    assert table.page(expected) == consumers.PAGE.read_text("utf-8")


def test_a_failure_has_its_reason() -> None:
    """Whatever must fail has a note beside it, and no name stands twice."""
    names = [each.name for each in roster.CONSUMERS]

    assert [] == [each.name for each in roster.CONSUMERS if each.fails and not each.note]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    ("attempt", "fails", "expected"),
    [
        (works, False, []),
        (breaks, True, []),
        (
            breaks,
            False,
            ["planted on 3.1: the planted defect", "planted on 3.0: the planted defect"],
        ),
        (
            works,
            True,
            [f"planted on {each}: works now: drop `fails` from its entry" for each in (3.1, 3.0)],
        ),
    ],
)
def test_only_a_surprise_is_told(
    tmp_path: Path, attempt: Callable[[Bench], None], *, fails: bool, expected: list[str]
) -> None:
    """A consumer that fails or works against expectation is named with the reason."""
    results, surprises = consumers.try_all(one(attempt, fails=fails), tmp_path)

    assert expected == surprises
    assert {"planted": [attempt is works] * 2} == results


def test_another_result_changes_the_page(tmp_path: Path) -> None:
    """The page is written, and told of once: the same results leave it as it is."""
    path = tmp_path / "consumers.md"
    results = {each.name: [True, False] for each in roster.CONSUMERS}

    first, second = (consumers.settle(results, path) for _ in range(2))

    assert "consumers.md said otherwise" in first
    assert not second
    assert "| works | fails |" in path.read_text("utf-8")


def test_another_document_fails_a_consumer(tmp_path: Path) -> None:
    """The second contract tester notices a document that the mock does not keep."""
    text = downgrade.DOCUMENT.read_text("utf-8")
    start = text.index("URL of the webhook, as it was registered.")
    broken = text[:start] + text[start:].replace("type: string", "type: integer", 1)
    path = tmp_path / "openapi.yaml"
    path.write_text(broken, "utf-8")
    (tmp_path / "work").mkdir()

    with pytest.raises(FailureError, match="schema check"):
        callers.respect(Bench(path, tmp_path / "work"))


def test_only_what_prism_says_of_answers_counts() -> None:
    """The suite sends what is not valid on purpose; an answer that is not valid is a defect."""
    request = "[VALIDATOR] ✖ error Violation: request.body.url Request body property url must be"
    answer = "[VALIDATOR] ✖ error Violation: response.body Response body must be array"

    assert [answer] == callers.complaints(f"{request}\n{answer}\n")


def test_a_tool_that_fails_is_a_failure(tmp_path: Path) -> None:
    """What a tool printed before it failed is in the message."""
    with pytest.raises(FailureError, match="ended with 3: no such thing"):
        Bench(downgrade.DOCUMENT, tmp_path).run(
            sys.executable, "-c", "print('no such thing'); raise SystemExit(3)"
        )


def test_a_tool_that_is_missing_is_a_failure(tmp_path: Path) -> None:
    """A program that is not installed is named."""
    with pytest.raises(FailureError, match="no-such-tool"):
        Bench(downgrade.DOCUMENT, tmp_path).run("no-such-tool")


def test_a_server_that_ends_is_a_failure(tmp_path: Path) -> None:
    """A server that does not come up is not waited for."""
    bench = Bench(downgrade.DOCUMENT, tmp_path)

    with (
        pytest.raises(FailureError, match="does not listen"),
        bench.serving(sys.executable, "-c", "raise SystemExit"),
    ):
        pass


def test_a_package_without_a_pin_is_refused() -> None:
    """No version is made up, and the text says what pins one."""
    with pytest.raises(LookupError, match="nox -s lock"):
        roster.version("no-such-package")


def test_an_unknown_name_is_one_message() -> None:
    """The names that there are follow the one that is none."""
    done = subprocess.run(
        [sys.executable, "scripts/consumers.py", "cobol"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert 2 == done.returncode
    assert done.stderr.startswith("consumers: 'cobol' is none of openapi-typescript, ")
    assert "Traceback" not in done.stderr
