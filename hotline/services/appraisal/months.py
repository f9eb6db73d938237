"""A team's month is signed by an examiner, closed by who leads the team or an administrator, and reopened by an
administrator (F3, F5). What is signed is locked; what changes later is a difference beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hotline.domain.appraisal.card import Card
from hotline.domain.appraisal.consequences import Lines
from hotline.domain.appraisal.evidence import words_given
from hotline.domain.appraisal.month import TEAM, MonthState, SignedMonth, canonical, differences, sha256
from hotline.domain.errors import Conflict, Forbidden, NotFound, Refused
from hotline.domain.months import month_span
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may
from hotline.services.access import require_right
from hotline.services.appraisal.apart import require_apart
from hotline.services.appraisal.cards import NO_TEAM, MonthCards, month_cards, name_of_month
from hotline.services.appraisal.notification_kinds import CARD_CLOSED, CARD_REOPENED, MONTH_SIGNED
from hotline.services.notifications.notify import notify
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.appraisal.store import AppraisalStore
from hotline.storage.audit import AuditLog
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction


def sign(storage: Storage, settings: Settings, first: date, team_id: int, actor: Actor, now: datetime) -> SignedMonth:
    """By an examiner, once the month is over; again after it was reopened, or when its figures have changed since.
    Raises Forbidden (F5), NotFound, Refused, Conflict."""
    require_right(Act.SIGN_APPRAISAL, actor)
    month, (_since, end) = name_of_month(first), month_span(first)
    if now < end:
        raise Refused("appraisal.not_over", month=month)
    with storage.reading() as tx:  # it takes a while, and calls are not to wait for it
        found = month_cards(tx, settings, first, now)
        require_apart(tx, Act.SIGN_APPRAISAL, actor, found)
    content = content_of(found, lines_of(settings), team_id)
    with storage.writing() as tx:
        before = next(iter(AppraisalStore(tx).versions(month, team_id)), None)
        if before is not None and before.state is MonthState.CLOSED:
            raise Conflict("appraisal.closed")
        if before is not None and before.state is MonthState.SIGNED and before.content == content:
            raise Conflict("appraisal.signed")
        version = before.version + 1 if before is not None else 1
        signed = AppraisalStore(tx).sign(
            SignedMonth(month, team_id, version, content, sha256(content), actor.name, now)
        )
        AuditLog(tx).add(now, actor.name, "appraisal.sign", about(month, team_id), f"version {version} {signed.sha256}")
        leader = StaffStore(tx).leader_of(team_id, now) if team_id != NO_TEAM else None
        if leader is not None and leader.id is not None:
            notify(tx, [leader.id], MONTH_SIGNED, about(month, team_id), now, month=month)
        return signed


def close(storage: Storage, settings: Settings, first: date, team_id: int, actor: Actor, now: datetime) -> SignedMonth:
    """After the signature, while the figures are those that were signed and no objection waits. Everybody in it is
    told. Raises Forbidden, NotFound, Refused, Conflict."""
    require_right(Act.CLOSE_APPRAISAL, actor)
    month = name_of_month(first)
    with storage.reading() as tx:
        found = month_cards(tx, settings, first, now)
    with storage.writing() as tx:
        signed = _newest(tx, month, team_id)
        if not may(Act.CLOSE_APPRAISAL, actor.roles, ties_to_team(tx, team_id, actor, now)):
            raise Forbidden("accounts.not_of_your_people")
        if signed.state is MonthState.CLOSED:
            raise Conflict("appraisal.closed")
        if signed.state is MonthState.OPEN:
            raise Conflict("appraisal.not_signed")
        if signed.signed_by == actor.name:
            raise Forbidden("appraisal.signer_closes")
        if differences(signed.content, content_of(found, lines_of(settings), team_id)):
            raise Refused("appraisal.changed_since")
        people = found.teams[team_id]
        if waiting := sum(
            each.decided_at is None and each.person_id in people for each in AppraisalStore(tx).objections(month)
        ):
            raise Refused("appraisal.objections_open", count=waiting)
        if not AppraisalStore(tx).close(signed.id or 0, actor.name, now):
            raise Conflict("appraisal.closed")
        AuditLog(tx).add(now, actor.name, "appraisal.close", about(month, team_id), f"version {signed.version}")
        until = now + timedelta(days=settings.appraisal.objection_days)
        for person_id in people:
            notify(tx, [person_id], CARD_CLOSED, about_card(month, person_id), now, month=month, until_at=until)
        return replace(signed, closed_by=actor.name, closed_at=now)


def reopen(storage: Storage, first: date, team_id: int, reason: str, actor: Actor, now: datetime) -> SignedMonth:
    """By an administrator, with a reason; the version that was closed stays to be seen. Raises Forbidden, NotFound,
    Refused without a reason, Conflict."""
    require_right(Act.REOPEN_APPRAISAL, actor)
    month = name_of_month(first)
    words = words_given(reason, Refused("appraisal.why_reopened", field="reason"))
    with storage.writing() as tx:
        closed = _newest(tx, month, team_id)
        if not AppraisalStore(tx).reopen(closed.id or 0, actor.name, now, words):
            raise Conflict("appraisal.not_closed")
        AuditLog(tx).add(now, actor.name, "appraisal.reopen", about(month, team_id), f"version {closed.version}")
        for person_id in people_in(closed):
            notify(tx, [person_id], CARD_REOPENED, about_card(month, person_id), now, month=month)
        return replace(closed, reopened_by=actor.name, reopened_at=now, reopen_reason=words)


def lines_of(settings: Settings) -> Lines:
    it = settings.appraisal
    return Lines(
        it.award_from,
        it.awards,
        it.low_at,
        it.low_months,
        it.low_fine,
        it.bad_at,
        it.bad_fine,
        it.worst_at,
        it.worst_fine,
        it.last_months,
    )


def content_of(found: MonthCards, lines: Lines, team_id: int) -> str:
    """What is signed. Raises NotFound for a team that nobody belonged to in this month."""
    cards: dict[int, Card] = found.of_team(team_id)
    if not cards:
        raise NotFound("appraisal.no_team")
    return canonical(found.month, team_id, found.scheme, lines, cards)


def people_in(signed: SignedMonth) -> list[int]:
    return [int(each) for each in signed.figures["cards"] if int(each) != TEAM]


def ties_to_team(tx: Transaction, team_id: int, actor: Actor, now: datetime) -> frozenset[Tie]:
    """LED for who leads it now, or acts for who does."""
    own = own_person(tx, actor)
    leader = StaffStore(tx).leader_of(team_id, now) if team_id != NO_TEAM else None
    led = own is not None and leader is not None and leader.id == own.id
    return frozenset({Tie.LED} if led else ())


def about(month: str, team_id: int) -> str:
    """As the audit log and notifications name it."""
    return f"appraisal_month:{month}.{team_id}"


def about_card(month: str, person_id: int) -> str:
    return f"appraisal_card:{month}.{person_id}"


def _newest(tx: Transaction, month: str, team_id: int) -> SignedMonth:
    found = next(iter(AppraisalStore(tx).versions(month, team_id)), None)
    if found is None:
        raise NotFound("appraisal.not_signed")
    return found
