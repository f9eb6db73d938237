"""The inspections and surveys that somebody is to make (B7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hotline.domain.time import midnight
from hotline.services.open_matter import Holder, OpenMatter, OpenMatters
from hotline.storage.audit import AuditLog
from hotline.storage.projects.store import RoundStore
from hotline.storage.transaction import Transaction

#: More than anybody has.
_MOST = 10_000


def _find(tx: Transaction, holder: Holder) -> Iterator[OpenMatter]:
    if not holder.username:
        return
    for round in RoundStore(tx).tasks(holder.username, None, _MOST):
        yield OpenMatter("project_task", round.id or 0, f"{round.due_on}", midnight(round.due_on))


def _hand_over(tx: Transaction, matter: OpenMatter, to: Holder, now: datetime, by: str) -> None:
    RoundStore(tx).give(matter.id, to.username)
    AuditLog(tx).add(now, by, "project.give_task", f"project_round:{matter.id}", to.username)


MATTERS = OpenMatters(_find, _hand_over)
