"""What the simulated carrier's Asterisk is given."""

from __future__ import annotations

from pathlib import Path

from hotline.settings import Home, load_settings
from hotline.simulate.carrier import SHARED_FILES, shared_files


def test_the_files_that_it_shares_with_the_hotlines_are_rendered(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.create()
    settings = load_settings(home, {})
    files = shared_files(settings)
    assert set(files) == set(SHARED_FILES)
    assert not [name for name, text in files.items() if "{{" in text or "{%" in text]
    assert f"atxfernoanswertimeout = {settings.duty.ring_seconds + 5}" in files["features.conf"]
