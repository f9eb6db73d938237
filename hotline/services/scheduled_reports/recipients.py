"""To whom a report goes: whom the settings name, each once, and the deputies of those who are away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.scheduled_reports.recipients import LEADERS, PERSON, goes_to
from hotline.domain.scheduled_reports.report import NOBODY, MadeReport, RecipientState
from hotline.domain.staff.records import Person
from hotline.services.notifications.audiences import persons_of
from hotline.services.overseers import overseers_of
from hotline.services.scheduled_reports.schedules import chosen
from hotline.services.staff.concerned import is_with_us
from hotline.settings import Settings
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Receiver:
    """`deputy_for`: in whose place; None for themselves."""

    person: Person
    deputy_for: int | None
    state: RecipientState


def receivers(tx: Transaction, settings: Settings, report: MadeReport, now: datetime) -> list[Receiver]:
    """Nobody twice; who is meant themselves comes first. What is of a person alone goes to no deputy of theirs."""
    meant = [person for person in _persons(tx, settings, report, now) if is_with_us(tx, person, now)]
    known = {person.id for person in meant}
    found = [Receiver(person, None, _state(settings, person)) for person in meant]
    for person in (each for each in meant if each.id != report.person_id):
        deputy = StaffStore(tx).deputy_of(person.id or 0, now)
        if deputy is not None and deputy.id not in known and is_with_us(tx, deputy, now):
            known.add(deputy.id)
            found.append(Receiver(deputy, person.id, _state(settings, deputy)))
    return found


def leaders(tx: Transaction, now: datetime) -> Iterator[int]:
    """Who leads a team or a department now."""
    yield from StaffStore(tx).leaders(now).values()


def _persons(tx: Transaction, settings: Settings, report: MadeReport, now: datetime) -> Iterator[Person]:
    ids = [report.person_id] if report.person_id != NOBODY else []
    for name in chosen(settings, report.kind).to:
        person = PERSON.fullmatch(name)
        if person:
            ids.append(int(person[1]))
        elif name == LEADERS and report.person_id != NOBODY:
            ids += overseers_of(tx, settings, report.person_id, now)
        else:
            ids += leaders(tx, now) if name == LEADERS else persons_of(tx, settings, [name], now)
    found = (StaffStore(tx).person(each) for each in dict.fromkeys(ids))
    return (person for person in found if person is not None)


def _state(settings: Settings, person: Person) -> RecipientState:
    allowed = goes_to(person.email, settings.reports.mail_domains, settings.mail.sender)
    return RecipientState.TOLD if allowed else RecipientState.FOREIGN
