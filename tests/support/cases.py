"""Cases for tests: people, departments, and a desk at which things are done to cases at moments that the test says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotline.domain.accounts.user import User
from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.clock_names import short_name
from hotline.domain.deadlines.deadline import Standing
from hotline.domain.numbers import normalise
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Department, Membership, Person
from hotline.domain.time import SHANGHAI
from hotline.services.calls.ledger import record
from hotline.services.cases.acting import do_act
from hotline.services.cases.opening import NewCase, open_case
from hotline.services.cases.seeing import SeenCase, see_case
from hotline.services.deadlines.view import ShownDeadline
from hotline.settings import Settings
from hotline.storage.accounts.users import UserStore
from hotline.storage.notifications.tables import notification
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage
from tests.support.sample_calls import answered_call

NUMBER = normalise("13800138000")

LI = Actor("li", (Role.OPERATOR,), "李", 1, "1001")
ZHOU = Actor("zhou", (Role.OPERATOR,), "周", 2, "1003")
BOSS = Actor("boss", (Role.SUPERVISOR,), "班长", 3)
OTHER_BOSS = Actor("boss2", (Role.SUPERVISOR,), "副班长", 4)
CHIEF = Actor("chief", (Role.ADMINISTRATOR,), "总经理", 5)
TECH = Actor("tech", (Role.DEPARTMENT,), "技术员", 6)
SALES = Actor("sales", (Role.DEPARTMENT,), "销售员", 7)
EXAMINER = Actor("sun", (Role.EXAMINER,), "质检", 8)
AUDITOR = Actor("audit", (Role.AUDITOR,), "审计", 9)
EVERYBODY = (LI, ZHOU, BOSS, OTHER_BOSS, CHIEF, TECH, SALES, EXAMINER, AUDITOR)

#: What is given with the acts of a complaint, where a test does not say otherwise.
USUAL: Mapping[str, Mapping[str, str]] = {
    "judge": {"demand": "1", "loss": "1", "spread": "1"},
    "assign": {"contact_person": "王建国", "address": "济南市历下区1号"},
    "check": {"cause": "密封圈老化", "responsible": "装配组"},
    "propose": {"solution": "更换密封圈"},
    "approve": {"chosen": "1"},
    "carry_out": {"carried_out_how": "已更换"},
    "tell": {"note": "已告知"},
    "visit": {"visit_way": "phone", "visit_content": "回访", "visit_result": "satisfied"},
    "sum_up": {"lesson": "改进装配"},
    "archive": {"result": "已更换，客户满意"},
    "contact": {"note": "已联系"},
    "wait": {"reason": "等客户寄回"},
    "close": {"result": "已办结"},
}


def shanghai(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@dataclass
class Desk:
    """`tech` and `sales`: ids of departments; `call`: one that was answered at 1002, as acts name it."""

    storage: Storage
    settings: Settings
    tech: str
    sales: str
    call: str

    def open(self, at: datetime, kind: str = "complaint", actor: Actor = LI, **more: Any) -> ServiceCase:
        new = NewCase(kind, "漏水", "用了两次就漏", number=NUMBER)
        return open_case(self.storage, self.settings, replace(new, **more), actor, at)

    def act(self, case: ServiceCase, act: str, at: datetime, actor: Actor = LI, /, **given: str) -> ServiceCase:
        """With what is usually given, and what is said here."""
        usual = dict(USUAL.get(act, {}))
        if act in ("assign", "track", "to_region", "to_sales"):
            usual = {"department": self.tech, **(usual if case.kind == "complaint" else {})}
        if act == "accept":
            usual = {"way": "phone", "call": self.call}
        return do_act(self.storage, self.settings, case.id or 0, act, {**usual, **given}, actor, at)

    def acts(self, case: ServiceCase, at: datetime, *acts: str) -> ServiceCase:
        """One after another, each by whom it is for."""
        for act in acts:
            actor = {"approve": BOSS, "visit": ZHOU}.get(act, LI)
            case = self.act(case, act, at, actor)
        return case

    def see(self, case: ServiceCase, at: datetime, actor: Actor = BOSS) -> SeenCase:
        return see_case(self.storage, self.settings, case.id or 0, actor, at)

    def clocks(self, case: ServiceCase, at: datetime) -> dict[str, ShownDeadline]:
        """By short name."""
        return {short_name(each.clock): each for each in self.see(case, at).clocks}

    def standing(self, case: ServiceCase, at: datetime) -> dict[str, Standing]:
        return {name: each.standing for name, each in self.clocks(case, at).items()}

    def told(self, username: str = "") -> list[str]:
        """Kinds of what this person was told of, in order; of everybody "<user>:<kind>"."""
        with self.storage.reading() as tx:
            users = {each.id: each.username for each in UserStore(tx).all()}
            names = {each.id: users.get(each.user_id, "") for each in StaffStore(tx).all(active_only=False)}
            rows = list(tx.connection.execute(notification.select().order_by(notification.c.id)))
        whole = [(names.get(row.person_id, ""), row.kind) for row in rows]
        return [kind for name, kind in whole if name == username] if username else [f"{n}:{k}" for n, k in whole]


def a_desk(storage: Storage, settings: Settings, at: datetime) -> Desk:
    """With all of these people, and two departments."""
    with storage.writing() as tx:
        for actor in EVERYBODY:
            user = UserStore(tx).add(
                User(actor.name, actor.display_name, "x", actor.roles, False, True, at, extension=actor.extension)
            )
            assert user.id == actor.user_id
            StaffStore(tx).add_person(Person(actor.display_name, user.id))
        units = [StaffStore(tx).add_unit(Department(name)) for name in ("技术部", "市场部")]
        for unit, actor in zip(units, (TECH, SALES), strict=True):
            person = StaffStore(tx).person_of_user(actor.user_id or 0)
            assert person is not None and person.id is not None
            MemberStore(tx).add(Membership(unit.id or 0, person.id))
    call = answered_call()
    record(storage, call.node, [call], [], lambda _call: None, at)
    return Desk(storage, settings, str(units[0].id), str(units[1].id), f"{call.node}/{call.linkedid}")
