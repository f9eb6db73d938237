"""Whom an examination concerns is told what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from hotline.domain.examination.records import Appeal, CorrectiveAction, Examination, SampleDraw
from hotline.domain.notifications.kind import NotificationKind
from hotline.domain.reasons import Value
from hotline.domain.staff.records import Person
from hotline.services.examination import notification_kinds as kinds
from hotline.services.notifications.notify import notify
from hotline.services.staff.concerned import person_at, person_of_account
from hotline.storage.transaction import Transaction


def tell_result(tx: Transaction, examination: Examination, now: datetime) -> None:
    """The operator whose call it was, once they may see it."""
    if examination.is_published:
        operator = person_at(tx, examination.extension, examination.called_at, now)
        _tell(tx, operator, kinds.EXAMINED, f"my_result:{examination.id}", now)


def tell_decision(tx: Transaction, examination: Examination, appeal: Appeal, now: datetime) -> None:
    """Whoever appealed."""
    appealed = person_of_account(tx, appeal.appealed_by)
    decision = appeal.decision.value if appeal.decision else ""
    _tell(tx, appealed, kinds.APPEAL_DECIDED, f"my_result:{examination.id}", now, decision=decision)


def tell_order(tx: Transaction, order: CorrectiveAction, now: datetime) -> None:
    operator = person_at(tx, order.extension, order.issued_at, now)
    _tell(tx, operator, kinds.CORRECTION_ORDERED, f"my_order:{order.id}", now, due_at=order.due_at)


def tell_order_again(tx: Transaction, order: CorrectiveAction, now: datetime) -> None:
    operator = person_at(tx, order.extension, order.issued_at, now)
    _tell(tx, operator, kinds.CORRECTION_REPEATED, f"my_order:{order.id}", now, due_at=order.due_at)


def tell_drawn(tx: Transaction, draw: SampleDraw, shares: Mapping[str, int], now: datetime) -> None:
    """Each examiner once, but for whoever drew. `shares`: how many calls each has of it, by user name."""
    for username, count in shares.items():
        if username != draw.drawn_by:
            examiner = person_of_account(tx, username)
            _tell(tx, examiner, kinds.DRAW_GIVEN, f"drawn:{draw.id}", now, count=count, week=draw.period)


def tell_examiner(tx: Transaction, examination: Examination, by: str, now: datetime) -> None:
    """Unless they took it themselves."""
    if examination.examiner != by:
        _tell(
            tx,
            person_of_account(tx, examination.examiner),
            kinds.EXAMINATION_GIVEN,
            f"examination:{examination.id}",
            now,
        )


def _tell(
    tx: Transaction, person: Person | None, kind: NotificationKind, object: str, now: datetime, **values: Value
) -> None:
    if person is not None and person.id is not None:
        notify(tx, [person.id], kind, object, now, once=None, **values)
