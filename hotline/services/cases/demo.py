"""Cases that the simulation's caller left: a complaint at each stage of its way, and some of other kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.cases.case import Channel, Priority, ServiceCase
from hotline.domain.numbers import NO_NUMBER
from hotline.domain.people import Actor
from hotline.domain.rights import given
from hotline.services.accounts import demo as account_demo
from hotline.services.cases.acting import do_act
from hotline.services.cases.opening import NewCase, open_case
from hotline.services.demo import Demo, Stage
from hotline.services.staff import demo as staff_demo
from hotline.storage.cases.listing import CaseFilter, CaseListStore
from hotline.storage.staff.store import StaffStore

_DEPARTMENT = "质量部"

#: Who keeps the case, who approves, who visits: nobody may do all (D7, E5).
_KEEPS, _APPROVES, _VISITS = account_demo.USERNAME, "simulation", "simulation-visits"

#: The way of a complaint, each with who does it and what is given.
_WAY: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("judge", _KEEPS, {"demand": "2", "loss": "2", "spread": "1"}),
    ("assign", _KEEPS, {"note": "请核实批次", "contact_person": "刘女士", "address": "济南市历下区泉城路1号"}),
    ("check", _KEEPS, {"cause": "密封圈老化", "responsible": "装配组"}),
    ("propose", _KEEPS, {"solution": "免费更换密封圈"}),
    ("approve", _APPROVES, {"chosen": "1"}),
    ("accept", _KEEPS, {"way": "link", "proof": "0", "note": "客户同意"}),
    ("carry_out", _KEEPS, {"carried_out_how": "已上门更换"}),
    ("tell", _KEEPS, {"note": "已告知处理结果"}),
    ("visit", _VISITS, {"visit_way": "phone", "visit_content": "询问是否仍漏水", "visit_result": "satisfied"}),
    ("sum_up", _KEEPS, {"lesson": "装配后增加试水检验"}),
    ("archive", _KEEPS, {"result": "已更换，客户满意"}),
)
_TITLES = ("水壶漏水", "按键失灵", "噪音大", "漏发配件", "安装延误", "外壳开裂")

_OTHERS = (
    NewCase("enquiry", "想了解保修期", "买了一年，还在保修期内吗？", priority=Priority.URGENT),
    NewCase("repair", "水壶不加热", values={"product": "水壶 S1"}),
    NewCase("suggestion", "建议说明书加大字号"),
    NewCase("complaint", "报社来函询问漏水事件", "记者要求三日内答复。", channel=Channel.MEDIA),
)


def _write(stage: Stage, now: datetime) -> None:
    for other in (account_demo.DEMO, staff_demo.DEMO):
        other.write(stage, now)
    with stage.storage.reading() as tx:
        there = CaseListStore(tx).count(CaseFilter(state=None), 1)
        department = next((each.id for each in StaffStore(tx).departments() if each.name == _DEPARTMENT), None)
    if there:
        return
    for steps in range(len(_WAY) + 1 if department is not None else 2):
        _complaint(stage, steps, str(department), now)
    for place, new in enumerate(_OTHERS):
        number = stage.callers[place % len(stage.callers)] if new.channel is Channel.HOTLINE else NO_NUMBER
        open_case(
            stage.storage, stage.settings, replace(new, number=number), _actor(_KEEPS), now - timedelta(hours=place)
        )


def _complaint(stage: Stage, steps: int, department: str, now: datetime) -> ServiceCase:
    """So many steps on its way, an hour each, the last one just now; what was done earlier lies further back."""
    at = now - timedelta(hours=2 * steps + 1)
    title, number = _TITLES[steps % len(_TITLES)], stage.callers[steps % len(stage.callers)]
    new = NewCase("complaint", title, "客户来电反映，希望尽快解决。", number=number, region="山东")
    case = open_case(stage.storage, stage.settings, new, _actor(_KEEPS), at)
    for act, who, words in _WAY[:steps]:
        at += timedelta(hours=1)
        more = {"department": department} if act == "assign" else {}
        case = do_act(stage.storage, stage.settings, case.id or 0, act, {**words, **more}, _actor(who), at)
    return case


def _actor(name: str) -> Actor:
    return Actor(name, given.JOBS, name)


DEMO = Demo(_write)
