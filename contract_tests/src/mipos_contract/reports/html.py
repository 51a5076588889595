"""The report as one HTML page that asks nothing of any network."""

from __future__ import annotations

import base64
import hashlib
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mipos_contract.reports import wording
from mipos_contract.reports.visible import visible

if TYPE_CHECKING:
    from mipos_contract.record import Record

_HERE = Path(__file__).resolve().parent
# From the outcome to the name of its colours, the sign before it, and the sign's path in a square
# of 24 units.
_LOOKS = {
    "passed": ("good", "M6.5 12.5l3.7 3.7L17.5 8.5"),
    "failed": ("bad", "M8 8l8 8M16 8l-8 8"),
    "interrupted": ("warn", "M9.5 7.5v9M14.5 7.5v9"),
}
_ICON_COLOURS = {"good": "#1a7f4b", "bad": "#b3261e", "warn": "#8a5a00"}


def render(record: Record, document: str) -> str:
    """Return the page.

    Args:
        record: the finished run.
        document: the text of `openapi.yaml`, which the page carries whole.
    """
    style = (_HERE / "contract.css").read_text(encoding="utf-8")
    script = (_HERE / "contract.js").read_text(encoding="utf-8")
    look, sign = _LOOKS.get(record.outcome, _LOOKS["failed"])
    return (
        environment()
        .get_template("contract.html.j2")
        .render(
            record=record,
            wording=wording,
            operations=[
                list(rows) for _, rows in groupby(record.rows, key=lambda row: row.operation)
            ],
            lines=document.removesuffix("\n").split("\n"),
            look=look,
            sign=sign,
            icon=_icon(look, sign),
            # Files of this package, the only texts that are not escaped.
            style=Markup(style),  # noqa: S704 - see above
            script=Markup(script),  # noqa: S704 - see above
            policy=_policy(style, script),
        )
    )


def environment() -> Environment:
    """Return what renders the template: every text is escaped, and made visible."""
    return Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )


def _finalize(value: object) -> object:
    # Every expression of the template comes by here, so that none can be forgotten.
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _policy(style: str, script: str) -> str:
    """Return a Content-Security-Policy under which this style and script run, and nothing loads."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _icon(look: str, sign: str) -> str:
    # Without an icon of its own, a browser asks the server for one.
    return "data:image/svg+xml," + quote(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
        f'<circle cx="12" cy="12" r="12" fill="{_ICON_COLOURS[look]}"/>'
        f'<path d="{sign}" fill="none" stroke="#fff" stroke-width="2.6"/></svg>'
    )
