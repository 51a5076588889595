"""How the console is served: the files of its page."""

from __future__ import annotations

import re
from importlib.resources import files

from mipos_mock.app import create_app
from mipos_mock.scenarios import SCENARIOS
from mipos_mock.seed import fresh_state
from tests.mock.support import call

PAGE = files("mipos_mock.control") / "page"
LOCAL = {"Host": "127.0.0.1", "Accept": "text/html"}


def test_every_file_of_the_page_is_served() -> None:
    """Each file has an address and its type, and none may load anything from elsewhere."""
    app = create_app(fresh_state())
    types = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
    for file in PAGE.iterdir():
        name = "" if file.name == "console.html" else file.name
        reply = call(app, "GET", f"/_mock/{name}", headers=LOCAL)
        kind = types[file.name.partition(".")[2]]

        assert (200, f"{kind}; charset=utf-8") == (reply.status, reply.headers["content-type"])
        assert file.read_bytes() == reply.body
        assert "default-src 'none'; script-src 'self'" in reply.headers["content-security-policy"]


def test_every_module_exists() -> None:
    """What a script imports is a file of the page."""
    imported = {
        name
        for file in PAGE.iterdir()
        for name in re.findall(r'from "\./([^"]+)"', file.read_text("utf-8"))
    }

    assert imported
    assert set() == imported - {file.name for file in PAGE.iterdir()}


def test_without_a_browser_the_index_is_json() -> None:
    """Only a client that takes HTML gets the page."""
    reply = call(create_app(fresh_state()), "GET", "/_mock/", headers={"Host": "127.0.0.1"})

    assert "GET /_mock/state" in reply.json["routes"]


def test_every_scenario_is_offered() -> None:
    """The form has the scenarios that there are, in their order."""
    page = (PAGE / "console.html").read_text("utf-8")
    _, _, rest = page.partition('<select name="scenario">')

    assert list(SCENARIOS) == re.findall('value="([^"]+)"', rest.partition("</select>")[0])
