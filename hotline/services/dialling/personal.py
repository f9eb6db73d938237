"""G3: dials, and approvals of them, in a person's copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hotline.domain.dialling.approval import DialApproval
from hotline.domain.dialling.dial import Dial
from hotline.domain.retention.privacy import Person, matter_may_go
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.dialling.approvals import DialApprovalStore
from hotline.storage.dialling.store import DialStore
from hotline.storage.transaction import Transaction


class Dials(PersonalPart[Dial]):
    """Found by number. A dial that came to a call goes with it."""

    name, place = "dials", 55
    readme = ("dials.csv 我们拨打您的电话", "dials.csv: when we called you, or tried to")
    columns = (*map(CopyColumn, ("number", "reason", "asked_at", "answered_at", "outcome")),)

    def find(self, tx: Transaction, person: Person) -> Sequence[Dial]:
        return DialStore(tx).of_numbers(person.numbers)

    def erase(self, tx: Transaction, found: Sequence[Dial], erasing: Erasing) -> int:
        over = [each.id or 0 for each in found if erasing.may_go(each.ended_at, (each.node, each.linkedid))]
        return DialStore(tx).forget(over)


class DialApprovals(PersonalPart[DialApproval]):
    """Found by number. It goes when the term after it was used, refused or had lapsed is over."""

    name, place = "dial_approvals", 57
    readme = ("dial_approvals.csv 拨打审批", "dial_approvals.csv: approvals to call you")
    columns = (*map(CopyColumn, ("number", "reason", "asked_at", "granted", "decided_at", "note", "used_at")),)

    def find(self, tx: Transaction, person: Person) -> Sequence[DialApproval]:
        return DialApprovalStore(tx).of_numbers(person.numbers)

    def erase(self, tx: Transaction, found: Sequence[DialApproval], erasing: Erasing) -> int:
        over = [
            each.id or 0 for each in found if matter_may_go(_ended_at(each), False, False, erasing.terms, erasing.now)
        ]
        DialApprovalStore(tx).forget(over)
        return len(over)


def _ended_at(approval: DialApproval) -> datetime:
    return approval.used_at or max(approval.decided_at or approval.asked_at, approval.expires_at)


PARTS = (Dials(), DialApprovals())
