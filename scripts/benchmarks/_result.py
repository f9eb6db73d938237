"""What a benchmark gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One figure of ours beside one of somebody else's, from the same run. `ratio` is ours to the
    reference's. Of an aim, less is better unless `more_is_better`; of others the metric's name says."""

    bench: str
    metric: str
    ours: float
    reference: float
    reference_name: str
    unit: str
    notes: str = ""
    more_is_better: bool = False

    @property
    def ratio(self) -> float:
        return self.ours / self.reference if self.reference else float("inf")

    @property
    def missed(self) -> bool:
        """The aim; nothing that is only compared is missed."""
        if self.reference_name != "the aim":
            return False
        return self.ours < self.reference if self.more_is_better else self.ours > self.reference

    def as_json(self) -> dict[str, object]:
        return {
            "bench": self.bench,
            "metric": self.metric,
            "ours": round(self.ours, 3),
            "reference": round(self.reference, 3),
            "reference_name": self.reference_name,
            "ratio": round(self.ratio, 3) if self.reference else None,
            "unit": self.unit,
            "notes": self.notes,
        }

    def as_text(self) -> str:
        ratio = f"{self.ratio:.2f} x" if self.reference else "no ratio"
        head = f"{self.bench}: {self.metric}: {self.ours:,.1f} {self.unit}"
        text = f"{head}, {ratio} {self.reference_name} ({self.reference:,.1f}{', missed' if self.missed else ''})"
        return f"{text}; {self.notes}" if self.notes else text
