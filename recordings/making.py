"""The recordings' store as the settings want it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

from hotline.services.recordings.files import OpenFile, RecordingFiles, StoredFile
from hotline.settings.store import Store
from recordings.files import FolderFiles


def make_files(settings: Store, folder: Path) -> RecordingFiles:
    """`folder`: where this machine's own files lie, and all of them when no other store is set."""
    here = FolderFiles(folder)
    if not settings.url:
        return here
    from recordings.s3 import S3Files  # what it imports is only there for those who use it

    return HereAndAway(here, S3Files(settings))


class HereAndAway:
    """Fulfils RecordingFiles: what is kept goes away; what waits here, or was kept here before, is found too."""

    def __init__(self, here: RecordingFiles, away: RecordingFiles) -> None:
        self._here, self._away = here, away

    def put(self, source: Path, path: str) -> None:
        self._away.put(source, path)

    @contextmanager
    def open(self, path: str) -> Iterator[OpenFile]:
        with ExitStack() as closing:
            try:
                opened = closing.enter_context(self._here.open(path))
            except FileNotFoundError:
                opened = closing.enter_context(self._away.open(path))
            yield opened

    def remove(self, path: str) -> bool:
        gone_here, gone_away = self._here.remove(path), self._away.remove(path)
        return gone_here or gone_away

    def walk(self, folder: str = "") -> Iterator[StoredFile]:
        yield from self._here.walk(folder)
        yield from self._away.walk(folder)

    def lies_beside(self, folder: Path, path: str) -> bool:
        return self._away.lies_beside(folder, path)

    def sweep(self, before: datetime) -> int:
        return self._here.sweep(before) + self._away.sweep(before)


class FilesInForce:
    """Fulfils RecordingFiles by the store that is in force: another one that is decided is used from the next act on.
    Its key may change so while recordings are taken in."""

    def __init__(self, store: Callable[[], Store], folder: Path) -> None:
        self._store, self._folder = store, folder
        self._made: tuple[Store, RecordingFiles] | None = None

    def put(self, source: Path, path: str) -> None:
        self._now().put(source, path)

    def open(self, path: str) -> AbstractContextManager[OpenFile]:
        return self._now().open(path)

    def remove(self, path: str) -> bool:
        return self._now().remove(path)

    def walk(self, folder: str = "") -> Iterator[StoredFile]:
        return self._now().walk(folder)

    def lies_beside(self, folder: Path, path: str) -> bool:
        return self._now().lies_beside(folder, path)

    def sweep(self, before: datetime) -> int:
        return self._now().sweep(before)

    def _now(self) -> RecordingFiles:
        wanted, made = self._store(), self._made
        if made is None or made[0] != wanted:
            made = self._made = (wanted, make_files(wanted, self._folder))
        return made[1]
