"""What the tests of visits share."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.settings import Home, Settings
from hotline.settings.load import load_settings
from hotline.storage.transaction import Storage
from tests.support.cases import Desk, a_desk
from tests.support.sample_calls import MONDAY_TEN


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those that are shipped."""
    return load_settings(Home(tmp_path / "none"), environment={})


@pytest.fixture
def desk(storage: Storage, settings: Settings) -> Desk:
    return a_desk(storage, settings, MONDAY_TEN)
