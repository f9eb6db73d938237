"""The open cases for which somebody is responsible (B7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.cases.case import CaseState
from hotline.services.cases.notification_kinds import CASE_GIVEN
from hotline.services.notifications.notify import notify
from hotline.services.open_matter import Holder, OpenMatter, OpenMatters
from hotline.services.staff.concerned import person_of_account
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Transaction

#: More than anybody has.
_MOST = 10_000


def _find(tx: Transaction, holder: Holder) -> Iterator[OpenMatter]:
    if not holder.username:
        return
    for case in CaseStore(tx).owned(holder.username, CaseState.OPEN, _MOST):
        yield OpenMatter("case", case.id or 0, case.number, None)


def _hand_over(tx: Transaction, matter: OpenMatter, to: Holder, now: datetime, by: str) -> None:
    CaseStore(tx).give(matter.id, to.username)
    person = person_of_account(tx, to.username)
    if person is not None and person.id is not None:
        notify(tx, [person.id], CASE_GIVEN, f"case:{matter.id}", now, case=matter.title)


MATTERS = OpenMatters(_find, _hand_over)
