"""What became of the calls that we dialled (docs/figures.md)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DialledFigures:
    """`calls`: dialled, those that go on among them; `over`: those that are over. `reached`: of these, with whom
    somebody of ours talked; `talk_seconds`: all of their talks together."""

    calls: int = 0
    over: int = 0
    reached: int = 0
    talk_seconds: float = 0.0

    @property
    def reached_percent(self) -> float | None:
        """None of nothing."""
        return round(100 * self.reached / self.over, 1) if self.over else None
