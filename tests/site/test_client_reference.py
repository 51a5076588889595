"""The client's reference has what its users meet, with the texts of its docstrings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mipos_client
from mipos_client import messages, pushes
from scripts.site.client_reference import groups
from scripts.site.conf import restructured

if TYPE_CHECKING:
    from tests.site.support import Page


def test_every_public_name_is_shown(pages: dict[str, Page]) -> None:
    """What the package, its pushes and its messages offer has an anchor on the page."""
    named = {name.rpartition(".")[2] for names in groups().values() for name in names}
    shown = {each.rpartition(".")[2] for each in pages["client-reference.html"].ids}
    public = {name for name in mipos_client.__all__ if not name.startswith("_")}

    assert set() == public - named
    assert set() == set(pushes.__all__) - named
    assert set() == set(messages.__all__) - named
    assert set() == named - shown


def test_calls_are_shown_with_what_they_take_and_raise(pages: dict[str, Page]) -> None:
    """A method has its arguments, its value, its errors and its example."""
    page = pages["client-reference.html"]

    assert "mipos_client.api.webhooks.Webhooks.create" in page.ids
    assert "url \N{EN DASH} URL of the POS that will receive the requests." in page.text
    assert "ConflictError \N{EN DASH} The status is 409." in page.text
    assert "The webhook was created." in page.text
    assert '>>> mipos.webhooks.create(url="https://pos.example/orders")' in page.text


def test_docstrings_in_markdown_are_made_into_restructured_text() -> None:
    """Single backticks mark code, and an indented block at the top is one."""
    lines = ["Ask for `x`.", "", "    code(`a`)", "", "Args:", "    y: A ``z``.", "", "    More."]

    assert [
        *("Ask for ``x``.", "", "::", "", "    code(``a``)", ""),
        *("Args:", "    y: A ``z``.", "", "    More."),
    ] == restructured(lines)
