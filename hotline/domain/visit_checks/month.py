"""A month of visits, of one visitor or of all (E6): what was made, late, reached, answered, and how long it took."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Counts:
    """A visit belongs to the month in which it was closed; one that is open, to that in which it is due. `made`: those
    that were answered; `talked`: those with a call, of `seconds` together; `too_long`, `too_many`: longer, or with more
    questions, than the settings say; `scored`: those whose questionnaire has a score, of `score_total` together."""

    made: int = 0
    refused: int = 0
    not_reached: int = 0
    wrong_number: int = 0
    open: int = 0
    late: int = 0
    satisfied: int = 0
    so_so: int = 0
    not_satisfied: int = 0
    talked: int = 0
    seconds: float = 0.0
    too_long: int = 0
    too_many: int = 0
    cases: int = 0
    scored: int = 0
    score_total: float = 0.0

    @property
    def planned(self) -> int:
        """All that were to be made."""
        return self.closed + self.open

    @property
    def closed(self) -> int:
        return self.made + self.refused + self.not_reached + self.wrong_number

    @property
    def reached(self) -> int:
        """The customer was talked to, whatever they said."""
        return self.made + self.refused

    @property
    def said(self) -> int:
        """Of those that were answered, those that have a result: a questionnaire may ask for none."""
        return self.satisfied + self.so_so + self.not_satisfied

    @property
    def mean_score(self) -> float | None:
        return round(self.score_total / self.scored, 2) if self.scored else None

    @property
    def mean_seconds(self) -> float | None:
        return self.seconds / self.talked if self.talked else None

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(Counts)))
