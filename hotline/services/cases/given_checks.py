"""Whether what an act names is there: department, person, call, proof, clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from hotline.domain.cases import common_acts, given
from hotline.domain.cases.clock_names import clock_name
from hotline.domain.cases.kind import CaseAct
from hotline.domain.cases.process import CaseFacts, asked_extension, in_dispute, left_to_check
from hotline.domain.errors import Conflict, Forbidden, Refused
from hotline.domain.ids import parse_id
from hotline.domain.people import Actor
from hotline.services.cases.attaching import call_key
from hotline.storage.accounts.users import UserStore
from hotline.storage.attachments.store import AttachmentStore
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.calls import CaseCallStore
from hotline.storage.deadlines.store import DeadlineStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Transaction

Given = Mapping[str, str]


def require_there(tx: Transaction, facts: CaseFacts, act: CaseAct, words: Given, actor: Actor, now: datetime) -> None:
    """Raises Refused, Conflict, Forbidden."""
    for name, check in ((given.DEPARTMENT, _department), (given.TO, _person), (given.CALL, _call)):
        if words.get(name):
            check(tx, facts, words[name], now)
    if words.get(given.PROOF):
        _proof(tx, facts, words)
    agreed = (each.until for each in facts.kind.clocks if each.until and act.id in each.starts)
    for name in (given.DUE_AT, given.NEXT_WORD_AT, *agreed):
        if words.get(name) and datetime.fromisoformat(words[name]) <= now:
            raise Refused("cases.due_over", field=name)
    if act.id in _OF_ACTS:
        _OF_ACTS[act.id](tx, facts, words, actor, now)


def _department(tx: Transaction, facts: CaseFacts, written: str, now: datetime) -> None:
    unit_id = parse_id(written)
    found = StaffStore(tx).department(unit_id) if unit_id else None
    if found is None or not found.active:
        raise Refused("cases.no_department", field=given.DEPARTMENT)


def _person(tx: Transaction, facts: CaseFacts, written: str, now: datetime) -> None:
    """Nobody is given a complaint about themselves."""
    user = UserStore(tx).by_username(written)
    if user is None or not user.may_enter(now):
        raise Refused("cases.no_person", field=given.TO)
    if written == facts.case.about:
        raise Refused("cases.about_them", field=given.TO)


def _call(tx: Transaction, facts: CaseFacts, written: str, now: datetime) -> None:
    node, linkedid = call_key(written)
    if CallStore(tx).get(node, linkedid) is None:
        raise Refused("cases.no_call", field=given.CALL)


def _proof(tx: Transaction, facts: CaseFacts, words: Given) -> None:
    """A scan that is attached to the case, or a link that the customer used."""
    if words.get(given.WAY) != given.BY_SIGNATURE:
        return
    written = words[given.PROOF]
    known = {str(each.id) for each in AttachmentStore(tx).of("case", [facts.case.id or 0])}
    if written not in known:
        raise Refused("cases.no_attachment", field=given.PROOF)


def _asks_extension(tx: Transaction, facts: CaseFacts, words: Given, actor: Actor, now: datetime) -> None:
    """Before the due time, of a clock that runs."""
    kept = DeadlineStore(tx).of(clock_name(words[given.CLOCK]), [facts.case.id or 0]).get(facts.case.id or 0)
    if kept is None or not kept.deadline.is_open:
        raise Refused("cases.no_clock", field=given.CLOCK)
    if kept.due_at is not None and kept.due_at <= now:
        raise Refused("cases.asked_too_late", field=given.CLOCK)
    if asked_extension(facts.steps) is not None:
        raise Conflict("cases.extension_asked")


def _decides_extension(tx: Transaction, facts: CaseFacts, words: Given, actor: Actor, now: datetime) -> None:
    asked = asked_extension(facts.steps)
    if asked is None:
        raise Conflict("cases.no_extension")
    if asked.by == actor.name:
        raise Forbidden("cases.own_extension")


def _disputes(tx: Transaction, facts: CaseFacts, words: Given, actor: Actor, now: datetime) -> None:
    if in_dispute(facts.steps):
        raise Conflict("cases.in_dispute")


def _rules(tx: Transaction, facts: CaseFacts, words: Given, actor: Actor, now: datetime) -> None:
    if not in_dispute(facts.steps):
        raise Conflict("cases.no_dispute")


def _checks_off(tx: Transaction, facts: CaseFacts, words: Given, actor: Actor, now: datetime) -> None:
    if words[given.CHECK_ITEM] not in map(str, left_to_check(facts)):
        raise Refused("cases.no_check", field=given.CHECK_ITEM)


def _offered(tx: Transaction, facts: CaseFacts, words: Given, actor: Actor, now: datetime) -> None:
    if not facts.case.offered_to:
        raise Conflict("cases.not_offered")


def _waits(tx: Transaction, facts: CaseFacts, words: Given, actor: Actor, now: datetime) -> None:
    if facts.case.waiting:
        raise Conflict("cases.waits")


def _goes_on(tx: Transaction, facts: CaseFacts, words: Given, actor: Actor, now: datetime) -> None:
    if not facts.case.waiting:
        raise Conflict("cases.waits_not")


def _detaches(tx: Transaction, facts: CaseFacts, words: Given, actor: Actor, now: datetime) -> None:
    key = call_key(words[given.CALL])
    if key not in {(each.node, each.linkedid) for each in CaseCallStore(tx).of([facts.case.id or 0])}:
        raise Refused("cases.no_call", field=given.CALL)


_OF_ACTS: Mapping[str, Callable[[Transaction, CaseFacts, Given, Actor, datetime], None]] = {
    common_acts.ASK_EXTENSION: _asks_extension,
    common_acts.GRANT_EXTENSION: _decides_extension,
    common_acts.REFUSE_EXTENSION: _decides_extension,
    common_acts.CHECK_OFF: _checks_off,
    common_acts.DISPUTE: _disputes,
    common_acts.RULE: _rules,
    common_acts.ACCEPT_OFFER: _offered,
    common_acts.DECLINE_OFFER: _offered,
    common_acts.WAIT: _waits,
    common_acts.GO_ON: _goes_on,
    common_acts.DETACH_CALL: _detaches,
}
