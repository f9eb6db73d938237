"""Files that stand with a case: what a customer sent, a scanned signature, a department's report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.retention.privacy import KeptCall
from hotline.domain.rights.acts import Act
from hotline.services.attached import AttachedTo
from hotline.services.cases.facts import CASE, read_theirs, ties_of
from hotline.services.record_rights import require
from hotline.storage.transaction import Transaction


def _require_see(tx: Transaction, case_id: int, actor: Actor, now: datetime) -> None:
    """Whoever may read it, and files at all: who audits it knows that there is something."""
    case = read_theirs(tx, case_id, actor)
    ties = ties_of(tx, case, actor, now)
    require(Act.READ_CASES, actor, ties)
    require(Act.READ_ATTACHMENTS, actor, ties)


def _require_add(tx: Transaction, case_id: int, actor: Actor, now: datetime) -> None:
    case = read_theirs(tx, case_id, actor)
    require(Act.ADD_TO_CASE, actor, ties_of(tx, case, actor, now))


def _of_call(call: KeptCall) -> Iterable[int]:
    """They go with the case, which need not have a call (hotline.services.cases.personal)."""
    return ()


ATTACHED = AttachedTo(CASE, _require_see, _require_add, _of_call)
