"""G3: what ratings hold of a person."""

from __future__ import annotations

from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.satisfaction.tables import questionnaire_reply, rating

COLUMNS = (
    PersonalTable(
        rating,
        part="ratings",
        copied="number comment",
        erased="number comment",
        nothing={
            Holds.ID: "node linkedid",
            Holds.SETTING: "line",
            Holds.STAFF: "extension",
            Holds.CODE: "way handed_by follow",
        },
    ),
    PersonalTable(
        questionnaire_reply,
        part="questionnaires",
        copied="number answers",
        erased="number answers",
        nothing={Holds.ID: "node linkedid object", Holds.CODE: "code way", Holds.STAFF: "by"},
    ),
)
