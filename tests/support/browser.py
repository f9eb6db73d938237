"""A real Chromium for tests of pages, driven by Playwright; and what no page of ours may do in it."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from hotline.settings.home import TREE

SCREENSHOTS = TREE / "var" / "screenshots"

#: The smallest screen that operators work at.
DESK: ViewportSize = {"width": 1366, "height": 768}

_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-gpu",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    "--mute-audio",
)


def program_and_flags() -> tuple[str, list[str]]:
    """Debian's Chromium, or whichever is on the path. Raises FileNotFoundError without one."""
    names = (os.environ.get("HOTLINE_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), None)
    if not program:
        raise FileNotFoundError("chromium is needed for the tests of pages (apt-get install chromium)")
    return program, [*_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def light_program() -> str:
    """The same engine of the same version without the window, the omnibox and the services around it, which cost as
    much as a page does whenever somebody new comes; the whole browser where there is none (decision 87)."""
    named = os.environ.get("HOTLINE_HEADLESS_SHELL", "chromium-headless-shell")
    return shutil.which(named) or program_and_flags()[0]


@functools.cache
def engine() -> Playwright:
    """Playwright, which a process may start only once; it ends with the process."""
    started = sync_playwright().start()
    expect.set_options(timeout=20_000)  # a slow machine is no failure
    atexit.register(started.stop)
    return started


@contextmanager
def chromium(light: bool = False) -> Iterator[Browser]:
    """A browser without sound; `light`: for pages alone. Raises FileNotFoundError when none is installed."""
    program, flags = program_and_flags()
    browser = engine().chromium.launch(executable_path=light_program() if light else program, args=flags)
    try:
        yield browser
    finally:
        browser.close()


@dataclass
class Watched:
    """A page, and what went wrong in it: errors of scripts, broken policy, failed or foreign requests."""

    page: Page
    own: str
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("request", lambda request: self._request(request.url))

    def _console(self, message: ConsoleMessage) -> None:
        # A status of 4xx that a test asks for is shown as an error too; it is no fault of the page.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text}")

    def _request(self, url: str) -> None:
        if not url.startswith((self.own, "data:", "blob:")):
            self.problems.append(f"request to elsewhere: {url}")

    def dress(self, language: str, theme: str, width: int) -> None:
        """As somebody has chosen it; a desk's height, or a telephone's where it is narrow."""
        cookies = {"language": language, "theme": theme}
        self.page.context.add_cookies([{"name": n, "value": v, "url": self.own} for n, v in cookies.items()])
        self.page.set_viewport_size({"width": width, "height": 768 if width > 1000 else 844})

    def shot(self, name: str, full: bool = True) -> Path:
        """A picture into var/screenshots, to be looked at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path, full_page=full)
        return path


@contextmanager
def watched_page(browser: Browser, own: str, **options: Any) -> Iterator[Watched]:
    """A new visitor's page, at the desk's size; fails at the end when anything went wrong in it."""
    usual: dict[str, Any] = {"viewport": DESK, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "base_url": own}
    context = browser.new_context(**{**usual, **options})
    try:
        watched = Watched(context.new_page(), own)
        yield watched
        assert watched.problems == []
    finally:
        context.close()


def follow(wanted: Locator) -> None:
    """Click what leads to another page, and wait until that one stands: `click` alone returns on the page before."""
    with wanted.page.expect_navigation():
        wanted.click()


def tab_to(page: Page, wanted: Locator) -> None:
    """By the tabulator alone, from wherever the page stands; fails where it cannot be reached so."""
    expect(wanted).to_have_count(1)
    for _press in range(250):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by the tabulator")


def choose_by_keyboard(page: Page, select: Locator, words: str) -> None:
    """The option with these words, by the arrow keys."""
    tab_to(page, select)
    places = "(each, words) => [...each.options].findIndex(one => one.label.includes(words)) - each.selectedIndex"
    for _press in range(select.evaluate(places, words)):
        page.keyboard.press("ArrowDown")
    expect(select.locator("option:checked")).to_contain_text(words)
