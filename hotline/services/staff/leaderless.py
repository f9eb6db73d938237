"""Teams and departments that nobody leads since whoever led them has left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.reasons import Reason, because
from hotline.domain.staff.records import Team
from hotline.services.alerts import Stands
from hotline.services.staff.alert_kinds import NO_LEADER
from hotline.services.staff.view import Everybody, everybody, leader_now
from hotline.storage.transaction import Transaction


def leaderless(tx: Transaction, now: datetime) -> Iterator[Stands]:
    """How the alert on each team and department stands. One that never had a leader has none on purpose, and whoever is
    only away comes back: of these nothing is told."""
    known = everybody(tx, now)
    for unit in known.units.values():
        yield NO_LEADER, str(unit.id), _why(known, unit, now)


def _why(known: Everybody, unit: Team, now: datetime) -> Reason | None:
    left = known.named(unit.leader_id if unit.leader_id in known.gone else None)
    if not unit.active or left is None or leader_now(known, unit, now) is not None:
        return None
    return because("staff.nobody_leads", unit=unit.name, leader=left.name)
