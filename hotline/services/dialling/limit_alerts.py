"""Toll fraud: whoever hits a limit of dialling is told of by an alert until they dial within it again."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.dialling.limits import OF_FRAUD
from hotline.domain.people import Actor
from hotline.domain.reasons import Reason, because
from hotline.services.alerts import set_alert
from hotline.services.dialling.alert_kinds import DIAL_LIMIT
from hotline.storage.transaction import Transaction


def limit_is_hit(tx: Transaction, actor: Actor, reason: Reason, now: datetime) -> None:
    """`reason`: why a dial was refused; most reasons are no limit."""
    if reason.code in OF_FRAUD:
        set_alert(tx, DIAL_LIMIT, actor.name, because("dialling.limit_hit", who=actor.name, why=reason), now)


def limits_are_over(tx: Transaction, actor: Actor, now: datetime) -> None:
    set_alert(tx, DIAL_LIMIT, actor.name, None, now)
