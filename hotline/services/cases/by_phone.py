"""What a caller is told of a case by telephone, who entered its number."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.accounts.attempts import Limit
from hotline.domain.calendar import local_day
from hotline.domain.cases.by_phone import Answer, CaseAnswer, CaseAsked, may_hear, number_of
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.domain.cases.outside import heard_of
from hotline.domain.errors import Conflict
from hotline.domain.numbers import Number
from hotline.services.cases.facts import read_case
from hotline.services.cases.kinds import kind_of
from hotline.services.cases.merging import family, survivor_of
from hotline.services.cases.outsiders import BY_PHONE, customer_spoke, next_word_due
from hotline.settings import Settings
from hotline.storage.accounts.attempts import AttemptStore
from hotline.storage.audit import AuditLog
from hotline.storage.cases.outside import CaseNumberStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.transaction import Storage, Transaction

log = logging.getLogger(__name__)

#: Wrong last four digits for one case number, whether there is such a case or not. Whoever calls from a number of the
#: case is told all the same.
_WRONG = Limit("case.last_four", 5, 3600)


@dataclass(frozen=True, slots=True)
class _Found:
    """`case`: in which it goes on; `numbers`: of all that go on within it."""

    case: ServiceCase
    numbers: set[Number]
    answer: CaseAnswer


def ask_by_phone(storage: Storage, settings: Settings, asked: CaseAsked, now: datetime) -> CaseAnswer:
    """From a number of the case, or with the last four digits of one. That it was asked for is kept with the case, and
    stands in the audit log. Raises StorageError."""
    number = number_of(asked.digits)
    if not number:
        return CaseAnswer(Answer.WRONG)
    with storage.reading() as tx:
        found = _found(tx, number, now)
        guessed = AttemptStore(tx).count(_WRONG.kind, number, _WRONG.window(now))
    by_digits = bool(asked.last_four)
    if found is not None and may_hear(asked, found.numbers) and not (by_digits and guessed >= _WRONG.most):
        _note(storage, settings, found.case, asked, now)
        return found.answer
    if not by_digits:
        return CaseAnswer(Answer.LAST_FOUR_WANTED)
    with storage.writing() as tx:
        AttemptStore(tx).add(_WRONG.kind, number, _WRONG.window(now), 1)
    return CaseAnswer(Answer.WRONG)


def _found(tx: Transaction, number: str, now: datetime) -> _Found | None:
    entered = CaseStore(tx).by_number(number)
    if entered is None:
        return None
    case = survivor_of(tx, entered)
    due_at = next_word_due(tx, case)
    promised = local_day(due_at) if due_at is not None and due_at > now else None
    numbers = CaseNumberStore(tx).of(family(tx, case))
    return _Found(case, numbers, CaseAnswer(Answer.TOLD, heard_of(case, kind_of(tx, case)), promised))


def _note(storage: Storage, settings: Settings, case: ServiceCase, asked: CaseAsked, now: datetime) -> None:
    """Whoever changes the case at the same moment is no reason to tell the caller nothing."""
    try:
        with storage.writing() as tx:
            AuditLog(tx).add(now, BY_PHONE, "case.asked", f"case:{case.number}", asked.linkedid)
            if case.state is CaseState.OPEN:
                customer_spoke(tx, settings, read_case(tx, case.id or 0), "", BY_PHONE, now)
    except Conflict as error:
        log.warning("call %s: that the case was asked for is not noted: %s", asked.linkedid, error)
