"""The first of the simulated callers is known: the pop shows who calls."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.customers.customer import Customer, CustomerNumber
from hotline.services.customers import customers
from hotline.services.demo import Demo, Stage


def _write(stage: Stage, now: datetime) -> None:
    number = stage.callers[0]
    with stage.storage.reading() as tx:
        known = customers.customers_of(tx, number)
    if not known:
        new = Customer(name="王芳", company="示例客户", note="上个月买的机器", numbers=(CustomerNumber(number),))
        customers.create(stage.storage, new, stage.by, now)


DEMO = Demo(_write)
