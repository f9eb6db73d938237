"""G3: what the tables of the jobs' runs hold of a person: nothing; a job says counts and ids."""

from __future__ import annotations

from hotline.storage.job_runs.tables import job_known, job_outcome, job_wish
from hotline.storage.personal import Holds, PersonalTable

COLUMNS = (
    PersonalTable(job_outcome, nothing={Holds.CODE: "job", Holds.TECHNICAL: "said problem", Holds.STAFF: "asked_by"}),
    PersonalTable(job_known, nothing={Holds.CODE: "job"}),
    PersonalTable(job_wish, nothing={Holds.CODE: "job", Holds.STAFF: "asked_by"}),
)
