"""What waits of the monthly appraisal: objections for who decides, signed months for who closes."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.appraisal.months import ties_to_team
from hotline.services.staff.people import own_person
from hotline.services.waiting import Waiting
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


def _appraisal(tx: Transaction, actor: Actor, now: datetime) -> int:
    return _objections(tx, actor) + _to_close(tx, actor, now)


def _objections(tx: Transaction, actor: Actor) -> int:
    if not may(Act.DECIDE_OBJECTION, actor.roles, {Tie.UNHANDLED}):
        return 0
    own = own_person(tx, actor)
    return AppraisalStore(tx).objections_open(own.id if own is not None and own.id is not None else 0)


def _to_close(tx: Transaction, actor: Actor, now: datetime) -> int:
    if may(Act.CLOSE_APPRAISAL, actor.roles):
        return AppraisalStore(tx).to_close(None)
    if not may(Act.CLOSE_APPRAISAL, actor.roles, {Tie.LED}):
        return 0
    teams = [each.id for each in StaffStore(tx).teams() if each.id is not None]
    led = [each for each in teams if Tie.LED in ties_to_team(tx, each, actor, now)]
    return AppraisalStore(tx).to_close(led) if led else 0


WAITING = Waiting(counts_at={"appraisal": _appraisal})
