"""What became of the calls that we dialled (docs/figures.md)."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.domain.shares import percent


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
        return percent(self.reached, self.over)
