"""F3: an objection that nobody decides on in time, and a signed month that stands open, are alerts until seen to."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hotline.domain.appraisal.objection import ObjectionDecision
from hotline.services.alerts import open_alerts
from hotline.services.appraisal.months import close, sign
from hotline.services.appraisal.objections import decide, object_to
from hotline.services.appraisal.overdue import watch
from hotline.storage.transaction import Storage
from tests.support.appraised import NOW, OCTOBER, Month

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def month(storage: Storage, tmp_path: Path) -> Month:
    return Month(storage, tmp_path)


def _alerts(month: Month, now: datetime) -> list[tuple[str, str]]:
    watch(month.storage, month.settings, now)
    return [(each.kind, each.object) for each in open_alerts(month.storage)]


def test_f3_an_objection_is_an_alert_from_when_it_is_overdue_until_it_is_decided(month: Month) -> None:
    made = object_to(month.storage, month.settings, OCTOBER, "complaints", "是另一位同事", month.zhao, NOW)
    assert _alerts(month, made.due_at) == []
    assert _alerts(month, made.due_at + SECOND) == [("appraisal_objection", f"2026-10.{month.zhao_id}")]
    late = made.due_at + DAY
    decide(month.storage, month.settings, made.id or 0, ObjectionDecision.REJECTED, "已听录音", month.wu, late)
    assert _alerts(month, late) == []


def test_f3_a_signed_month_is_an_alert_after_five_days_until_it_is_closed(month: Month) -> None:
    sign(month.storage, month.settings, OCTOBER, month.team, month.wu, NOW)
    assert _alerts(month, NOW + 5 * DAY) == []
    late = NOW + 5 * DAY + SECOND
    assert _alerts(month, late) == [("appraisal_not_closed", f"2026-10.{month.team}")]
    close(month.storage, month.settings, OCTOBER, month.team, month.ma, late)
    assert _alerts(month, late) == []
