"""What a benchmark gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One figure of ours beside one of somebody else's, from the same run. `ratio` is ours to the
    reference's; whether more or less is better, the metric's name says."""

    bench: str
    metric: str
    ours: float
    reference: float
    reference_name: str
    unit: str
    notes: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.reference if self.reference else float("inf")

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
        text = f"{head}, {ratio} {self.reference_name} ({self.reference:,.1f})"
        return f"{text}; {self.notes}" if self.notes else text
