"""G3: what scheduled reports hold of a person: nothing of one outside; the rows that they are made of do."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.scheduled_reports.tables import (
    details_answer,
    made_report,
    report_recipient,
    report_schedule,
    work_summary,
)

COLUMNS = (
    PersonalTable(report_schedule, nothing={Holds.CODE: "kind"}),
    PersonalTable(
        made_report, nothing={Holds.CODE: "kind", Holds.STAFF: "made_by", Holds.ID: "content", Holds.HASH: "sha256"}
    ),
    PersonalTable(report_recipient, nothing={Holds.CODE: "state"}),
    PersonalTable(
        details_answer, nothing={Holds.CODE: "answer", Holds.WORK: "words decision", Holds.STAFF: "decided_by"}
    ),
    PersonalTable(
        work_summary,
        nothing={Holds.CODE: "span first", Holds.WORK: "work problems better reply", Holds.STAFF: "read_by"},
    ),
)
