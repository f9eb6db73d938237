"""Who knows which ring group, and how well: what is entered here, else what the settings let an operator sign in to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hotline.domain.both_changed import both_changed, touched
from hotline.domain.errors import Outdated, Refused
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.shifts.skill import SkillLevel
from hotline.services.access import require_right
from hotline.services.shifts.plan import person_here
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.one_at_a_time import one_at_a_time
from hotline.storage.shifts.skills import SkillStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.transaction import Storage, Transaction


def known_queues(tx: Transaction, settings: Settings) -> dict[int, Mapping[str, SkillLevel]]:
    """By person. Of whom nothing is entered, an operator of the settings knows the queues that signing in puts them
    into."""
    found: dict[int, Mapping[str, SkillLevel]] = {
        each.person_id: dict.fromkeys(
            settings.operators[each.extension].queues or tuple(settings.queues), SkillLevel.KNOWS
        )
        for each in TenureStore(tx).search()
        if each.until is None and each.extension in settings.operators
    }
    return {**found, **SkillStore(tx).all()}


def say_skills(
    storage: Storage,
    settings: Settings,
    person_id: int,
    typed: Mapping[str, int],
    shown: Mapping[str, int],
    actor: Actor,
    now: datetime,
) -> None:
    """`typed`: by ring group, 0 for not at all; `shown`: what whoever typed had before them. What is entered for
    somebody takes the place of what the settings say of them. Raises Forbidden, Refused, and Outdated where somebody
    else has changed the same meanwhile."""
    require_right(Act.PLAN_SHIFTS, actor)
    for queue, level in typed.items():
        if queue not in settings.queues:
            raise Refused("shifts.no_queue", field="queue", got=queue[:40])
        if level not in range(4):
            raise Refused("shifts.no_level", field="level")
    with storage.writing() as tx:
        person = person_here(tx, person_id, now)
        one_at_a_time(tx, f"skills {person_id}")
        usual = known_queues(tx, settings).get(person_id, {})
        kept = {queue: int(usual.get(queue, 0)) for queue in typed}
        if both := both_changed(shown, typed, kept):
            raise Outdated("shifts.skills_changed", queues=tuple(settings.queues[each].name for each in both))
        changes = touched(shown, typed, kept)
        if changes and person_id not in SkillStore(tx).all():
            for known, level_there in usual.items():
                SkillStore(tx).put(person_id, known, level_there)
        for queue, level in changes.items():
            SkillStore(tx).put(person_id, queue, SkillLevel(level) if level else None)
            AuditLog(tx).add(now, actor.name, "skill.change", f"person:{person.id}", f"{queue}: {level}")
