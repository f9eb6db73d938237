"""A web application for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.web import Web, a_web


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


@pytest.fixture(scope="module")
def any_web(tmp_path_factory: pytest.TempPathFactory) -> Web:
    """One for many examples, which change nothing in it."""
    return a_web(tmp_path_factory.mktemp("any"))
