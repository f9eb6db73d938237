"""Whoever has the duty mobile, as somebody who is told of something."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from hotline.domain.numbers import same_number
from hotline.services.line.duty import MOMENT, duty_shifts
from hotline.settings import Settings
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def _on_duty(tx: Transaction, settings: Settings, now: datetime) -> Collection[int]:
    """Those of us whose mobile is one of a shift of now."""
    numbers = [
        number
        for shift in duty_shifts(tx, settings, now, now + MOMENT, now=now)
        for number in shift.numbers
        if shift.covers(now)
    ]
    return [
        person.id or 0
        for person in StaffStore(tx).all()
        if any(same_number(person.mobile, number) for number in numbers)
    ]


AUDIENCES = {"duty": _on_duty}
