"""What follows whenever something was done to a case: its step is kept, its clocks follow, whoever listens is told."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.cases.case import ServiceCase
from hotline.domain.cases.clocks import CaseStep
from hotline.domain.outbox import OutboxEntry
from hotline.services import outbox_topics as topics
from hotline.services.cases.clocks import keep_clocks
from hotline.services.cases.facts import CASE
from hotline.services.cases.followed import case_followers
from hotline.services.cases.kinds import kind_of
from hotline.services.cases.solving import keep_solving
from hotline.services.cases.telling import tell
from hotline.settings import Settings
from hotline.storage.cases.search_entry import keep_entry
from hotline.storage.outbox import Outbox
from hotline.storage.transaction import Transaction
from hotline.storage.workflow import StepStore


def after_step(tx: Transaction, settings: Settings, case: ServiceCase, step: CaseStep, now: datetime) -> None:
    """`case`: as it is after the step, already written."""
    StepStore(tx).add(CASE, case.id or 0, step)
    keep_clocks(tx, settings, case, now)
    keep_solving(tx, settings, case)
    keep_entry(tx, case)
    tell(tx, settings, case, kind_of(tx, case), step, now)
    Outbox(tx).add([OutboxEntry(topics.CASE, {"id": case.id, "what": step.act, "at": now.isoformat()}, now)])
    for each in case_followers():
        each.follow(tx, settings, case, step, now)
