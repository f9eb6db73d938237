"""The visits of running campaigns are planned, so many a day; each month's sample (E9) is drawn by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.campaigns.campaign import (
    Basis,
    Campaign,
    CampaignKind,
    CampaignState,
    LeftOut,
    Member,
    MemberState,
    share_of_today,
)
from hotline.domain.campaigns.sorting import why_left_out
from hotline.domain.errors import Refused
from hotline.domain.months import next_month
from hotline.domain.numbers import Number
from hotline.domain.people import Actor
from hotline.domain.rights import given
from hotline.domain.time import midnight
from hotline.domain.visits.planned import NewVisit
from hotline.domain.visits.visit import Origin
from hotline.services.calendar import work_calendar
from hotline.services.campaigns.campaigns import add_in, known_campaign, save, start_campaign
from hotline.services.campaigns.drawing import circumstances, draw_campaign, own_people
from hotline.services.dialling.permission import people_at, will_of
from hotline.services.satisfaction.questionnaires import questionnaires_in_force
from hotline.services.visits.planning import plan
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.campaigns.results import CampaignResultStore
from hotline.storage.campaigns.store import CampaignStore, MemberStore
from hotline.storage.transaction import Storage, Transaction

#: Visits of one transaction: SQLite has one writer, and calls come in meanwhile.
_AT_ONCE = 50
#: Who plans, and draws the monthly sample.
JOB = Actor("campaigns", given.JOBS, "campaigns")


def plan_campaigns(storage: Storage, settings: Settings, now: datetime) -> int:
    """Today's share of each running campaign; how many visits were planned. Doing it again plans nothing more. On days
    on which nobody works nothing is planned."""
    today = local_day(now)
    if not work_calendar(settings).is_working_day(today):
        return 0
    with storage.reading() as tx:
        running = [each for each in CampaignStore(tx).running() if each.begins_on <= today]
    return sum(_plan_today(storage, settings, each, today, now) for each in running)


def draw_monthly_sample(storage: Storage, settings: Settings, now: datetime) -> Campaign | None:
    """E9: once a month, of those who called in the month before; None when there is nothing to do."""
    month = f"{local_day(now):%Y-%m}"
    if not settings.campaigns.monthly_sample:
        return None
    with storage.reading() as tx:
        there = CampaignStore(tx).of_month(month)
    if there is None:
        with storage.writing() as tx:
            there = add_in(tx, _sample(tx, settings, month, now), JOB, now)
    if there.state not in (CampaignState.DRAFT, CampaignState.READY) or there.made_by != JOB.name:
        return None
    try:
        drawn = draw_campaign(storage, settings, there.id or 0, JOB, now)
    except Refused:
        _end(storage, there.id or 0, now)
        return None
    return start_campaign(storage, drawn.id or 0, JOB, now)


def _sample(tx: Transaction, settings: Settings, month: str, now: datetime) -> Campaign:
    """With the questionnaire of the settings, whose score counts in the month; without it where its file is gone."""
    today, asked = local_day(now), settings.campaigns.sample_questionnaire
    last = next_month(today) - timedelta(days=1)
    return Campaign(
        CampaignKind.SAMPLE,
        f"{month} 满意度抽样回访",
        "满意度抽样回访",
        Basis.CONTRACT,
        today.replace(day=1),
        last,
        "客户上月来电后的满意度回访 (E9)",
        questionnaire=asked if asked in questionnaires_in_force(tx, now) else "",
        wanted=settings.campaigns.monthly_sample,
        month=month,
    )


def _end(storage: Storage, campaign_id: int, now: datetime) -> None:
    """Nobody could be asked."""
    with storage.writing() as tx:
        _over(tx, known_campaign(tx, campaign_id), now)


def _over(tx: Transaction, campaign: Campaign, now: datetime) -> None:
    save(tx, replace(campaign, state=CampaignState.DONE, ended_at=now))
    AuditLog(tx).add(now, JOB.name, "campaign.end", f"campaign:{campaign.id}")


def _plan_today(storage: Storage, settings: Settings, campaign: Campaign, today: date, now: datetime) -> int:
    planned, campaign_id = 0, campaign.id or 0
    with storage.reading() as tx:
        done = MemberStore(tx).planned_since(campaign_id, midnight(today))
        left = MemberStore(tx).counts(campaign_id).get((MemberState.CHOSEN, None), 0)
        own = own_people(tx, settings)
    # What was planned today already counts for today.
    share = share_of_today(left + done, today, campaign.ends_on, campaign.a_day) - done
    while share > 0:
        with storage.writing() as tx:
            current = known_campaign(tx, campaign_id)
            some = MemberStore(tx).some(campaign_id, 0, min(share, _AT_ONCE), chosen=True)
            if not some or current.state is not CampaignState.RUNNING:
                break
            made = sum(_plan_one(tx, settings, current, each, own, today, now) for each in some)
        planned, share = planned + made, share - made
    _finish(storage, campaign_id, now)
    return planned


def _plan_one(
    tx: Transaction,
    settings: Settings,
    campaign: Campaign,
    member: Member,
    own: frozenset[Number],
    today: date,
    now: datetime,
) -> int:
    """1 when it was planned. Looked at once more: since the draw somebody may have said no."""
    known = circumstances(tx, settings, campaign, [member], own, now)
    reason = why_left_out(member, known, None)
    if reason is None and will_of(people_at(tx, member.number)).do_not_call:
        reason = LeftOut.DO_NOT_CALL
    if reason is None:
        new = NewVisit(
            Origin.CAMPAIGN,
            now,
            subject_id=campaign.id,
            purpose=campaign.purpose,
            customer_id=member.customer_id,
            name=member.name,
            number=member.number,
            days=min(settings.visits.days, max((campaign.ends_on - today).days, 1)),
            questionnaire=campaign.questionnaire,
            key=f"campaign:{campaign.id}:{member.id}",
        )
        visit = plan(tx, settings, new, JOB.name, now)
        if visit is not None:
            MemberStore(tx).plan(member.id or 0, visit.id or 0, now)
            return 1
        reason = LeftOut.DUPLICATE
    MemberStore(tx).leave_out({member.id or 0: reason})
    return 0


def _finish(storage: Storage, campaign_id: int, now: datetime) -> None:
    """All were asked: it is over."""
    with storage.reading() as tx:
        if not _is_over(tx, campaign_id):
            return
    with storage.writing() as tx:
        found = known_campaign(tx, campaign_id)
        if found.state is CampaignState.RUNNING and _is_over(tx, campaign_id):
            _over(tx, found, now)


def _is_over(tx: Transaction, campaign_id: int) -> bool:
    chosen = MemberStore(tx).counts(campaign_id).get((MemberState.CHOSEN, None), 0)
    return not chosen and not CampaignResultStore(tx).has_open(campaign_id)
