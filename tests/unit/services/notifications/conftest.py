"""A site whose people are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotline.storage.transaction import Storage
from tests.support.notified import Told, told_site


@pytest.fixture
def told(tmp_path: Path, storage: Storage) -> Told:
    """On each kind of database."""
    return told_site(tmp_path, storage, '[web]\npublic_url = "https://h.example"\n')
