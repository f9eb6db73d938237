"""Whoever visits sends a link instead of calling, or gives it otherwise (E3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.errors import NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, because
from hotline.domain.rights.acts import Act
from hotline.domain.visits.visit import Visit, VisitWay
from hotline.services.looks import note_look
from hotline.services.visit_links.sending import make_answer_link, missing
from hotline.services.visits.asking import require_open, write
from hotline.services.visits.interest import require_no_interest
from hotline.services.visits.planning import note, people_of
from hotline.services.visits.rights import require_for_visit
from hotline.settings import Settings
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.visits.store import VisitStore

#: In the order in which they are offered.
WAYS = (VisitWay.SMS, VisitWay.MAIL, VisitWay.LINK)


@dataclass(frozen=True, slots=True)
class OfferedLinks:
    """By way, why it is not to be had; None where it is."""

    visit: Visit
    ways: Mapping[VisitWay, Reason | None]


def offered(storage: Storage, settings: Settings, visit_id: int, actor: Actor, now: datetime) -> OfferedLinks:
    """Raises Forbidden, NotFound, Conflict when it is closed."""
    with storage.reading() as tx:
        visit = _theirs(tx, visit_id, actor, now)
        found = OfferedLinks(visit, {way: _why_not(tx, settings, visit, way) for way in WAYS})
    note_look(storage, actor, now, "visit_link.view", f"visit:{visit_id}")
    return found


def send_by(storage: Storage, settings: Settings, visit_id: int, way: VisitWay, actor: Actor, now: datetime) -> str:
    """From now on its customer is asked by this way; the job sends the link. One that is given otherwise is the answer,
    and is shown once; "" else. Raises Forbidden, NotFound, Conflict, Refused where the way is not to be had."""
    with storage.writing() as tx:
        visit = _theirs(tx, visit_id, actor, now)
        why_not = _why_not(tx, settings, visit, way)
        if way not in WAYS or why_not is not None:
            raise Refused.of(why_not or because("visit_links.no_way"))
        changed = replace(visit, way=way, next_try_at=None)
        write(tx, changed)
        note(tx, changed, "change_way", visit.state, actor.name, now, {"way": way.value})
        if way is not VisitWay.LINK:
            return ""
        return make_answer_link(tx, settings, visit, actor.name, now).url


def _theirs(tx: Transaction, visit_id: int, actor: Actor, now: datetime) -> Visit:
    visit = VisitStore(tx).by_id(visit_id) if is_id(visit_id) else None
    if visit is None or (visit.about and visit.about == actor.name):
        raise NotFound("visits.no_visit")
    require_for_visit(tx, Act.SEND_VISIT_LINK, visit, actor, now)
    require_no_interest(tx, visit, actor, now)
    require_open(visit)
    return visit


def _why_not(tx: Transaction, settings: Settings, visit: Visit, way: VisitWay) -> Reason | None:
    if (lacks := missing(settings, way)) is not None:
        return lacks
    if way is VisitWay.SMS and not numbers.is_mobile(visit.number):
        return because("visit_links.no_mobile")
    if way is VisitWay.MAIL and not any(each.mail for each in people_of(tx, visit)):
        return because("visit_links.no_address")
    return None
