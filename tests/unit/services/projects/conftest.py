"""What the tests of projects share."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.settings import Home, Settings
from hotline.settings.load import load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Those that are shipped."""
    return load_settings(Home(tmp_path / "none"), environment={})
