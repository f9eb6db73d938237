"""A campaign in each state, with rows of a list that can't be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.campaigns.campaign import Basis, Campaign, CampaignKind
from hotline.domain.errors import Refused
from hotline.domain.people import Actor, Role
from hotline.services.campaigns import campaigns, drawing, list_table, planning
from hotline.services.demo import Demo, Stage
from hotline.services.projects import demo as project_demo
from hotline.storage.campaigns.store import CampaignStore

_BY = Actor("simulation", (Role.SUPERVISOR,), "simulation")
_ROWS = "姓名,电话\n陈先生,13900139001\n周女士,13900139002\n吴女士,1390013\n陈先生,13900139001\n国外客户,+4930123456\n"


def _write(stage: Stage, now: datetime) -> None:
    project_demo.DEMO.write(stage, now)
    with stage.storage.reading() as tx:
        there = CampaignStore(tx).count()
    if there:
        return
    today = local_day(now)
    base = Campaign(
        CampaignKind.LIST, "展会名单", "新品说明", Basis.LIST, today, today + timedelta(days=14), "展会登记表"
    )
    december = replace(base, kind=CampaignKind.DECEMBER, name="次年需求", purpose="了解次年需求", basis=Basis.CONTRACT)
    for name, kind, steps in (
        ("展会名单（草稿）", base, 0),
        ("展会名单（已抽取）", base, 1),
        ("展会名单（进行中）", base, 2),
        ("次年需求（暂停）", december, 3),
        ("次年需求（终止）", december, 4),
    ):
        _campaign(stage, replace(kind, name=name), steps, now)


def _campaign(stage: Stage, new: Campaign, steps: int, now: datetime) -> None:
    made = campaigns.add_campaign(stage.storage, stage.settings, new, _BY, now).id or 0
    if new.kind is CampaignKind.LIST:
        list_table.import_list(stage.storage, stage.settings, made, _ROWS.encode(), _BY, now)
    try:
        if steps > 0:
            drawing.draw_campaign(stage.storage, stage.settings, made, _BY, now, "simulation")
        if steps > 1:
            campaigns.start_campaign(stage.storage, made, _BY, now)
            planning.plan_campaigns(stage.storage, stage.settings, now)
        if steps == 3:
            campaigns.pause_campaign(stage.storage, made, _BY, now)
        if steps > 3:
            campaigns.stop_campaign(stage.storage, stage.settings, made, _BY, now)
    except Refused:
        return  # all of them are asked by another campaign already


DEMO = Demo(_write)
