"""What is said when a setting is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from hotline.domain.reasons import Reason


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """One wrong setting: where it stands, its dotted key, what was expected."""

    source: str
    key: str
    expected: Reason

    @property
    def place(self) -> str:
        return f"{self.source}: {self.key}" if self.key else self.source

    def __str__(self) -> str:
        """For logs; people are told by hotline.web.kit.refusals."""
        return f"{self.place}: {self.expected}"


class SettingsError(Exception):
    """One or more settings are wrong; the start is refused. `problems` names each."""

    def __init__(self, problems: list[SettingProblem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
