"""F1: what each person writes of their own day, week or month, and who leads them reads and replies to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.errors import Forbidden, NotFound, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act, Tie, may, may_ever
from hotline.domain.scheduled_reports.summary import SummarySpan, WorkSummary, first_of, last_of, written
from hotline.domain.staff.records import Person
from hotline.domain.text import several_lines
from hotline.services.access import require_right
from hotline.services.looks import note_look
from hotline.services.notifications.notify import notify
from hotline.services.overseers import overseers_of
from hotline.services.scheduled_reports.notification_kinds import SUMMARY_REPLIED, SUMMARY_WRITTEN
from hotline.services.scheduled_reports.whose import led_people
from hotline.services.staff.people import own_person
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.scheduled_reports.summaries import SummaryStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage, Transaction

#: So long after its last day a summary can still be written or changed.
_AFTER = timedelta(days=31)

MOST_REPLY = 1000


@dataclass(frozen=True, slots=True)
class ShownSummary:
    summary: WorkSummary
    name: str


@dataclass(frozen=True, slots=True)
class SeenSummaries:
    """`own`: of whoever looks, of the span that is shown; `open`: they may still write it. `others`: those whom they
    may read; `missing`: names of those of them who wrote nothing."""

    span: SummarySpan
    first: date
    last: date
    person: Person | None
    own: WorkSummary | None
    open: bool
    others: Sequence[ShownSummary]
    missing: Sequence[str]


def see_summaries(storage: Storage, actor: Actor, span: SummarySpan, day: date, now: datetime) -> SeenSummaries:
    """Of the day, week or month in which `day` lies. Others' are read then. Raises Forbidden."""
    require_right(Act.READ_SUMMARIES, actor)
    first = first_of(span, day)
    with storage.reading() as tx:
        own = own_person(tx, actor)
        names = _readable(tx, actor, own)
        found = SummaryStore(tx).between(span, first, first + timedelta(days=1), names)
        mine = SummaryStore(tx).of(own.id, span, first) if own is not None and own.id is not None else None
    others = [ShownSummary(each, names[each.person_id]) for each in found]
    wrote = {each.person_id for each in found}
    unread = [each.id for each in found if each.read_at is None and each.id is not None]

    def read(tx: Transaction) -> None:
        for each in unread:
            SummaryStore(tx).read(each, actor.name, now)

    note_look(storage, actor, now, "summary.view", "summaries", f"{span.value} {first}", read if unread else None)
    may_write = own is not None and may_ever(Act.WRITE_SUMMARY, actor.roles)
    missing = sorted(name for person_id, name in names.items() if person_id not in wrote)
    return SeenSummaries(
        span, first, last_of(span, first), own, mine, may_write and _is_open(span, first, now), others, missing
    )


def write_summary(
    storage: Storage,
    settings: Settings,
    actor: Actor,
    span: SummarySpan,
    day: date,
    words: tuple[str, str, str],
    now: datetime,
) -> WorkSummary:
    """In one's own name: work, problems, what is to be better; in place of what was there. Who leads them is told.
    Raises Forbidden, Refused."""
    require_right(Act.WRITE_SUMMARY, actor)
    work, problems, better = written(*words)
    first = first_of(span, day)
    if not _is_open(span, first, now):
        raise Refused("scheduled_reports.not_now", field="day", days=_AFTER.days)
    with storage.writing() as tx:
        own = own_person(tx, actor)
        if own is None or own.id is None:
            raise Forbidden("scheduled_reports.no_person")
        before = SummaryStore(tx).of(own.id, span, first)
        reply = before.reply if before is not None else ""
        kept = WorkSummary(own.id, span, first, work, problems, better, now, reply=reply)
        SummaryStore(tx).keep(kept)
        about = f"summary:{own.id}:{span.value}:{first}"
        AuditLog(tx).add(now, actor.name, "summary.write", about)
        if before is None:
            to = overseers_of(tx, settings, own.id, now)
            notify(tx, to, SUMMARY_WRITTEN, about, now, once=about, who=own.name, span=span.value, first=first)
        return kept


def reply_to_summary(storage: Storage, summary_id: int, reply: str, actor: Actor, now: datetime) -> None:
    """Raises Forbidden for whom they may not read and for their own, NotFound, Refused."""
    require_right(Act.READ_SUMMARIES, actor)
    words = several_lines(reply)
    if not words or len(words) > MOST_REPLY:
        raise Refused("scheduled_reports.reply", field="reply", most=MOST_REPLY)
    with storage.writing() as tx:
        found = SummaryStore(tx).by_id(summary_id) if is_id(summary_id) else None
        if found is None:
            raise NotFound("scheduled_reports.no_summary")
        if found.person_id not in _readable(tx, actor, own_person(tx, actor)):
            raise Forbidden("scheduled_reports.not_yours")
        SummaryStore(tx).reply(summary_id, words)
        about = f"summary:{found.person_id}:{found.span.value}:{found.first}"
        AuditLog(tx).add(now, actor.name, "summary.reply", about)
        notify(tx, [found.person_id], SUMMARY_REPLIED, about, now, by=actor.display_name)


def _is_open(span: SummarySpan, first: date, now: datetime) -> bool:
    """From its first day until some time after its last."""
    return first <= local_day(now) <= last_of(span, first) + _AFTER


def _readable(tx: Transaction, actor: Actor, own: Person | None) -> Mapping[int, str]:
    """Names of those whose summaries they read, by id: everybody's or those whom they lead, never their own."""
    people = [each for each in StaffStore(tx).all() if own is None or each.id != own.id]
    if may(Act.READ_SUMMARIES, actor.roles):
        return {each.id or 0: each.name for each in people}
    led = led_people(tx, actor) if may(Act.READ_SUMMARIES, actor.roles, {Tie.LED}) else set()
    return {each.id or 0: each.name for each in people if each.id in led}
