"""The speech models of this machine, as pages see to them."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hotline.domain.errors import Conflict
from hotline.services.machine.speech_models import BrokenModel, FoundModel
from recordings.speech import models


@dataclass(frozen=True, slots=True)
class SiteModels:
    """Fulfils hotline.services.machine.speech_models.SpeechModels. `folder`: where they lie."""

    folder: Path

    def found(self) -> list[FoundModel]:
        return [FoundModel(each.name, each.size_bytes) for each in models.installed(self.folder)]

    def broken(self) -> list[BrokenModel]:
        return [BrokenModel(name, why) for name, why in models.broken(self.folder)]

    def install(self, archive: Path, sha256: str) -> FoundModel:
        with self._alone():
            made = models.install(str(archive), self.folder, sha256=sha256)
        return FoundModel(made.name, made.size_bytes)

    def remove(self, name: str) -> None:
        with self._alone():
            models.remove(self.folder, name)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two at once would fill the disk twice."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Conflict("machine.models_busy") from None
            yield
