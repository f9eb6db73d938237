"""What waits of examinations: for who examines, and for whose calls were examined."""

from __future__ import annotations

from hotline.domain.examination.records import CorrectiveActionState, ExaminationFilter, ExaminationState
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.waiting import Waiting
from hotline.storage.examination.corrective_actions import CorrectiveActionStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.transaction import Transaction


def _assigned(tx: Transaction, actor: Actor) -> int:
    """Theirs to examine."""
    if not may_ever(Act.EXAMINE, actor.roles):
        return 0
    return ExaminationStore(tx).count(ExaminationFilter(states=(ExaminationState.ASSIGNED,), examiner=actor.name))


def _appeals(tx: Transaction, actor: Actor) -> int:
    """Open ones of results that another examiner gave."""
    return ExaminationStore(tx).appeals_waiting(actor.name) if may_ever(Act.DECIDE_APPEAL, actor.roles) else 0


def _mended(tx: Transaction, actor: Actor) -> int:
    """Corrective actions that are done and to be checked."""
    if not may_ever(Act.RECTIFY, actor.roles):
        return 0
    return CorrectiveActionStore(tx).count(None, (CorrectiveActionState.DONE,))


def _own_results(tx: Transaction, actor: Actor) -> int:
    """Results of their own calls that they have not opened, and corrective actions that they have to mend."""
    if not actor.had:
        return 0
    unseen = ExaminationStore(tx).count(ExaminationFilter(had=actor.had, published=True, unseen=True))
    open_ones = (CorrectiveActionState.ISSUED, CorrectiveActionState.REPEATED)
    return unseen + CorrectiveActionStore(tx).count(actor.had, open_ones)


WAITING = Waiting(
    {"examinations": _assigned, "appeals": _appeals, "corrective_actions": _mended, "own_results": _own_results}
)
