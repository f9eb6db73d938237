"""Campaigns: made, changed, started, paused, stopped. Each change stands in the audit log (F8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from hotline.domain.campaigns.campaign import ENDED, UNSTARTED, Campaign, CampaignState, LeftOut, checked
from hotline.domain.errors import Conflict, NotFound, Outdated, Refused
from hotline.domain.ids import is_id
from hotline.domain.people import Actor
from hotline.domain.reasons import Unfit
from hotline.domain.rights.acts import Act
from hotline.domain.satisfaction.questionnaire import Questionnaire
from hotline.domain.visits.visit import Origin
from hotline.services.access import require_right
from hotline.services.projects.dropping import drop_visits_of
from hotline.services.satisfaction.questionnaires import questionnaires_in_force
from hotline.settings import Settings
from hotline.storage.audit import AuditLog
from hotline.storage.campaigns.store import CampaignStore, MemberStore
from hotline.storage.transaction import Storage, Transaction

#: Visits of one transaction: SQLite has one writer, and calls come in meanwhile.
_AT_ONCE = 50

#: What people write into.
WRITTEN = (
    *("name", "purpose", "basis", "basis_words", "words", "questionnaire", "level"),
    *("begins_on", "ends_on", "wanted", "a_day"),
)


def add_campaign(storage: Storage, settings: Settings, new: Campaign, actor: Actor, now: datetime) -> Campaign:
    """A draft. Raises Forbidden, Refused."""
    require_right(Act.RUN_CAMPAIGNS, actor)
    with storage.writing() as tx:
        _require_questionnaire(tx, new.questionnaire, now)
        return add_in(tx, new, actor, now)


def add_in(tx: Transaction, new: Campaign, actor: Actor, now: datetime) -> Campaign:
    """As `add_campaign`, in the caller's transaction."""
    made = replace(_checked(new), state=CampaignState.DRAFT, made_by=actor.name, made_at=now, version=1, id=None)
    added = CampaignStore(tx).add(made)
    AuditLog(tx).add(now, actor.name, "campaign.create", f"campaign:{added.id}", added.kind)
    return added


def change_campaign(
    storage: Storage, campaign_id: int, version: int, changes: Mapping[str, object], actor: Actor, now: datetime
) -> Campaign:
    """Write `changes` (fields of WRITTEN); whom it is for is settled anew. Raises Forbidden, NotFound, Refused,
    Conflict once it was started, Outdated if somebody was faster."""
    require_right(Act.RUN_CAMPAIGNS, actor)
    with storage.writing() as tx:
        old = known_campaign(tx, campaign_id)
        if old.state not in UNSTARTED:
            raise Conflict("campaigns.started")
        written: dict[str, Any] = {name: changes[name] for name in WRITTEN if name in changes}
        new = _checked(replace(old, **written, state=CampaignState.DRAFT))
        if new.questionnaire != old.questionnaire:
            _require_questionnaire(tx, new.questionnaire, now)
        if old.version != version:
            raise Outdated("campaigns.changed_meanwhile")
        changed = ", ".join(name for name in WRITTEN if getattr(new, name) != getattr(old, name))
        AuditLog(tx).add(now, actor.name, "campaign.change", f"campaign:{campaign_id}", changed)
        return save(tx, new)


def start_campaign(storage: Storage, campaign_id: int, actor: Actor, now: datetime) -> Campaign:
    """From now on its visits are planned; one that pauses goes on. Raises Forbidden, NotFound, Conflict."""
    require_right(Act.RUN_CAMPAIGNS, actor)
    with storage.writing() as tx:
        old = known_campaign(tx, campaign_id)
        if old.state is CampaignState.DRAFT:
            raise Conflict("campaigns.not_ready")
        if old.state not in (CampaignState.READY, CampaignState.PAUSED):
            raise Conflict("campaigns.is_over")
        AuditLog(tx).add(now, actor.name, "campaign.start", f"campaign:{campaign_id}")
        return save(tx, replace(old, state=CampaignState.RUNNING, started_at=old.started_at or now))


def pause_campaign(storage: Storage, campaign_id: int, actor: Actor, now: datetime) -> Campaign:
    """Nothing more is planned; what was planned is still to be made. Raises Forbidden, NotFound, Conflict."""
    require_right(Act.RUN_CAMPAIGNS, actor)
    with storage.writing() as tx:
        old = known_campaign(tx, campaign_id)
        if old.state is not CampaignState.RUNNING:
            raise Conflict("campaigns.not_running")
        AuditLog(tx).add(now, actor.name, "campaign.pause", f"campaign:{campaign_id}")
        return save(tx, replace(old, state=CampaignState.PAUSED))


def stop_campaign(storage: Storage, settings: Settings, campaign_id: int, actor: Actor, now: datetime) -> Campaign:
    """For good: what is not made yet is not owed any more. Raises Forbidden, NotFound, Conflict."""
    require_right(Act.RUN_CAMPAIGNS, actor)
    with storage.writing() as tx:
        old = known_campaign(tx, campaign_id)
        if old.state in ENDED:
            raise Conflict("campaigns.is_over")
        MemberStore(tx).leave_out_chosen(campaign_id, LeftOut.STOPPED)
        AuditLog(tx).add(now, actor.name, "campaign.stop", f"campaign:{campaign_id}")
        stopped = save(tx, replace(old, state=CampaignState.STOPPED, ended_at=now))
    drop_rest(storage, settings, campaign_id, actor.name, now)
    return stopped


def drop_rest(storage: Storage, settings: Settings, campaign_id: int, by: str, now: datetime) -> int:
    """What is open of a campaign that was stopped, some at a time; the job does what was interrupted. How many."""
    dropped = 0
    while True:
        with storage.writing() as tx:
            some = drop_visits_of(tx, settings, Origin.CAMPAIGN, campaign_id, by, now, _AT_ONCE)
        dropped += some
        if some < _AT_ONCE:
            return dropped


def known_campaign(tx: Transaction, campaign_id: int) -> Campaign:
    """Raises NotFound."""
    found = CampaignStore(tx).by_id(campaign_id) if is_id(campaign_id) else None
    if found is None:
        raise NotFound("campaigns.no_campaign", id=campaign_id)
    return found


def read_campaign(storage: Storage, campaign_id: int, actor: Actor) -> Campaign:
    """For who is about to write. Raises Forbidden, NotFound."""
    require_right(Act.RUN_CAMPAIGNS, actor)
    with storage.reading() as tx:
        return known_campaign(tx, campaign_id)


def save(tx: Transaction, changed: Campaign) -> Campaign:
    """Write it as its next version; the caller writes down what was done. Raises Outdated."""
    if not CampaignStore(tx).save(changed):
        raise Outdated("campaigns.changed_meanwhile")
    return replace(changed, version=changed.version + 1)


def settle_anew(tx: Transaction, campaign: Campaign) -> Campaign:
    """Whom it is for is about to be settled, in more than one transaction: until that is done it is a draft, which
    nobody starts. Raises Conflict once it was started, Outdated."""
    if campaign.state not in UNSTARTED:
        raise Conflict("campaigns.started")
    return save(tx, replace(campaign, state=CampaignState.DRAFT))


def require_still(tx: Transaction, campaign: Campaign) -> None:
    """Nobody has changed it since, nor begun to settle it anew; nobody does in this transaction. Raises NotFound,
    Outdated."""
    CampaignStore(tx).hold(campaign.id or 0)
    if known_campaign(tx, campaign.id or 0).version != campaign.version:
        raise Outdated("campaigns.changed_meanwhile")


def questionnaires(storage: Storage, actor: Actor, now: datetime) -> list[Questionnaire]:
    """What may be asked in place of the regulation's own questions. Raises Forbidden."""
    require_right(Act.RUN_CAMPAIGNS, actor)
    with storage.reading() as tx:
        return sorted(questionnaires_in_force(tx, now).values(), key=lambda each: each.code)


def _require_questionnaire(tx: Transaction, code: str, now: datetime) -> None:
    if code and code not in questionnaires_in_force(tx, now):
        raise Refused("campaigns.no_questionnaire", field="questionnaire")


def _checked(campaign: Campaign) -> Campaign:
    try:
        return checked(campaign)
    except Unfit as error:
        raise Refused.of(error.reason, error.field) from None
