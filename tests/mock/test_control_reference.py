"""How the mock serves the reference of the API."""

from __future__ import annotations

import re
from importlib.resources import files
from urllib.parse import urljoin

import pytest

from mipos_mock.app import create_app
from mipos_mock.seed import fresh_state
from tests.mock.support import call

DOCS = files("mipos_mock.control") / "docs"
LOCAL = {"Host": "127.0.0.1:8080"}


@pytest.mark.parametrize(
    ("path", "file", "kind"),
    [
        ("/_mock/docs", "reference.html", "text/html"),
        ("/_mock/docs.css", "docs.css", "text/css"),
    ],
)
def test_the_reference_is_served(path: str, file: str, kind: str) -> None:
    """Each file has an address and its type, and may load nothing from elsewhere."""
    reply = call(create_app(fresh_state()), "GET", path, headers=LOCAL)

    assert (200, f"{kind}; charset=utf-8") == (reply.status, reply.headers["content-type"])
    assert (DOCS / file).read_bytes() == reply.body
    assert "default-src 'none'; style-src 'self'" in reply.headers["content-security-policy"]


def test_the_samples_call_the_mock_that_shows_them() -> None:
    """Whatever port it serves on, a sample that is copied from the page reaches it."""
    headers = {"Host": "localhost:18080"}
    page = call(create_app(fresh_state()), "GET", "/_mock/docs", headers=headers).body.decode()
    addresses = {
        address
        for sample in re.findall("<pre.*?</pre>", page, re.DOTALL)
        for address in re.findall(r"http://(?:127|local)[\w.:]*", sample)
    }

    assert {"http://localhost:18080"} == addresses
    assert "<code>http://127.0.0.1:8080</code>" in page


def test_a_slash_too_many_is_led_to_the_page() -> None:
    """Nobody is told that the reference does not exist, nor sees it without its style."""
    reply = call(create_app(fresh_state()), "GET", "/_mock/docs/", headers=LOCAL)

    assert (308, "../docs") == (reply.status, reply.headers["location"])


@pytest.mark.parametrize(("path", "link"), [("/_mock/", "docs"), ("/_mock/docs", "./")])
def test_the_console_and_the_reference_lead_to_each_other(path: str, link: str) -> None:
    """Whoever sees one of them finds the other."""
    headers = {**LOCAL, "Accept": "text/html"}
    app = create_app(fresh_state())
    page = call(app, "GET", path, headers=headers)
    other = call(app, "GET", urljoin(path, link), headers=headers)

    assert f'href="{link}"' in page.body.decode()
    assert (200, "text/html; charset=utf-8") == (other.status, other.headers["content-type"])


def test_every_file_of_the_reference_is_served() -> None:
    """Nothing is packed that nobody can ask for."""
    assert ["docs.css", "reference.html"] == sorted(each.name for each in DOCS.iterdir())


@pytest.mark.parametrize("headers", [{"Host": "attacker.example"}, {"Origin": "https://x.example"}])
def test_the_reference_is_for_the_same_readers_as_the_console(headers: dict[str, str]) -> None:
    """A page of another origin, and another name for this machine, are refused."""
    reply = call(create_app(fresh_state()), "GET", "/_mock/docs", headers={**LOCAL, **headers})

    assert 403 == reply.status


def test_the_reference_is_only_read() -> None:
    """Another method is none of it."""
    reply = call(create_app(fresh_state()), "DELETE", "/_mock/docs", headers=LOCAL)

    assert 404 == reply.status
