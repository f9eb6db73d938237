"""The recordings' store as the settings want it."""

from __future__ import annotations

from pathlib import Path

from hotline.services.ports_store import RecordingFiles
from hotline.settings.store import Store
from recordings.files import FolderFiles


def make_files(settings: Store, folder: Path) -> RecordingFiles:
    """`folder`: where this machine's own files lie, and all of them when no other store is set."""
    return FolderFiles(folder)
