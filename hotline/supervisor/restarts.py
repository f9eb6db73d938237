"""When a process that ended is started again: soon at first, then after ever longer pauses. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class RestartPolicy:
    """In seconds. Who ran for `steady` counts as sound again; `loop_after` quick ends are a crash loop."""

    first: float = 0.5
    longest: float = 60.0
    steady: float = 60.0
    loop_after: int = 5


@dataclass(frozen=True, slots=True)
class Restarts:
    """How often a process has ended soon after its start."""

    policy: RestartPolicy = RestartPolicy()
    quick_ends: int = 0

    def ended(self, ran_seconds: float) -> Restarts:
        """The state after the process ended, having run so long."""
        return replace(self, quick_ends=1 if ran_seconds >= self.policy.steady else self.quick_ends + 1)

    @property
    def delay(self) -> float:
        """Seconds to wait before the next start."""
        if not self.quick_ends:
            return 0.0
        return min(self.policy.longest, self.policy.first * 2.0 ** min(self.quick_ends - 1, 16))

    @property
    def looping(self) -> bool:
        """It keeps ending: somebody has to look."""
        return self.quick_ends >= self.policy.loop_after
