"""What was done to things that pass through states: written once, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import TypeVar

from sqlalchemy import insert, select, update

from hotline.domain.batches import batches
from hotline.domain.workflow import Step
from hotline.storage.tables import workflow_step
from hotline.storage.transaction import TableStore

_STEP = workflow_step.c
State = TypeVar("State", bound=str)


class StepStore(TableStore):
    """`subject`: the kind of thing, as its audit entries name it: "rectification"."""

    def add(self, subject: str, subject_id: int, step: Step[State]) -> None:
        values = {
            "subject": subject,
            "subject_id": subject_id,
            "act": step.act,
            "before": str(step.before) if step.before else "",
            "after": str(step.after),
            "by": step.by,
            "at": step.at,
            "given": dict(step.given),
        }
        self._connection.execute(insert(workflow_step).values(values))

    def forget_words(self, subject: str, ids: Collection[int]) -> None:
        """Delete what was given with the steps of these (G3); who did what and when stays."""
        for some in batches(sorted(ids)):
            of_these = (_STEP.subject == subject, _STEP.subject_id.in_(some))
            self._connection.execute(update(workflow_step).where(*of_these).values(given={}))

    def of(self, subject: str, ids: Collection[int], states: Callable[[str], State]) -> dict[int, list[Step[State]]]:
        """By the thing's id, in order."""
        found: dict[int, list[Step[State]]] = defaultdict(list)
        for some in batches(sorted(ids)):
            wanted = select(workflow_step).where(_STEP.subject == subject, _STEP.subject_id.in_(some))
            for row in self._connection.execute(wanted.order_by(_STEP.id)):
                before = states(row.before) if row.before else None
                found[row.subject_id].append(Step(row.act, before, states(row.after), row.by, row.at, row.given))
        return found
