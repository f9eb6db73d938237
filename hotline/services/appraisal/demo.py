"""The month before of the simulation, signed by an examiner and not closed yet."""

from __future__ import annotations

from datetime import datetime

from hotline.domain.appraisal.month import SignedMonth, sha256
from hotline.domain.calendar import local_day
from hotline.domain.months import previous_month
from hotline.services.appraisal.cards import month_cards
from hotline.services.appraisal.months import content_of, lines_of
from hotline.services.demo import Demo, Stage
from hotline.services.staff import demo as staff_demo
from hotline.storage.appraisal.store import AppraisalStore


def _write(stage: Stage, now: datetime) -> None:
    staff_demo.DEMO.write(stage, now)
    with stage.storage.writing() as tx:
        found = month_cards(tx, stage.settings, previous_month(local_day(now)), now)
        for team_id in found.teams:
            if not AppraisalStore(tx).versions(found.month, team_id):
                content = content_of(found, lines_of(stage.settings), team_id)
                signed = SignedMonth(found.month, team_id, 1, content, sha256(content), stage.by.name, now)
                AppraisalStore(tx).sign(signed)


DEMO = Demo(_write)
