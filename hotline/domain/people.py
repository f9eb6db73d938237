"""Roles, and who acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hotline.domain.led import NOBODY, Led


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


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: a person signed in, or a program with a token.

    `name`: as the audit log has it: the user name, or "token:<name>". `extension`: of the settings, the operator
    that this person is. `led`: whom they lead.
    """

    name: str
    roles: tuple[Role, ...]
    display_name: str
    user_id: int | None = None
    extension: str | None = None
    led: Led = NOBODY

    def has_role(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)
