"""Who a verdict is about objects to it, and an examiner who is not that person decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from hotline.domain.errors import Conflict, Forbidden, NotFound
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, roles_for
from hotline.domain.verdicts.contest import Contest, ContestDecision, require_contestable, words
from hotline.domain.verdicts.verdict import Judgement, StoredVerdict, WhyJudged
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.notifications.audiences import persons_of
from hotline.services.notifications.notify import notify
from hotline.services.verdicts.notification_kinds import CONTEST_DECIDED, VERDICT_CONTESTED
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction
from hotline.storage.verdicts.contests import ContestStore
from hotline.storage.verdicts.store import NewVerdict, VerdictStore


def contest(storage: Storage, settings: Settings, verdict_id: int, reason: str, actor: Actor, now: datetime) -> Contest:
    """By whom the verdict is about, once, within the days of an appeal. Raises Forbidden, NotFound, Refused, Conflict
    when it is contested already."""
    said = words(reason, "reason")
    with storage.writing() as tx:
        stored = read_verdict(tx, verdict_id)
        person_id = own_person_id(tx, actor)
        if person_id is None or person_id != stored.verdict.person_id:
            raise Forbidden("verdicts.contest_own")
        if ContestStore(tx).of([verdict_id]):
            raise Conflict("verdicts.contest_there")
        stands = VerdictStore(tx).stands(verdict_id)
        require_contestable(stored, stands, settings.examination.appeal_days, now)
        made = ContestStore(tx).add(Contest(verdict_id, said, actor.name, now))
        AuditLog(tx).add(now, actor.name, "verdict.contest", f"verdict:{verdict_id}")
        told = [each for each in persons_of(tx, settings, roles_for(Act.DECIDE_CONTEST), now) if each != person_id]
        notify(tx, told, VERDICT_CONTESTED, f"verdict_contest:{made.id}", now, once=None, rule=stored.verdict.rule)
        return made


def decide(
    storage: Storage, contest_id: int, decision: ContestDecision, note: str, actor: Actor, now: datetime
) -> Contest:
    """Upheld: a verdict that the rule is not asked of this subject takes the contested one's place, unless another has
    taken it already. Raises Forbidden for whom it is about (F5), NotFound, Refused, Conflict when it is decided
    already."""
    require_right(Act.DECIDE_CONTEST, actor)
    said = words(note, "note")
    with storage.writing() as tx:
        open_one = read_contest(tx, contest_id)
        stored = read_verdict(tx, open_one.verdict_id)
        if own_person_id(tx, actor) == stored.verdict.person_id or actor.name == open_one.contested_by:
            raise Forbidden("verdicts.decide_own")
        decided = replace(open_one, decision=decision, note=said, decided_by=actor.name, decided_at=now)
        if not ContestStore(tx).decide(decided):
            raise Conflict("verdicts.contest_decided")
        if decision is ContestDecision.UPHELD:
            _take_back(tx, stored, contest_id, now)
        AuditLog(tx).add(now, actor.name, "verdict.decide", f"verdict:{stored.id}", decision.value)
        if stored.verdict.person_id is not None:
            about = f"verdict:{stored.id}"
            values = {"rule": stored.verdict.rule, "decision": decision.value}
            notify(tx, [stored.verdict.person_id], CONTEST_DECIDED, about, now, once=None, **values)
        return decided


@dataclass(frozen=True, slots=True)
class FoundContests:
    """Newest first; `verdicts`: what each is about, by the verdict's id."""

    contests: list[Contest]
    verdicts: Mapping[int, StoredVerdict]


def find_contests(
    storage: Storage, open_only: bool, actor: Actor, now: datetime, limit: int, offset: int = 0
) -> FoundContests:
    """The look stands in the audit log (F8). Raises Forbidden."""
    require_right(Act.DECIDE_CONTEST, actor)
    with storage.reading() as tx:
        found = ContestStore(tx).newest(open_only, limit, offset)
        verdicts = {each.verdict_id: read_verdict(tx, each.verdict_id) for each in found}
    note_look(storage, actor, now, "verdicts.view", "verdict_contests", f"{len(found)} contests")
    return FoundContests(found, verdicts)


def read_contest(tx: Transaction, contest_id: int) -> Contest:
    """Raises NotFound."""
    found = ContestStore(tx).by_id(contest_id)
    if found is None:
        raise NotFound("verdicts.no_contest")
    return found


def read_verdict(tx: Transaction, verdict_id: int) -> StoredVerdict:
    """Raises NotFound."""
    found = VerdictStore(tx).by_id(verdict_id)
    if found is None:
        raise NotFound("verdicts.no_verdict")
    return found


def own_person_id(tx: Transaction, actor: Actor) -> int | None:
    """None for a program, and for who is none of our people."""
    person = StaffStore(tx).person_of_user(actor.user_id) if actor.user_id is not None else None
    return person.id if person else None


def _take_back(tx: Transaction, stored: StoredVerdict, contest_id: int, now: datetime) -> None:
    if not VerdictStore(tx).stands(stored.id):
        return
    evidence = {**stored.verdict.evidence, "contest": contest_id}
    taken_back = stored.verdict._replace(
        judgement=Judgement.NOT_APPLICABLE, why=WhyJudged.CONTESTED.value, evidence=evidence
    )
    VerdictStore(tx).add([NewVerdict(stored.generation, taken_back, stored)], now)
