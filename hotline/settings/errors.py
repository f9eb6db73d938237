"""What is said when a setting is wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong setting: where it stands, its dotted key, what was expected."""

    source: str
    key: str
    expected: str

    def __str__(self) -> str:
        return f"{self.source}: {self.key}: {self.expected}" if self.key else f"{self.source}: {self.expected}"


class SettingsError(Exception):
    """One or more settings are wrong; the start is refused. `problems` names each."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))
