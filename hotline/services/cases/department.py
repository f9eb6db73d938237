"""A department answers the cases that are with it, sends them back, or asks for more time: signed in, or by a link that
it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hotline.domain.attachments.attachment import Attachment
from hotline.domain.cases import common_acts, outside
from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.given import CLOCK, MORE, REASON, SOLUTION
from hotline.domain.cases.kind import CaseAct, Kind
from hotline.domain.errors import Conflict, NotFound
from hotline.domain.links.link import Link
from hotline.domain.people import Actor
from hotline.services.cases.acting import act_on
from hotline.services.cases.by_link import DEPARTMENT, ByLink, let_in, written
from hotline.services.cases.department_link import case_of_link, who_answers
from hotline.services.cases.department_page import asked_fields, files_of, hour_of
from hotline.services.cases.facts import read_of_department
from hotline.services.cases.kinds import kind_of
from hotline.services.cases.outsiders import outsider
from hotline.services.links.links import require_open, use_link
from hotline.services.looks import note_look
from hotline.settings import Settings
from hotline.storage.transaction import Storage, Transaction

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody signed in, at a case."""

    case_id: int
    actor: Actor


Who = Signed | ByLink


def look_at_file(storage: Storage, by: ByLink, attachment_id: int, now: datetime) -> Attachment:
    """A file of the case that the link leads to, to be downloaded; that it was stands in the audit log (F8). Raises
    Forbidden, NotFound, Conflict."""
    with storage.reading() as tx:
        link = require_open(tx, DEPARTMENT, by.token, by.browser, now)
        files = {each.id: each for each in files_of(tx, case_of_link(tx, link, now))}
        looks = outsider(who_answers(tx, link))
    found = files.get(attachment_id)
    if found is None:
        raise NotFound("attachments.none", id=attachment_id)
    detail = f"attachment {found.id} {found.type} {found.size_bytes} {found.sha256}"
    note_look(storage, looks, now, "attachment.download", found.object, detail)
    return found


def answer(storage: Storage, settings: Settings, who: Who, given: Given, now: datetime) -> None:
    """Cause, person responsible, solutions: whatever the kind asks at this stage. A link is used up by it. Raises
    NotFound, Forbidden, Conflict when nothing is asked (any more), WrongFields, Refused."""
    with storage.writing() as tx:
        case, actor, link = _came(tx, settings, who, now)
        kind = kind_of(tx, case)
        asked = outside.asked_of_department(case, kind)
        if not asked:
            raise Conflict("cases.nothing_to_do")
        for act in asked:
            for words in _words_of(case, kind, act, given):
                case = act_on(tx, settings, case, act.id, words, actor, now)
        if link is not None:
            use_link(tx, link, now)


def send_back(storage: Storage, settings: Settings, who: Who, given: Given, now: datetime) -> None:
    """It is not theirs, with the reason: the dispatcher decides whose it is. A link is used up by it. Raises as
    `answer`."""
    with storage.writing() as tx:
        case, actor, link = _came(tx, settings, who, now)
        if not outside.returns(case, kind_of(tx, case)):
            raise Conflict("cases.nothing_to_do")
        act_on(tx, settings, case, outside.RETURN, {REASON: written(_text(given, REASON), REASON)}, actor, now)
        if link is not None:
            use_link(tx, link, now)


def ask_for_more_time(storage: Storage, settings: Settings, who: Who, given: Given, now: datetime) -> None:
    """Before the hour is over; the link lets in still. Raises as `answer`, Refused once it is over."""
    with storage.writing() as tx:
        case, actor, _link = _came(tx, settings, who, now)
        clock, _due_at = hour_of(tx, case)
        if not clock:
            raise Conflict("cases.nothing_to_do")
        reason = written(_text(given, REASON), REASON)
        words = {CLOCK: clock, MORE: _text(given, MORE), REASON: reason}
        act_on(tx, settings, case, common_acts.ASK_EXTENSION, words, actor, now)


def _words_of(case: ServiceCase, kind: Kind, act: CaseAct, given: Given) -> list[dict[str, str]]:
    """What is given with the act, once for each solution where it proposes one."""
    if SOLUTION not in act.needs:
        return [{each.name: _text(given, each.name) for each in asked_fields(case, kind, act)}]
    proposed = given.get(SOLUTION, ())
    texts = [each for each in ([proposed] if isinstance(proposed, str) else proposed) if each.strip()]
    return [{SOLUTION: written(each, SOLUTION)} for each in texts or [""]]


def _text(given: Given, name: str) -> str:
    found = given.get(name, "")
    return found if isinstance(found, str) else ""


def _came(tx: Transaction, settings: Settings, who: Who, now: datetime) -> tuple[ServiceCase, Actor, Link | None]:
    if isinstance(who, Signed):
        return read_of_department(tx, who.case_id, who.actor, now), who.actor, None
    link = let_in(tx, settings, DEPARTMENT, who, now)
    return case_of_link(tx, link, now), outsider(who_answers(tx, link)), link
