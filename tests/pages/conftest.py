"""The browser of the tests of pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser import chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One a file of tests; each test has its own context, as another person at another machine."""
    with chromium() as running:
        yield running
