"""A site with a department, and a complaint that is brought as far as a test wants it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hotline.domain.cases.case import ServiceCase
from hotline.domain.numbers import Number, normalise
from hotline.domain.people import Actor, Role
from hotline.domain.staff.records import Department, Membership, Person
from hotline.services.cases.acting import do_act
from hotline.services.cases.facts import read_case
from hotline.services.cases.opening import NewCase, open_case
from hotline.settings import Settings
from hotline.storage.staff.spans import MemberStore
from hotline.storage.staff.store import StaffStore
from hotline.storage.transaction import Storage

OWNER = Actor("li", (Role.OPERATOR,), "李", 901)
BOSS = Actor("boss", (Role.SUPERVISOR,), "Boss", 902)
NUMBER = normalise("13800138000")

#: What is given with each step of a complaint, in order.
STEPS: dict[str, tuple[Actor, str, dict[str, str]]] = {
    "judged": (OWNER, "judge", {"demand": "1", "loss": "1", "spread": "1"}),
    "assigned": (OWNER, "assign", {"note": "请核实", "contact_person": "王建国", "address": "济南市历下区1号"}),
    "checked": (OWNER, "check", {"cause": "滤芯松动", "responsible": "装配二组"}),
    "proposed": (OWNER, "propose", {"solution": "免费更换滤芯，请拨13800138000确认"}),
    "approved": (BOSS, "approve", {"chosen": "1"}),
    "accepted": (OWNER, "accept", {"way": "link", "proof": "0"}),
    "carried_out": (OWNER, "carry_out", {"carried_out_how": "已上门更换"}),
    "told": (OWNER, "tell", {"note": "已电话告知更换完成"}),
}


@dataclass
class CaseSite:
    """`engineer`: a person of the department without an account."""

    storage: Storage
    settings: Settings
    department_id: int
    engineer: int

    def opened(self, now: datetime, kind: str = "complaint", number: Number = NUMBER, **more: object) -> ServiceCase:
        new = NewCase(kind, "滤芯漏水", "上周买的，电话13900001111也可联系", number=number, **more)  # type: ignore[arg-type]
        return open_case(self.storage, self.settings, new, OWNER, now)

    def complaint(self, stage: str, now: datetime) -> ServiceCase:
        """Brought to that stage."""
        case = self.opened(now)
        for name in STEPS:
            if case.stage == stage:
                break
            case = self.step(case, name, now)
        assert case.stage == stage
        return case

    def step(self, case: ServiceCase, stage: str, now: datetime) -> ServiceCase:
        who, act, given = STEPS[stage]
        given = {**given, "department": str(self.department_id)} if act == "assign" else given
        return self.do(case, act, now, who, **given)

    def do(self, case: ServiceCase, act: str, now: datetime, who: Actor = OWNER, /, **given: str) -> ServiceCase:
        return do_act(self.storage, self.settings, case.id or 0, act, given, who, now)

    def now_is(self, case: ServiceCase) -> ServiceCase:
        """As it is kept."""
        with self.storage.reading() as tx:
            return read_case(tx, case.id or 0)


def case_site(storage: Storage, settings: Settings) -> CaseSite:
    with storage.writing() as tx:
        department = StaffStore(tx).add_unit(Department("技术部"))
        engineer = StaffStore(tx).add_person(Person("王工", email="wang@example.com", language="zh"))
        assert department.id is not None and engineer.id is not None
        MemberStore(tx).add(Membership(department.id, engineer.id))
    return CaseSite(storage, settings, department.id, engineer.id)
