"""The browser of the tests of pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import chromium


@pytest.fixture(scope="session")
def running_browser() -> Iterator[Browser]:
    """One a process of tests."""
    with chromium(light=True) as running:
        yield running


@pytest.fixture(scope="module")
def browser(running_browser: Browser) -> Iterator[Browser]:
    """In it nobody is left of the file of tests before; each test has its own context, as another person at another
    machine."""
    yield running_browser
    for context in running_browser.contexts:
        context.close()
