"""G3: campaigns that were for a person, in their copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.retention.privacy import Person
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.campaigns.person import Asked, PersonMemberStore
from hotline.storage.transaction import Transaction


def _detail(asked: Asked) -> str:
    detail = asked.member.detail
    return "" if detail is None else f"{detail.code} {detail.values}"


class Campaigns(PersonalPart[Asked]):
    name, place = "campaigns", 48
    readme = ("campaigns.csv 专项回访名单", "campaigns.csv: campaigns whose lists had you")
    columns = (
        CopyColumn("campaign"),
        CopyColumn("purpose"),
        CopyColumn("name", "member.name"),
        CopyColumn("number", "member.number"),
        CopyColumn("state", "member.state"),
        CopyColumn("reason", lambda asked: asked.member.reason or ""),
        CopyColumn("detail", _detail),
        CopyColumn("planned_at", "member.planned_at"),
    )

    def find(self, tx: Transaction, person: Person) -> Sequence[Asked]:
        return PersonMemberStore(tx).of(person.whose)

    def erase(self, tx: Transaction, found: Sequence[Asked], erasing: Erasing) -> int:
        going = [each.member.id or 0 for each in found if erasing.may_go(each.ended_at, ("", ""))]
        PersonMemberStore(tx).forget(going)
        return len(going)


PARTS = (Campaigns(),)
