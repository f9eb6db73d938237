"""F3: data of a month that was hidden or made up scores 0. An examiner declares it, with evidence; whom it is about may
object (`objections`)."""

from __future__ import annotations

from datetime import date, datetime

from hotline.domain.appraisal.evidence import evidence_given, words_given
from hotline.domain.appraisal.month import TEAM
from hotline.domain.appraisal.objection import Falsification
from hotline.domain.errors import Conflict, NotFound, Refused
from hotline.domain.ids import MAX_ID
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.services.access import require_right
from hotline.services.appraisal.apart import require_apart
from hotline.services.appraisal.cards import first_of, month_cards, name_of_month
from hotline.services.appraisal.months import about, about_card
from hotline.services.appraisal.notification_kinds import DATA_FALSIFIED
from hotline.services.notifications.notify import notify
from hotline.settings import Settings
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.audit import AuditLog
from hotline.storage.transaction import Storage


def declare_falsified(
    storage: Storage,
    settings: Settings,
    first: date,
    team_id: int,
    person_id: int,
    evidence: str,
    note: str,
    actor: Actor,
    now: datetime,
) -> Falsification:
    """Of somebody in this team, or (`person_id` 0) of the whole team. Raises Forbidden (F5), NotFound, Refused without
    evidence or words, Conflict when it is declared already."""
    require_right(Act.DECLARE_FALSIFIED, actor)
    ids = evidence_given(evidence)
    words = words_given(note, Refused("appraisal.what_was_falsified", field="note"))
    with storage.reading() as tx:
        found = month_cards(tx, settings, first, now)
        if person_id not in found.of_team(team_id):
            raise NotFound("appraisal.no_team")
        require_apart(tx, Act.DECLARE_FALSIFIED, actor, found)
    new = Falsification(name_of_month(first), team_id, person_id, ids, words, actor.name, now)
    with storage.writing() as tx:
        if any(each.team_id == team_id for each in AppraisalStore(tx).falsified(new.month, person_id)):
            raise Conflict("appraisal.declared")
        made = AppraisalStore(tx).declare(new)
        object = about(new.month, team_id) if person_id == TEAM else about_card(new.month, person_id)
        AuditLog(tx).add(now, actor.name, "appraisal.falsified", object, " ".join(ids))
        told = found.teams[team_id] if person_id == TEAM else [person_id]
        for each in told:
            notify(tx, [each], DATA_FALSIFIED, about_card(new.month, each), now, month=new.month, by=actor.display_name)
        return made


def withdraw(storage: Storage, settings: Settings, falsification_id: int, actor: Actor, now: datetime) -> None:
    """Raises Forbidden, NotFound, Conflict when it was withdrawn before."""
    require_right(Act.DECLARE_FALSIFIED, actor)
    with storage.reading() as tx:
        found = AppraisalStore(tx).falsification(falsification_id) if falsification_id <= MAX_ID else None
        if found is None:
            raise NotFound("appraisal.no_declaration")
        require_apart(tx, Act.DECLARE_FALSIFIED, actor, month_cards(tx, settings, first_of(found.month), now))
    with storage.writing() as tx:
        if not AppraisalStore(tx).withdraw(falsification_id, actor.name, now):
            raise Conflict("appraisal.withdrawn")
        AuditLog(tx).add(now, actor.name, "appraisal.withdraw", about(found.month, found.team_id), str(found.person_id))
