"""A visit is planned: in the transaction of what it is owed for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hotline.domain import numbers
from hotline.domain.customers.customer import Customer
from hotline.domain.outbox import OutboxEntry
from hotline.domain.text import one_line
from hotline.domain.visits.planned import NewVisit, way_of
from hotline.domain.visits.visit import VISIT, Ending, Visit, VisitState, VisitWay
from hotline.domain.workflow import Step
from hotline.services import outbox_topics as topics
from hotline.services.dialling.permission import people_at, will_of
from hotline.services.visits.clock import due_of, keep_clocks
from hotline.services.visits.questions import pinned
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.customers.store import CustomerStore
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Transaction
from hotline.storage.visits.search_entry import keep_entry
from hotline.storage.visits.store import VisitStore
from hotline.storage.workflow import StepStore

#: As steps and audit log name what is done by itself.
BY_ITSELF = "system"


def plan(tx: Transaction, settings: Settings, new: NewVisit, by: str, now: datetime) -> Visit | None:
    """With its clock; who makes it, the job `visits` finds within a minute unless `new` says it. Of a customer who
    wants to be asked by no way at all (E3) it is kept as not wanted. None when one of its key was planned before, or
    when nobody can be reached: neither number nor customer is known. `by`: as steps and audit log name who plans."""
    people = people_of(tx, new)
    draft = replace(_draft(settings, new, people, by, now), questionnaire=pinned(tx, new.questionnaire))
    if not draft.number and draft.customer_id is None:
        return None
    way = way_for(settings, draft, people)
    due, unmoved = due_of(settings, draft)
    draft = replace(draft, way=way or draft.way, due_at=due, unmoved_at=unmoved)
    if way is None:
        draft = replace(draft, state=VisitState.DROPPED, ending=Ending.NOT_WANTED, closed_at=now, closed_by=by)
    planned = VisitStore(tx).add(draft)
    if planned is None:
        return None
    keep_clocks(tx, settings, [planned], now)
    note(tx, planned, "plan", None, by, now)
    AuditLog(tx).add(now, by, "visit.plan", f"{VISIT}:{planned.id}", planned.origin.value)
    return planned


def people_of(tx: Transaction, wanted: NewVisit | Visit) -> list[Customer]:
    """E10: all whose number it is or who called from it, and the customer it is for."""
    found = people_at(tx, wanted.number)
    known = {each.id for each in found}
    own = CustomerStore(tx).by_ids([wanted.customer_id]) if wanted.customer_id is not None else []
    return [*(each for each in own if each.id not in known), *found]


def way_for(settings: Settings, visit: Visit, people: list[Customer]) -> VisitWay | None:
    """E3: by which way they may be asked; None for not at all."""
    by_sms = bool(settings.sms.gateway) and numbers.is_mobile(visit.number)
    by_mail = any(each.mail for each in people)
    return way_of(visit.way, will_of(people), by_sms, by_mail)


def note(
    tx: Transaction,
    visit: Visit,
    act: str,
    before: VisitState | None,
    by: str,
    now: datetime,
    given: dict[str, str] | None = None,
) -> None:
    """Whatever is done to a visit stands among its steps, is found, and is told to who listens."""
    step: Step[VisitState] = Step(act, before, visit.state, by, now, given or {})
    StepStore(tx).add(VISIT, visit.id or 0, step)
    keep_entry(tx, visit)
    Outbox(tx).add([OutboxEntry(topics.VISIT, {"id": visit.id, "what": act, "at": now.isoformat()}, now)])


def _draft(settings: Settings, new: NewVisit, people: list[Customer], by: str, now: datetime) -> Visit:
    """Its due time is worked out of the rest."""
    theirs = next((each for each in people if each.id == new.customer_id), None)
    number = new.number or next(iter(sorted(theirs.whole_numbers)) if theirs else iter(()), numbers.NO_NUMBER)
    named = theirs or (people[0] if len(people) == 1 else None)
    return Visit(
        origin=new.origin,
        begins_at=new.begins_at,
        planned_at=now,
        due_at=new.begins_at,
        subject_id=new.subject_id,
        purpose=one_line(new.purpose),
        customer_id=new.customer_id if new.customer_id is not None else (named.id if named else None),
        name=one_line(new.name) or (named.name if named else ""),
        number=number,
        line=new.line,
        way=new.way,
        planned_by=by,
        days=settings.visits.days if new.days is None else new.days,
        due_by=new.due_by,
        not_before=new.not_before,
        visitor=new.visitor,
        assigned_at=now if new.visitor else None,
        barred=new.barred,
        about=new.about,
        weight=new.weight,
        key=new.key,
    )
