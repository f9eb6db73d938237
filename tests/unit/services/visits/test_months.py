"""E4: no file of a visit is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from hotline.domain.recordings.recording import RecordingState
from hotline.domain.verdicts.verdict import Verdict, WhyJudged
from hotline.services.verdicts.maker import ground
from hotline.services.visits.verdicts import VisitMonths
from hotline.settings import Settings
from hotline.settings.load import default_settings
from hotline.storage.recordings.tables import recording
from hotline.storage.transaction import Storage
from hotline.storage.visits.tables import visit

#: In October in Shanghai.
CLOSED = datetime(2026, 10, 20, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 3, 2, tzinfo=UTC)


class _Figures:
    def at(self, _moment: datetime) -> Settings:
        return default_settings()


def visited(storage: Storage, number: int, *states: RecordingState, closed_at: datetime = CLOSED) -> None:
    moments: dict[str, Any] = dict.fromkeys(("begins_at", "planned_at", "due_at"), closed_at)
    linkedid = f"node1-{number}.1"
    with storage.writing() as tx:
        made = {"origin": "case", "state": "done", "ending": "answered", "closed_at": closed_at}
        tx.connection.execute(insert(visit).values(**made, **moments, node="node1", linkedid=linkedid))
        for place, state in enumerate(states):
            file = {"node": "node1", "linkedid": linkedid, "kind": "talk", "source_file": f"{linkedid}-{place}"}
            tx.connection.execute(insert(recording).values(**file, started_at=closed_at, state=state.value))


def judged(storage: Storage) -> Verdict:
    with storage.reading() as tx:
        (found,) = VisitMonths().judge(tx, ["2026-10"], ground(tx, _Figures(), LATER))["2026-10"]
    return found


@pytest.mark.parametrize("state", [RecordingState.READY, RecordingState.DELETED, RecordingState.PENDING])
def test_e4_what_is_there_or_was_deleted_in_its_time_is_not_lost(storage: Storage, state: RecordingState) -> None:
    visited(storage, 1, RecordingState.READY, state)
    assert (judged(storage).judgement, judged(storage).value) == ("kept", 0)


def test_e4_a_missing_recording_breaks_it(storage: Storage) -> None:
    visited(storage, 1, RecordingState.READY)
    visited(storage, 2, RecordingState.MISSING)
    found = judged(storage)
    assert (found.judgement, found.value, found.limit, found.unit) == ("broken", 1, 0, "recordings")


def test_e4_other_months_and_visits_without_a_call_are_nothing_to_count(storage: Storage) -> None:
    visited(storage, 1, RecordingState.MISSING, closed_at=CLOSED + timedelta(days=30))
    visited(storage, 2)
    assert (judged(storage).judgement, judged(storage).why) == ("not_applicable", WhyJudged.NOTHING_TO_COUNT)
