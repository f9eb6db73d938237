"""Who acts on a case without an account, and what follows when the customer spoke."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.cases import common_acts
from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.clock_names import clock_name
from hotline.domain.cases.given import NOTE
from hotline.domain.people import Actor
from hotline.domain.rights.given import OUTSIDE
from hotline.services.cases.acting import act_on
from hotline.services.cases.by_link import case_object
from hotline.services.cases.notification_kinds import CUSTOMER_SPOKE
from hotline.services.notifications.notify import notify
from hotline.services.staff.concerned import person_of_account
from hotline.settings import Settings
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.transaction import Transaction

#: Who asked by telephone, as steps and the audit log have it.
BY_PHONE = "ivr"


def outsider(name: str) -> Actor:
    """For acts of somebody who came by a link, or by telephone with the case's number. What they may do is decided by
    what let them in, before this: the table of rights is for people with accounts, and lets this one do it all."""
    return Actor(name, OUTSIDE, name)


def next_word_due(tx: Transaction, case: ServiceCase) -> datetime | None:
    """Until when the customer is to hear from us; None where nothing is promised or the case is closed."""
    kept = DeadlineStore(tx).of(clock_name("next_word"), [case.id or 0]).get(case.id or 0)
    return kept.due_at if kept is not None and kept.deadline.is_open else None


def customer_spoke(tx: Transaction, settings: Settings, case: ServiceCase, words: str, by: str, now: datetime) -> None:
    """They asked or wrote. Where they should have heard from us before, they asked first, and that is a breach; where
    the case waited for them, it goes on. Whoever is responsible is told."""
    due_at = next_word_due(tx, case)
    first = not case.waiting and due_at is not None and due_at <= now
    spoken_by_phone = by == BY_PHONE and not words
    goes_on = bool(case.waiting) and not spoken_by_phone
    act = common_acts.CUSTOMER_ASKS if first or goes_on else common_acts.CUSTOMER_SAYS
    act_on(tx, settings, case, act, {NOTE: words} if words else {}, outsider(by), now)
    if first or not spoken_by_phone:
        tell_owner(tx, case, now)


def tell_owner(tx: Transaction, case: ServiceCase, now: datetime) -> None:
    person = person_of_account(tx, case.owner)
    if person is not None and person.id is not None:
        notify(tx, [person.id], CUSTOMER_SPOKE, case_object(case.id or 0), now, case=case.number)
