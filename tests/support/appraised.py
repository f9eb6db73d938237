"""October 2026, counted by hand: a team with its leader, an operator with ten calls, another one with two, and who
signs and closes.

What zhao's month is made of, by the shipped scheme, and the points:

| item         | made of                           | value | points | weight |
| examination  | 80 and 90 of two calls            | 85    | 85     | 25     |
| records      | B1 kept 9 of 10                   | 90 %  | 75     | 15     |
| callbacks    | nothing                           |       |        | (10)   |
| promises     | nothing                           |       |        | (10)   |
| speech       | C1 kept 3 of 4                    | 75 %  | 37.5   | 5      |
| talk         | ten calls of 375 s                | 375   | 75     | 5      |
| satisfaction | 5, 5, 4, 1 of four callers        | 3.75  | 50     | 15     |
| adherence    | 7 of 8 planned hours              | 87.5  | 70     | 10     |
| complaints   | one, and it came for the 2nd time | 2     | 33.33  | 5      |

(85 × 25 + 75 × 15 + 37.5 × 5 + 75 × 5 + 50 × 15 + 70 × 10 + 33.33 × 5) ÷ 80 = 67.9
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hotline.domain.calls.call import Party, PartyKind
from hotline.domain.cases.case import ServiceCase
from hotline.domain.examination.records import Examination, ExaminationState
from hotline.domain.examination.sample import Why
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.operators.presence import OperatorPresence, ShownState, StateChange
from hotline.domain.people import Actor, Role
from hotline.domain.satisfaction.rating import Rating, RatingWay
from hotline.domain.staff.records import Membership, Team
from hotline.domain.verdicts.verdict import Judgement, Subject, Verdict
from hotline.services.led import led_by
from hotline.storage.calls.store import CallStore
from hotline.storage.cases.store import CaseStore
from hotline.storage.examination.store import ExaminationStore
from hotline.storage.operators.store import PresenceStore
from hotline.storage.satisfaction.store import RatingStore
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from hotline.storage.verdicts.store import NewVerdict, VerdictStore
from tests.support.instance import an_instance, at
from tests.support.our_people import plan, somebody
from tests.support.rows import a_call

OCTOBER = date(2026, 10, 1)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
#: In the month after.
NOW = at("2026-11-03 10:00:00")
HOUR = timedelta(hours=1)

#: By item: value and points, as counted above.
ZHAO_ITEMS = {
    "examination": (85.0, 85.0),
    "records": (90.0, 75.0),
    "callbacks": (None, None),
    "promises": (None, None),
    "speech": (75.0, 37.5),
    "talk": (375.0, 75.0),
    "satisfaction": (3.75, 50.0),
    "adherence": (87.5, 70.0),
    "complaints": (2.0, 33.33),
}
ZHAO_SCORE = 67.9


class Month:
    """`team`: the id of who are zhao, qian and their leader sun. wu examines, ma administers, zhou supervises, an
    looks on."""

    def __init__(self, storage: Storage, folder: Path) -> None:
        self.storage = storage
        self.hotline = an_instance(folder, NOW, "", storage)
        self.settings = self.hotline.settings
        self.zhao, self.zhao_id = self._one("zhao", "赵敏", Role.OPERATOR, extension="1001")
        self.qian, self.qian_id = self._one("qian", "钱伟", Role.OPERATOR, extension="1002")
        self.sun, self.sun_id = self._one("sun", "孙组长", Role.LEADER)
        self.wu, self.wu_id = self._one("wu", "吴质检", Role.EXAMINER)
        self.ma, self.ma_id = self._one("ma", "马管理", Role.ADMINISTRATOR)
        self.zhou, self.zhou_id = self._one("zhou", "周主管", Role.SUPERVISOR)
        self.team = self.a_team("一组", self.sun_id, self.zhao_id, self.qian_id)
        self.sun = self.led(self.sun)
        self._zhao()
        for place in range(2):  # 2 × 300 s: all points
            self.call(f"q-{place}", at("2026-10-08 09:00:00") + place * HOUR, 300, "1002")

    def _one(self, username: str, name: str, role: Role, extension: str | None = None) -> tuple[Actor, int]:
        return somebody(self.storage, username, name, LONG_AGO, role, extension=extension)

    def led(self, actor: Actor) -> Actor:
        """With whom they lead now."""
        led = led_by(self.storage, actor.user_id or 0, NOW)
        return Actor(actor.name, actor.roles, actor.display_name, actor.user_id, actor.extension, None, led)

    def a_team(self, name: str, leader_id: int | None, *people: int) -> int:
        with self.storage.writing() as tx:
            team = StaffStore(tx).add_unit(Team(name, leader_id))
            assert team.id is not None
            for each in people:
                MemberStore(tx).add(Membership(team.id, each, LONG_AGO))
        return team.id

    def _zhao(self) -> None:
        first = at("2026-10-12 09:00:00")
        for place in range(10):
            self.call(f"z-{place}", first + place * HOUR / 2, 375, "1001")
        self.examined("z-0", 80, first)
        self.examined("z-1", 90, first)
        for place, answer in enumerate((5, 5, 4, 1)):
            self.rated(f"z-{place}", answer, first)
        self.judged("B1", self.zhao_id, first, kept=9, broken=1)
        self.judged("C1", self.zhao_id, first, kept=3, broken=1)
        self.worked(self.zhao_id, "赵敏", "1001", first, 8, 7)
        self.complained("zhao", first, repeats=1)

    def call(self, linkedid: str, start: datetime, seconds: float, extension: str) -> None:
        call = a_call(linkedid, start, seconds, answered_by=Party(PartyKind.OPERATOR, extension))
        with self.storage.writing() as tx:
            CallStore(tx).save([call], start)

    def examined(self, linkedid: str, score: float, at: datetime, extension: str = "1001") -> None:
        done = Examination(
            "node1",
            linkedid,
            extension,
            at,
            Why.SAMPLE,
            1,
            "wu",
            at,
            state=ExaminationState.DONE,
            score=score,
            done_at=at,
        )
        with self.storage.writing() as tx:
            ExaminationStore(tx).add(done)

    def rated(self, linkedid: str, answer: int, at: datetime, extension: str = "1001") -> None:
        new = Rating("node1", linkedid, "main", extension, NO_NUMBER, at, RatingWay.KEY, answer=answer, answered_at=at)
        with self.storage.writing() as tx:
            RatingStore(tx).add(new)

    def judged(self, rule: str, person_id: int, at: datetime, kept: int = 0, broken: int = 0) -> None:
        found: Sequence[Judgement] = [Judgement.KEPT] * kept + [Judgement.BROKEN] * broken
        new = [
            NewVerdict(1, Verdict(rule, "", Subject.CALL, str(place), at, each, person_id=person_id))
            for place, each in enumerate(found, 1)
        ]
        with self.storage.writing() as tx:
            VerdictStore(tx).add(new, at)

    def worked(self, person_id: int, name: str, extension: str, start: datetime, planned: int, there: int) -> None:
        """Hours."""
        plan(self.storage, person_id, name, start, start + planned * HOUR)
        with self.storage.writing() as tx:
            PresenceStore(tx).save([OperatorPresence(extension, start, start)])
            PresenceStore(tx).note(
                [
                    StateChange(extension, start, ShownState.READY),
                    StateChange(extension, start + there * HOUR, ShownState.OFFLINE),
                ]
            )

    def complained(self, about: str, at: datetime, repeats: int = 0) -> int:
        case = ServiceCase("", "complaint", "态度不好", "-", "zhou", "zhou", at, about=about, repeats=repeats)
        with self.storage.writing() as tx:
            return CaseStore(tx).add(case, at.date()).id or 0
