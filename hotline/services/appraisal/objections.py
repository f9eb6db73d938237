"""People object to figures of their own; an examiner who has nothing to do with the month decides, and the decision
stands beside the figure. Granted, the item is left out of the card, or the declaration that the data is falsified is
taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hotline.domain.appraisal.evidence import words_given
from hotline.domain.appraisal.month import MonthState
from hotline.domain.appraisal.objection import Objection, ObjectionDecision
from hotline.domain.appraisal.scheme import FALSIFIED
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.ids import MAX_ID
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, may_ever
from hotline.services.access import require_right
from hotline.services.appraisal.apart import require_apart
from hotline.services.appraisal.cards import MonthCards, first_of, month_cards, name_of_month
from hotline.services.appraisal.months import about_card
from hotline.services.appraisal.notification_kinds import OBJECTION_DECIDED, OBJECTION_MADE
from hotline.services.notifications.notify import notify
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.audit import AuditLog
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


def object_to(
    storage: Storage, settings: Settings, first: date, item: str, reason: str, actor: Actor, now: datetime
) -> Objection:
    """To a figure of one's own, or ("falsified") to the declaration; each once. Raises Forbidden for who has no card in
    this month, Refused without a reason, for no such figure, or when the time is over, Conflict."""
    require_right(Act.OBJECT_TO_APPRAISAL, actor)
    month, words = name_of_month(first), words_given(reason, Refused("appraisal.why_objected", field="reason"))
    with storage.reading() as tx:
        found, own = month_cards(tx, settings, first, now), own_person(tx, actor)
        if own is None or own.id is None or own.id not in found.cards:
            raise Forbidden("appraisal.no_card")
        _require_objectionable(tx, found, own.id, item)
        until = objections_until(tx, settings, found, own.id)
        if until is not None and now > until:
            raise Refused("appraisal.objection_late", at=until)
    due = now + timedelta(days=settings.appraisal.decision_days)
    with storage.writing() as tx:
        if any(each.about == item for each in AppraisalStore(tx).objections(month, own.id)):
            raise Conflict("appraisal.objected")
        made = AppraisalStore(tx).object(Objection(month, own.id, item, words, actor.name, now, due))
        AuditLog(tx).add(now, actor.name, "appraisal.object", about_card(month, own.id), item)
        notify(tx, _examiners(tx, now), OBJECTION_MADE, about_card(month, own.id), now, month=month, due_at=due)
        return made


def decide(
    storage: Storage,
    settings: Settings,
    objection_id: int,
    decision: ObjectionDecision,
    note: str,
    actor: Actor,
    now: datetime,
) -> Objection:
    """With the reasons. Raises Forbidden (F5), NotFound, Refused, Conflict when it was decided already."""
    require_right(Act.DECIDE_OBJECTION, actor)
    words = words_given(note, Refused("appraisal.why_decided", field="note"))
    with storage.reading() as tx:
        found = AppraisalStore(tx).objection(objection_id) if objection_id <= MAX_ID else None
        if found is None:
            raise NotFound("appraisal.no_objection")
        cards = month_cards(tx, settings, first_of(found.month), now)
        require_apart(tx, Act.DECIDE_OBJECTION, actor, cards)
    with storage.writing() as tx:
        decided = replace(found, decision=decision, note=words, decided_by=actor.name, decided_at=now)
        if not AppraisalStore(tx).decide(decided):
            raise Conflict("appraisal.objection_decided")
        if found.about == FALSIFIED and decision is ObjectionDecision.GRANTED:
            for each in AppraisalStore(tx).falsified(found.month, found.person_id):
                AppraisalStore(tx).withdraw(each.id or 0, actor.name, now)
        object = about_card(found.month, found.person_id)
        AuditLog(tx).add(now, actor.name, "appraisal.decide", object, f"{found.about} {decision.value}")
        notify(tx, [found.person_id], OBJECTION_DECIDED, object, now, month=found.month, decision=decision.value)
        return decided


def objections_until(tx: Transaction, settings: Settings, found: MonthCards, person_id: int) -> datetime | None:
    """None while the month is not closed: as long as that lasts."""
    team = found.team_of(person_id)
    versions = AppraisalStore(tx).versions(found.month, team) if team is not None else []
    newest = versions[0] if versions else None
    if newest is None or newest.state is not MonthState.CLOSED or newest.closed_at is None:
        return None
    return newest.closed_at + timedelta(days=settings.appraisal.objection_days)


def _require_objectionable(tx: Transaction, found: MonthCards, person_id: int, item: str) -> None:
    """Raises Refused."""
    if item == FALSIFIED:
        if not AppraisalStore(tx).falsified(found.month, person_id):
            raise Refused("appraisal.not_falsified", field="item")
        return
    figure = next((each for each in found.cards[person_id].items if each.item.id == item), None)
    if figure is None or figure.value is None:
        raise Refused("appraisal.no_figure", field="item")


def _examiners(tx: Transaction, now: datetime) -> list[int]:
    """Who decides for everybody, and works here."""
    users = [each for each in UserStore(tx).all() if each.may_enter(now) and may_ever(Act.DECIDE_OBJECTION, each.roles)]
    people = (StaffStore(tx).person_of_user(each.id) for each in users if each.id is not None)
    return [each.id for each in people if each is not None and each.id is not None]
