"""Drawing a week's calls to be examined (E6), and sharing them out (F5, E5)."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from hotline.domain.calls.ledger import operators_of
from hotline.domain.errors import Conflict, Refused
from hotline.domain.examination.figures import iso_week
from hotline.domain.examination.records import SampleDraw
from hotline.domain.examination.sample import Drawn, Examiner, Plan, SampleCandidate
from hotline.domain.examination.sample import assign as shared_out
from hotline.domain.examination.sample import draw as drawn_of
from hotline.domain.people import Actor
from hotline.domain.rights import given
from hotline.domain.rights.acts import Act, may
from hotline.domain.staff.records import Tenure
from hotline.domain.time import SHANGHAI, midnight
from hotline.domain.wall_time import within_years
from hotline.services.access import handlers_of, require_right
from hotline.services.examination.examinations import new_examination
from hotline.services.examination.rights import examiner_with
from hotline.services.examination.told import tell_drawn
from hotline.services.quality.score_forms import require_used_form
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.audit import AuditLog
from hotline.storage.calls.store import CallStore
from hotline.storage.examination.plans import SampleStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.staff.spans import TenureStore
from hotline.storage.transaction import Storage, Transaction

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")

#: On Monday the week before is drawn from then on, o'clock in Shanghai: by then all of it is transcribed.
DRAWN_FROM_HOUR = 7
#: Who draws when nobody does.
JOB = Actor("jobs", given.JOBS, "jobs")


@dataclass(frozen=True, slots=True)
class DrawResult:
    """`examined_before`: drawn calls that have their examination already. `unassigned`: nobody may examine them."""

    draw: SampleDraw
    assigned: int
    examined_before: int
    unassigned: int


def week_bounds(week: str) -> tuple[datetime, datetime]:
    """Monday's first moment to the next Monday's, in Shanghai. Raises Refused."""
    found = _WEEK.fullmatch(week)
    try:
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else None
    except ValueError:
        monday = None
    if monday is None or not within_years(monday):
        raise Refused("examination.week", got=week[:20], field="week")
    return midnight(monday), midnight(monday + timedelta(days=7))


def plan_of(settings: Settings) -> Plan:
    wanted = settings.examination
    return Plan(wanted.per_operator, wanted.complaints, wanted.low_score or None, float(wanted.least_seconds))


def plan_from(kept: Mapping[str, object]) -> Plan:
    """The plan as it stands on record with a draw."""
    return Plan(**kept)  # type: ignore[arg-type]


def draw_week(
    storage: Storage, settings: Settings, week: str, actor: Actor, now: datetime, seed: str = ""
) -> DrawResult:
    """Once a week and never again. Without `seed` one is made; it stands on record. Raises Forbidden, Refused for a
    week that is not over, Conflict when it was drawn."""
    require_right(Act.DRAW_SAMPLES, actor)
    since, until = week_bounds(week)
    if until > now:
        raise Refused("examination.week_not_over", week=week)
    with storage.writing() as tx:
        if SampleStore(tx).of_period(week) is not None:
            raise Conflict("examination.week_drawn", week=week)
        candidates = candidates_of(tx, since, until)
        seed = seed or secrets.token_hex(8)
        plan = plan_of(settings)
        drawn = drawn_of(candidates, plan, seed)
        keys = tuple((each.candidate.node, each.candidate.linkedid, each.why.value) for each in drawn)
        kept = SampleStore(tx).add(SampleDraw(week, seed, asdict(plan), len(candidates), keys, actor.name, now))
        result = _share_out(tx, settings, kept, drawn, now)
        AuditLog(tx).add(
            now,
            actor.name,
            "draw.make",
            f"draw:{kept.id}",
            f"{week}: {len(drawn)} of {len(candidates)} calls, seed {seed}",
        )
        return result


def candidates_of(tx: Transaction, since: datetime, until: datetime) -> list[SampleCandidate]:
    """Who had an extension one after the other are operators of their own."""
    tenures = [each for each in TenureStore(tx).search() if each.since is not None and since < each.since < until]
    return [
        replace(found, part=sum(_began_before(each, found) for each in tenures))
        for found in SampleStore(tx).candidates(since, until)
    ]


def _began_before(tenure: Tenure, candidate: SampleCandidate) -> bool:
    begun = tenure.since is not None and tenure.since <= candidate.called_at
    return begun and tenure.extension == candidate.extension


def draw_last_week(storage: Storage, settings: Settings, now: datetime) -> DrawResult | None:
    """What the job does, from Monday morning on until it is done; None when there is nothing to do."""
    local = now.astimezone(SHANGHAI)
    plan = plan_of(settings)
    if local.weekday() == 0 and local.hour < DRAWN_FROM_HOUR:
        return None
    if not plan.per_operator and not plan.complaints and plan.low_score is None:
        return None
    week = iso_week(now - timedelta(days=7))
    with storage.reading() as tx:
        if SampleStore(tx).of_period(week) is not None:
            return None
    return draw_week(storage, settings, week, JOB, now)


def _share_out(
    tx: Transaction, settings: Settings, draw: SampleDraw, drawn: tuple[Drawn, ...], now: datetime
) -> DrawResult:
    before = ExaminationStore(tx).examined([each.candidate.key for each in drawn])
    fresh = [_with_handlers(tx, each) for each in drawn if each.candidate.key not in before]
    form = require_used_form(tx, settings, now) if fresh else None
    shares: Counter[str] = Counter()
    for each, examiner in shared_out(fresh, examiners(tx, now), ExaminationStore(tx).load()):
        assert form is not None
        made = new_examination(each.candidate, each.why, form, examiner or "", settings, now)
        ExaminationStore(tx).add(replace(made, draw_id=draw.id))
        shares.update([examiner] if examiner else ())
    tell_drawn(tx, draw, shares, now)
    assigned = shares.total()
    return DrawResult(draw, assigned, len(drawn) - len(fresh), len(fresh) - assigned)


def examiners(tx: Transaction, now: datetime) -> list[Examiner]:
    """Whose work it is to examine."""
    return [
        examiner_with(tx, user)
        for user in UserStore(tx).all()
        if user.may_enter(now) and may(Act.BE_DRAWN_FOR, user.roles)
    ]


def _with_handlers(tx: Transaction, drawn: Drawn) -> Drawn:
    """Whoever had the caller counts as having handled it, not the one alone whose call it is."""
    call = CallStore(tx).get(drawn.candidate.node, drawn.candidate.linkedid)
    handlers = handlers_of(tx, call) if call and operators_of(call) else frozenset()
    return Drawn(replace(drawn.candidate, handlers=handlers), drawn.why)
