"""Whose deadline comes near or is over is told so, and then who leads them (B6: reminder, escalation); each once for
each moment at which it is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from hotline.domain.deadlines.kept import KeptDeadline
from hotline.domain.notifications.kind import NotificationKind
from hotline.domain.rights.given import ESCALATED_TO
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notification_kinds import DEADLINE_NEAR, DEADLINE_OVER, ESCALATION
from hotline.services.notifications.notify import notify
from hotline.services.staff.concerned import leaders_of
from hotline.settings import Settings
from hotline.storage.transaction import Transaction

#: Persons by the thing's id; things that nobody has are left out.
Owners = Mapping[int, int]


def tell_near(
    tx: Transaction,
    object: str,
    kept: Sequence[KeptDeadline],
    owners: Owners,
    now: datetime,
    otherwise: Sequence[int] = (),
) -> None:
    """`object`: the kind of thing, as it leads to the owner's page of it. `otherwise`: whom it concerns where nobody
    has the thing."""
    _tell(tx, DEADLINE_NEAR, object, kept, lambda each: _owner(owners, each, otherwise), now)


def tell_over(
    tx: Transaction,
    object: str,
    kept: Sequence[KeptDeadline],
    owners: Owners,
    now: datetime,
    otherwise: Sequence[int] = (),
) -> None:
    _tell(tx, DEADLINE_OVER, object, kept, lambda each: _owner(owners, each, otherwise), now)


def escalate(
    tx: Transaction, settings: Settings, object: str, kept: Sequence[KeptDeadline], owners: Owners, now: datetime
) -> None:
    """To who leads the owner; to the supervisors where nobody does, or nobody has it."""
    supervisors = supervisors_of(tx, settings, now)

    def next_up(each: KeptDeadline) -> Sequence[int]:
        owner = owners.get(each.object_id)
        return (leaders_of(tx, owner, now) if owner is not None else []) or supervisors

    _tell(tx, ESCALATION, object, kept, next_up, now)


def supervisors_of(tx: Transaction, settings: Settings, now: datetime) -> list[int]:
    """To whom it goes where nobody has a thing, or nobody leads whoever has it."""
    return persons_of(tx, settings, ESCALATED_TO, now)


def _tell(
    tx: Transaction,
    kind: NotificationKind,
    object: str,
    kept: Sequence[KeptDeadline],
    to: Callable[[KeptDeadline], Sequence[int]],
    now: datetime,
) -> None:
    for each in kept:
        due = each.due_at.isoformat(timespec="seconds") if each.due_at else ""
        once = f"{each.clock}:{each.object_id}:{due}:{kind.name}"
        notify(tx, to(each), kind, f"{object}:{each.object_id}", now, once=once, what=each.clock, due_at=each.due_at)


def _owner(owners: Owners, kept: KeptDeadline, otherwise: Sequence[int]) -> Sequence[int]:
    owner = owners.get(kept.object_id)
    return otherwise if owner is None else [owner]
