"""Roles, and who acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hotline.domain.led import NOBODY, Led
from hotline.domain.staff.records import Tenure
from hotline.domain.staff.spans import had_extension, holds_at


class Role(StrEnum):
    OPERATOR = "operator"
    LEADER = "leader"
    DEPARTMENT = "department"
    EXAMINER = "examiner"
    AUDITOR = "auditor"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


#: Who runs the hotline: supervises its day or sets it up.
MANAGERS = (Role.SUPERVISOR, Role.ADMINISTRATOR)


#: Who oversees what others do: sees numbers whole (A14, E4), all records and results, and hears recordings (F5, E5).
OVERSEERS = (Role.EXAMINER, *MANAGERS)


#: Who examines, issues orders and shows examples.
EXAMINING = (Role.EXAMINER, Role.SUPERVISOR)


#: In place of a person's id where only the extension is known.
NOBODY_KNOWN = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person signed in, or a program with a token.

    `name`: as the audit log has it: the user name, or "token:<name>". `extension`: of the settings, the operator
    that this person is now. `tenures`: which extensions they had when, this one too; None: this one, always. `led`:
    whom they lead.
    """

    name: str
    roles: tuple[Role, ...]
    display_name: str
    user_id: int | None = None
    extension: str | None = None
    tenures: tuple[Tenure, ...] | None = None
    led: Led = NOBODY

    @property
    def had(self) -> tuple[Tenure, ...]:
        """Which extensions were theirs when."""
        if self.tenures is not None:
            return self.tenures
        return (Tenure(NOBODY_KNOWN, self.extension),) if self.extension else ()

    def extension_at(self, moment: datetime) -> str:
        """The extension that was theirs then; "" for none."""
        return next((each.extension for each in self.had if holds_at(each, moment)), "")

    def had_extension(self, extension: str, moment: datetime) -> bool:
        """Whether that one was theirs then: what was done at it was theirs."""
        return had_extension(self.had, extension, moment)

    def has_role(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)
