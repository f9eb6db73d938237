"""G3: appraisals judge the work of our own people, and name no customer."""

from __future__ import annotations

from hotline.storage.appraisal.tables import appraisal_falsified, appraisal_month, appraisal_objection
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(
        appraisal_month,
        nothing={
            Holds.CODE: "month content",
            Holds.HASH: "sha256",
            Holds.STAFF: "signed_by closed_by reopened_by",
            Holds.WORK: "reopen_reason",
        },
    ),
    PersonalTable(
        appraisal_falsified,
        nothing={
            Holds.CODE: "month",
            Holds.ID: "evidence",
            Holds.WORK: "note",
            Holds.STAFF: "declared_by withdrawn_by",
        },
    ),
    PersonalTable(
        appraisal_objection,
        nothing={Holds.CODE: "month about decision", Holds.WORK: "reason note", Holds.STAFF: "made_by decided_by"},
    ),
)
