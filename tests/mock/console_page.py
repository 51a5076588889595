"""What the tests of the console share: a mock, and acting on its page in a browser."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tests.browser import DESKTOP, Visit, visit
from tests.mock.receiver import PATIENCE, receiving, stored
from tests.mock.support import ALPHA, CREATE, fetch

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from playwright.sync_api import Browser, Locator, Page

    from tests.mock.receiver import Receiver, Script

Scheme = Literal["dark", "light"]

WIDE_PHONE = (390, 844)
"""A window of today's usual phone, in CSS pixels."""

_REFUSALS = "Failed to load resource"  # the browser's own note on every answer of 4xx or 5xx


@dataclass(frozen=True)
class Mock:
    """A mock behind an address."""

    url: str

    def control(self, method: str, path: str, values: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401 - a JSON value can be anything
        """Sends a request to the control interface and returns the answer."""
        return fetch(self.url, method, f"/_mock/{path}", json.dumps(values or {}).encode()).json

    def platform(
        self, method: str, path: str, values: Mapping[str, object], authorization: str = ALPHA
    ) -> int:
        """Sends a request as a POS and returns the status of the answer."""
        body = json.dumps(values).encode() if values else b""
        return fetch(self.url, method, path, body, authorization).status

    def place(self, **values: object) -> Any:  # noqa: ANN401 - a JSON value can be anything
        """Places an order and returns it."""
        return self.control("POST", "orders", values)

    @contextmanager
    def heard(self, script: Script = stored, kind: str = "ORDER") -> Generator[Receiver]:
        """Runs a receiver whose address is a webhook of alpha."""
        with receiving(script) as receiver:
            assert 201 == self.platform("POST", CREATE, {"url": receiver.url, "type": kind})
            yield receiver


@dataclass(frozen=True)
class Console:
    """The console in a browser."""

    seen: Visit

    @property
    def page(self) -> Page:
        """The page."""
        return self.seen.page

    @property
    def complaints(self) -> list[str]:
        """What the page complained of, without the browser's own notes on refused requests."""
        return [text for text in self.seen.complaints if _REFUSALS not in text]

    @property
    def focus(self) -> str:
        """What has the focus: its accessible name, else its text."""
        text: str = self.page.evaluate(
            "(document.activeElement.ariaLabel ?? document.activeElement.innerText)"
        )
        return " ".join(text.split())

    def button(self, name: str) -> Locator:
        """The button with exactly a name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def entry(self, *texts: str) -> Locator:
        """The rows of the timeline with some texts."""
        return self._rows("#entries > li", texts)

    def order(self, *texts: str) -> Locator:
        """The rows of orders with some texts."""
        return self._rows("#orders > li", texts)

    def push(self, *texts: str) -> Locator:
        """The rows of pushes with some texts."""
        return self._rows("#pushes > li", texts)

    def fault(self, *texts: str) -> Locator:
        """The rows of faults with some texts."""
        return self._rows("#faults > li", texts)

    def told(self, form: str, *, text: str) -> str:
        """What a form says, once it says something with a text."""
        place = self.page.locator(f"{form} .told").filter(has_text=text)
        place.wait_for()
        return place.inner_text()

    def details(self) -> Locator:
        """The dialog with the details, once it is open."""
        dialog = self.page.locator("#details[open]")
        dialog.wait_for()
        return dialog

    def live(self) -> None:
        """Returns once the timeline is connected."""
        self.page.locator("#connection[data-is=live]").wait_for()

    def _rows(self, selector: str, texts: tuple[str, ...]) -> Locator:
        found = self.page.locator(selector)
        for text in texts:
            found = found.filter(has_text=text)
        return found


@contextmanager
def opened(  # noqa: PLR0913 - the last four are independent, and rarely given
    browser: Browser,
    url: str,
    *,
    scheme: Scheme = "light",
    size: tuple[int, int] = DESKTOP,
    bypass_policy: bool = False,
    connected: bool = True,
) -> Generator[Console]:
    """Opens the console of a mock.

    Args:
        browser: To open it in.
        url: The address of the mock, perhaps with a fragment.
        scheme: The colours that the reader prefers.
        size: Of the window, in CSS pixels.
        bypass_policy: Whether to ignore the page's policy, which axe needs.
        connected: Whether to wait until the timeline is connected.
    """
    base, mark, fragment = url.partition("#")
    address = f"{base}/_mock/{mark}{fragment}"
    with visit(browser, address, scheme=scheme, size=size, bypass_policy=bypass_policy) as seen:
        seen.page.set_default_timeout(PATIENCE * 1000)
        console = Console(seen)
        if connected:
            console.live()
        yield console
