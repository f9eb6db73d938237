"""Whom something of one of our people is told besides them: who leads them, else whoever supervises."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.rights.given import ESCALATED_TO
from hotline.services.notifications.audiences import persons_of
from hotline.services.staff.concerned import leaders_of
from hotline.settings import Settings
from hotline.storage.transaction import Transaction


def overseers_of(tx: Transaction, settings: Settings, person_id: int, now: datetime) -> list[int]:
    """Persons, never themselves."""
    found = leaders_of(tx, person_id, now) or persons_of(tx, settings, ESCALATED_TO, now)
    return [each for each in found if each != person_id]
