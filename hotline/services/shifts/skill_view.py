"""Who knows which ring group, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.skill import SkillLevel
from hotline.services.access import require_right
from hotline.services.shifts.skills import known_queues
from hotline.settings import Settings
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class Skilled:
    person_id: int
    name: str
    queues: Mapping[str, SkillLevel]


def see_skills(storage: Storage, settings: Settings, actor: Actor) -> Sequence[Skilled]:
    """Everybody who works here, by name. Raises Forbidden."""
    require_right(Act.PLAN_SHIFTS, actor)
    with storage.reading() as tx:
        known = known_queues(tx, settings)
        return [Skilled(each.id or 0, each.name, known.get(each.id or 0, {})) for each in StaffStore(tx).all()]
