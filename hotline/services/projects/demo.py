"""Projects of the simulation's customers: one of each age, with what is due for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from hotline.domain.calendar import local_day
from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.domain.numbers import Number
from hotline.domain.projects.project import Project, ProjectFilter
from hotline.domain.projects.recurrence import months_after
from hotline.services.accounts import demo as account_demo
from hotline.services.customers import customers
from hotline.services.customers import demo as customer_demo
from hotline.services.demo import Demo, Stage
from hotline.services.projects.projects import add_in
from hotline.services.projects.rounds import plan_rounds
from hotline.storage.accounts.users import UserStore
from hotline.storage.projects.store import ProjectStore

#: Name, months since the delivery, months until the end (None: no end), inspected and surveyed every so many months.
_PROJECTS = (("污水泵站改造", 2, None, 3, 6), ("办公楼净水设备", 14, 1, 6, 12), ("厂区热水系统", 30, -1, 0, 0))

#: Of the companies that have the others.
_SWITCHBOARDS = ("+861088886602", "+861088886603")


def _write(stage: Stage, now: datetime) -> None:
    account_demo.DEMO.write(stage, now)
    customer_demo.DEMO.write(stage, now)
    today = local_day(now)
    with stage.storage.reading() as tx:
        there = ProjectStore(tx).count(ProjectFilter(), today)
        manager = UserStore(tx).by_username(account_demo.USERNAME)
    if there:
        return
    for place, (name, ago, until, inspected, surveyed) in enumerate(_PROJECTS):
        new = Project(
            name,
            _customer(stage, place, now),
            months_after(today, -ago),
            contact="刘工",
            ends_on=months_after(today, until) if until is not None else None,
            manager=manager.username if manager is not None else "",
            inspected_every=inspected,
            surveyed_every=surveyed,
        )
        with stage.storage.writing() as tx:
            add_in(tx, new, stage.by, now - timedelta(days=31))
    plan_rounds(stage.storage, stage.settings, now)


def _customer(stage: Stage, place: int, now: datetime) -> int:
    # All but the first caller of the simulation are strangers to whoever takes their call, and stay so.
    number = Number(_SWITCHBOARDS[place - 1]) if place else stage.callers[0]
    with stage.storage.reading() as tx:
        known = customers.customers_of(tx, number)
    if known:
        return known[0].id or 0
    new = Customer(company=f"示例公司{place + 1}", numbers=(CustomerNumber(number),))
    return customers.create(stage.storage, new, stage.by, now).id or 0


DEMO = Demo(_write)
