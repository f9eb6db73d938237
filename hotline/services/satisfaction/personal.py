"""G3: what a person said of calls, in their copy and deletion."""

from __future__ import annotations

from collections.abc import Sequence

from hotline.domain.retention.privacy import Person
from hotline.domain.satisfaction.questionnaire import Reply
from hotline.domain.satisfaction.rating import Rating
from hotline.domain.visits.visit import VISIT
from hotline.services.personal import CopyColumn, Erasing, PersonalPart
from hotline.storage.satisfaction.replies import ReplyStore
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.transaction import Transaction
from hotline.storage.visits.person import PersonVisitStore


class Ratings(PersonalPart[Rating]):
    """Found by number. What was said of a call goes with it; that it was answered, and how, stays for the figures."""

    name, place = "ratings", 58
    readme = ("ratings.csv 您对通话的评价", "ratings.csv: what you said of calls")
    columns = (
        *map(CopyColumn, ("number", "offered_at")),
        CopyColumn("answered_at", header="rated_at"),
        *map(CopyColumn, ("answer", "comment")),
    )

    def find(self, tx: Transaction, person: Person) -> Sequence[Rating]:
        return RatingStore(tx).of_numbers(person.numbers)

    def erase(self, tx: Transaction, found: Sequence[Rating], erasing: Erasing) -> int:
        ends = ((each, each.answered_at or each.offered_at) for each in found)
        over = [each.id or 0 for each, end in ends if erasing.may_go(end, (each.node, each.linkedid))]
        return RatingStore(tx).forget(over)


class Questionnaires(PersonalPart[Reply]):
    """Found by number, those of a visit by the visit. An answer goes with its call; one of no call when its term is
    over."""

    name, place = "questionnaires", 59
    readme = ("questionnaires.csv 您填写的问卷", "questionnaires.csv: questionnaires that you answered")
    columns = tuple(map(CopyColumn, ("number", "code", "at", "answers", "score")))

    def find(self, tx: Transaction, person: Person) -> Sequence[Reply]:
        visits = PersonVisitStore(tx).of(person.whose)
        store = ReplyStore(tx)
        return [*store.of_numbers(person.numbers), *store.of_objects([f"{VISIT}:{each.id}" for each in visits])]

    def erase(self, tx: Transaction, found: Sequence[Reply], erasing: Erasing) -> int:
        over = [each.id or 0 for each in found if erasing.may_go(each.at, (each.node, each.linkedid))]
        return ReplyStore(tx).forget(over)


PARTS = (Ratings(), Questionnaires())
