"""G3: what people wrote of a call while they examined it. It is of our operator's work, but may repeat what a caller
said: so no caller gets it in their copy, and it goes with the call's other words."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, select, update

from hotline.domain.batches import batches
from hotline.storage.examination.corrective_actions import CORRECTIVE_ACTION
from hotline.storage.examination.tables import (
    appeal,
    calibration,
    examination,
    examination_comment,
    example_call,
    rectification,
    sample_draw,
)
from hotline.storage.kept_for import CallKey
from hotline.storage.personal import Holds, PersonalTable
from hotline.storage.transaction import TableStore
from hotline.storage.whose import at_calls
from hotline.storage.workflow import StepStore

_PART = "examinations"
_OF_STAFF = "it judges the work of one of our own people, whose data it is too (PIPL art. 4)"


def _words_of_work(*columns: str) -> dict[str, str]:
    return dict.fromkeys(columns, _OF_STAFF)


COLUMNS = (
    PersonalTable(
        sample_draw,
        nothing={
            Holds.CODE: "period",
            Holds.TECHNICAL: "seed",
            Holds.SETTING: "plan",
            Holds.ID: "drawn",
            Holds.STAFF: "drawn_by",
        },
    ),
    PersonalTable(
        examination,
        part=_PART,
        erased="remark",
        not_copied=_words_of_work("remark"),
        nothing={Holds.ID: "node linkedid", Holds.STAFF: "extension examiner", Holds.CODE: "why state points"},
    ),
    PersonalTable(
        examination_comment,
        part=_PART,
        erased="text",
        not_copied=_words_of_work("text"),
        nothing={Holds.STAFF: "written_by"},
    ),
    PersonalTable(
        appeal,
        part=_PART,
        erased="reason note",
        not_copied=_words_of_work("reason", "note"),
        nothing={Holds.STAFF: "appealed_by decided_by", Holds.CODE: "decision points items"},
    ),
    PersonalTable(
        calibration,
        part=_PART,
        erased="title conclusion",
        not_copied=_words_of_work("title", "conclusion"),
        nothing={Holds.ID: "node linkedid", Holds.STAFF: "called_by"},
    ),
    PersonalTable(
        rectification,
        part=_PART,
        erased="text done_note check_note",
        not_copied=_words_of_work("text", "done_note", "check_note"),
        nothing={Holds.STAFF: "extension issued_by checked_by", Holds.CODE: "state"},
    ),
    PersonalTable(
        example_call,
        part=_PART,
        erased="title lesson caller_reason",
        not_copied=_words_of_work("title", "lesson", "caller_reason"),
        nothing={Holds.ID: "node linkedid", Holds.STAFF: "marked_by"},
    ),
)


class PersonExaminationStore(TableStore):
    def forget(self, calls: Collection[CallKey]) -> int:
        """Delete what was written of these calls; the points and results stay. How many examinations there were."""
        execute, ids, steps = self._connection.execute, self._of(calls), StepStore(self._tx)
        for some in batches(ids):
            execute(update(examination).where(examination.c.id.in_(some)).values(remark=""))
            of_these = examination_comment.c.examination_id.in_(some)
            execute(update(examination_comment).where(of_these).values(text=""))
            execute(update(appeal).where(appeal.c.examination_id.in_(some)).values(reason="", note=""))
            checked = and_(rectification.c.examination_id.in_(some), rectification.c.checked_at.is_not(None))
            steps.forget_words(
                CORRECTIVE_ACTION, list(self._connection.scalars(select(rectification.c.id).where(checked)))
            )
            execute(update(rectification).where(checked).values(text="", done_note="", check_note=""))
        steps.forget_words("examination", ids)
        for of_calls in at_calls(calls):
            execute(update(calibration).where(of_calls(calibration)).values(title="", conclusion=""))
            execute(update(example_call).where(of_calls(example_call)).values(title="", lesson="", caller_reason=""))
        return len(ids)

    def _of(self, calls: Collection[CallKey]) -> list[int]:
        return [
            examination_id
            for of_calls in at_calls(calls)
            for examination_id in self._connection.scalars(select(examination.c.id).where(of_calls(examination)))
        ]
