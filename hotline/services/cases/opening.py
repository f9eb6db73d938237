"""The one door by which cases are opened: from a record, a call, a callback, a page, by any employee or by a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.cases.case import CaseKind, CaseState, Channel, Complexity, Priority, ServiceCase
from hotline.domain.cases.field_values import read_given
from hotline.domain.cases.kind import OPEN, Kind
from hotline.domain.cases.severity import MOST, severity
from hotline.domain.errors import NotFound, WrongFields
from hotline.domain.numbers import NO_NUMBER, Number
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.text import clean
from hotline.domain.workflow import Step
from hotline.services.access import require_right
from hotline.services.cases.after import after_step
from hotline.services.cases.facts import read_theirs
from hotline.services.cases.kinds import kind_to_open
from hotline.services.cases.whose_it_is import first_owner
from hotline.services.record_rights import require_for_form
from hotline.services.recordings.transcription import hurry
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.calls import CaseCall, CaseCallStore
from hotline.storage.cases.duplicates import DuplicateStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.forms.store import FormStore
from hotline.storage.transaction import Storage, Transaction

#: What spreads furthest by its nature (D6, F4).
_WIDE = frozenset({Channel.MEDIA, Channel.AUTHORITY})


@dataclass(frozen=True, slots=True)
class NewCase:
    """What a case is opened with. `form_id`: of the record it is opened from, whose caller and call it has; else
    `customer_id` and `number` say whose it is, and nobody's is possible. `call`: (node, linkedid). `about`: the user
    name of whom it is a complaint. `values`: the kind's fields."""

    kind: str
    title: str
    content: str = ""
    form_id: int | None = None
    call: tuple[str, str] | None = None
    customer_id: int | None = None
    number: Number = NO_NUMBER
    subject: str = ""
    region: str = ""
    channel: Channel = Channel.HOTLINE
    priority: Priority = Priority.USUAL
    complexity: Complexity = Complexity.SIMPLE
    about: str = ""
    parent_id: int | None = None
    values: Mapping[str, str] = field(default_factory=dict, hash=False)


def open_case(storage: Storage, settings: Settings, new: NewCase, actor: Actor, now: datetime) -> ServiceCase:
    """With the next number of the day. Who opens it is responsible for it (B7), unless it is about them. Raises
    NotFound, WrongFields, Refused for a kind that is not opened, Forbidden."""
    with storage.writing() as tx:
        if new.form_id is not None:
            form = FormStore(tx).by_id(new.form_id)
            if form is None:
                raise NotFound("forms.no_form", id=new.form_id)
            require_for_form(tx, Act.OPEN_CASE, form, actor, now)
        else:
            require_right(Act.ADD_CASE, actor)
        if new.parent_id is not None:
            read_theirs(tx, new.parent_id, actor)
        return add_case(tx, settings, new, actor.name, actor.name, now)


def add_case(tx: Transaction, settings: Settings, new: NewCase, by: str, owner: str, now: datetime) -> ServiceCase:
    """For whoever has looked that it may be opened. `by`: as steps and audit log name who opens it; `owner`: a user
    name, "" for nobody yet. Raises NotFound, WrongFields, Refused."""
    kind = kind_to_open(tx, new.kind, now)
    title = clean(new.title, several_lines=False).strip()
    if not title:
        raise WrongFields({"title": "required"})
    values = read_given(kind, None, OPEN, {**_of_customer(tx, kind, new), **new.values}, {})
    draft = _with_repeats(tx, settings, _draft(tx, new, kind, title, values, by, owner, now), now)
    draft = replace(draft, owner=first_owner(tx, settings, draft, now))
    case = CaseStore(tx).add(draft, local_day(now))
    detail = f"form {new.form_id}" if new.form_id is not None else ""
    AuditLog(tx).add(now, by, "case.open", f"case:{case.number}", detail)
    for node, linkedid in _calls(tx, new):
        CaseCallStore(tx).add(CaseCall(case.id or 0, node, linkedid, by, now))
        hurry(tx, node, linkedid)
    begun: Step[str] = Step(OPEN, None, kind.begins, by, now, values)
    after_step(tx, settings, case, begun, now)
    return case


def _draft(
    tx: Transaction, new: NewCase, kind: Kind, title: str, values: Mapping[str, str], by: str, owner: str, now: datetime
) -> ServiceCase:
    form = FormStore(tx).by_id(new.form_id) if new.form_id is not None else None
    spread = MOST if new.channel in _WIDE else 0
    return ServiceCase(
        number="",
        kind=kind.code,
        version=kind.version,
        stage=kind.begins,
        title=title,
        content=clean(new.content, several_lines=True).strip(),
        owner=owner,
        opened_by=by,
        opened_at=now,
        form_id=new.form_id,
        customer_id=form.customer_id if form else new.customer_id,
        caller_number=form.number if form else new.number,
        state=CaseState.OPEN,
        subject=clean(new.subject, several_lines=False).strip() or kind.subject,
        region=clean(new.region, several_lines=False).strip() or ((form.region or "") if form else ""),
        channel=new.channel,
        priority=new.priority,
        complexity=new.complexity,
        spread=spread,
        about=new.about,
        parent_id=new.parent_id,
        values=values,
    )


def _of_customer(tx: Transaction, kind: Kind, new: NewCase) -> dict[str, str]:
    """《投诉登记表》: what we know of whoever complains, where the kind asks for it and nobody said otherwise."""
    form = FormStore(tx).by_id(new.form_id) if new.form_id is not None else None
    customer_id = form.customer_id if form else new.customer_id
    customer = CustomerStore(tx).by_id(customer_id) if customer_id is not None else None
    if customer is None:
        return {}
    known = {"contact_person": customer.name, "address": customer.address}
    return {name: text for name, text in known.items() if text and kind.field(name) and not new.values.get(name)}


def _with_repeats(tx: Transaction, settings: Settings, draft: ServiceCase, now: datetime) -> ServiceCase:
    """D6: a complaint that the same customer made of the same before."""
    if draft.kind != CaseKind.COMPLAINT:
        return draft
    since = now - timedelta(days=settings.cases.repeat_days)
    repeats = len(DuplicateStore(tx).like(draft, since))
    graveness = severity(draft.demand, draft.loss, draft.spread, repeats)
    return replace(draft, repeats=repeats, severity=graveness.value if graveness else "")


def _calls(tx: Transaction, new: NewCase) -> list[tuple[str, str]]:
    found = [new.call] if new.call else []
    form = FormStore(tx).by_id(new.form_id) if new.form_id is not None else None
    if form is not None:
        found.append((form.node, form.linkedid))
    known = CallStore(tx).ids_by_call(found)
    if new.call and known.get(new.call) is None:
        raise NotFound("calls.no_call", id=new.call[1])
    return list(dict.fromkeys(found))
