"""Campaigns, and whom each is for."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from hotline.domain.batches import batches
from hotline.domain.campaigns.campaign import Basis, Campaign, CampaignKind, CampaignState, LeftOut, Member, MemberState
from hotline.domain.reasons import Reason, because
from hotline.domain.time import SHANGHAI, midnight
from hotline.storage.bulk import update_rows
from hotline.storage.campaigns.tables import campaign, campaign_member
from hotline.storage.inserted import new_id
from hotline.storage.transaction import TableStore

_IT, _MEMBER = campaign.c, campaign_member.c
_COLUMNS = tuple(each.name for each in dataclasses.fields(Campaign))
_MEMBER_COLUMNS = tuple(each.name for each in dataclasses.fields(Member))
_DAYS = ("begins_on", "ends_on")


def campaign_of(row: Row[Any]) -> Campaign:
    values = {name: getattr(row, name) for name in _COLUMNS}
    days = {name: values[name].astimezone(SHANGHAI).date() for name in _DAYS}
    codes = {
        "kind": CampaignKind(values["kind"]),
        "basis": Basis(values["basis"]),
        "state": CampaignState(values["state"]),
    }
    return Campaign(**{**values, **days, **codes})


def member_of(row: Row[Any]) -> Member:
    values = {name: getattr(row, name) for name in _MEMBER_COLUMNS}
    reason = LeftOut(values["reason"]) if values["reason"] else None
    detail = _reason_of(values["detail"])
    return Member(**{**values, "state": MemberState(values["state"]), "reason": reason, "detail": detail})


def _reason_of(stored: str) -> Reason | None:
    if not stored:
        return None
    try:
        return Reason.from_json(json.loads(stored))
    except (ValueError, TypeError, KeyError, AttributeError):
        return because("storage.legacy", text=stored)


def _columns_of(one: Campaign) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _COLUMNS if name != "id"}
    days = {name: midnight(values[name]) for name in _DAYS}
    return {**values, **days, **{name: values[name].value for name in ("kind", "basis", "state")}}


def _member_columns(one: Member) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _MEMBER_COLUMNS if name != "id"}
    reason = one.reason.value if one.reason is not None else ""
    detail = json.dumps(one.detail.as_json(), ensure_ascii=False) if one.detail is not None else ""
    return {**values, "state": one.state.value, "reason": reason, "detail": detail}


class CampaignStore(TableStore):
    def add(self, new: Campaign) -> Campaign:
        return dataclasses.replace(new, id=new_id(self._connection.execute(insert(campaign).values(_columns_of(new)))))

    def by_id(self, campaign_id: int) -> Campaign | None:
        row = self._connection.execute(select(campaign).where(_IT.id == campaign_id)).one_or_none()
        return campaign_of(row) if row else None

    def hold(self, campaign_id: int) -> None:
        """Whoever changes it waits until this transaction is over."""
        self._connection.execute(select(_IT.id).where(_IT.id == campaign_id).with_for_update())

    def of_month(self, month: str) -> Campaign | None:
        """The monthly sample of that month (2026-11)."""
        row = self._connection.execute(select(campaign).where(_IT.month == month)).one_or_none()
        return campaign_of(row) if row else None

    def save(self, changed: Campaign) -> bool:
        """With the next version; False unless the row still has the version of `changed`."""
        values = {**_columns_of(changed), "version": changed.version + 1}
        same = (_IT.id == changed.id, _IT.version == changed.version)
        return self._connection.execute(update(campaign).where(*same).values(values)).rowcount == 1

    def all(self, limit: int, offset: int = 0) -> list[Campaign]:
        """The newest first."""
        wanted = select(campaign).order_by(_IT.id.desc()).limit(limit).offset(offset)
        return [campaign_of(row) for row in self._connection.execute(wanted)]

    def count(self) -> int:
        return int(self._connection.scalar(select(func.count()).select_from(campaign)) or 0)

    def running(self) -> list[Campaign]:
        wanted = select(campaign).where(_IT.state == CampaignState.RUNNING.value).order_by(_IT.id)
        return [campaign_of(row) for row in self._connection.execute(wanted)]


class MemberStore(TableStore):
    def add(self, new: Sequence[Member]) -> None:
        for some in batches(new):
            self._connection.execute(insert(campaign_member), [_member_columns(each) for each in some])

    def forget(self, campaign_id: int) -> None:
        """All of them: they are gathered anew."""
        self._connection.execute(delete(campaign_member).where(_MEMBER.campaign_id == campaign_id))

    def counts(self, campaign_id: int) -> Mapping[tuple[MemberState, LeftOut | None], int]:
        """How many there are of each state and reason."""
        rows = self._connection.execute(
            select(_MEMBER.state, _MEMBER.reason, func.count().label("n"))
            .where(_MEMBER.campaign_id == campaign_id)
            .group_by(_MEMBER.state, _MEMBER.reason)
        )
        return Counter({(MemberState(row.state), LeftOut(row.reason) if row.reason else None): row.n for row in rows})

    def page(
        self, campaign_id: int, state: MemberState, reason: LeftOut | None, limit: int, offset: int = 0
    ) -> list[Member]:
        """Those of this state, and for this reason if one is named, in the order in which they came."""
        wanted = select(campaign_member).where(_MEMBER.campaign_id == campaign_id, _MEMBER.state == state.value)
        if reason is not None:
            wanted = wanted.where(_MEMBER.reason == reason.value)
        rows = self._connection.execute(wanted.order_by(_MEMBER.id).limit(limit).offset(offset))
        return [member_of(row) for row in rows]

    def some(self, campaign_id: int, after: int, limit: int, chosen: bool = False) -> list[Member]:
        """By id, those behind `after`; or only those whose visit is still to be planned."""
        wanted = select(campaign_member).where(_MEMBER.campaign_id == campaign_id, _MEMBER.id > after)
        if chosen:
            wanted = wanted.where(_MEMBER.state == MemberState.CHOSEN.value)
        return [member_of(row) for row in self._connection.execute(wanted.order_by(_MEMBER.id).limit(limit))]

    def ids(self, campaign_id: int, state: MemberState) -> list[int]:
        """In the order in which they came."""
        wanted = select(_MEMBER.id).where(_MEMBER.campaign_id == campaign_id, _MEMBER.state == state.value)
        return list(self._connection.scalars(wanted.order_by(_MEMBER.id)))

    def planned_since(self, campaign_id: int, since: datetime) -> int:
        """How many visits were planned since then."""
        mine = (_MEMBER.campaign_id == campaign_id, _MEMBER.planned_at >= since)
        return int(self._connection.scalar(select(func.count()).select_from(campaign_member).where(*mine)) or 0)

    def leave_out(self, member_ids: Mapping[int, LeftOut]) -> None:
        update_rows(
            self._connection,
            campaign_member,
            list(member_ids),
            {"reason": [each.value for each in member_ids.values()]},
            {"state": MemberState.LEFT_OUT.value},
        )

    def leave_out_chosen(self, campaign_id: int, reason: LeftOut) -> int:
        """All whose visit is still to be planned; how many."""
        mine = (_MEMBER.campaign_id == campaign_id, _MEMBER.state == MemberState.CHOSEN.value)
        values = {"state": MemberState.LEFT_OUT.value, "reason": reason.value}
        return self._connection.execute(update(campaign_member).where(*mine).values(values)).rowcount

    def set_state(self, member_ids: Collection[int], state: MemberState) -> None:
        for some in batches(sorted(member_ids)):
            self._connection.execute(
                update(campaign_member).where(_MEMBER.id.in_(some)).values(state=state.value, reason="")
            )

    def restore(self, campaign_id: int) -> None:
        """Those of a list that can be read are all to be looked at again."""
        readable = (_MEMBER.campaign_id == campaign_id, _MEMBER.reason != LeftOut.BROKEN.value)
        values = {"state": MemberState.CHOSEN.value, "reason": ""}
        self._connection.execute(update(campaign_member).where(*readable).values(values))

    def plan(self, member_id: int, visit_id: int, now: datetime) -> None:
        values = {"state": MemberState.PLANNED.value, "visit_id": visit_id, "planned_at": now}
        self._connection.execute(update(campaign_member).where(_MEMBER.id == member_id).values(values))

    def name_customers(self, customers: Mapping[int, int]) -> None:
        """By the member's id: who they turned out to be."""
        update_rows(self._connection, campaign_member, list(customers), {"customer_id": list(customers.values())})
