"""A token is in nothing that a run leaves or says, whatever the server does with it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from html import escape as html_escape
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from mipos_mock.server import running
from tests.contract.suite import LIVE, WRITES, command, environment
from tests.contract.transport import Reply, Seen, html, on_reply, with_value

if TYPE_CHECKING:
    from pathlib import Path

    from mipos_mock.state import State

# With what JSON and URLs write otherwise.
TOKENS = {"alpha": 'Hush/1+2="quiet"', "beta": "Psst%41~\\still"}
REPORTS = ("contract.html", "contract.md", "contract.sarif", "contract.xml")


def secretive_state() -> State:
    """Return the mock's state with tokens that stand nowhere else."""
    state = fresh_state()
    for name, token in TOKENS.items():
        state.accounts[name].token = token
    return state


def forms(token: str) -> set[str]:
    """Return how a token may be written."""
    escaped = json.dumps(token)[1:-1]
    return {
        *(token, escaped, escaped.replace("/", "\\/")),
        *(quote(token), quote(token, safe=""), html_escape(token)),
    }


def traces(text: str) -> list[str]:
    """Return the tokens that a text holds in any form."""
    return [form for token in TOKENS.values() for form in forms(token) if form in text]


def as_it_is(_seen: Seen, reply: Reply) -> Reply:
    """Answer as documented."""
    return reply


def in_the_body(seen: Seen, reply: Reply) -> Reply:
    """Repeat the header in a message."""
    if reply.status == 409:
        return with_value(reply, {"message": [seen.headers["authorization"]], "data": None})
    return reply


def in_a_list(seen: Seen, reply: Reply) -> Reply:
    """Repeat the header in another shape, which the client stumbles over too."""
    if seen.path == "webhooks" and reply.status == 200:
        return with_value(reply, {seen.headers["authorization"]: reply.value})
    return reply


def in_a_page(seen: Seen, reply: Reply) -> Reply:
    """Repeat the header on an error page, and in its headers."""
    header = seen.headers.get("authorization", "")
    if "Hush" in header and seen.path == "create":
        page = f"<html>{html_escape(header)} {quote(header)}</html>"
        return replace(html(500), raw=page.encode(), headers={"x-echo": header})
    return reply


@pytest.mark.parametrize("arguments", [(), ("-vv", "--tb=long", "-rA", "-s")], ids=["", "verbose"])
@pytest.mark.parametrize("leak", [as_it_is, in_the_body, in_a_list, in_a_page])
def test_no_token_is_left_or_said(tmp_path: Path, leak: object, arguments: tuple[str, ...]) -> None:
    """Output, reports, Hypothesis's files: all are read."""
    app = on_reply(create_app(secretive_state()), leak)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType] - one of the four above
    with running(app) as base_url:
        variables = {
            **LIVE,
            **WRITES,
            "MIPOS_ACCESS_TOKEN": TOKENS["alpha"],
            "MIPOS_OTHER_ACCESS_TOKEN": TOKENS["beta"],
            "MIPOS_BASE_URL": base_url,
            "TMPDIR": str(tmp_path),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        }
        finished = subprocess.run(  # noqa: S603 - the command is ours
            command("--reports", "reports", *arguments),
            cwd=tmp_path,
            env=environment(variables),
            capture_output=True,
            text=True,
            check=False,
        )

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert (0 if leak is as_it_is else 1) == finished.returncode, finished.stdout
    assert {*REPORTS, "summary.md"} == {path.name for path in files}
    assert [] == traces(finished.stdout + finished.stderr)
    assert {} == {path.name: found for path in files if (found := traces(path.read_text("utf-8")))}


def test_a_trace_is_found() -> None:
    """The search knows the token as it is, in JSON and in a URL."""
    token = TOKENS["alpha"]

    assert [] != traces(f"x{token}y")
    assert [] != traces(json.dumps({"token": token}))
    assert [] != traces(f"?token={quote(token, safe='')}")
    assert [] == traces("Bearer ***")
