"""The discs of this machine: what lies on them of ours, what is free, and how long that lasts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from hotline.domain.calendar import local_day
from hotline.domain.people import Actor
from hotline.domain.retention.reconciliation import TREND_DAYS, Trend, trend
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.backups import archive
from hotline.services.backups.making import existing
from hotline.services.backups.place import Place
from hotline.services.machine.speech_models import SpeechModels
from hotline.storage.retention.store_checks import StoreCheckStore


class What(StrEnum):
    RECORDINGS = "recordings"
    DATABASE = "database"
    BACKUPS = "backups"
    MODELS = "models"


@dataclass(frozen=True, slots=True)
class Lying:
    """`bytes` None: it does not lie on this machine, or nobody has counted it yet."""

    what: What
    folder: Path
    bytes: int | None


@dataclass(frozen=True, slots=True)
class Disc:
    """One file system with what lies on it of ours. `full_on`: by the trend of the last weeks; `known`: whether there
    is one yet."""

    free: int
    total: int
    lying: Sequence[Lying]
    full_on: date | None = None
    known: bool = False
    bytes_a_day: float = 0.0

    def days_left(self, today: date) -> int | None:
        return (self.full_on - today).days if self.full_on else None


def see_discs(place: Place, models: SpeechModels, actor: Actor, now: datetime) -> list[Disc]:
    """By what lies on them: recordings first. Raises Forbidden."""
    require_right(Act.CHANGE_SETTINGS, actor)
    node = place.settings.site.node
    with place.storage.reading() as tx:
        checks = StoreCheckStore(tx).since(now - timedelta(days=TREND_DAYS), node)
    latest = max(checks, key=lambda each: each.at, default=None)
    lying = list(_lying(place, models, latest.stored_bytes if latest else None))
    # The trend is that of the disc on which recordings lie.
    return list(_discs(lying, trend(checks, local_day(now))))


def _lying(place: Place, models: SpeechModels, recordings: int | None) -> Iterator[Lying]:
    yield Lying(What.RECORDINGS, place.home.recordings, recordings)
    yield Lying(What.DATABASE, place.home.root, place.database.bytes)
    backups = sum(each.size for each in archive.stored(place.folder))
    yield Lying(What.BACKUPS, place.folder, backups)
    yield Lying(What.MODELS, place.home.models, sum(each.bytes for each in models.found()))


def _discs(lying: Sequence[Lying], known: Trend | None) -> Iterator[Disc]:
    by_disc: dict[int, list[Lying]] = {}
    for each in lying:
        by_disc.setdefault(existing(each.folder).stat().st_dev, []).append(each)
    for together in by_disc.values():
        usage = shutil.disk_usage(existing(together[0].folder))
        disc = Disc(usage.free, usage.total, together)
        if known is not None and any(each.what is What.RECORDINGS for each in together):
            disc = Disc(usage.free, usage.total, together, known.full_on, True, known.bytes_a_day)
        yield disc
