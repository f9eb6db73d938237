"""G3: what the rules quoted of a call."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import update

from hotline.storage.kept_for import CallKey
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.quality.tables import call_finding, call_score, score_form
from hotline.storage.transaction import TableStore
from hotline.storage.whose import at_calls

COLUMNS = (
    PersonalTable(
        call_finding,
        part="findings",
        erased="words note",
        not_copied=dict.fromkeys(
            ("words", "note"), "the words stand in the transcript; what was found judges one of our own people"
        ),
        nothing={Holds.ID: "node linkedid", Holds.STAFF: "extension", Holds.CODE: "rule kind"},
    ),
    PersonalTable(
        call_score,
        nothing={
            Holds.ID: "node linkedid",
            Holds.STAFF: "extension",
            Holds.TECHNICAL: "measures",
            Holds.SETTING: "queue",
        },
    ),
    PersonalTable(score_form, nothing={Holds.SETTING: "name items", Holds.STAFF: "created_by"}),
)


class PersonFindingStore(TableStore):
    def forget(self, calls: Collection[CallKey]) -> int:
        """Delete what was quoted of these calls; how many findings there were."""
        return sum(
            self._connection.execute(
                update(call_finding).where(of_calls(call_finding)).values(words="", note="")
            ).rowcount
            for of_calls in at_calls(calls)
        )
