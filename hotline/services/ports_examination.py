"""What the services of examination need of the store; hotline.storage fulfils them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from hotline.domain.examination.figures import Broken, Examined, Tally
from hotline.domain.examination.records import (
    Appeal,
    Calibration,
    Comment,
    Examination,
    ExaminationState,
    Example,
    Rectification,
    SampleDraw,
)
from hotline.domain.examination.sample import Candidate
from hotline.domain.examination.score import ScoreForm


@dataclass(frozen=True, slots=True)
class KeptScoreForm:
    """A version of a score form, who made it when, and whether calls were scored or examined by it."""

    form: ScoreForm
    created_by: str
    created_at: datetime
    used: bool = False


@dataclass(frozen=True, slots=True)
class ExaminationFilter:
    """What examinations are searched by; None, "" or () means any. `since`, `until`: of the call's start.
    `published`: only what the operator may see. `overdue_at`: those not done whose time was over then."""

    states: tuple[ExaminationState, ...] = ()
    examiner: str | None = None
    extension: str = ""
    why: str = ""
    node: str = ""
    linkedid: str = ""
    draw_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    published: bool = False
    overdue_at: datetime | None = None


class ScoreForms(Protocol):
    def add(self, form: ScoreForm, by: str, now: datetime) -> ScoreForm | None:
        """With its id; None when there is such a version already."""

    def all(self) -> list[KeptScoreForm]:
        """By name, the newest version first."""

    def by_id(self, form_id: int) -> ScoreForm | None: ...
    def active(self, name: str) -> ScoreForm | None: ...
    def latest_version(self, name: str) -> int:
        """0 when there is none."""

    def any(self) -> bool: ...
    def activate(self, form_id: int, name: str) -> None:
        """This version is the active one of its name, no other is."""


class Examinations(Protocol):
    def add(self, examination: Examination) -> Examination: ...
    def by_id(self, examination_id: int) -> Examination | None: ...
    def update(self, examination: Examination, version: int) -> bool:
        """Rewrite the row if it still has that version; False otherwise."""

    def seen(self, examination_id: int, now: datetime) -> None:
        """The operator looked at it, for the first time."""

    def search(self, wanted: ExaminationFilter, limit: int, offset: int = 0) -> list[Examination]:
        """What is due first, then the latest call first."""

    def count(self, wanted: ExaminationFilter) -> int: ...
    def load(self) -> dict[str, int]:
        """How many each examiner has still to do."""

    def examined(self, keys: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those of these calls that have an examination, calibrations aside."""

    def has_published(self, node: str, linkedid: str, extension: str) -> bool:
        """Whether this operator may see a result of the call."""

    def ids_of(self, node: str, linkedid: str) -> list[int]:
        """Of the call's examinations, calibrations aside."""

    def of_calibration(self, calibration_id: int) -> list[Examination]:
        """By examiner."""

    def add_comment(self, comment: Comment) -> Comment: ...
    def comments(self, examination_id: int) -> list[Comment]:
        """By second; those about the whole first."""

    def add_appeal(self, appeal: Appeal) -> Appeal: ...
    def appeal(self, appeal_id: int) -> Appeal | None: ...
    def appeal_of(self, examination_id: int) -> Appeal | None: ...
    def appeals(self, open_only: bool, limit: int) -> list[Appeal]:
        """Newest first."""

    def decide(self, appeal: Appeal) -> bool:
        """Write the decision; False when there was one already."""


class Samples(Protocol):
    def candidates(self, since: datetime, until: datetime) -> list[Candidate]:
        """Finished calls of callers with an operator of ours; their handlers are not looked up."""

    def of_period(self, period: str) -> SampleDraw | None: ...
    def add(self, drawn: SampleDraw) -> SampleDraw: ...
    def latest(self, limit: int) -> list[SampleDraw]:
        """Newest first."""

    def by_id(self, draw_id: int) -> SampleDraw | None: ...


class Calibrations(Protocol):
    def add(self, calibration: Calibration) -> Calibration: ...
    def by_id(self, calibration_id: int) -> Calibration | None: ...
    def latest(self, limit: int) -> list[Calibration]:
        """Newest first."""

    def close(self, calibration_id: int, conclusion: str, now: datetime) -> bool:
        """False when it is closed already."""


class Rectifications(Protocol):
    def add(self, order: Rectification) -> Rectification: ...
    def by_id(self, order_id: int) -> Rectification | None: ...
    def update(self, order: Rectification, before: str) -> bool:
        """Rewrite the row if its state is still `before`; False otherwise."""

    def search(self, extension: str, open_only: bool, limit: int) -> list[Rectification]:
        """Those not confirmed, what is due first; then the confirmed ones, newest first."""

    def overdue(self, now: datetime) -> tuple[int, datetime | None]:
        """How many should have been mended by then, and the earliest one's time."""


class Examples(Protocol):
    def add(self, example: Example) -> Example: ...
    def by_id(self, example_id: int) -> Example | None: ...
    def shown(self, limit: int) -> list[Example]:
        """Newest first."""

    def is_shown(self, node: str, linkedid: str) -> bool:
        """Whether this call, or a part of it, is shown."""

    def remove(self, example_id: int, now: datetime) -> bool: ...


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """Whose figures: calls begun in [`since`, `until`), of an operator and from a queue; "" means any."""

    since: datetime
    until: datetime
    extension: str = ""
    queue: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredCall:
    """A call behind a figure; of the rule that is asked for, else of the score. `second`: where it is heard."""

    call_id: int
    extension: str
    called_at: datetime
    score: float | None = None
    rule: str = ""
    kind: str = ""
    value: float | None = None
    limit: float | None = None
    second: float | None = None
    until_second: float | None = None
    words: str = ""


class QualityRows(Protocol):
    """What the figures are made of, and the calls behind them, newest first."""

    def tallies(self, wanted: FigureFilter) -> dict[str, Tally]:
        """By extension."""

    def broken(self, wanted: FigureFilter) -> list[Broken]: ...
    def examined(self, wanted: FigureFilter) -> list[Examined]:
        """Published ones, with what an appeal changed."""

    def forms_used(self) -> Mapping[int, ScoreForm]:
        """Every version by its id."""

    def scored_calls(self, wanted: FigureFilter, below: bool, limit: int, offset: int = 0) -> list[MeasuredCall]:
        """Calls that were measured; `below`: those alone whose automatic score is below the pass line."""

    def count_scored(self, wanted: FigureFilter, below: bool) -> int: ...
    def broken_calls(
        self, wanted: FigureFilter, rule: str, kind: str, limit: int, offset: int = 0
    ) -> list[MeasuredCall]:
        """One for each time that the rule is broken; `kind` "": whatever is measured of the rule."""

    def count_broken(self, wanted: FigureFilter, rule: str, kind: str) -> int: ...
