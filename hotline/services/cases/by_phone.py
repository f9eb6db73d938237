"""What a caller is told of a case by telephone, who entered its number."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.accounts.attempts import Limit
from hotline.domain.cases.by_phone import Answer, CaseAnswer, CaseAsked, Heard, may_hear, number_of
from hotline.domain.cases.case import CaseState, ServiceCase
from hotline.storage.accounts.attempts import AttemptStore
from hotline.storage.audit import AuditLog
from hotline.storage.cases.outside import OutsideStore
from hotline.storage.transaction import Storage, Transaction

#: Wrong last four digits for one case number, whether there is such a case or not. Whoever calls from a number of the
#: case is told all the same.
_WRONG = Limit("case.last_four", 5, 3600)


def ask_by_phone(storage: Storage, asked: CaseAsked, now: datetime) -> CaseAnswer:
    """From a number of the case, or with the last four digits of one. What is told stands in the audit log. Raises
    StorageError."""
    number = number_of(asked.digits)
    if not number:
        return CaseAnswer(Answer.WRONG)
    with storage.reading() as tx:
        case = OutsideStore(tx).by_number(number)
        numbers = OutsideStore(tx).numbers_of(case) if case else set()
        guessed = AttemptStore(tx).count(_WRONG.kind, number, _WRONG.window(now))
    by_digits = bool(asked.last_four)
    if case is not None and may_hear(asked, numbers) and not (by_digits and guessed >= _WRONG.most):
        with storage.writing() as tx:
            return _told(tx, case, asked, now)
    if not by_digits:
        return CaseAnswer(Answer.LAST_FOUR_WANTED)
    with storage.writing() as tx:
        AttemptStore(tx).add(_WRONG.kind, number, _WRONG.window(now), 1)
    return CaseAnswer(Answer.WRONG)


def _told(tx: Transaction, case: ServiceCase, asked: CaseAsked, now: datetime) -> CaseAnswer:
    AuditLog(tx).add(now, "ivr", "case.asked", f"case:{case.number}", asked.linkedid)
    return CaseAnswer(Answer.TOLD, Heard.CLOSED if case.state is CaseState.CLOSED else Heard.LOOKED_INTO)
