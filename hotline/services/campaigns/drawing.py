"""Whom a campaign is for: gathered, sorted out with a reason each, drawn by a seed that stands on record."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from hotline.domain import numbers
from hotline.domain.batches import batches
from hotline.domain.campaigns.campaign import Campaign, CampaignKind, CampaignState, Member, MemberState, draw
from hotline.domain.campaigns.sorting import Circumstances, Seen, why_left_out
from hotline.domain.errors import Refused
from hotline.domain.numbers import Number
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.time import midnight
from hotline.services.access import require_right
from hotline.services.campaigns.campaigns import known_campaign, require_still, save, settle_anew
from hotline.services.line.line import own_numbers
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.campaigns.candidates import Candidate, CandidateStore
from hotline.storage.campaigns.store import MemberStore
from hotline.storage.customers.store import CustomerStore
from hotline.storage.transaction import Storage, Transaction

#: Rows of one transaction: SQLite has one writer, and calls come in meanwhile.
AT_ONCE = 500


def draw_campaign(
    storage: Storage, settings: Settings, campaign_id: int, actor: Actor, now: datetime, seed: str = ""
) -> Campaign:
    """Settle whom it is for; doing it again settles it anew. Without `seed` one is made. Raises Forbidden, NotFound,
    Refused where nobody could be asked, Conflict once it was started, Outdated when somebody changed or drew it
    meanwhile."""
    require_right(Act.RUN_CAMPAIGNS, actor)
    with storage.writing() as tx:
        campaign = settle_anew(tx, known_campaign(tx, campaign_id))
        if campaign.kind is CampaignKind.LIST:
            MemberStore(tx).restore(campaign_id)
        else:
            MemberStore(tx).forget(campaign_id)
    for some in _gathered(storage, settings, campaign):
        with storage.writing() as tx:
            require_still(tx, campaign)
            MemberStore(tx).add([_member(campaign_id, each) for each in some])
    _sort_out(storage, settings, campaign, now)
    with storage.writing() as tx:
        require_still(tx, campaign)
        return _drawn(tx, campaign, seed or secrets.token_hex(8), actor, now)


def circumstances(
    tx: Transaction,
    settings: Settings,
    campaign: Campaign,
    members: Sequence[Member],
    own: Collection[Number],
    now: datetime,
) -> Circumstances:
    """What is known of these, for `why_left_out`."""
    store = CandidateStore(tx)
    people = store.people([each.number for each in members])
    ids = {each.customer_id for each in members if each.customer_id is not None}
    customers = {each.id or 0: each for each in CustomerStore(tx).by_ids(ids)}
    some = sorted({each.number for each in members if each.number})
    every = sorted(ids | {each.id or 0 for found in people.values() for each in found})
    since = now - timedelta(days=settings.campaigns.rest_days)
    return Circumstances(
        campaign.basis,
        own,
        people,
        customers,
        store.with_open_visits(some, every),
        store.visited_since(some, every, since),
    )


def own_people(tx: Transaction, settings: Settings) -> frozenset[Number]:
    """Numbers of ours, which no campaign asks."""
    lines = {numbers.normalise(each) for each in own_numbers(settings)}
    return frozenset((lines | CandidateStore(tx).own_people()) - {numbers.NO_NUMBER})


def _gathered(storage: Storage, settings: Settings, campaign: Campaign) -> Iterator[Sequence[Candidate]]:
    """All whom it could be for, some at a time; of a list they are there already."""
    if campaign.kind in (CampaignKind.FESTIVAL, CampaignKind.DECEMBER):
        yield from _customers(storage, campaign.level)
    elif campaign.kind is CampaignKind.RENEWAL:
        until = campaign.begins_on + timedelta(days=settings.campaigns.renewal_days)
        with storage.reading() as tx:
            found = list(CandidateStore(tx).of_projects_ending(campaign.begins_on, until))
        yield from batches(found, AT_ONCE)
    elif campaign.kind is CampaignKind.SAMPLE:
        since, until_at = month_before(campaign.begins_on)
        with storage.reading() as tx:
            callers: list[Candidate] = [(None, "", each) for each in CandidateStore(tx).callers(since, until_at)]
        yield from batches(callers, AT_ONCE)


def _customers(storage: Storage, level: str) -> Iterator[Sequence[Candidate]]:
    after = 0
    while True:
        with storage.reading() as tx:
            some = CandidateStore(tx).customers(after, AT_ONCE, level)
        if not some:
            return
        yield some
        after = some[-1][0] or 0


def month_before(day: date) -> tuple[datetime, datetime]:
    """The first moments of the month before this day's, and of its own."""
    first = day.replace(day=1)
    return midnight((first - timedelta(days=1)).replace(day=1)), midnight(first)


def _member(campaign_id: int, candidate: Candidate) -> Member:
    customer_id, name, number = candidate
    return Member(campaign_id, MemberState.CHOSEN, customer_id, name, number)


def _sort_out(storage: Storage, settings: Settings, campaign: Campaign, now: datetime) -> None:
    """Each once, in the order in which they came."""
    seen, after = Seen(), 0
    with storage.reading() as tx:
        own = own_people(tx, settings)
    while True:
        with storage.writing() as tx:
            require_still(tx, campaign)
            some = MemberStore(tx).some(campaign.id or 0, after, AT_ONCE)
            if not some:
                return
            fit = [each for each in some if each.state is MemberState.CHOSEN]
            known = circumstances(tx, settings, campaign, fit, own, now)
            named = [_named(each, known) for each in fit]
            MemberStore(tx).name_customers(
                {each.id or 0: each.customer_id for each in named if each.customer_id is not None}
            )
            reasons = {each.id or 0: why_left_out(each, known, seen) for each in named}
            MemberStore(tx).leave_out({id: reason for id, reason in reasons.items() if reason is not None})
        after = some[-1].id or 0


def _named(member: Member, known: Circumstances) -> Member:
    """Whose number one customer alone has, is that one."""
    people = known.people.get(member.number, [])
    if member.customer_id is None and len(people) == 1:
        return replace(member, customer_id=people[0].id)
    return member


def _drawn(tx: Transaction, campaign: Campaign, seed: str, actor: Actor, now: datetime) -> Campaign:
    fit = MemberStore(tx).ids(campaign.id or 0, MemberState.CHOSEN)
    if not fit:
        counts = MemberStore(tx).counts(campaign.id or 0)
        raise Refused("campaigns.nobody", count=sum(counts.values()))
    # By their places, so that the same people are drawn again from the same ones.
    chosen = {fit[place] for place in draw(range(len(fit)), campaign.wanted, seed)}
    MemberStore(tx).set_state([each for each in fit if each not in chosen], MemberState.NOT_DRAWN)
    ready = replace(campaign, state=CampaignState.READY, seed=seed, candidates=len(fit))
    told = f"{len(chosen)} of {len(fit)}, seed {seed}"
    AuditLog(tx).add(now, actor.name, "campaign.draw", f"campaign:{campaign.id}", told)
    return save(tx, ready)
