"""How a person is related to a visit, and so what they may do with it (hotline.domain.rights.acts)."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.errors import Forbidden, NotFound
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.reasons import because
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.visits.visit import Visit
from hotline.services.cases.facts import acts_for, person_of
from hotline.storage.transaction import Transaction
from hotline.storage.visits.store import VisitStore

_REASONS = {Act.MAKE_VISIT: because("visits.made_by"), Act.TAKE_VISIT: because("visits.taken_already")}
_OTHERWISE = because("visits.not_yours")


def read_visit(tx: Transaction, visit_id: int, actor: Actor) -> Visit:
    """That of a complaint about whoever asks is not there for them. Raises NotFound."""
    visit = VisitStore(tx).by_id(visit_id) if is_id(visit_id) else None
    if visit is None or (visit.about and visit.about == actor.name):
        raise NotFound("visits.no_visit")
    return visit


def ties_to_visit(tx: Transaction, visit: Visit, actor: Actor, now: datetime) -> frozenset[Tie]:
    """OWNS: it is theirs to make, or that of somebody away for whom they act."""
    if not visit.visitor:
        return frozenset({Tie.FREE})
    led = frozenset({Tie.LED}) if visit.visitor in actor.led.usernames else frozenset()
    owns = visit.visitor == actor.name or acts_for(tx, visit.visitor, actor, person_of(tx, actor), now)
    return led | {Tie.OWNS} if owns else led


def require_for_visit(tx: Transaction, act: Act, visit: Visit, actor: Actor, now: datetime) -> None:
    """Raises Forbidden, which says why not."""
    if not may(act, actor.roles, ties_to_visit(tx, visit, actor, now)):
        raise Forbidden.of(_REASONS.get(act, _OTHERWISE))


def may_for_visit(tx: Transaction, visit: Visit, actor: Actor, now: datetime) -> frozenset[Act]:
    """What they may do with it while it is open."""
    ties = ties_to_visit(tx, visit, actor, now)
    acts = (Act.MAKE_VISIT, Act.TAKE_VISIT, Act.ASSIGN_VISIT, Act.DROP_VISIT, Act.SEND_VISIT_LINK)
    return frozenset(act for act in acts if visit.is_open and may(act, actor.roles, ties))
