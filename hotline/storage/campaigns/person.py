"""G3: what campaigns hold of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from hotline.domain.batches import batches
from hotline.domain.campaigns.campaign import ENDED, Member
from hotline.domain.persons import Whose
from hotline.storage.campaigns.store import member_of
from hotline.storage.campaigns.tables import campaign, campaign_member
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.transaction import TableStore
from hotline.storage.whose import theirs

COLUMNS = (
    PersonalTable(
        campaign,
        nothing={
            Holds.CODE: "kind basis state level questionnaire month",
            Holds.SETTING: "name purpose basis_words words seed",
            Holds.STAFF: "made_by",
        },
    ),
    PersonalTable(
        campaign_member,
        part="campaigns",
        copied="name number detail",
        erased="name number detail",
        nothing={Holds.CODE: "state reason"},
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody whom a campaign is for. `ended_at`: when the campaign was over, None while it goes on."""

    member: Member
    campaign: str
    purpose: str
    ended_at: datetime | None


class PersonMemberStore(TableStore):
    def of(self, whose: Whose) -> list[Asked]:
        """The latest first."""
        columns = campaign_member.c
        named = (campaign.c.name.label("campaign"), campaign.c.purpose, campaign.c.ended_at, campaign.c.state)
        rows = self._connection.execute(
            select(campaign_member, *(each.label(f"campaign_{each.key}") for each in named))
            .join(campaign, campaign.c.id == columns.campaign_id)
            .where(theirs(columns.number, columns.customer_id, whose))
            .order_by(columns.id.desc())
        )
        ended = {each.value for each in ENDED}
        return [
            Asked(
                member_of(row),
                row.campaign_campaign,
                row.campaign_purpose,
                row.campaign_ended_at if row.campaign_state in ended else None,
            )
            for row in rows
        ]

    def forget(self, member_ids: Sequence[int]) -> None:
        """Delete who they were."""
        for some in batches(member_ids):
            self._connection.execute(
                update(campaign_member)
                .where(campaign_member.c.id.in_(some))
                .values(name="", number="", customer_id=None, detail="")
            )
