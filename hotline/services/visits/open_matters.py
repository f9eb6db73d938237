"""The visits that somebody has not made yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hotline.domain.visits.visit import VISIT
from hotline.services.open_matter import Holder, OpenMatter, OpenMatters
from hotline.services.visits.interest import interested
from hotline.services.visits.planning import note
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore


def _find(tx: Transaction, holder: Holder) -> Iterator[OpenMatter]:
    if not holder.username:
        return
    for visit in VisitStore(tx).open_with(holder.username):
        yield OpenMatter(VISIT, visit.id or 0, visit.purpose or str(visit.id), visit.due_at)


def _hand_over(tx: Transaction, matter: OpenMatter, to: Holder, now: datetime, by: str) -> None:
    """Who had to do with it does not get it (E5): it is shared out anew."""
    visit = VisitStore(tx).by_id(matter.id)
    assert visit is not None
    given = to.username if to.username not in interested(tx, visit, now) else ""
    passed_on = replace(
        visit, visitor=given, assigned_at=now if given else None, call_at=visit.call_at if given else None
    )
    VisitStore(tx).save(passed_on)
    note(tx, passed_on, "assign", visit.state, by, now, {"to": given} if given else {})


MATTERS = OpenMatters(_find, _hand_over)
