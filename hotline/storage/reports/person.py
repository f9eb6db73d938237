"""G3: facts of calls hold no number, no name and no words: a caller is known by the id of their first call alone, which
says nothing of them once that call's number is erased."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.reports.measures import SPANS
from hotline.storage.reports.tables import (
    report_amount,
    report_call,
    report_day,
    report_menu,
    report_progress,
    report_seconds,
    report_sum,
)

COLUMNS = (
    PersonalTable(
        report_call,
        nothing={
            Holds.CODE: "day week direction counts_as stage not_admitted hung_up_by menu_key",
            Holds.SETTING: "line queue subject region",
            Holds.STAFF: "extension",
        },
    ),
    PersonalTable(report_menu, nothing={Holds.CODE: "day version ended way_out", Holds.SETTING: "line menu choice"}),
    PersonalTable(
        report_sum, nothing={Holds.CODE: "grain day", Holds.SETTING: "line queue key", Holds.TECHNICAL: "callers"}
    ),
    PersonalTable(
        report_seconds,
        nothing={Holds.CODE: "grain day", Holds.SETTING: "line queue key", Holds.TECHNICAL: " ".join(SPANS)},
    ),
    PersonalTable(report_day, nothing={Holds.CODE: "day", Holds.TECHNICAL: "marks"}),
    PersonalTable(
        report_amount, nothing={Holds.CODE: "day what reason", Holds.SETTING: "line", Holds.STAFF: "extension"}
    ),
    PersonalTable(report_progress),
)
