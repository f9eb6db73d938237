"""How long operators were paused on a day, by reason, beside what is allowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.operators.pauses import pauses_within
from hotline.domain.operators.push import Reader
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.time import midnight
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.staff.names import holders
from hotline.settings import Settings
from hotline.storage.operators.store import PresenceStore
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class OperatorPauses:
    """`seconds` by reason; `over`: the reasons with more than is allowed on a day."""

    extension: str
    name: str
    seconds: Mapping[str, float]
    over: frozenset[str]

    @property
    def total(self) -> float:
        return sum(self.seconds.values())


@dataclass(frozen=True, slots=True)
class DayOfPauses:
    """`reasons`: those of the settings, then what else there was; `rows`: the longest pauses first."""

    day: date
    reasons: Sequence[str]
    limits: Mapping[str, int]
    rows: Sequence[OperatorPauses]


def look_at_pauses(storage: Storage, settings: Settings, day: date, actor: Actor, now: datetime) -> DayOfPauses:
    """Whoever leads some sees these alone. An extension that passed to somebody else that day has a row for each of
    them (decision 27). The view is written down (F8). Raises Forbidden."""
    require_right(Act.WATCH_FLOOR, actor)
    since, until = midnight(day), min(midnight(day + timedelta(days=1)), max(now, midnight(day)))
    with storage.reading() as tx:
        changes = [*PresenceStore(tx).before(since), *PresenceStore(tx).changes(since, until)]
        known = holders(tx, settings)
    sums: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    reader = Reader(actor, floor=True)
    for pause in pauses_within(changes, since, until):
        if reader.follows((pause.extension,), pause.started_at):
            sums[pause.extension, known.name(pause.extension, pause.started_at)][pause.reason] += pause.seconds
    limits = settings.console.pause_minutes
    rows = [OperatorPauses(*who, seconds, _over(seconds, limits)) for who, seconds in sums.items()]
    note_look(storage, actor, now, "pauses.view", "pauses", day.isoformat())
    had = sorted({reason for row in rows for reason in row.seconds}.difference(settings.console.pause_reasons))
    by_length = sorted(rows, key=lambda row: (-row.total, row.extension))
    return DayOfPauses(day, [*settings.console.pause_reasons, *had], limits, by_length)


def _over(seconds: Mapping[str, float], limits: Mapping[str, int]) -> frozenset[str]:
    return frozenset(reason for reason, most in limits.items() if seconds.get(reason, 0) > most * 60)
