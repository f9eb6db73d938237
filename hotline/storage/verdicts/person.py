"""G3: verdicts hold nothing of a person outside: ids, seconds and codes."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.verdicts.tables import (
    frozen_subject,
    rule_verdict,
    verdict_contest,
    verdict_day,
    verdict_generation,
    verdict_progress,
    verdict_tally,
)

COLUMNS = (
    PersonalTable(
        rule_verdict,
        nothing={
            Holds.CODE: "rule version subject judgement unit why",
            Holds.ID: "subject_id",
            Holds.STAFF: "part",
            Holds.SETTING: "line",
            Holds.TECHNICAL: "evidence",
        },
    ),
    PersonalTable(verdict_tally, nothing={Holds.CODE: "day rule judgement why", Holds.SETTING: "line"}),
    PersonalTable(verdict_day, nothing={Holds.CODE: "day rule judgement why", Holds.SETTING: "line"}),
    PersonalTable(verdict_generation, nothing={Holds.CODE: "state since until rules", Holds.STAFF: "begun_by"}),
    PersonalTable(verdict_progress, nothing={Holds.CODE: "maker", Holds.ID: "key"}),
    PersonalTable(frozen_subject, nothing={Holds.CODE: "subject", Holds.ID: "subject_id"}),
    PersonalTable(
        verdict_contest,
        nothing={Holds.WORK: "reason note", Holds.STAFF: "contested_by decided_by", Holds.CODE: "decision"},
    ),
)
