"""Campaigns as they are looked at: how far they are, what came of them, and who was left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hotline.domain.campaigns.campaign import Campaign, LeftOut, Member, MemberState
from hotline.domain.people import Actor
from hotline.domain.rights.acts import Act
from hotline.domain.rights.seeing import Sight
from hotline.domain.satisfaction.questionnaire import Questionnaire
from hotline.services.access import require_right
from hotline.services.campaigns.campaigns import known_campaign
from hotline.services.looks import note_look
from hotline.services.satisfaction.questionnaires import latest
from hotline.services.sight import sight_of
from hotline.storage.campaigns.results import CampaignResults, CampaignResultStore
from hotline.storage.campaigns.store import CampaignStore, MemberStore
from hotline.storage.transaction import Storage


@dataclass(frozen=True, slots=True)
class ListedCampaigns:
    """The newest first; `total` counts all."""

    campaigns: Sequence[Campaign]
    total: int


@dataclass(frozen=True, slots=True)
class SeenCampaign:
    """`counts`: of those whom it is for, by state and reason. `questionnaire`: None for the visit's own questions."""

    campaign: Campaign
    counts: Mapping[tuple[MemberState, LeftOut | None], int]
    results: CampaignResults
    questionnaire: Questionnaire | None

    def count(self, state: MemberState) -> int:
        return sum(n for (each, _reason), n in self.counts.items() if each == state)

    @property
    def left_out(self) -> Mapping[LeftOut, int]:
        """By reason, in the order in which reasons are looked at."""
        return {reason: n for reason in LeftOut if (n := self.counts.get((MemberState.LEFT_OUT, reason), 0))}


@dataclass(frozen=True, slots=True)
class SeenMembers:
    """A page of those of one state and reason. `total` counts all of them; `sight`: which numbers are shown whole."""

    campaign: Campaign
    members: Sequence[Member]
    total: int
    sight: Sight


def list_campaigns(storage: Storage, actor: Actor, now: datetime, limit: int, offset: int = 0) -> ListedCampaigns:
    """Raises Forbidden."""
    require_right(Act.READ_CAMPAIGNS, actor)
    with storage.reading() as tx:
        found = ListedCampaigns(CampaignStore(tx).all(limit, offset), CampaignStore(tx).count())
    note_look(storage, actor, now, "campaigns.view", "campaigns")
    return found


def see_campaign(storage: Storage, campaign_id: int, actor: Actor, now: datetime) -> SeenCampaign:
    """Raises Forbidden, NotFound."""
    require_right(Act.READ_CAMPAIGNS, actor)
    with storage.reading() as tx:
        campaign = known_campaign(tx, campaign_id)
        seen = SeenCampaign(
            campaign,
            MemberStore(tx).counts(campaign_id),
            CampaignResultStore(tx).of(campaign_id),
            latest(tx, campaign.questionnaire) if campaign.questionnaire else None,
        )
    note_look(storage, actor, now, "campaign.view", f"campaign:{campaign_id}")
    return seen


def see_members(
    storage: Storage,
    campaign_id: int,
    state: MemberState,
    reason: LeftOut | None,
    actor: Actor,
    now: datetime,
    limit: int,
    offset: int = 0,
) -> SeenMembers:
    """Raises Forbidden, NotFound."""
    require_right(Act.READ_CAMPAIGNS, actor)
    with storage.reading() as tx:
        campaign = known_campaign(tx, campaign_id)
        members = MemberStore(tx).page(campaign_id, state, reason, limit, offset)
        counts = MemberStore(tx).counts(campaign_id)
        sight = sight_of(tx, actor)
    total = sum(n for (each, why), n in counts.items() if each is state and reason in (None, why))
    told = " ".join(filter(None, (state.value, reason.value if reason is not None else "")))
    note_look(storage, actor, now, "campaign.members", f"campaign:{campaign_id}", told)
    return SeenMembers(campaign, members, total, sight)
