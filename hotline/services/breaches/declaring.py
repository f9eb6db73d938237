"""Breaches are declared by a supervisor with evidence, answered by whom they are about, and withdrawn with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.appraisal.evidence import evidence_given, words_given
from hotline.domain.breaches.breach import RULES as RULE_OF_KIND
from hotline.domain.breaches.breach import Breach, BreachKind
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.ids import MAX_ID
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.domain.rules.registry import RULES
from hotline.services.access import require_right
from hotline.services.breaches.notification_kinds import BREACH_DECLARED, BREACH_WITHDRAWN
from hotline.services.breaches.terms import terms_of
from hotline.services.notifications.notify import notify
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.breaches.store import BreachStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


@dataclass(frozen=True, slots=True)
class Declared:
    """What a supervisor says of it. `rule` "": the one that such a breach is of. `source`: what it is declared from, of
    `evidence`; "" for none."""

    person_id: int
    kind: BreachKind
    at: datetime
    evidence: str
    note: str
    rule: str = ""
    source: str = ""


def declare(storage: Storage, settings: Settings, said: Declared, actor: Actor, now: datetime) -> Breach:
    """Raises Forbidden for one's own, NotFound, Refused without evidence or words or for what has not happened yet,
    Conflict when it was declared from the same."""
    require_right(Act.DECLARE_BREACH, actor)
    ids = evidence_given(said.evidence)
    words = words_given(said.note, Refused("breaches.what", field="note"))
    rule = said.rule or RULE_OF_KIND[said.kind]
    if rule not in RULES:
        raise Refused("breaches.no_rule", field="rule")
    if said.at > now:
        raise Refused("breaches.not_yet", field="at")
    with storage.writing() as tx:
        person = StaffStore(tx).person(said.person_id) if said.person_id <= MAX_ID else None
        if person is None:
            raise NotFound("breaches.nobody", field="person_id")
        _require_not_own(tx, said.person_id, actor)
        if said.source and said.source in BreachStore(tx).sources():
            raise Conflict("breaches.declared")
        new = Breach(
            said.person_id,
            said.kind,
            rule,
            said.at,
            ids,
            words,
            terms_of(said.kind, settings),
            actor.name,
            now,
            said.source,
        )
        made = BreachStore(tx).add(new)
        AuditLog(tx).add(now, actor.name, "breach.declare", f"breach:{made.id}", f"{made.kind.value} {' '.join(ids)}")
        told = f"breach:{made.id}"
        notify(tx, [made.person_id], BREACH_DECLARED, told, now, by=actor.display_name, at=made.at)
        return made


def answer(storage: Storage, breach_id: int, word: str, actor: Actor, now: datetime) -> None:
    """Their own word, once. Raises Forbidden for another's, NotFound, Refused for none, Conflict."""
    require_right(Act.ANSWER_BREACH, actor)
    words = words_given(word, Refused("breaches.word", field="word"))
    with storage.writing() as tx:
        found, own = read_breach(tx, breach_id), own_person(tx, actor)
        if own is None or own.id != found.person_id:
            raise Forbidden("breaches.not_yours")
        if not BreachStore(tx).answer(breach_id, words, now):
            raise Conflict("breaches.answered")
        AuditLog(tx).add(now, actor.name, "breach.answer", f"breach:{breach_id}")


def withdraw(storage: Storage, breach_id: int, reason: str, actor: Actor, now: datetime) -> None:
    """It stays in the register and counts for nothing. Raises Forbidden for one's own, NotFound, Refused without a
    reason, Conflict."""
    require_right(Act.DECLARE_BREACH, actor)
    words = words_given(reason, Refused("breaches.why_withdrawn", field="reason"))
    with storage.writing() as tx:
        found = read_breach(tx, breach_id)
        _require_not_own(tx, found.person_id, actor)
        if not BreachStore(tx).withdraw(breach_id, actor.name, words, now):
            raise Conflict("breaches.withdrawn")
        AuditLog(tx).add(now, actor.name, "breach.withdraw", f"breach:{breach_id}")
        told = f"breach:{breach_id}"
        notify(tx, [found.person_id], BREACH_WITHDRAWN, told, now, by=actor.display_name, at=found.at)


def read_breach(tx: Transaction, breach_id: int) -> Breach:
    """Raises NotFound."""
    found = BreachStore(tx).by_id(breach_id) if breach_id <= MAX_ID else None
    if found is None:
        raise NotFound("breaches.none")
    return found


def _require_not_own(tx: Transaction, person_id: int, actor: Actor) -> None:
    own = own_person(tx, actor)
    ties = {Tie.UNHANDLED} if own is None or own.id != person_id else set()
    if not may(Act.DECLARE_BREACH, actor.roles, ties):
        raise Forbidden("breaches.own")
