"""Chromium, to look at pages as their readers do.

The browser is the one that npm carries, unpacked into a directory of the caller, or else one that
is installed. Playwright's event loop stays the thread's own while it runs, so a browser is closed
before tests that call `asyncio.run` begin: scope a fixture to a module, not to a session.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, cast
from urllib.parse import urlsplit

from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Generator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

ROOT = Path(__file__).resolve().parents[1]
AXE = Path("node_modules/axe-core/axe.min.js")
PHONE = (360, 740)
DESKTOP = (1280, 900)

_PACKAGE = Path("node_modules/@sparticuz/chromium")
_UNPACK = "import chromium from '@sparticuz/chromium'; console.log(await chromium.executablePath())"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_REMEDY = "install the packages of package-lock.json (npm ci), or Chromium (it must be on PATH)"


class BrowserError(Exception):
    """There is no browser that can be used. The text says what to do about it."""


class _Node(TypedDict):
    target: list[str]


class _Violation(TypedDict):
    id: str
    help: str
    nodes: list[_Node]


def executable(directory: Path, root: Path = ROOT) -> Path:
    """Return the browser to run.

    Args:
        directory: where npm's browser is unpacked, some 210 MB; the caller removes it.
        root: of the repository, where `node_modules` is.

    Raises:
        BrowserError: there is none.
    """
    on_linux = (sys.platform, platform.machine()) == ("linux", "x86_64")
    if on_linux and (root / _PACKAGE).is_dir():
        return _unpacked(directory, root)
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise BrowserError(
            f"no browser: neither {root / _PACKAGE} nor any of {', '.join(_NAMES)}; {_REMEDY}"
        )
    return Path(found)


def _unpacked(directory: Path, root: Path) -> Path:
    node = shutil.which("node")
    if node is None:
        raise BrowserError(f"no `node` on PATH to unpack {root / _PACKAGE}; {_REMEDY}")
    done = subprocess.run(  # noqa: S603 - the program is ours
        [node, "--input-type=module", "--eval", _UNPACK],
        cwd=root,
        env={**os.environ, "TMPDIR": str(directory)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BrowserError(f"{root / _PACKAGE} cannot be unpacked; {_REMEDY}: {done.stderr}")
    return Path(done.stdout.strip())


@contextmanager
def launched(path: Path) -> Generator[Browser]:
    """Run a browser.

    Raises:
        BrowserError: it does not start.
    """
    with sync_playwright() as playwright:
        try:
            # Root, which a container often runs as, has no sandbox to offer.
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            raise BrowserError(f"{path} does not start; {_REMEDY}: {error}") from None
        try:
            yield browser
        finally:
            browser.close()


@dataclass(slots=True)
class Visit:
    """A page that was opened, and what it did that a reader does not see.

    Attributes:
        page: to act upon.
        complaints: errors and warnings on the console, and uncaught exceptions.
        outside: addresses that were asked for and are not the page's own; none of them is reached.
    """

    page: Page
    complaints: list[str] = field(default_factory=list[str])
    outside: list[str] = field(default_factory=list[str])

    def violations(self) -> list[str]:
        """Return what axe finds wrong for readers with disabilities: the rule and the elements.

        A page with a Content-Security-Policy must have been opened with `bypass_policy`.
        """
        self.page.evaluate((ROOT / AXE).read_text("utf-8"))
        result: object = self.page.evaluate("async () => (await axe.run()).violations")
        return [
            f"{each['id']}: {each['help']}: "
            + ", ".join(" ".join(node["target"]) for node in each["nodes"])
            for each in cast("list[_Violation]", result)
        ]

    def overflow(self) -> int:
        """Return by how many CSS pixels the page is wider than the window."""
        width: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return width


@contextmanager
def visit(  # noqa: PLR0913 - the last four are independent, and rarely given
    browser: Browser,
    url: str,
    *,
    scheme: Literal["dark", "light"] = "light",
    size: tuple[int, int] = DESKTOP,
    scripts: bool = True,
    bypass_policy: bool = False,
) -> Generator[Visit]:
    """Open a page in a profile of its own.

    Args:
        browser: to open it in.
        url: of the page, `file:` or `http:`. What has its origin is its own; beside a `file:`
            page, only that file is.
        scheme: the colours that the reader prefers.
        size: of the window, in CSS pixels.
        scripts: whether the reader lets scripts run.
        bypass_policy: whether to ignore the page's Content-Security-Policy, for `violations`.
    """
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        reduced_motion="reduce",
        java_script_enabled=scripts,
        bypass_csp=bypass_policy,
    )
    try:
        seen = Visit(context.new_page())
        seen.page.on("console", lambda message: _note_console(seen, message))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.route("**/*", lambda route, request: _pass_own(seen, url, route, request))
        seen.page.goto(url)
        yield seen
    finally:
        context.close()


def _note_console(seen: Visit, message: ConsoleMessage) -> None:
    if message.type in {"error", "warning"}:
        seen.complaints.append(f"{message.type}: {message.text}")


def _pass_own(seen: Visit, url: str, route: Route, request: Request) -> None:
    if _is_own(request.url, url):
        route.continue_()
    else:
        seen.outside.append(request.url)
        route.abort()


def _is_own(asked: str, page: str) -> bool:
    target, own = urlsplit(asked), urlsplit(page)
    if target.scheme in {"about", "blob", "data"}:
        return True
    if own.scheme == "file":
        return (target.scheme, target.path) == ("file", own.path)
    return (target.scheme, target.netloc) == (own.scheme, own.netloc)
