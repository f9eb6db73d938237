"""What somebody has still to do for quality (E6): corrective actions, and calls that they are to examine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.examination.records import OPEN_STATES, Examination, ExaminationFilter, ExaminationState
from hotline.domain.time import minute_text
from hotline.services.examination.examinations import as_candidate, require_not_there
from hotline.services.examination.rights import examiner_who_may
from hotline.services.examination.told import tell_examiner
from hotline.services.open_matter import Holder, OpenMatter, OpenMatters
from hotline.storage.audit import AuditLog
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.transaction import Transaction

#: More than anybody has.
_MOST = 10_000
_EXAMINATION = "examination"


def _find(tx: Transaction, holder: Holder) -> Iterator[OpenMatter]:
    if holder.extension:
        now_theirs = [each for each in TenureStore(tx).search(extension=holder.extension) if each.until is None]
        for order in CorrectiveActionStore(tx).search(now_theirs, True, _MOST):
            if order.state in OPEN_STATES:
                yield OpenMatter("corrective_action", order.id or 0, order.text, order.due_at)
    # Whoever hands over a shift comes again and examines then; one of a calibration is nobody else's.
    if holder.username and holder.leaves_at is not None:
        theirs = ExaminationFilter(states=(ExaminationState.ASSIGNED,), examiner=holder.username)
        for each in ExaminationStore(tx).search(theirs, _MOST):
            if each.calibration_id is None:
                yield OpenMatter(_EXAMINATION, each.id or 0, minute_text(each.called_at), each.due_at)


def _hand_over(tx: Transaction, matter: OpenMatter, to: Holder, now: datetime, by: str) -> None:
    if matter.kind == _EXAMINATION:
        return _give_examination(tx, matter.id, to, now, by)
    order = CorrectiveActionStore(tx).by_id(matter.id)
    assert order is not None
    CorrectiveActionStore(tx).update(replace(order, extension=to.extension), order.state.value)


def _give_examination(tx: Transaction, examination_id: int, to: Holder, now: datetime, by: str) -> None:
    """To nobody where they may not examine it (F5, E5): it stands with those that a supervisor shares out."""
    found = ExaminationStore(tx).by_id(examination_id)
    assert found is not None
    examiner = to.username if _may_examine(tx, found, to.username, now) else ""
    given = replace(found, examiner=examiner, points={}, remark="", version=found.version + 1)
    if ExaminationStore(tx).update(given, found.version):
        AuditLog(tx).add(now, by, "examination.assign", f"examination:{examination_id}", examiner or "-")
        tell_examiner(tx, given, by, now)


def _may_examine(tx: Transaction, found: Examination, username: str, now: datetime) -> bool:
    """Nor what they have to examine themselves already."""
    try:
        examiner_who_may(tx, username, as_candidate(tx, found), now)
        require_not_there(tx, as_candidate(tx, found), username)
    except (Conflict, Forbidden, Refused):
        return False
    return True


MATTERS = OpenMatters(_find, _hand_over)
