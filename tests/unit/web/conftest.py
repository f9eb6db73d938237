"""A web application for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from hotline.services.accounts import passwords
from tests.support.web import Web, a_web


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> None:
    """Real argon2, at a cost that lets a hundred people sign in within seconds."""
    passwords._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture
def web(tmp_path: Path) -> Web:
    return a_web(tmp_path)


@pytest.fixture(scope="module")
def any_web(tmp_path_factory: pytest.TempPathFactory) -> Web:
    """One for many examples, which change nothing in it."""
    return a_web(tmp_path_factory.mktemp("any"))
