"""What is stored of examinations: the call and its points, comments, appeals, calibrations, draws, corrective
actions, and calls shown as examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from hotline.domain.deadlines.kept import ClockName
from hotline.domain.examination.sample import Why
from hotline.domain.examination.score import Points
from hotline.domain.staff.records import Tenure
from hotline.domain.workflow import Step

#: E6: until what was ordered is mended.
CORRECTION_CLOCK = ClockName("correction")


class ExaminationState(StrEnum):
    ASSIGNED = "assigned"
    DONE = "done"
    APPEALED = "appealed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Examination:
    """A call to be examined or examined. `extension`: whose call. `examiner`: user name, "" while nobody has it.
    `points`: as this examiner gave them; once done, with those of the automatic items. An appeal never changes them:
    what it decided stands in the appeal. `version` grows with every change."""

    node: str
    linkedid: str
    extension: str
    called_at: datetime
    why: Why
    score_form_id: int
    examiner: str
    assigned_at: datetime
    due_at: datetime | None = None
    draw_id: int | None = None
    calibration_id: int | None = None
    state: ExaminationState = ExaminationState.ASSIGNED
    version: int = 1
    points: Points = field(default_factory=dict, hash=False)
    score: float | None = None
    passed: bool | None = None
    remark: str = ""
    done_at: datetime | None = None
    seen_by_operator_at: datetime | None = None
    id: int | None = None

    @property
    def is_published(self) -> bool:
        """The operator may see it."""
        return self.state is not ExaminationState.ASSIGNED and self.calibration_id is None


@dataclass(frozen=True, slots=True)
class ExaminationFilter:
    """What examinations are searched by; None, "" or () means any. `since`, `until`: of the call's start.
    `had`: of calls at these extensions in these times; None: of any, () none. `published`: only what the operator may
    see. `overdue_at`: those not done whose time was over then. `unseen`: that the operator has not opened yet."""

    states: tuple[ExaminationState, ...] = ()
    examiner: str | None = None
    extension: str = ""
    why: str = ""
    node: str = ""
    linkedid: str = ""
    draw_id: int | None = None
    had: tuple[Tenure, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None
    published: bool = False
    overdue_at: datetime | None = None
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """`second` of the talk recording; None: about the call as a whole."""

    examination_id: int
    second: float | None
    text: str
    written_by: str
    written_at: datetime
    id: int | None = None


class AppealDecision(StrEnum):
    UPHELD = "upheld"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Appeal:
    """The operator disagrees. `items`: the ids of those that are contested, none for the result as a whole. `points`
    and `score`: instead of the first ones, where the decision is CHANGED."""

    examination_id: int
    reason: str
    appealed_by: str
    appealed_at: datetime
    decision: AppealDecision | None = None
    points: Points | None = field(default=None, hash=False)
    score: float | None = None
    note: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    id: int | None = None
    items: Sequence[str] = field(default=(), hash=False)

    def contests(self, item: str) -> bool:
        return not self.items or item in self.items


@dataclass(frozen=True, slots=True)
class Calibration:
    """Several examiners score one call, unseen by each other until it is closed."""

    node: str
    linkedid: str
    score_form_id: int
    title: str
    called_by: str
    called_at: datetime
    closed_at: datetime | None = None
    conclusion: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class SampleDraw:
    """A draw of a week's calls: `drawn` has [node, linkedid, why] each, out of so many candidates. With the seed and
    the plan it can be done again."""

    period: str
    seed: str
    plan: Mapping[str, object] = field(hash=False)
    candidates: int
    drawn: tuple[tuple[str, str, str], ...]
    drawn_by: str
    drawn_at: datetime
    id: int | None = None


class CorrectiveActionState(StrEnum):
    ISSUED = "issued"
    DONE = "done"
    CONFIRMED = "confirmed"
    #: Checked, and to be mended again.
    REPEATED = "repeated"


#: Something is still to be mended.
OPEN_STATES = (CorrectiveActionState.ISSUED, CorrectiveActionState.REPEATED)


@dataclass(frozen=True, slots=True)
class CorrectiveAction:
    """E6: an order to mend something by `due_at`, until it was checked again. `steps`: what was done of it so far, as
    far as it was read with it."""

    extension: str
    text: str
    due_at: datetime
    issued_by: str
    issued_at: datetime
    examination_id: int | None = None
    state: CorrectiveActionState = CorrectiveActionState.ISSUED
    done_note: str = ""
    done_at: datetime | None = None
    checked_by: str = ""
    checked_at: datetime | None = None
    check_note: str = ""
    id: int | None = None
    steps: tuple[Step[CorrectiveActionState], ...] = ()


#: What is longer is no example of something.
LONGEST_EXAMPLE_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Example:
    """F9: a part of a call, shown in training. The caller's voice, which tells who they are, is played only where it is
    not `caller_silenced` and a supervisor has said why: `caller_reason`."""

    node: str
    linkedid: str
    title: str
    lesson: str
    marked_by: str
    marked_at: datetime
    from_second: float | None = None
    to_second: float | None = None
    caller_silenced: bool = True
    caller_reason: str = ""
    removed_at: datetime | None = None
    id: int | None = None

    @property
    def caller_allowed(self) -> bool:
        return not self.caller_silenced and self.caller_reason != ""

    @property
    def begins(self) -> float:
        """Seconds of the recording."""
        return self.from_second or 0.0

    @property
    def ends(self) -> float:
        """At the latest, wherever it was said to end: no example plays more than `LONGEST_EXAMPLE_SECONDS`."""
        latest = self.begins + LONGEST_EXAMPLE_SECONDS
        return latest if self.to_second is None else min(self.to_second, latest)
